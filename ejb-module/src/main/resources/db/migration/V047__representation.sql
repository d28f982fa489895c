-- Who acts for a taxpayer (CON-130 to CON-134): the registered head of an organisation, and whoever has a mandate, in chains of at most two mandates.
create schema representation;
grant usage on schema representation to "${application_role}";

-- Heads of organisations, loaded by the owner as everything of the registers is. A head acts from the day on since when he is one until the day before the end.
create table registers.head (
    contour   kernel.contour not null,
    inn       kernel.inn     not null,
    head_inn  kernel.inn     not null,
    since     date           not null,
    ended_on  date,
    constraint head_pk primary key (contour, inn, head_inn, since),
    constraint head_organisation_fk foreign key (contour, inn) references registers.taxpayer (contour, inn),
    constraint head_person_fk foreign key (contour, head_inn) references registers.taxpayer (contour, inn),
    constraint head_kinds_check check (left(inn::text, 1) = '0' and left(head_inn::text, 1) <> '0'),
    constraint head_period_check check (ended_on >= since)
);
create index head_person_index on registers.head (contour, head_inn);
grant select on registers.head to "${application_role}";

-- The life of a mandate: in force until its grantor revokes it, its representative gives it up, its term is over, or it lapses with what it rests on.
create table representation.mandate_transition (
    from_state  text not null,
    event       text not null,
    to_state    text not null,
    cause       text,
    constraint mandate_transition_pk primary key (from_state, event),
    constraint mandate_transition_unique unique (from_state, event, to_state),
    constraint mandate_transition_cause_check check ((to_state = 'LAPSED') = (cause is not null))
);
insert into representation.mandate_transition (from_state, event, to_state, cause) values
    ('NONE', 'GRANT', 'IN_FORCE', null),
    ('IN_FORCE', 'REVOKE', 'REVOKED', null),
    ('IN_FORCE', 'RESIGN', 'RESIGNED', null),
    ('IN_FORCE', 'REACH_EXPIRY', 'EXPIRED', null),
    ('IN_FORCE', 'END_PARENT', 'LAPSED', 'PARENT_ENDED'),
    ('IN_FORCE', 'END_PARTY', 'LAPSED', 'PARTY_ENDED');

-- Papers that a taxpayer has filed as grounds of mandates; whoever filed one may rest mandates on it, nobody else. Never changed.
create table representation.ground_document (
    document_id   uuid           not null,
    contour       kernel.contour not null,
    taxpayer_inn  kernel.inn     not null,
    filed_at      timestamptz    not null,
    actor         uuid           not null,
    actor_role    text           not null,
    constraint ground_document_pk primary key (document_id),
    constraint ground_document_of_taxpayer_unique unique (document_id, contour, taxpayer_inn),
    constraint ground_document_document_fk foreign key (document_id) references documents.document (id),
    constraint ground_document_taxpayer_fk foreign key (contour, taxpayer_inn) references registers.taxpayer (contour, inn)
);
create index ground_document_taxpayer_index on representation.ground_document (contour, taxpayer_inn, filed_at);

