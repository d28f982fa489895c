-- The life of a token (CON-70, CON-T01 to CON-T13): ACTIVE and FROZEN may change, REVOKED, EXPIRED and EXHAUSTED are for ever. The cause is the event's.
create table consent.token_transition (
    from_state  text not null,
    event       text not null,
    to_state    text not null,
    cause       text,
    constraint token_transition_pk primary key (from_state, event),
    constraint token_transition_unique unique (from_state, event, to_state),
    constraint token_transition_cause_check check ((to_state = 'REVOKED') = (cause is not null))
);
insert into consent.token_transition (from_state, event, to_state, cause) values
    ('NONE', 'ISSUE', 'ACTIVE', null),
    ('ACTIVE', 'USE_LAST_UNIT', 'EXHAUSTED', null),
    ('ACTIVE', 'FREEZE', 'FROZEN', null),
    ('FROZEN', 'UNFREEZE', 'ACTIVE', null);
insert into consent.token_transition (from_state, event, to_state, cause)
select s.state, e.event, e.to_state, e.cause
  from (values ('ACTIVE'), ('FROZEN')) s (state)
 cross join (values ('REACH_EXPIRY', 'EXPIRED', null), ('DEACTIVATE', 'REVOKED', 'TAXPAYER'), ('GIVE_UP', 'REVOKED', 'GIVEN_UP'),
        ('DISCONNECT_PARTICIPANT', 'REVOKED', 'PARTICIPANT_DISCONNECTED'), ('END_MANDATE', 'REVOKED', 'MANDATE_ENDED'), ('END_BY_AUTHORITY', 'REVOKED', 'AUTHORITY'),
        ('END_SUBJECT', 'REVOKED', 'SUBJECT_ENDED'), ('REPLACE', 'REVOKED', 'REPLACED')) e (event, to_state, cause);

-- The months it covers, where it does not cover all (CON-63); which one it is to replace (CON-16); whether its taxpayer has paused all (CON-81).
alter table consent.token
    add events integer not null default 1,
    add period_from date,
    add period_to date,
    add replaces uuid,
    add paused boolean not null default false,
    add constraint token_period_check check ((period_from is null) = (period_to is null) and period_from <= period_to
        and extract(day from period_from) = 1 and extract(day from period_to) = 1),
    add constraint token_of_taxpayer_unique unique (id, contour, taxpayer_inn),
    add constraint token_replaces_fk foreign key (replaces, contour, taxpayer_inn) references consent.token (id, contour, taxpayer_inn),
    -- A token has one successor.
    add constraint token_replaces_unique unique (replaces);
alter table consent.token alter events drop default, alter paused drop default;
-- What is looked for every few seconds: the ends that have come (CON-71), predecessors whose time is over.
create index token_expiry_index on consent.token (expires_at) where state in ('ACTIVE', 'FROZEN');
create index token_successor_index on consent.token (issued_at) where replaces is not null;

-- Disclosures that are left of a token's budget (CON-64). A row of its own: calls share the token's row, and must not wait for each other to write it.
create table consent.token_budget (
    token_id  uuid    not null,
    calls     integer not null,
    left_over integer not null,
    constraint token_budget_pk primary key (token_id),
    constraint token_budget_token_fk foreign key (token_id) references consent.token (id),
    constraint token_budget_check check (calls between 1 and 1000000 and left_over between 0 and calls)
);
create index token_budget_used_up_index on consent.token_budget (token_id) where left_over = 0;

-- Taxpayers who are no more end their consents (CON-T12).
create index taxpayer_ended_index on registers.taxpayer (contour, inn) where ended_on is not null;

