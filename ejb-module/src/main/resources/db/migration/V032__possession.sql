-- Certificates: what for, by whom and why (ACC-1, ACC-59), and that whoever registers one holds its key (decision 0018).

-- Asked for by a node administrator, in TEST: what the certificate's key has to sign before the certificate is registered. One row is one text; it binds participant,
-- subsystem, contour, purpose and certificate. Good until its time is over, and used once, by the certificate's row; then, and afterwards, it is good for nothing. Never deleted.
create table access.certificate_challenge (
    id              uuid           not null,
    participant_id  uuid           not null,
    contour         kernel.contour not null,
    subsystem_id    uuid           not null,
    purpose         text           not null,
    thumbprint      bytea          not null,
    issued_at       timestamptz    not null,
    expires_at      timestamptz    not null,
    issued_by       uuid           not null,
    issued_by_role  text           not null,
    used_at         timestamptz,
    constraint certificate_challenge_pk primary key (id),
    constraint certificate_challenge_binding_unique unique (id, subsystem_id, contour, purpose, thumbprint),
    constraint certificate_challenge_subsystem_fk foreign key (subsystem_id, participant_id) references participants.subsystem (id, participant_id),
    -- Who asks is an account of this participant in this contour.
    constraint certificate_challenge_account_fk foreign key (issued_by, contour, participant_id) references accounts.account (id, contour, participant_id),
    constraint certificate_challenge_role_check check (issued_by_role = 'NODE_ADMINISTRATOR'),
    -- In PRODUCTION the authority registers, from a letter.
    constraint certificate_challenge_contour_check check (contour = 'TEST'),
    constraint certificate_challenge_purpose_check check (purpose in ('SIGNING', 'TLS')),
    constraint certificate_challenge_thumbprint_check check (octet_length(thumbprint) = 32),
    constraint certificate_challenge_expiry_check check (expires_at > issued_at and expires_at <= issued_at + interval '7 days'),
    constraint certificate_challenge_in_time_check check (used_at is null or used_at >= issued_at and used_at < expires_at)
);
create index certificate_challenge_participant_index on access.certificate_challenge (participant_id, contour, issued_at);
create trigger never_deleted before delete or truncate on access.certificate_challenge for each statement execute function access.refuse_change();
grant select on access.certificate_challenge to "${application_role}";
grant insert (id, participant_id, contour, subsystem_id, purpose, thumbprint, issued_at, expires_at, issued_by, issued_by_role) on access.certificate_challenge to "${application_role}";

-- A certificate is for signing or for TLS, never for both. Its proof is KEY (its key signed a challenge), PAPER (an official has it from a signed letter), or NOT_RECORDED
-- (registered before this was asked).
alter table participants.certificate
    add purpose text not null default 'SIGNING',
    add proof text not null default 'NOT_RECORDED',
    add challenge_id uuid,
    add events integer not null default 1,
    add constraint certificate_purpose_check check (purpose in ('SIGNING', 'TLS')),
    add constraint certificate_proof_check check (proof in ('KEY', 'PAPER', 'NOT_RECORDED')),
    add constraint certificate_possession_check check ((proof = 'KEY') = (challenge_id is not null)),
    add constraint certificate_challenge_fk foreign key (challenge_id, subsystem_id, contour, purpose, thumbprint)
        references access.certificate_challenge (id, subsystem_id, contour, purpose, thumbprint),
    add constraint certificate_challenge_unique unique (challenge_id);
alter table participants.certificate alter purpose drop default, alter proof drop default, alter events drop default;

-- Uses the challenge: one transaction does, and another one on another node waits for it and finds none.
create function participants.use_challenge() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    -- Nodes' clocks differ a little: it is not used before it was issued.
    update access.certificate_challenge set used_at = greatest(new.registered_at, issued_at) where id = new.challenge_id and used_at is null and expires_at > new.registered_at;
    if not found then
        raise exception 'the challenge is used, over or unknown' using errcode = 'check_violation', constraint = 'certificate_challenge_open';
    end if;
    return new;
end $$;
create trigger challenged before insert on participants.certificate for each row when (new.challenge_id is not null) execute function participants.use_challenge();

