-- Agreements between authority and participant (ACC-55 to ACC-58), the life of one (ACC-T40 to ACC-T46). An announced termination ends with its term if that
-- is over earlier, as its connection is suspended then.
create table access.agreement_transition (
    from_state  text not null,
    event       text not null,
    to_state    text not null,
    constraint agreement_transition_pk primary key (from_state, event),
    constraint agreement_transition_unique unique (from_state, event, to_state)
);
insert into access.agreement_transition (from_state, event, to_state) values
    ('NONE', 'DRAFT', 'DRAFT'),
    ('DRAFT', 'SIGN', 'IN_FORCE'),
    ('IN_FORCE', 'AMEND', 'IN_FORCE'),
    ('IN_FORCE', 'ANNOUNCE_TERMINATION', 'TERMINATION_ANNOUNCED'),
    ('TERMINATION_ANNOUNCED', 'WITHDRAW_TERMINATION', 'IN_FORCE'),
    ('TERMINATION_ANNOUNCED', 'TERMINATION_DUE', 'TERMINATED'),
    ('IN_FORCE', 'EXPIRE', 'EXPIRED'),
    ('TERMINATION_ANNOUNCED', 'EXPIRE', 'EXPIRED');

-- Of one participant, under one procedure, about PRODUCTION; judged by the version of the procedure under which it was drafted (ACC-21). What was agreed stands
-- in its versions; the term of the newest is repeated here, so that terms cannot overlap. Days are those of the procedure's zone, both inclusive.
create table access.agreement (
    id              uuid           not null,
    participant_id  uuid           not null,
    contour         kernel.contour not null,
    procedure_code  text           not null,
    procedure_version integer      not null,
    number          text           not null,
    -- Made before the order took effect (ACC-56).
    legacy          boolean        not null,
    state           text           not null,
    since           timestamptz    not null,
    events          integer        not null,
    version         integer        not null,
    first_day       date,
    last_day        date,
    announced_for   timestamptz,
    constraint agreement_pk primary key (id),
    constraint agreement_participant_fk foreign key (participant_id) references participants.participant (id),
    constraint agreement_procedure_fk foreign key (procedure_code, procedure_version) references access.procedure_version (procedure_code, version),
    constraint agreement_number_unique unique (procedure_code, number),
    constraint agreement_of_procedure_unique unique (id, procedure_code),
    constraint agreement_contour_unique unique (id, contour),
    constraint agreement_contour_check check (contour = 'PRODUCTION'),
    constraint agreement_number_check check (length(number) between 1 and 100),
    constraint agreement_state_check check (state in ('DRAFT', 'IN_FORCE', 'TERMINATION_ANNOUNCED', 'TERMINATED', 'EXPIRED')),
    constraint agreement_signed_check check ((state = 'DRAFT') = (version = 0) and (version = 0) = (first_day is null) and (last_day is null or first_day <= last_day)),
    constraint agreement_announced_check check ((state = 'TERMINATION_ANNOUNCED') = (announced_for is not null)),
    -- One at a time; a renewal may be signed before its first day.
    constraint agreement_in_force_once exclude using gist (participant_id with =, procedure_code with =, daterange(first_day, last_day, '[]') with &&)
        where (state in ('IN_FORCE', 'TERMINATION_ANNOUNCED'))
);
create index agreement_participant_index on access.agreement (participant_id, procedure_code);
create index agreement_ending_index on access.agreement (procedure_code, procedure_version, last_day) where state in ('IN_FORCE', 'TERMINATION_ANNOUNCED');

-- What was signed: the agreement is version 1, each amendment the next one, complete in itself.
create table access.agreement_version (
    agreement_id            uuid    not null,
    version                 integer not null,
    signed_on               date    not null,
    first_day               date    not null,
    last_day                date,
    -- Requisites and format of the data (003 §2).
    data_format             text    not null,
    -- Form of the taxpayer's consent and for how long the participant keeps it (003 §17), format in which it is passed on (003 §14.13).
    consent_form            text    not null,
    consent_kept_months     integer not null,
    consent_transfer_format text    not null,
    authority_signatory     text    not null,
    participant_signatory   text    not null,
    document_id             uuid    not null,
    constraint agreement_version_pk primary key (agreement_id, version),
    constraint agreement_version_agreement_fk foreign key (agreement_id) references access.agreement (id),
    constraint agreement_version_document_fk foreign key (document_id) references documents.document (id),
    constraint agreement_version_number_check check (version > 0),
    constraint agreement_version_term_check check (last_day is null or first_day <= last_day),
    constraint agreement_version_kept_check check (consent_kept_months between 1 and 1200),
    constraint agreement_version_texts_check check (length(data_format) between 1 and 1000 and length(consent_form) between 1 and 1000
        and length(consent_transfer_format) between 1 and 1000 and length(authority_signatory) between 1 and 300 and length(participant_signatory) between 1 and 300)
);

