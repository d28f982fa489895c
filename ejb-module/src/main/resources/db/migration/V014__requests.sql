-- What either side owes by when (ACC-31 to ACC-34). Opened and closed in the transaction of what it hangs on; a lapse grants and refuses nothing.
-- An open one is counted anew when its calendar changes, never when a later version of the procedure appears (ACC-21).
create table access.obligation (
    id              uuid           not null,
    contour         kernel.contour not null,
    participant_id  uuid           not null,
    procedure_code  text           not null,
    version         integer        not null,
    rule            text           not null,
    side            text           not null,
    about_kind      text           not null,
    about_id        uuid           not null,
    counted_from    timestamptz    not null,
    working_days    integer        not null,
    calendar_code   text           not null,
    revision        bigint         not null,
    -- 24:00 of the last day; null while the calendar does not reach so far.
    due_at          timestamptz,
    missing_year    integer,
    opened_at       timestamptz    not null,
    closed_at       timestamptz,
    outcome         text,
    constraint obligation_pk primary key (id),
    constraint obligation_participant_fk foreign key (participant_id) references participants.participant (id),
    constraint obligation_deadline_fk foreign key (procedure_code, version, rule) references access.procedure_deadline (procedure_code, version, rule),
    constraint obligation_calendar_fk foreign key (calendar_code) references calendar.calendar (code),
    constraint obligation_side_check check (side in ('AUTHORITY', 'PARTICIPANT')),
    constraint obligation_about_check check (about_kind in ('REQUEST', 'CONNECTION', 'AGREEMENT')),
    constraint obligation_due_check check ((due_at is null) = (missing_year is not null)),
    constraint obligation_outcome_check check (outcome in ('MET', 'DROPPED')),
    constraint obligation_closed_check check ((closed_at is null) = (outcome is null))
);
create unique index obligation_open_unique on access.obligation (about_id, rule) where closed_at is null;
-- The work list: by time left.
create index obligation_due_index on access.obligation (contour, due_at, id) where closed_at is null;
create index obligation_calendar_index on access.obligation (calendar_code, revision) where closed_at is null;
-- Whose answer has not come, looked for every few seconds.
create index obligation_answer_index on access.obligation (due_at, about_id) where closed_at is null and rule = 'SUPPLY_INFORMATION';
create index obligation_about_index on access.obligation (about_id);

-- Which open deadlines an edited calendar moved, for the officials to see (ACC-30).
create table access.obligation_move (
    obligation_id  uuid        not null,
    revision       bigint      not null,
    moved_at       timestamptz not null,
    due_before     timestamptz,
    due_after      timestamptz,
    constraint obligation_move_pk primary key (obligation_id, revision),
    constraint obligation_move_obligation_fk foreign key (obligation_id) references access.obligation (id)
);
grant select, insert on access.obligation, access.obligation_move to "${application_role}";
grant update (revision, due_at, missing_year, closed_at, outcome) on access.obligation to "${application_role}";

-- The life of a request (ACC-T01 to ACC-T10).
create table access.request_transition (
    from_state  text not null,
    event       text not null,
    to_state    text not null,
    constraint request_transition_pk primary key (from_state, event),
    constraint request_transition_unique unique (from_state, event, to_state)
);
insert into access.request_transition (from_state, event, to_state) values
    ('NONE', 'SUBMIT', 'SUBMITTED'),
    ('SUBMITTED', 'CONFIRM', 'ACCEPTED'),
    ('SUBMITTED', 'DECLINE', 'NOT_ACCEPTED'),
    ('ACCEPTED', 'ASK', 'INFO_NEEDED'),
    ('INFO_NEEDED', 'SUPPLY', 'ACCEPTED'),
    ('ACCEPTED', 'GRANT', 'GRANTED'),
    ('ACCEPTED', 'REFUSE', 'REFUSED'),
    ('SUBMITTED', 'RETRACT', 'RETRACTED'),
    ('ACCEPTED', 'RETRACT', 'RETRACTED'),
    ('INFO_NEEDED', 'RETRACT', 'RETRACTED'),
    ('INFO_NEEDED', 'LAPSE', 'RETRACTED');

