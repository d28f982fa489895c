-- How services are used (003 §13.1): counts per hour, thresholds on use, and signals of misuse, which only people act upon.

-- What was counted of calls that ended (ACC-95): a row by the first such call of an hour, added to by every node every few seconds, after the answers have left.
-- Statistics: the evidence of a call is its row of consent.usage, from which caller, service and outcome are taken here. What a node had not yet written
-- when it died is missing.
create table access.service_use (
    id               bigint         not null generated always as identity,
    contour          kernel.contour not null,
    participant_id   uuid           not null,
    subsystem_id     uuid           not null,
    hour             timestamptz    not null,
    -- Null for what the catalogue does not know: callers choose such names, and could choose a new one for every call.
    service_code     text,
    -- DISCLOSED, or the code of the refusal.
    outcome          text           not null,
    calls            bigint         not null,
    -- From the arrival of the request to the answer that is ready to leave.
    latency_ms       bigint         not null,
    latency_ms_max   integer        not null,
    within_100_ms    bigint         not null,
    within_300_ms    bigint         not null,
    within_1_s       bigint         not null,
    within_3_s       bigint         not null,
    octets_in        bigint         not null,
    octets_out       bigint         not null,
    constraint service_use_pk primary key (id),
    constraint service_use_unique unique nulls not distinct (contour, subsystem_id, hour, service_code, outcome),
    constraint service_use_subsystem_fk foreign key (subsystem_id, participant_id) references participants.subsystem (id, participant_id),
    constraint service_use_service_fk foreign key (service_code) references access.service (code),
    constraint service_use_hour_check check (hour = date_trunc('hour', hour, 'UTC')),
    constraint service_use_counts_check check (calls > 0 and 0 <= within_100_ms and within_100_ms <= within_300_ms and within_300_ms <= within_1_s
        and within_1_s <= within_3_s and within_3_s <= calls and latency_ms_max >= 0 and latency_ms >= latency_ms_max and octets_in >= 0 and octets_out >= 0),
    constraint service_use_outcome_check check (length(outcome) between 1 and 64)
);
create index service_use_hour_index on access.service_use (contour, hour);

-- Calls that the limits let pass, for what the nodes have to know of one another: added to by every node every few seconds.
create table access.admitted (
    contour       kernel.contour not null,
    subsystem_id  uuid           not null,
    service_code  text           not null,
    hour          timestamptz    not null,
    calls         bigint         not null,
    constraint admitted_pk primary key (hour, contour, subsystem_id, service_code),
    constraint admitted_subsystem_fk foreign key (subsystem_id) references participants.subsystem (id),
    constraint admitted_service_fk foreign key (service_code) references access.service (code),
    constraint admitted_hour_check check (hour = date_trunc('hour', hour, 'UTC')),
    constraint admitted_calls_check check (calls > 0)
);

-- How much a subsystem may use a service (ACC-96); without a subsystem, the default of the service. A row holds from its moment until the next one's of the same
-- kind, and is never edited. Null in a subsystem's row: the default holds. Null in a default: no limit. All values are [data].
create table access.threshold (
    id                 uuid           not null,
    number             bigint         not null generated always as identity,
    contour            kernel.contour not null,
    service_code       text           not null,
    subsystem_id       uuid,
    effective_from     timestamptz    not null,
    calls_per_second   integer,
    calls_per_hour     integer,
    calls_per_day      integer,
    taxpayers_per_day  integer,
    reason             text           not null,
    set_at             timestamptz    not null,
    actor              uuid           not null,
    actor_role         text           not null,
    constraint threshold_pk primary key (id),
    constraint threshold_number_unique unique (number),
    constraint threshold_unique unique nulls not distinct (contour, service_code, subsystem_id, effective_from),
    constraint threshold_service_fk foreign key (service_code) references access.service (code),
    constraint threshold_subsystem_fk foreign key (subsystem_id) references participants.subsystem (id),
    constraint threshold_future_check check (effective_from >= set_at),
    -- The nodes keep a day's taxpayers in mind, so their number has a bound.
    constraint threshold_values_check check (calls_per_second between 1 and 10000 and calls_per_hour > 0 and calls_per_day > 0 and taxpayers_per_day between 1 and 100000),
    constraint threshold_reason_check check (length(reason) between 1 and 1000)
);
create trigger append_only before update or delete or truncate on access.threshold for each statement execute function access.refuse_change();