-- What happened to a token, and who did it. A row changes the token, and nothing else does. From its expiry on a token only expires.
create table consent.token_event (
    token_id    uuid        not null,
    number      integer     not null,
    from_state  text        not null,
    event       text        not null,
    to_state    text        not null,
    at          timestamptz not null,
    actor       uuid,
    actor_role  text        not null,
    text        text        not null,
    constraint token_event_pk primary key (token_id, number),
    constraint token_event_token_fk foreign key (token_id) references consent.token (id),
    constraint token_event_transition_fk foreign key (from_state, event, to_state) references consent.token_transition (from_state, event, to_state),
    constraint token_event_actor_check check ((actor is null) = (actor_role = 'SYSTEM')),
    constraint token_event_text_check check (length(text) <= 1000 and (event <> 'END_BY_AUTHORITY' or length(text) > 0))
);
insert into consent.token_event (token_id, number, from_state, event, to_state, at, actor_role, text)
select id, 1, 'NONE', 'ISSUE', 'ACTIVE', issued_at, 'SYSTEM', '' from consent.token;
insert into consent.token_event (token_id, number, from_state, event, to_state, at, actor_role, text)
select t.id, 2, 'ACTIVE', n.event, n.to_state, t.ended_at, 'SYSTEM', ''
  from consent.token t join consent.token_transition n on n.from_state = 'ACTIVE' and n.to_state = t.state and n.cause is not distinct from t.cause
 where t.ended_at is not null;
update consent.token set events = 2 where ended_at is not null;

create function consent.apply_token_event() returns trigger language plpgsql as $$
begin
    if new.from_state = 'NONE' then
        perform from consent.token where id = new.token_id and state = new.to_state and events = new.number and issued_at = new.at;
    else
        update consent.token t
           set state = new.to_state, events = new.number, ended_at = case when new.event = 'REACH_EXPIRY' then expires_at when new.to_state in ('ACTIVE', 'FROZEN') then null else new.at end,
               cause = (select cause from consent.token_transition where (from_state, event) = (new.from_state, new.event))
         where t.id = new.token_id and t.state = new.from_state and t.events = new.number - 1 and (new.event = 'REACH_EXPIRY') = (t.expires_at <= new.at)
           and (new.event <> 'USE_LAST_UNIT' or exists (select from consent.token_budget b where b.token_id = t.id and b.left_over = 0));
    end if;
    if not found then
        raise exception 'the token is no longer in state %', new.from_state using errcode = 'serialization_failure';
    end if;
    return null;
end $$;
create trigger applied after insert on consent.token_event for each row execute function consent.apply_token_event();
create trigger append_only before update or delete or truncate on consent.token_event for each statement execute function access.refuse_change();
create trigger by_event_only before update on consent.token for each row when (pg_trigger_depth() = 0) execute function access.refuse_change_without_event();

-- That a taxpayer has paused all that he allowed (CON-81). The tokens bear it, so that a call that locks its token sees it; their own states stay as they are.
create table consent.pause (
    contour       kernel.contour not null,
    taxpayer_inn  kernel.inn     not null,
    since         timestamptz    not null,
    constraint pause_pk primary key (contour, taxpayer_inn),
    constraint pause_taxpayer_fk foreign key (contour, taxpayer_inn) references registers.taxpayer (contour, inn)
);
create function consent.pause_tokens() returns trigger language plpgsql as $$
declare
    about consent.pause;
begin
    if tg_op = 'DELETE' then about := old; else about := new; end if;
    update consent.token set paused = tg_op = 'INSERT' where contour = about.contour and taxpayer_inn = about.taxpayer_inn and state in ('ACTIVE', 'FROZEN');
    return null;
end $$;
create trigger paused after insert or delete on consent.pause for each row execute function consent.pause_tokens();
-- Issuing and pausing follow one another at the taxpayer's lock.
create function consent.inherit_pause() returns trigger language plpgsql as $$
begin
    new.paused := exists (select from consent.pause p where p.contour = new.contour and p.taxpayer_inn = new.taxpayer_inn);
    return new;
end $$;
create trigger inherits_pause before insert on consent.token for each row execute function consent.inherit_pause();

revoke update on consent.token from "${application_role}";
-- Written by the triggers.
grant update (state, cause, ended_at, events, paused) on consent.token to "${application_role}";
grant select on consent.token_transition to "${application_role}";
grant select, insert on consent.token_event, consent.token_budget to "${application_role}";
grant update (left_over) on consent.token_budget to "${application_role}";
grant select, insert, delete on consent.pause to "${application_role}";
