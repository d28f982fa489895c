-- What the authority and the participants tell each other about their work (003 §13, §14): announced outages and changes, participants' reports, incidents.

-- What the authority announces: an OUTAGE of services from one moment to another (ACC-90), or a CHANGE of their structure, composition or conditions from a day on
-- (ACC-93). Written when it is published, and never edited: it is ended by a row of access.announcement_end, or corrected by the next announcement.
-- In time by the procedure's rule, or an emergency with its reason, which is counted (ACC-91).
create table access.announcement (
    id                uuid           not null,
    number            bigint         not null generated always as identity,
    kind              text           not null,
    contour           kernel.contour not null,
    procedure_code    text           not null,
    version           integer        not null,
    starts_at         timestamptz    not null,
    -- A change does not end.
    ends_at           timestamptz,
    text              text           not null,
    new_version       text,
    emergency_reason  text,
    published_at      timestamptz    not null,
    actor             uuid           not null,
    actor_role        text           not null,
    constraint announcement_pk primary key (id),
    constraint announcement_number_unique unique (number),
    constraint announcement_key unique (id, kind, contour, procedure_code),
    constraint announcement_version_fk foreign key (procedure_code, version) references access.procedure_version (procedure_code, version),
    constraint announcement_kind_check check (kind in ('OUTAGE', 'CHANGE')),
    constraint announcement_period_check check (case when kind = 'OUTAGE' then ends_at > starts_at and ends_at <= starts_at + interval '31 days' else ends_at is null end is true),
    constraint announcement_in_time_check check (emergency_reason is not null or starts_at > published_at),
    constraint announcement_new_version_check check (new_version is null or kind = 'CHANGE' and length(new_version) between 1 and 16),
    constraint announcement_texts_check check (length(text) between 1 and 4000 and length(emergency_reason) between 1 and 1000)
);
create index announcement_list_index on access.announcement (contour, number desc);

-- The services that it is about, all of one procedure. An outage shuts the service out while during lasts; two outages of a service never do at once, so that
-- there is one end to tell a caller. Adding an end shortens during, in the end's trigger; nothing else changes it.
create table access.announcement_service (
    announcement_id  uuid           not null,
    kind             text           not null,
    contour          kernel.contour not null,
    procedure_code   text           not null,
    service_code     text           not null,
    during           tstzrange,
    constraint announcement_service_pk primary key (announcement_id, service_code),
    constraint announcement_service_announcement_fk foreign key (announcement_id, kind, contour, procedure_code) references access.announcement (id, kind, contour, procedure_code),
    constraint announcement_service_service_fk foreign key (service_code, procedure_code) references access.service (code, procedure_code),
    constraint announcement_service_during_check check ((kind = 'OUTAGE') = (during is not null)),
    constraint announcement_service_once exclude using gist (service_code with =, (contour::text) with =, during with &&) where (during is not null)
);

-- Whom it affected when it was published, and why: a right that is in force then, or calls of the thirty days before (ACC-93). These were told.
create table access.announcement_affected (
    announcement_id  uuid    not null,
    participant_id   uuid    not null,
    services         text[]  not null,
    has_right        boolean not null,
    calls            bigint  not null,
    constraint announcement_affected_pk primary key (announcement_id, participant_id),
    constraint announcement_affected_announcement_fk foreign key (announcement_id) references access.announcement (id),
    constraint announcement_affected_participant_fk foreign key (participant_id) references participants.participant (id),
    constraint announcement_affected_check check (cardinality(services) > 0 and calls >= 0 and (has_right or calls > 0))
);
create index announcement_affected_participant_index on access.announcement_affected (participant_id, announcement_id);

-- The one thing that may happen to an announcement: WITHDRAWN before it begins, or, of an outage, ENDED before its announced end.
create table access.announcement_end (
    announcement_id  uuid        not null,
    event            text        not null,
    at               timestamptz not null,
    reason           text        not null,
    actor            uuid        not null,
    actor_role       text        not null,
    constraint announcement_end_pk primary key (announcement_id),
    constraint announcement_end_announcement_fk foreign key (announcement_id) references access.announcement (id),
    constraint announcement_end_event_check check (event in ('WITHDRAWN', 'ENDED')),
    constraint announcement_end_reason_check check (length(reason) between 1 and 1000)
);

create function access.apply_announcement_end() returns trigger language plpgsql as $$
begin
    perform from access.announcement where id = new.announcement_id
        and case when new.event = 'WITHDRAWN' then new.at < starts_at else kind = 'OUTAGE' and new.at >= starts_at and new.at < ends_at end;
    if not found then
        raise exception 'not %: it has not begun, or is over', new.event using errcode = 'check_violation', constraint = 'announcement_end_in_time';
    end if;
    update access.announcement_service set during = tstzrange(lower(during), greatest(lower(during), new.at)) where announcement_id = new.announcement_id and during is not null;
    return null;