create table access.agreement_service (
    agreement_id    uuid    not null,
    version         integer not null,
    procedure_code  text    not null,
    service_code    text    not null,
    constraint agreement_service_pk primary key (agreement_id, version, service_code),
    constraint agreement_service_version_fk foreign key (agreement_id, version) references access.agreement_version (agreement_id, version),
    constraint agreement_service_agreement_fk foreign key (agreement_id, procedure_code) references access.agreement (id, procedure_code),
    constraint agreement_service_offered_fk foreign key (service_code, procedure_code) references access.service (code, procedure_code)
);

-- What happened to an agreement, by whom and why; a row changes the agreement, and nothing else does.
create table access.agreement_event (
    agreement_id   uuid        not null,
    number         integer     not null,
    from_state     text        not null,
    event          text        not null,
    to_state       text        not null,
    at             timestamptz not null,
    actor          uuid,
    actor_role     text        not null,
    reason         text        not null,
    -- That came into force by it.
    version        integer,
    announced_for  timestamptz,
    constraint agreement_event_pk primary key (agreement_id, number),
    constraint agreement_event_agreement_fk foreign key (agreement_id) references access.agreement (id),
    constraint agreement_event_version_fk foreign key (agreement_id, version) references access.agreement_version (agreement_id, version),
    constraint agreement_event_version_unique unique (agreement_id, version),
    constraint agreement_event_transition_fk foreign key (from_state, event, to_state) references access.agreement_transition (from_state, event, to_state),
    constraint agreement_event_reason_check check (length(reason) between 1 and 1000),
    constraint agreement_event_actor_check check ((actor is null) = (actor_role = 'SYSTEM')),
    constraint agreement_event_signed_check check ((event in ('SIGN', 'AMEND')) = (version is not null)),
    constraint agreement_event_announced_check check ((event = 'ANNOUNCE_TERMINATION') = (announced_for is not null))
);

create function access.apply_agreement_event() returns trigger language plpgsql as $$
begin
    if new.from_state = 'NONE' then
        perform from access.agreement where id = new.agreement_id and state = new.to_state and events = new.number and since = new.at;
    elsif new.version is not null then
        update access.agreement a set state = new.to_state, since = new.at, events = new.number, version = new.version, first_day = v.first_day, last_day = v.last_day
          from access.agreement_version v
         where a.id = new.agreement_id and a.state = new.from_state and a.events = new.number - 1 and a.version = new.version - 1
           and (v.agreement_id, v.version) = (new.agreement_id, new.version)
           -- An agreement without a service allows nothing and would stop everything.
           and exists (select from access.agreement_service s where (s.agreement_id, s.version) = (new.agreement_id, new.version));
    else
        update access.agreement set state = new.to_state, since = new.at, events = new.number, announced_for = new.announced_for
         where id = new.agreement_id and state = new.from_state and events = new.number - 1 and (new.event <> 'TERMINATION_DUE' or announced_for <= new.at);
    end if;
    if not found then
        raise exception 'the agreement is no longer in state %', new.from_state using errcode = 'serialization_failure';
    end if;
    return null;
end $$;
create trigger applied after insert on access.agreement_event for each row execute function access.apply_agreement_event();

create function access.refuse_agreement_without_event() returns trigger language plpgsql as $$
begin
    raise exception 'an agreement changes by its events';
end $$;
create trigger by_event_only before update on access.agreement for each row when (pg_trigger_depth() = 0) execute function access.refuse_agreement_without_event();

-- Who was told that it ends (N19): once for each of the procedure's days before each last day.
create table access.agreement_warning (
    agreement_id  uuid        not null,
    last_day      date        not null,
    working_days  integer     not null,
    at            timestamptz not null,
    constraint agreement_warning_pk primary key (agreement_id, last_day, working_days),
    constraint agreement_warning_agreement_fk foreign key (agreement_id) references access.agreement (id)
);
do $$
declare
    name text;
begin
    foreach name in array array['agreement_version', 'agreement_service', 'agreement_event', 'agreement_warning'] loop
        execute format('create trigger append_only before update or delete or truncate on access.%I for each statement execute function access.refuse_change()', name);
    end loop;
end $$;

grant select on access.agreement_transition to "${application_role}";
-- Updating is what the trigger does, and what a lock needs.
grant select, insert, update on access.agreement to "${application_role}";
grant select, insert on access.agreement_version, access.agreement_service, access.agreement_event, access.agreement_warning to "${application_role}";