-- Filed in the cabinet or registered from a letter (ACC-40); judged by the version in force on the day of its receipt (ACC-21). Nothing of it is edited but
-- by its events; what the applicant wants otherwise is another request.
create table access.request (
    id              uuid           not null,
    number          bigint         not null generated always as identity,
    kind            text           not null,
    participant_id  uuid           not null,
    contour         kernel.contour not null,
    procedure_code  text           not null,
    version         integer        not null,
    state           text           not null,
    since           timestamptz    not null,
    events          integer        not null,
    -- Receipt as recorded; the decision's clock starts here (ACC-33).
    received_at     timestamptz    not null,
    submitted_at    timestamptz    not null,
    channel         text           not null,
    sender          text,
    subject         text,
    message_id      text,
    answer_email    text           not null,
    body            text           not null,
    desired_day     date,
    previous_id     uuid,
    constraint request_pk primary key (id),
    constraint request_number_unique unique (number),
    constraint request_participant_fk foreign key (participant_id) references participants.participant (id),
    constraint request_version_fk foreign key (procedure_code, version) references access.procedure_version (procedure_code, version),
    constraint request_of_participant_unique unique (id, participant_id),
    constraint request_contour_unique unique (id, contour),
    constraint request_of_participant_in_contour_unique unique (id, contour, participant_id),
    constraint request_previous_fk foreign key (previous_id, contour, participant_id) references access.request (id, contour, participant_id),
    -- A refused request has one successor (ACC-T10).
    constraint request_previous_unique unique (previous_id),
    constraint request_kind_check check (kind in ('CONNECT', 'JOINT_TEST', 'RESTORE', 'DISCONNECT', 'CHANGE')),
    constraint request_joint_test_check check (kind <> 'JOINT_TEST' or contour = 'TEST'),
    constraint request_state_check check (state in ('SUBMITTED', 'ACCEPTED', 'NOT_ACCEPTED', 'INFO_NEEDED', 'GRANTED', 'REFUSED', 'RETRACTED')),
    constraint request_channel_check check (channel in ('CABINET', 'LETTER', 'SOAP')),
    constraint request_letter_check check ((channel = 'LETTER') = (sender is not null)),
    constraint request_received_check check (received_at <= submitted_at),
    constraint request_texts_check check (length(body) between 1 and 10000 and length(answer_email) between 3 and 254 and length(sender) <= 254 and length(subject) <= 500 and length(message_id) <= 998)
);
-- One open request of a kind for a connection (ACC-T01).
create unique index request_open_unique on access.request (participant_id, procedure_code, contour, kind) where state in ('SUBMITTED', 'ACCEPTED', 'INFO_NEEDED');
create index request_list_index on access.request (contour, number desc);
create index request_participant_index on access.request (participant_id, number desc);

-- The services that it wants for which subsystem; of a CHANGE, to add or to drop.
create table access.request_service (
    request_id      uuid not null,
    participant_id  uuid not null,
    subsystem_id    uuid not null,
    service_code    text not null,
    drops           boolean not null,
    constraint request_service_pk primary key (request_id, subsystem_id, service_code),
    constraint request_service_request_fk foreign key (request_id, participant_id) references access.request (id, participant_id),
    constraint request_service_subsystem_fk foreign key (subsystem_id, participant_id) references participants.subsystem (id, participant_id),
    constraint request_service_service_fk foreign key (service_code) references access.service (code)
);

-- One or two people who answer for it, in full (ACC-4, ACC-42).
create table access.request_contact (
    request_id  uuid    not null,
    position    integer not null,
    full_name   text    not null,
    unit        text    not null,
    post        text    not null,
    email       text    not null,
    phone       text    not null,
    constraint request_contact_pk primary key (request_id, position),
    constraint request_contact_request_fk foreign key (request_id) references access.request (id),
    constraint request_contact_position_check check (position in (1, 2)),
    constraint request_contact_fields_check check (length(full_name) between 1 and 200 and length(unit) between 1 and 200 and length(post) between 1 and 200
        and length(email) between 3 and 254 and length(phone) between 3 and 32)
);