end $$;
create trigger applied after insert on access.announcement_end for each row execute function access.apply_announcement_end();

create function access.refuse_announcement_without_end() returns trigger language plpgsql as $$
begin
    raise exception 'what was announced is not edited';
end $$;
create trigger by_end_only before update on access.announcement_service for each row when (pg_trigger_depth() = 0) execute function access.refuse_announcement_without_end();
create trigger never_deleted before delete or truncate on access.announcement_service for each statement execute function access.refuse_change();

-- A participant's word (003 §14.6 to §14.8), judged by the version of the day of its receipt. Never edited. Where its procedure sets a time, the last moment in time and
-- whether it was missed; both empty where no time is set or the calendar does not reach so far.
create table access.participant_report (
    id              uuid           not null,
    number          bigint         not null generated always as identity,
    kind            text           not null,
    contour         kernel.contour not null,
    participant_id  uuid           not null,
    procedure_code  text           not null,
    version         integer        not null,
    received_at     timestamptz    not null,
    filed_at        timestamptz    not null,
    -- The letter's, when an official registered one.
    sender          text,
    -- Of the change; of the beginning of a liquidation or reorganisation.
    event_day       date,
    starts_at       timestamptz,
    ends_at         timestamptz,
    text            text           not null,
    due_at          timestamptz,
    late            boolean,
    actor           uuid           not null,
    actor_role      text           not null,
    constraint participant_report_pk primary key (id),
    constraint participant_report_number_unique unique (number),
    constraint participant_report_key unique (id, participant_id, contour),
    constraint participant_report_participation_fk foreign key (participant_id, contour) references access.participation (participant_id, contour),
    constraint participant_report_version_fk foreign key (procedure_code, version) references access.procedure_version (procedure_code, version),
    constraint participant_report_kind_check check (kind in ('PARTICULARS_CHANGED', 'LIQUIDATION', 'REORGANISATION', 'OUTAGE', 'BREACH')),
    constraint participant_report_day_check check ((kind in ('PARTICULARS_CHANGED', 'LIQUIDATION', 'REORGANISATION')) = (event_day is not null)),
    constraint participant_report_start_check check ((kind in ('OUTAGE', 'BREACH')) = (starts_at is not null)),
    constraint participant_report_end_check check (ends_at is null or kind = 'OUTAGE' and ends_at > starts_at),
    constraint participant_report_late_check check ((due_at is null) = (late is null) and late is not distinct from (received_at >= due_at)),
    constraint participant_report_letter_check check ((actor_role = 'PARTICIPANT') = (sender is null)),
    constraint participant_report_received_check check (received_at <= filed_at),
    constraint participant_report_texts_check check (length(text) between 1 and 10000 and length(sender) between 3 and 254)
);
create index participant_report_list_index on access.participant_report (contour, number desc);
create index participant_report_participant_index on access.participant_report (participant_id, contour, number desc);

-- The end of an outage that was reported without one; told once.
create table access.reported_outage_end (
    report_id   uuid        not null,
    ends_at     timestamptz not null,
    told_at     timestamptz not null,
    actor       uuid        not null,
    actor_role  text        not null,
    constraint reported_outage_end_pk primary key (report_id),
    constraint reported_outage_end_report_fk foreign key (report_id) references access.participant_report (id)
);
create function access.require_open_outage() returns trigger language plpgsql as $$
begin
    perform from access.participant_report where id = new.report_id and kind = 'OUTAGE' and ends_at is null and starts_at < new.ends_at;
    if not found then
        raise exception 'the report is of no open outage' using errcode = 'check_violation', constraint = 'reported_outage_open';
    end if;
    return new;
end $$;
create trigger of_open_outage before insert on access.reported_outage_end for each row execute function access.require_open_outage();

-- The life of an incident (ACC-98).
create table access.incident_transition (
    from_state  text not null,
    event       text not null,
    to_state    text not null,
    constraint incident_transition_pk primary key (from_state, event),
    constraint incident_transition_unique unique (from_state, event, to_state)
);
insert into access.incident_transition (from_state, event, to_state) values
    ('NONE', 'OPEN', 'OPEN'),
    ('OPEN', 'MEASURE', 'OPEN'),
    ('OPEN', 'CLOSE', 'CLOSED');