-- What is worth a signal (ACC-96, ACC-97), as data: a version holds from its moment until the next one's; the owner adds versions and edits none.
-- EXCESSIVE_LOAD         at_least calls refused by a limit
-- SEQUENTIAL_IDENTIFIERS a run of at_least INNs asked for, each at most step above the one before, in whatever order they were asked
-- REFUSAL_SHARE          of at_least calls, the share refused lies percent points or more above that of the seven days before
-- NIGHT_READS            at_least different taxpayers asked for in a window that begins between from_hour and to_hour (Asia/Bishkek)
-- Calls without a later business event (ACC-97) have no kind: there is no such event yet to look for.
create table access.signal_rule (
    code            text        not null,
    version         integer     not null,
    kind            text        not null,
    effective_from  timestamptz not null,
    enabled         boolean     not null,
    severity        text        not null,
    window_minutes  integer     not null,
    at_least        integer     not null,
    step            integer,
    percent         integer,
    from_hour       integer,
    to_hour         integer,
    constraint signal_rule_pk primary key (code, version),
    constraint signal_rule_from_unique unique (code, effective_from),
    constraint signal_rule_kind_check check (kind in ('EXCESSIVE_LOAD', 'SEQUENTIAL_IDENTIFIERS', 'REFUSAL_SHARE', 'NIGHT_READS')),
    constraint signal_rule_severity_check check (severity in ('LOW', 'MEDIUM', 'HIGH', 'CRITICAL')),
    constraint signal_rule_code_check check (code ~ '^[A-Z][A-Z_]{0,63}$' and version > 0),
    -- So that windows of every length begin at full hours of Asia/Bishkek.
    constraint signal_rule_window_check check (window_minutes in (5, 10, 15, 20, 30, 60, 120, 180, 360)),
    constraint signal_rule_at_least_check check (at_least > 0),
    constraint signal_rule_step_check check ((kind = 'SEQUENTIAL_IDENTIFIERS') = (step is not null) and step between 1 and 1000),
    constraint signal_rule_percent_check check ((kind = 'REFUSAL_SHARE') = (percent is not null) and percent between 1 and 100),
    constraint signal_rule_hours_check check ((kind = 'NIGHT_READS') = (from_hour is not null) and (from_hour is null) = (to_hour is null)
        and from_hour between 0 and 23 and to_hour between 0 and 23 and from_hour <> to_hour)
);
create trigger append_only before update or delete or truncate on access.signal_rule for each statement execute function access.refuse_change();

insert into access.signal_rule (code, version, kind, effective_from, enabled, severity, window_minutes, at_least, step, percent, from_hour, to_hour) values
    ('EXCESSIVE_LOAD',         1, 'EXCESSIVE_LOAD',         '2024-09-07 00:00+06', true, 'MEDIUM', 60, 100, null, null, null, null),
    ('SEQUENTIAL_IDENTIFIERS', 1, 'SEQUENTIAL_IDENTIFIERS', '2024-09-07 00:00+06', true, 'HIGH',   60,  20,    1, null, null, null),
    ('REFUSAL_SHARE',          1, 'REFUSAL_SHARE',          '2024-09-07 00:00+06', true, 'MEDIUM', 60, 100, null,   30, null, null),
    ('NIGHT_READS',            1, 'NIGHT_READS',            '2024-09-07 00:00+06', true, 'MEDIUM', 60, 200, null, null,   22,    6);

-- Until when each rule has been tried. Whoever holds the row tries the rule; the others pass by.
create table access.signal_watch (
    rule_code    text        not null,
    tried_until  timestamptz not null,
    constraint signal_watch_pk primary key (rule_code)
);

-- The life of a signal. It begins by itself; everything else is a person's (ACC-96).
create table access.signal_transition (
    from_state  text not null,
    event       text not null,
    to_state    text not null,
    constraint signal_transition_pk primary key (from_state, event),
    constraint signal_transition_unique unique (from_state, event, to_state)
);
insert into access.signal_transition (from_state, event, to_state) values
    ('NONE', 'RAISE', 'RAISED'),
    ('RAISED', 'PROPOSE', 'TAKEN_UP'),
    ('RAISED', 'DISMISS', 'DISMISSED');

alter table access.incident add constraint incident_contour_unique unique (id, contour);