create table participants.certificate_transition (
    from_state  text not null,
    event       text not null,
    to_state    text not null,
    constraint certificate_transition_pk primary key (from_state, event),
    constraint certificate_transition_unique unique (from_state, event, to_state)
);
insert into participants.certificate_transition (from_state, event, to_state) values
    ('NONE',       'REGISTER', 'REGISTERED'),
    ('REGISTERED', 'BLOCK',    'BLOCKED'),
    ('BLOCKED',    'UNBLOCK',  'REGISTERED'),
    ('REGISTERED', 'END',      'ENDED'),
    ('BLOCKED',    'END',      'ENDED');

-- What happened to a certificate, who did it and why (ACC-1). A row changes the certificate, and nothing else does.
create table participants.certificate_event (
    thumbprint  bytea          not null,
    number      integer        not null,
    contour     kernel.contour not null,
    from_state  text           not null,
    event       text           not null,
    to_state    text           not null,
    at          timestamptz    not null,
    actor       uuid,
    actor_role  text           not null,
    reason      text           not null,
    constraint certificate_event_pk primary key (thumbprint, number),
    constraint certificate_event_contour_unique unique (thumbprint, number, contour),
    constraint certificate_event_certificate_fk foreign key (thumbprint, contour) references participants.certificate (thumbprint, contour),
    constraint certificate_event_transition_fk foreign key (from_state, event, to_state) references participants.certificate_transition (from_state, event, to_state),
    constraint certificate_event_actor_check check ((actor is null) = (actor_role in ('SYSTEM', 'NOT_RECORDED'))),
    constraint certificate_event_end_check check (actor_role = 'NOT_RECORDED' or (event = 'END') = (actor_role = 'SYSTEM')),
    -- Of a participant only its administrator does anything, and unblocking is the authority's.
    constraint certificate_event_side_check check (actor_role not in ('PARTICIPANT', 'TAXPAYER', 'SUBSYSTEM') and (event <> 'UNBLOCK' or actor_role <> 'NODE_ADMINISTRATOR')),
    constraint certificate_event_reason_check check (length(reason) between 1 and 1000)
);

-- The life of those that are there, as far as it is known: who did it was not kept.
insert into participants.certificate_event (thumbprint, number, contour, from_state, event, to_state, at, actor_role, reason)
select thumbprint, row_number() over (partition by thumbprint order by step), contour, from_state, event, to_state, at, 'NOT_RECORDED', reason
  from (select thumbprint, contour, 1 step, 'NONE' from_state, 'REGISTER' event, 'REGISTERED' to_state, registered_at at, 'registered before this was recorded' reason
          from participants.certificate
        union all
        select thumbprint, contour, 2, 'REGISTERED', 'BLOCK', 'BLOCKED', blocked_at, left(blocked_reason, 1000)
          from participants.certificate where blocked_at is not null and (ended_at is null or blocked_at < ended_at)
        union all
        select thumbprint, contour, 3, case when blocked_at < ended_at then 'BLOCKED' else 'REGISTERED' end, 'END', 'ENDED', ended_at, 'PARTICIPANT_DISCONNECTED'
          from participants.certificate where ended_at is not null) known;
-- The guard of what has ended stands aside while the events are counted.
alter table participants.certificate disable trigger ended_for_good;
update participants.certificate c set events = e.number
  from (select thumbprint, max(number) number from participants.certificate_event group by thumbprint) e where e.thumbprint = c.thumbprint and e.number > 1;
alter table participants.certificate enable trigger ended_for_good;
alter table participants.certificate add constraint certificate_newest_event_fk foreign key (thumbprint, events, contour)
    references participants.certificate_event (thumbprint, number, contour) deferrable initially deferred;