-- Files that came with it (ACC-9): what they are and for how long they hold. The digest is kept here, too, so that the file and its record vouch for each other.
create table access.request_document (
    request_id   uuid        not null,
    document_id  uuid        not null,
    kind         text        not null,
    number       text,
    issued_on    date,
    issuer       text,
    valid_to     date,
    sha256       text        not null,
    attached_at  timestamptz not null,
    constraint request_document_pk primary key (request_id, document_id),
    constraint request_document_request_fk foreign key (request_id) references access.request (id),
    constraint request_document_document_fk foreign key (document_id) references documents.document (id),
    constraint request_document_unique unique (document_id),
    constraint request_document_kind_check check (kind in ('RIGHT_TO_USE', 'RIGHT_TO_DISTRIBUTE', 'RIGHT_TO_MODIFY', 'REGISTRATION', 'SCREEN_FORM', 'CONFORMANCE_REPORT', 'LETTER', 'OTHER')),
    constraint request_document_texts_check check (length(number) between 1 and 100 and length(issuer) between 1 and 300 and sha256 ~ '^[0-9a-f]{64}$'),
    constraint request_document_days_check check (issued_on <= valid_to)
);

-- What the applicant declares (ACC-50).
create table access.request_confirmation (
    request_id  uuid not null,
    item_code   text not null,
    constraint request_confirmation_pk primary key (request_id, item_code),
    constraint request_confirmation_request_fk foreign key (request_id) references access.request (id)
);

-- The official's checklist (ACC-47); the newest tick of an item counts.
create table access.request_check (
    request_id  uuid        not null,
    item_code   text        not null,
    ticked      boolean     not null,
    note        text        not null,
    checked_at  timestamptz not null,
    actor       uuid        not null,
    constraint request_check_pk primary key (request_id, item_code),
    constraint request_check_request_fk foreign key (request_id) references access.request (id),
    constraint request_check_note_check check (length(note) <= 1000)
);

-- What happened to a request, by whom and why; a row changes the request, and nothing else does.
create table access.request_event (
    request_id  uuid        not null,
    number      integer     not null,
    from_state  text        not null,
    event       text        not null,
    to_state    text        not null,
    at          timestamptz not null,
    actor       uuid,
    actor_role  text        not null,
    text        text        not null,
    constraint request_event_pk primary key (request_id, number),
    constraint request_event_request_fk foreign key (request_id) references access.request (id),
    constraint request_event_transition_fk foreign key (from_state, event, to_state) references access.request_transition (from_state, event, to_state),
    constraint request_event_actor_check check ((actor is null) = (actor_role = 'SYSTEM')),
    constraint request_event_text_check check (length(text) <= 10000)
);

-- The causes of a refusal, by code and text (ACC-48).
create table access.request_cause (
    request_id  uuid    not null,
    position    integer not null,
    code        text    not null,
    text        text    not null,
    constraint request_cause_pk primary key (request_id, position),
    constraint request_cause_request_fk foreign key (request_id) references access.request (id),
    constraint request_cause_text_check check (length(code) between 1 and 64 and length(text) between 1 and 1000)
);

create function access.apply_request_event() returns trigger language plpgsql as $$
begin
    if new.from_state = 'NONE' then
        perform from access.request where id = new.request_id and state = new.to_state and events = new.number and since = new.at;
    else
        update access.request set state = new.to_state, since = new.at, events = new.number
         where id = new.request_id and state = new.from_state and events = new.number - 1;
    end if;
    if not found then
        raise exception 'the request is no longer in state %', new.from_state using errcode = 'serialization_failure';
    end if;
    return null;
end $$;
create trigger applied after insert on access.request_event for each row execute function access.apply_request_event();

