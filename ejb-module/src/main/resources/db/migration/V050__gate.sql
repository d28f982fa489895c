-- The gate of the exchange: when calls are stopped by hand, whose repeated message ids are refused, and whom a caller says that it represents.

-- Calls that an official stops: of a whole contour (maintenance), or of one service. Every call reads these rows in the statement that admits it, so that a closure and its
-- end count for the next call on every node. Written once and never edited; opened before its end by a row of exchange.closure_end, whose trigger shortens during. Of one
-- contour, and of one service of it, two are never on at once: there is one notice to tell a caller. One of the contour and one of a service may be; the contour's is told.
create table exchange.closure (
    id            uuid           not null,
    number        bigint         not null generated always as identity,
    contour       kernel.contour not null,
    -- Null is all of the contour.
    service_code  text,
    notice_ru     text           not null,
    notice_ky     text           not null,
    notice_en     text           not null,
    starts_at     timestamptz    not null,
    -- As it was said; null until somebody opens again.
    ends_at       timestamptz,
    during        tstzrange      not null,
    -- For the authority, not for callers.
    reason        text           not null,
    closed_at     timestamptz    not null,
    actor         uuid           not null,
    actor_role    text           not null,
    constraint closure_pk primary key (id),
    constraint closure_number_unique unique (number),
    constraint closure_service_fk foreign key (service_code) references access.service (code),
    constraint closure_period_check check (starts_at >= closed_at and (ends_at is null or ends_at > starts_at and ends_at <= starts_at + interval '31 days')),
    constraint closure_texts_check check (length(notice_ru) between 1 and 500 and length(notice_ky) between 1 and 500 and length(notice_en) between 1 and 500
        and length(reason) between 1 and 1000),
    constraint closure_once exclude using gist ((contour::text) with =, (coalesce(service_code, '')) with =, during with &&)
);

-- The one thing that may happen to a closure: somebody opens again, also before it has begun.
create table exchange.closure_end (
    closure_id  uuid        not null,
    at          timestamptz not null,
    reason      text        not null,
    actor       uuid        not null,
    actor_role  text        not null,
    constraint closure_end_pk primary key (closure_id),
    constraint closure_end_closure_fk foreign key (closure_id) references exchange.closure (id),
    constraint closure_end_reason_check check (length(reason) between 1 and 1000)
);

create function exchange.begin_closure() returns trigger language plpgsql as $$
begin
    new.during := tstzrange(new.starts_at, new.ends_at);
    return new;
end $$;
create trigger begun before insert on exchange.closure for each row execute function exchange.begin_closure();

create function exchange.apply_closure_end() returns trigger language plpgsql as $$
begin
    perform from exchange.closure where id = new.closure_id and new.at >= closed_at and (ends_at is null or new.at < ends_at);
    if not found then
        raise exception 'not opened: it is over' using errcode = 'check_violation', constraint = 'closure_end_in_time';
    end if;
    update exchange.closure set during = tstzrange(starts_at, greatest(starts_at, new.at)) where id = new.closure_id;
    return null;
end $$;
create trigger applied after insert on exchange.closure_end for each row execute function exchange.apply_closure_end();

create function exchange.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is not edited', tg_table_name;
end $$;
create trigger by_end_only before update on exchange.closure for each row when (pg_trigger_depth() = 0) execute function exchange.refuse_change();
create trigger never_deleted before delete or truncate on exchange.closure for each statement execute function exchange.refuse_change();
create trigger append_only before update or delete or truncate on exchange.closure_end for each statement execute function exchange.refuse_change();

-- What is done about message ids that a participant sends twice within a time; without a rule they are observed. Revisions follow one another and are never edited; the newest
-- counts, for the next call on every node.
create table exchange.repetition_rule (
    participant_id      uuid           not null,
    contour             kernel.contour not null,
    revision            integer        not null,
    previous            integer        generated always as (nullif(revision - 1, 0)) stored,
    policy              text           not null,
    -- How long an id is remembered.
    remembered_minutes  integer        not null,
    reason              text           not null,
    at                  timestamptz    not null,
    actor               uuid           not null,
    actor_role          text           not null,
    constraint repetition_rule_pk primary key (participant_id, contour, revision),
    constraint repetition_rule_participant_fk foreign key (participant_id) references participants.participant (id),
    constraint repetition_rule_previous_fk foreign key (participant_id, contour, previous) references exchange.repetition_rule (participant_id, contour, revision),
    constraint repetition_rule_revision_check check (revision > 0),
    constraint repetition_rule_policy_check check (policy in ('OBSERVE', 'WARN', 'REFUSE')),
    constraint repetition_rule_remembered_check check (remembered_minutes between 15 and 10080),
    constraint repetition_rule_reason_check check (length(reason) between 1 and 1000)
);
create trigger append_only before update or delete or truncate on exchange.repetition_rule for each statement execute function exchange.refuse_change();

-- Message ids of subsystems whose participant is warned or refused, for as long as its rule said when they were heard. The key decides which of two calls of one instant on two
-- nodes came first. Like exchange.replay without a reference, whose check each call would pay for; swept with it. A row that is too old and not swept yet is heard anew.
create table exchange.heard_id (
    contour       kernel.contour not null,
    subsystem_id  uuid           not null,
    id_digest     bytea          not null,
    keep_until    timestamptz    not null,
    constraint heard_id_pk primary key (contour, subsystem_id, id_digest),
    constraint heard_id_digest_check check (octet_length(id_digest) = 32)
);
create index heard_id_keep_until_index on exchange.heard_id (keep_until);

-- In which language a participant is told things, and in which spelling it gets fault codes, from the next answer on: its Security Server may be updated. A row changes the
-- participant's, in its trigger; not otherwise.
create table participants.speech_event (
    participant_id  uuid        not null,
    number          integer     not null,
    language        text        not null,
    fault_dialect   text        not null,
    reason          text        not null,
    at              timestamptz not null,
    actor           uuid        not null,
    actor_role      text        not null,
    constraint speech_event_pk primary key (participant_id, number),
    constraint speech_event_participant_fk foreign key (participant_id) references participants.participant (id),
    constraint speech_event_number_check check (number > 0),
    constraint speech_event_reason_check check (length(reason) between 1 and 1000)
);
create function participants.apply_speech_event() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
    update participants.participant set language = new.language, fault_dialect = new.fault_dialect where id = new.participant_id;
    return null;
end $$;
create trigger applied after insert on participants.speech_event for each row execute function participants.apply_speech_event();
create trigger append_only before update or delete or truncate on participants.speech_event for each statement execute function exchange.refuse_change();
grant select, insert on participants.speech_event to "${application_role}";
revoke update on participants.participant from "${application_role}";
grant update (full_name, notice_email, ogrn, inn, russian_inn, events) on participants.participant to "${application_role}";

-- Whom the caller said that it represents; X-Road's fields of that name.
alter table exchange.operation add represented_class text, add represented_code text,
    add constraint operation_represented_check check ((represented_class is null or represented_code is not null)
        and length(represented_class) between 1 and 255 and length(represented_code) between 1 and 255);

grant select, insert on exchange.closure, exchange.closure_end, exchange.repetition_rule to "${application_role}";
-- Updating is what the trigger does.
grant update (during) on exchange.closure to "${application_role}";
grant select, insert, delete on exchange.heard_id to "${application_role}";
grant update (keep_until) on exchange.heard_id to "${application_role}";