-- Opened by an official or by what a participant reported; changes by its events only. What comes up after its end is another incident.
create table access.incident (
    id              uuid           not null,
    number          bigint         not null generated always as identity,
    contour         kernel.contour not null,
    source          text           not null,
    severity        text           not null,
    participant_id  uuid,
    report_id       uuid,
    state           text           not null,
    since           timestamptz    not null,
    events          integer        not null,
    opened_at       timestamptz    not null,
    constraint incident_pk primary key (id),
    constraint incident_number_unique unique (number),
    constraint incident_participant_fk foreign key (participant_id) references participants.participant (id),
    constraint incident_report_fk foreign key (report_id, participant_id, contour) references access.participant_report (id, participant_id, contour),
    constraint incident_report_check check (report_id is null or participant_id is not null),
    constraint incident_report_unique unique (report_id),
    constraint incident_source_check check (source in ('PARTICIPANT', 'OFFICER', 'SIGNAL', 'TAXPAYER')),
    constraint incident_severity_check check (severity in ('LOW', 'MEDIUM', 'HIGH', 'CRITICAL')),
    constraint incident_state_check check (state in ('OPEN', 'CLOSED'))
);
create index incident_list_index on access.incident (contour, number desc);
create index incident_open_index on access.incident (contour, opened_at) where state = 'OPEN';

-- What happened, what was done, how it ended: the texts of OPEN, MEASURE and CLOSE. A row changes the incident, and nothing else does.
create table access.incident_event (
    incident_id  uuid        not null,
    number       integer     not null,
    from_state   text        not null,
    event        text        not null,
    to_state     text        not null,
    at           timestamptz not null,
    actor        uuid,
    actor_role   text        not null,
    text         text        not null,
    constraint incident_event_pk primary key (incident_id, number),
    constraint incident_event_incident_fk foreign key (incident_id) references access.incident (id),
    constraint incident_event_transition_fk foreign key (from_state, event, to_state) references access.incident_transition (from_state, event, to_state),
    constraint incident_event_actor_check check ((actor is null) = (actor_role = 'SYSTEM')),
    constraint incident_event_text_check check (length(text) between 1 and 10000)
);

create function access.apply_incident_event() returns trigger language plpgsql as $$
begin
    if new.from_state = 'NONE' then
        perform from access.incident where id = new.incident_id and state = new.to_state and events = new.number and since = new.at;
    else
        update access.incident set state = new.to_state, since = new.at, events = new.number
         where id = new.incident_id and state = new.from_state and events = new.number - 1;
    end if;
    if not found then
        raise exception 'the incident is no longer in state %', new.from_state using errcode = 'serialization_failure';
    end if;
    return null;
end $$;
create trigger applied after insert on access.incident_event for each row execute function access.apply_incident_event();
create function access.refuse_incident_without_event() returns trigger language plpgsql as $$
begin
    raise exception 'an incident changes by its events';
end $$;
create trigger by_event_only before update on access.incident for each row when (pg_trigger_depth() = 0) execute function access.refuse_incident_without_event();

do $$
declare
    name text;
begin
    foreach name in array array['announcement', 'announcement_affected', 'announcement_end', 'participant_report', 'reported_outage_end', 'incident_event'] loop
        execute format('create trigger append_only before update or delete or truncate on access.%I for each statement execute function access.refuse_change()', name);
    end loop;
end $$;

-- ACC-91: a service gets another version when a change to it was announced for PRODUCTION and its day has come.
create function access.require_announced_version() returns trigger language plpgsql as $$
begin
    if not exists (select from access.announcement a join access.announcement_service s on s.announcement_id = a.id
                    where a.kind = 'CHANGE' and a.contour = 'PRODUCTION' and a.new_version = new.version and s.service_code = new.code and a.starts_at <= clock_timestamp()
                      and not exists (select from access.announcement_end e where e.announcement_id = a.id)) then
        raise exception 'version % of % was not announced, or its day has not come', new.version, new.code using errcode = 'check_violation', constraint = 'service_version_announced';
    end if;
    return new;
end $$;
create trigger version_announced before update of version on access.service for each row when (new.version is distinct from old.version) execute function access.require_announced_version();

-- For the calls of the last thirty days. Usage is written in the order of time, which this kind of index needs, and it costs a call next to nothing.
create index usage_at_index on consent.usage using brin (at);

grant select, insert on access.announcement, access.announcement_affected, access.announcement_end, access.participant_report, access.reported_outage_end,
    access.incident_event to "${application_role}";
grant select on access.incident_transition to "${application_role}";
-- Updating is what the triggers do, and what a lock needs.
grant select, insert on access.announcement_service, access.incident to "${application_role}";
grant update (during) on access.announcement_service to "${application_role}";
grant update (state, since, events) on access.incident to "${application_role}";