create function access.refuse_request_without_event() returns trigger language plpgsql as $$
begin
    raise exception 'a request changes by its events';
end $$;
create trigger by_event_only before update on access.request for each row when (pg_trigger_depth() = 0) execute function access.refuse_request_without_event();
do $$
declare
    name text;
begin
    foreach name in array array['request_event', 'request_cause', 'request_confirmation', 'request_contact', 'request_service', 'request_document'] loop
        execute format('create trigger append_only before update or delete or truncate on access.%I for each statement execute function access.refuse_change()', name);
    end loop;
end $$;

-- Production access, forced disconnection and termination are proposed by one official and decided by another (ACC-2).
create table access.proposal (
    id             uuid           not null,
    contour        kernel.contour not null,
    request_id     uuid,
    connection_id  uuid,
    event          text           not null,
    ground         text,
    first_day      date,
    reason         text           not null,
    proposed_by    uuid           not null,
    proposed_at    timestamptz    not null,
    decided_by     uuid,
    decided_at     timestamptz,
    outcome        text,
    remark         text,
    constraint proposal_pk primary key (id),
    constraint proposal_request_fk foreign key (request_id, contour) references access.request (id, contour),
    constraint proposal_connection_fk foreign key (connection_id, contour) references access.connection (id, contour),
    constraint proposal_about_check check ((request_id is null) <> (connection_id is null)),
    constraint proposal_event_check check (case when request_id is null then event in ('FORCE_DISCONNECTION', 'ANNOUNCE_TERMINATION') else event = 'GRANT' end),
    constraint proposal_reason_check check (length(reason) between 1 and 1000 and length(remark) <= 1000),
    constraint proposal_decided_check check ((decided_at is null) = (outcome is null) and (decided_at is null) = (decided_by is null)),
    constraint proposal_outcome_check check (outcome in ('APPROVED', 'REJECTED', 'WITHDRAWN')),
    constraint proposal_four_eyes_check check (outcome is null or (outcome = 'WITHDRAWN') = (decided_by = proposed_by))
);
create unique index proposal_open_unique on access.proposal (coalesce(request_id, connection_id)) where decided_at is null;
create index proposal_contour_index on access.proposal (contour, proposed_at) where decided_at is null;

-- No event that ACC-2 puts under four eyes happens without an approval by its actor, in the same transaction, of what somebody else proposed.
create function access.require_approved_measure() returns trigger language plpgsql as $$
begin
    if new.event in ('FORCE_DISCONNECTION', 'ANNOUNCE_TERMINATION')
            and not exists (select from access.proposal where connection_id = new.connection_id and event = new.event and outcome = 'APPROVED' and decided_by = new.actor and xmin = pg_current_xact_id()::xid) then
        raise exception '% needs an approval', new.event using errcode = 'check_violation', constraint = 'four_eyes';
    end if;
    return null;
end $$;
create trigger four_eyes after insert on access.connection_event for each row execute function access.require_approved_measure();
create function access.require_approved_grant() returns trigger language plpgsql as $$
begin
    if new.event = 'GRANT' and exists (select from access.request where id = new.request_id and kind = 'CONNECT' and contour = 'PRODUCTION')
            and not exists (select from access.proposal where request_id = new.request_id and outcome = 'APPROVED' and decided_by = new.actor and xmin = pg_current_xact_id()::xid) then
        raise exception 'production access needs an approval' using errcode = 'check_violation', constraint = 'four_eyes';
    end if;
    return null;
end $$;
create trigger four_eyes after insert on access.request_event for each row execute function access.require_approved_grant();

grant select on access.request_transition to "${application_role}";
-- Updating is what the trigger does, and what a lock needs.
grant select, insert, update on access.request to "${application_role}";
grant select, insert on access.request_service, access.request_contact, access.request_confirmation, access.request_event, access.request_cause, access.request_document, access.proposal to "${application_role}";
grant select, insert, update on access.request_check to "${application_role}";
grant update (decided_by, decided_at, outcome, remark) on access.proposal to "${application_role}";