create function participants.apply_certificate_event() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if new.actor_role = 'NOT_RECORDED' then
        raise exception 'who does it is recorded' using errcode = 'check_violation', constraint = 'certificate_event_actor_known';
    end if;
    if new.actor_role = 'NODE_ADMINISTRATOR' then
        perform from participants.certificate c join participants.subsystem s on s.id = c.subsystem_id
            join accounts.account a on (a.participant_id, a.contour, a.role, a.state) = (s.participant_id, c.contour, 'NODE_ADMINISTRATOR', 'ACTIVE')
          where c.thumbprint = new.thumbprint and a.id = new.actor;
        if not found then
            raise exception 'the certificate is another node''s' using errcode = 'check_violation', constraint = 'certificate_event_own';
        end if;
    end if;
    if new.from_state = 'NONE' then
        -- A participant's administrator proves that it holds the key; an official has the paper.
        perform from participants.certificate where thumbprint = new.thumbprint and proof <> 'NOT_RECORDED' and (proof = 'KEY') = (new.actor_role = 'NODE_ADMINISTRATOR');
        if not found then
            raise exception 'whose key it is has not been shown' using errcode = 'check_violation', constraint = 'certificate_event_possession';
        end if;
        perform from participants.certificate where thumbprint = new.thumbprint and events = new.number and registered_at = new.at and blocked_at is null and ended_at is null;
    else
        -- What was blocked before it ends keeps its reason.
        update participants.certificate
           set events = new.number,
               blocked_at = case new.event when 'BLOCK' then new.at when 'UNBLOCK' then null else coalesce(blocked_at, new.at) end,
               blocked_reason = case new.event when 'BLOCK' then new.reason when 'UNBLOCK' then null else coalesce(blocked_reason, new.reason) end,
               ended_at = case new.event when 'END' then new.at end
         where thumbprint = new.thumbprint and events = new.number - 1
           and new.from_state = case when ended_at is not null then 'ENDED' when blocked_at is not null then 'BLOCKED' else 'REGISTERED' end;
    end if;
    if not found then
        raise exception 'the certificate is no longer in state %', new.from_state using errcode = 'serialization_failure';
    end if;
    return null;
end $$;
create trigger applied after insert on participants.certificate_event for each row execute function participants.apply_certificate_event();
create trigger append_only before update or delete or truncate on participants.certificate_event for each statement execute function access.refuse_change();
create trigger by_event_only before update on participants.certificate for each row when (pg_trigger_depth() = 0) execute function access.refuse_change_without_event();
create trigger never_deleted before delete or truncate on participants.certificate for each statement execute function access.refuse_change();
revoke execute on function participants.use_challenge(), participants.apply_certificate_event() from public;

-- Of a certificate's columns one is left to the application, as nobody may lock a row of which he may change nothing; the trigger refuses the change.
revoke insert, update on participants.certificate from "${application_role}";
grant insert (thumbprint, subsystem_id, contour, purpose, proof, challenge_id, der, subject, not_before, not_after, registered_at, events) on participants.certificate to "${application_role}";
grant update (blocked_at) on participants.certificate to "${application_role}";
grant select on participants.certificate_transition to "${application_role}";
grant select, insert on participants.certificate_event to "${application_role}";

-- What V022 says of secrets and links, held by the database as well: a secret is made by an ISSUE_SECRET of its number, becomes a former one for seven days at most, and
-- from then on it only ends; a link begins open.
create function accounts.require_issue() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform from accounts.account_event where account_id = new.account_id and event = 'ISSUE_SECRET' and secret_number = new.number and new.state = 'CURRENT';
    if not found then
        raise exception 'no such secret was issued' using errcode = 'check_violation', constraint = 'secret_issued';
    end if;
    return new;
end $$;
create trigger issued before insert on accounts.secret for each row execute function accounts.require_issue();
create function accounts.require_successor() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform from accounts.account_event where old.state = 'CURRENT' and account_id = old.account_id and event = 'ISSUE_SECRET' and secret_number > old.number
        and new.valid_until <= at + interval '7 days';
    if not found then
        raise exception 'a former secret lives no longer than that' using errcode = 'check_violation', constraint = 'secret_former_to_its_time';
    end if;
    return new;
end $$;
create trigger former before update on accounts.secret for each row when (new.state = 'FORMER') execute function accounts.require_successor();
revoke execute on function accounts.require_issue(), accounts.require_successor() from public;
create function access.refuse_link_not_open() returns trigger language plpgsql as $$
begin
    raise exception 'a link begins open';
end $$;
create trigger begins_open before insert on access.credential_link for each row when (new.state <> 'OPEN') execute function access.refuse_link_not_open();