-- A mandate: the taxpayer's own (depth 1), or what its representative has passed on to another one (depth 2). Written once; afterwards only the state changes, by events.
create table representation.mandate (
    id                  uuid           not null,
    contour             kernel.contour not null,
    parent_id           uuid,
    depth               integer        not null,
    -- For whom is acted in the end; who granted this one; who acts.
    taxpayer_inn        kernel.inn     not null,
    grantor_inn         kernel.inn     not null,
    representative_inn  kernel.inn     not null,
    rights              text[]         not null,
    begins_at           timestamptz    not null,
    expires_at          timestamptz    not null,
    ground_number       text           not null,
    ground_dated        date           not null,
    -- Where the power is registered; the paper; one of them at least.
    registered_with     text,
    document_id         uuid,
    state               text           not null,
    cause               text,
    events              integer        not null,
    granted_at          timestamptz    not null,
    ended_at            timestamptz,
    -- What the keys below compare: whose services bound its own, and that nothing is in force beneath what is not.
    scope_id            uuid           not null generated always as (coalesce(parent_id, id)) stored,
    above_depth         integer        generated always as (case when depth > 1 then depth - 1 end) stored,
    live_parent         text           generated always as (case when state = 'IN_FORCE' and depth > 1 then 'IN_FORCE' end) stored,
    constraint mandate_pk primary key (id),
    constraint mandate_contour_unique unique (id, contour),
    constraint mandate_of_taxpayer_unique unique (id, contour, taxpayer_inn),
    constraint mandate_state_unique unique (id, contour, state),
    constraint mandate_parties_unique unique (id, contour, taxpayer_inn, representative_inn, depth),
    constraint mandate_scope_unique unique (id, scope_id),
    constraint mandate_taxpayer_fk foreign key (contour, taxpayer_inn) references registers.taxpayer (contour, inn),
    constraint mandate_grantor_fk foreign key (contour, grantor_inn) references registers.taxpayer (contour, inn),
    constraint mandate_representative_fk foreign key (contour, representative_inn) references registers.taxpayer (contour, inn),
    -- Passed on by whom it was granted to, for the same taxpayer, one link further down.
    constraint mandate_parent_fk foreign key (parent_id, contour, taxpayer_inn, grantor_inn, above_depth)
        references representation.mandate (id, contour, taxpayer_inn, representative_inn, depth),
    constraint mandate_live_parent_fk foreign key (parent_id, contour, live_parent) references representation.mandate (id, contour, state) deferrable initially deferred,
    constraint mandate_document_fk foreign key (document_id, contour, grantor_inn) references representation.ground_document (document_id, contour, taxpayer_inn),
    constraint mandate_depth_check check (depth in (1, 2) and (depth = 1) = (parent_id is null)),
    constraint mandate_parties_check check ((depth = 1) = (grantor_inn::text = taxpayer_inn::text) and representative_inn::text not in (grantor_inn::text, taxpayer_inn::text)),
    constraint mandate_rights_check check (rights <@ array['ISSUE', 'REVOKE', 'VIEW'] and cardinality(rights) between 1 and 3),
    constraint mandate_term_check check (begins_at < expires_at and granted_at < expires_at),
    constraint mandate_ground_check check (num_nonnulls(registered_with, document_id) > 0 and length(ground_number) between 1 and 100 and length(registered_with) between 1 and 300),
    constraint mandate_state_check check (state in ('IN_FORCE', 'REVOKED', 'RESIGNED', 'EXPIRED', 'LAPSED')),
    constraint mandate_cause_check check ((state = 'LAPSED') = (cause is not null)),
    constraint mandate_ended_check check ((state <> 'IN_FORCE') = (ended_at is not null))
);
-- A power makes one mandate, however often somebody clicks.
create unique index mandate_ground_unique on representation.mandate (contour, grantor_inn, representative_inn, parent_id, ground_number, ground_dated) nulls not distinct where state = 'IN_FORCE';
create index mandate_taxpayer_index on representation.mandate (contour, taxpayer_inn);
create index mandate_representative_index on representation.mandate (contour, representative_inn);
create index mandate_grantor_index on representation.mandate (contour, grantor_inn) where depth = 2;
create index mandate_parent_index on representation.mandate (parent_id) where parent_id is not null;
create index mandate_expiry_index on representation.mandate (expires_at) where state = 'IN_FORCE';

-- The services it covers; each also one of the mandate above it (its own row, where there is none). Written with it, never changed.
create table representation.mandate_service (
    mandate_id    uuid not null,
    scope_id      uuid not null,
    service_code  text not null,
    constraint mandate_service_pk primary key (mandate_id, service_code),
    constraint mandate_service_mandate_fk foreign key (mandate_id, scope_id) references representation.mandate (id, scope_id),
    constraint mandate_service_scope_fk foreign key (scope_id, service_code) references representation.mandate_service (mandate_id, service_code),
    constraint mandate_service_service_fk foreign key (service_code) references access.service (code)
);

-- What happened to a mandate, and who did it. A row changes the mandate, and nothing else does. From its expiry on a mandate only expires.
create table representation.mandate_event (
    mandate_id  uuid        not null,
    number      integer     not null,
    from_state  text        not null,
    event       text        not null,
    to_state    text        not null,
    at          timestamptz not null,
    actor       uuid,
    actor_role  text        not null,
    -- For whom the actor did it: the party of the mandate, the taxpayer; none of the system.
    party_inn   kernel.inn,
    constraint mandate_event_pk primary key (mandate_id, number),
    constraint mandate_event_mandate_fk foreign key (mandate_id) references representation.mandate (id),
    constraint mandate_event_transition_fk foreign key (from_state, event, to_state) references representation.mandate_transition (from_state, event, to_state),
    constraint mandate_event_actor_check check ((actor is null) = (actor_role = 'SYSTEM') and (actor is null) = (party_inn is null))
);
-- No row begins in a later state.
alter table representation.mandate add constraint mandate_newest_event_fk foreign key (id, events) references representation.mandate_event (mandate_id, number) deferrable initially deferred;