-- Before the end of an agreement, its sides are told (ACC-57).
insert into access.procedure_deadline (procedure_code, version, rule, direction, working_days, source) values
    ('KG-147', 1, 'WARN_OF_END_FIRST', 'BEFORE', 30, 'data'),
    ('KG-147', 1, 'WARN_OF_END_AGAIN', 'BEFORE', 10, 'data'),
    ('KG-147', 1, 'WARN_OF_END_LAST', 'BEFORE', 3, 'data');

-- Where the procedure in force demands an agreement, PRODUCTION opens only within one (ACC-T20, ACC-T25, ACC-58). The agreement is held until the end of the
-- transaction, so that it cannot end between this look and what it allows.
create function access.require_agreement(of_participant uuid, under_procedure text, moment timestamptz, for_service text) returns void language plpgsql as $$
declare
    today date;
begin
    select (moment at time zone c.zone)::date into strict today
      from access.procedure p join calendar.calendar c on c.code = p.calendar_code where p.code = under_procedure;
    if not exists (select from access.procedure_version v
                    where v.procedure_code = under_procedure and v.agreement_required and today between v.valid_from and coalesce(v.valid_to, 'infinity')) then
        return;
    end if;
    perform from access.agreement a
     where a.participant_id = of_participant and a.procedure_code = under_procedure and a.state in ('IN_FORCE', 'TERMINATION_ANNOUNCED')
       and today between a.first_day and coalesce(a.last_day, 'infinity')
       and (for_service is null or exists (select from access.agreement_service s where (s.agreement_id, s.version) = (a.id, a.version) and s.service_code = for_service))
       for share of a;
    if not found then
        raise exception 'no agreement in force' using errcode = 'check_violation', constraint = 'agreement_in_force';
    end if;
end $$;

create function access.require_agreement_of_connection() returns trigger language plpgsql as $$
begin
    perform access.require_agreement(c.participant_id, c.procedure_code, new.at, null) from access.connection c where c.id = new.connection_id and c.contour = 'PRODUCTION';
    return null;
end $$;
create trigger within_agreement after insert on access.connection_event for each row when (new.event in ('CONNECT', 'RESTORE', 'AGREEMENT_RENEWED'))
    execute function access.require_agreement_of_connection();

create function access.require_agreement_of_right() returns trigger language plpgsql as $$
begin
    perform access.require_agreement(new.participant_id, new.procedure_code, new.granted_at, new.service_code);
    return null;
end $$;
create trigger within_agreement after insert on access.access_right for each row when (new.contour = 'PRODUCTION') execute function access.require_agreement_of_right();

-- A renewal removes no other cause of a suspension (ACC-T33).
create function access.require_suspension_by_expiry() returns trigger language plpgsql as $$
begin
    if (select event from access.connection_event where connection_id = new.connection_id and event in ('SUSPEND', 'SUSPENSION_DUE', 'AGREEMENT_EXPIRED')
         order by number desc limit 1) is distinct from 'AGREEMENT_EXPIRED' then
        raise exception 'suspended for another cause' using errcode = 'check_violation', constraint = 'suspended_by_expiry';
    end if;
    return null;
end $$;
create trigger suspended_by_expiry after insert on access.connection_event for each row when (new.event = 'AGREEMENT_RENEWED') execute function access.require_suspension_by_expiry();

-- So long after its agreement's end a connection ends (ACC-57).
insert into access.connection_transition (from_state, event, to_state) values
    ('SUSPENDED', 'AGREEMENT_NOT_RENEWED', 'DISCONNECTED'),
    ('SUSPENDED_TERMINATION_ANNOUNCED', 'AGREEMENT_NOT_RENEWED', 'DISCONNECTED');

-- What a legacy agreement allows is opened for a subsystem without a request, by a proposal about the agreement (ACC-56, ACC-2).
drop index access.proposal_open_unique;
alter table access.proposal add agreement_id uuid, add subsystem_id uuid,
    drop constraint proposal_about_check,
    drop constraint proposal_event_check,
    add constraint proposal_agreement_fk foreign key (agreement_id, contour) references access.agreement (id, contour),
    add constraint proposal_subsystem_fk foreign key (subsystem_id) references participants.subsystem (id),
    add constraint proposal_about_check check (num_nonnulls(request_id, connection_id, agreement_id) = 1 and (agreement_id is null) = (subsystem_id is null)),
    add constraint proposal_event_check check (case when request_id is not null then event = 'GRANT' when agreement_id is not null then event = 'ADMIT'
        else event in ('FORCE_DISCONNECTION', 'ANNOUNCE_TERMINATION') end);
create unique index proposal_open_unique on access.proposal (coalesce(request_id, connection_id, agreement_id)) where decided_at is null;