-- What a rule found of a subsystem in a window: numbers, and neither INN nor token, for which the columns have no room. Once per rule, subsystem and window.
-- It proposes a suspension and brings about none. Its incident is that of earlier signals of the rule about the subsystem while that one is open.
create table access.signal (
    id              uuid           not null,
    number          bigint         not null generated always as identity,
    contour         kernel.contour not null,
    participant_id  uuid           not null,
    subsystem_id    uuid           not null,
    rule_code       text           not null,
    rule_version    integer        not null,
    window_start    timestamptz    not null,
    window_end      timestamptz    not null,
    -- What the rule compares: refused calls, INNs in a run, percent refused, taxpayers.
    seen            integer        not null,
    calls           integer        not null,
    -- The percent refused in the seven days before.
    before          integer,
    incident_id     uuid           not null,
    state           text           not null,
    since           timestamptz    not null,
    events          integer        not null,
    raised_at       timestamptz    not null,
    constraint signal_pk primary key (id),
    constraint signal_number_unique unique (number),
    constraint signal_contour_unique unique (id, contour),
    constraint signal_once unique (rule_code, contour, subsystem_id, window_start),
    constraint signal_rule_fk foreign key (rule_code, rule_version) references access.signal_rule (code, version),
    constraint signal_subsystem_fk foreign key (subsystem_id, participant_id) references participants.subsystem (id, participant_id),
    constraint signal_incident_fk foreign key (incident_id, contour) references access.incident (id, contour),
    constraint signal_window_check check (window_start < window_end and window_end <= raised_at),
    constraint signal_state_check check (state in ('RAISED', 'TAKEN_UP', 'DISMISSED'))
);
create index signal_list_index on access.signal (contour, number desc);

-- A row changes the signal, and nothing else does. PROPOSE names the event of the connection that an official brought about with it.
create table access.signal_event (
    signal_id          uuid           not null,
    contour            kernel.contour not null,
    number             integer        not null,
    from_state         text           not null,
    event              text           not null,
    to_state           text           not null,
    at                 timestamptz    not null,
    actor              uuid,
    actor_role         text           not null,
    reason             text,
    connection_id      uuid,
    connection_event   integer,
    constraint signal_event_pk primary key (signal_id, number),
    constraint signal_event_signal_fk foreign key (signal_id, contour) references access.signal (id, contour),
    constraint signal_event_transition_fk foreign key (from_state, event, to_state) references access.signal_transition (from_state, event, to_state),
    constraint signal_event_actor_check check ((actor is null) = (actor_role = 'SYSTEM') and (actor is null) = (event = 'RAISE')),
    constraint signal_event_reason_check check ((reason is null) = (event = 'RAISE') and length(reason) between 1 and 1000),
    constraint signal_event_connection_fk foreign key (connection_id, contour) references access.connection (id, contour),
    constraint signal_event_measure_fk foreign key (connection_id, connection_event) references access.connection_event (connection_id, number),
    constraint signal_event_measure_check check ((event = 'PROPOSE') = (connection_id is not null) and (connection_id is null) = (connection_event is null))
);
create trigger append_only before update or delete or truncate on access.signal_event for each statement execute function access.refuse_change();

create function access.apply_signal_event() returns trigger language plpgsql as $$
begin
    if new.event = 'PROPOSE' then
        perform from access.connection_event e join access.connection c on c.id = e.connection_id join access.signal s on s.participant_id = c.participant_id
          where e.connection_id = new.connection_id and e.number = new.connection_event and s.id = new.signal_id
            and e.event in ('SUSPEND', 'ANNOUNCE_SUSPENSION') and e.actor = new.actor and e.at >= s.raised_at;
        if not found then
            raise exception 'no suspension of the participant by the same official' using errcode = 'check_violation', constraint = 'signal_event_suspension';
        end if;
    end if;
    if new.from_state = 'NONE' then
        perform from access.signal where id = new.signal_id and state = new.to_state and events = new.number and since = new.at;
    else
        update access.signal set state = new.to_state, since = new.at, events = new.number
         where id = new.signal_id and state = new.from_state and events = new.number - 1;
    end if;
    if not found then
        raise exception 'the signal is no longer in state %', new.from_state using errcode = 'serialization_failure';
    end if;
    return null;
end $$;
create trigger applied after insert on access.signal_event for each row execute function access.apply_signal_event();
create function access.refuse_signal_without_event() returns trigger language plpgsql as $$
begin
    raise exception 'a signal changes by its events';
end $$;
create trigger by_event_only before update on access.signal for each row when (pg_trigger_depth() = 0) execute function access.refuse_signal_without_event();

grant select, insert on access.service_use, access.admitted, access.threshold, access.signal_watch, access.signal, access.signal_event to "${application_role}";
grant update (calls, latency_ms, latency_ms_max, within_100_ms, within_300_ms, within_1_s, within_3_s, octets_in, octets_out) on access.service_use to "${application_role}";
grant update (calls) on access.admitted to "${application_role}";
grant update (tried_until) on access.signal_watch to "${application_role}";
-- Updating is what the trigger does, and what a lock needs.
grant update (state, since, events) on access.signal to "${application_role}";
grant select on access.signal_rule, access.signal_transition to "${application_role}";