create function representation.refuse_wider_mandate() returns trigger language plpgsql as $$
begin
    if not exists (select from representation.mandate p where p.id = new.parent_id and new.rights <@ p.rights and new.begins_at >= p.begins_at and new.expires_at <= p.expires_at) then
        raise exception 'a mandate is wider than the one above it' using errcode = 'check_violation', constraint = 'mandate_within_parent';
    end if;
    return new;
end $$;
create trigger within_parent before insert on representation.mandate for each row when (new.parent_id is not null) execute function representation.refuse_wider_mandate();

create function representation.refuse_service_of_granted_mandate() returns trigger language plpgsql as $$
begin
    if exists (select from representation.mandate_event where mandate_id = new.mandate_id) then
        raise exception 'what a mandate covers is fixed' using errcode = 'check_violation', constraint = 'mandate_service_fixed';
    end if;
    return new;
end $$;
create trigger fixed before insert on representation.mandate_service for each row execute function representation.refuse_service_of_granted_mandate();

create function representation.apply_mandate_event() returns trigger language plpgsql as $$
begin
    if new.from_state = 'NONE' then
        perform from representation.mandate m where m.id = new.mandate_id and m.state = new.to_state and m.events = new.number and m.granted_at = new.at
            and exists (select from representation.mandate_service s where s.mandate_id = m.id);
    else
        update representation.mandate m
           set state = new.to_state, events = new.number, ended_at = case when new.event = 'REACH_EXPIRY' then m.expires_at else new.at end,
               cause = (select cause from representation.mandate_transition where (from_state, event) = (new.from_state, new.event))
         where m.id = new.mandate_id and m.state = new.from_state and m.events = new.number - 1 and (new.event = 'REACH_EXPIRY') = (m.expires_at <= new.at);
    end if;
    if not found then
        raise exception 'the mandate is no longer in state %', new.from_state using errcode = 'serialization_failure';
    end if;
    return null;
end $$;
create trigger applied after insert on representation.mandate_event for each row execute function representation.apply_mandate_event();
create function representation.refuse_mandate_without_event() returns trigger language plpgsql as $$
begin
    raise exception 'a mandate changes by its events';
end $$;
create trigger by_event_only before update on representation.mandate for each row when (pg_trigger_depth() = 0) execute function representation.refuse_mandate_without_event();

-- What the parties of a mandate are told, each once of a kind. TOKENS_REVOKED names the consents that ended with it. Never changed.
create table representation.tiding (
    id          uuid           not null,
    contour     kernel.contour not null,
    told_inn    kernel.inn     not null,
    kind        text           not null,
    mandate_id  uuid           not null,
    at          timestamptz    not null,
    tokens      uuid[]         not null default '{}',
    constraint tiding_pk primary key (id),
    constraint tiding_once_unique unique (mandate_id, told_inn, kind),
    constraint tiding_mandate_fk foreign key (mandate_id, contour) references representation.mandate (id, contour),
    constraint tiding_told_fk foreign key (contour, told_inn) references registers.taxpayer (contour, inn),
    constraint tiding_kind_check check (kind in ('GRANTED', 'REVOKED', 'RESIGNED', 'EXPIRED', 'LAPSED', 'TOKENS_REVOKED')),
    constraint tiding_tokens_check check ((kind = 'TOKENS_REVOKED') = (cardinality(tokens) > 0))
);
create index tiding_told_index on representation.tiding (contour, told_inn, at desc, id desc);

-- A token that a representative made stands under his mandate: as long as it may change, and the taxpayer has not confirmed it as his own, the mandate is in force. The key
-- is what makes it impossible that one of them outlives the other, whatever two nodes do at the same instant.
insert into consent.token_transition (from_state, event, to_state, cause) values
    ('ACTIVE', 'CONFIRM_AS_OWN', 'ACTIVE', null),
    ('FROZEN', 'CONFIRM_AS_OWN', 'FROZEN', null);
alter table consent.token
    add mandate_id uuid,
    add own boolean not null default false,
    add live_mandate text generated always as (case when mandate_id is not null and not own and state in ('ACTIVE', 'FROZEN') then 'IN_FORCE' end) stored,
    add constraint token_own_check check (not own or mandate_id is not null),
    add constraint token_mandate_fk foreign key (mandate_id, contour, taxpayer_inn) references representation.mandate (id, contour, taxpayer_inn),
    add constraint token_live_mandate_fk foreign key (mandate_id, contour, live_mandate) references representation.mandate (id, contour, state) deferrable initially deferred;
create index token_mandate_index on consent.token (mandate_id, state) where mandate_id is not null;

-- Within the mandate's right, term and, service by service, what it covers. So a token's own expiry is never later than its mandate's, and the check of a call need not look there.
create function consent.refuse_token_beyond_mandate() returns trigger language plpgsql as $$
begin
    if not exists (select from representation.mandate m where m.id = new.mandate_id and 'ISSUE' = any (m.rights) and m.begins_at <= new.issued_at and new.expires_at <= m.expires_at) then
        raise exception 'the mandate does not permit this token' using errcode = 'check_violation', constraint = 'token_within_mandate';
    end if;
    return new;
end $$;
create trigger within_mandate before insert on consent.token for each row when (new.mandate_id is not null) execute function consent.refuse_token_beyond_mandate();
create function consent.refuse_service_beyond_mandate() returns trigger language plpgsql as $$
begin
    if exists (select from consent.token t where t.id = new.token_id and t.mandate_id is not null
                  and not exists (select from representation.mandate_service s where s.mandate_id = t.mandate_id and s.service_code = new.service_code)) then
        raise exception 'the mandate does not cover the service' using errcode = 'check_violation', constraint = 'token_service_within_mandate';
    end if;
    return new;
end $$;
create trigger within_mandate before insert on consent.token_service for each row execute function consent.refuse_service_beyond_mandate();

create function consent.confirm_token_as_own() returns trigger language plpgsql as $$
begin
    update consent.token set own = true where id = new.token_id and mandate_id is not null and not own;
    if not found then
        raise exception 'the token is the taxpayer''s own' using errcode = 'check_violation', constraint = 'token_confirmed_once';
    end if;
    return null;
end $$;
create trigger confirmed_as_own after insert on consent.token_event for each row when (new.event = 'CONFIRM_AS_OWN') execute function consent.confirm_token_as_own();

-- Who acted for whom when the token was made, as it was then (CON-132): mandates from the taxpayer's on, and at the end the head through whom an organisation acted.
create table consent.token_link (
    token_id    uuid       not null,
    number      integer    not null,
    capacity    text       not null,
    inn         kernel.inn not null,
    full_name   text       not null,
    mandate_id  uuid,
    ground      text       not null,
    constraint token_link_pk primary key (token_id, number),
    constraint token_link_token_fk foreign key (token_id) references consent.token (id),
    constraint token_link_mandate_fk foreign key (mandate_id) references representation.mandate (id),
    constraint token_link_number_check check (number between 1 and 3),
    constraint token_link_capacity_check check (capacity in ('HEAD', 'MANDATE') and (capacity = 'MANDATE') = (mandate_id is not null)),
    constraint token_link_texts_check check (length(full_name) between 1 and 512 and length(ground) between 1 and 500)
);
create function consent.refuse_link_of_issued_token() returns trigger language plpgsql as $$
begin
    if exists (select from consent.token_event where token_id = new.token_id) then
        raise exception 'who made a token is fixed' using errcode = 'check_violation', constraint = 'token_link_fixed';
    end if;
    return new;
end $$;
create trigger fixed before insert on consent.token_link for each row execute function consent.refuse_link_of_issued_token();

-- A taxpayer is told of what a representative did in his name.
alter table consent.tiding drop constraint tiding_kind_check,
    add constraint tiding_kind_check check (kind in ('REVOKED', 'EXPIRED', 'EXHAUSTED', 'BUDGET_LOW', 'EXPIRES_SOON', 'PARTICIPANT_SUSPENDED', 'PARTICIPANT_RESTORED',
        'TERMINATION_ANNOUNCED', 'TERMINATION_WITHDRAWN', 'STRANGER', 'FIRST_USE', 'ISSUED', 'FROZEN'));

do $$
declare
    name text;
begin
    foreach name in array array['representation.ground_document', 'representation.mandate_service', 'representation.mandate_event', 'representation.tiding', 'consent.token_link'] loop
        execute format('create trigger append_only before update or delete or truncate on %s for each statement execute function access.refuse_change()', name);
    end loop;
end $$;

grant select on representation.mandate_transition to "${application_role}";
grant select, insert on representation.ground_document, representation.mandate, representation.mandate_service, representation.mandate_event, representation.tiding, consent.token_link
    to "${application_role}";
-- Written by the triggers.
grant update (state, cause, events, ended_at) on representation.mandate to "${application_role}";
grant update (own) on consent.token to "${application_role}";
