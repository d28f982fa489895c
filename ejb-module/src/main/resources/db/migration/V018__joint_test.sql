-- What a joint test has shown (ACC-43, ACC-18); what a suspension refers to (ACC-98); the day of a change (ACC-46); the files of agreements (ACC-55).

-- Signed data around a text: the report of a conformance run, and accepted as nothing else.
alter table documents.document drop constraint document_media_type_check,
    add constraint document_media_type_check check (media_type in ('application/pdf', 'image/png', 'image/jpeg', 'text/plain', 'application/xml',
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        'application/pkcs7-signature', 'application/pkcs7-mime'));

-- 'v1' and '1.4' are of major version 1. A version that begins with no number is a major version by itself.
create function access.major_version(version text) returns text language sql immutable strict
    return coalesce(substring(version from '^[vV]?0*([0-9]+)'), version);

-- Since when the service has its major version: what was tested before that does not show it.
alter table access.service add major_since timestamptz not null default '-infinity';
create function access.keep_major_since() returns trigger language plpgsql as $$
begin
    new.major_since := clock_timestamp();
    return new;
end $$;
create trigger major_changed before update of version on access.service for each row
    when (access.major_version(new.version) <> access.major_version(old.version)) execute function access.keep_major_since();

-- A report of a conformance run that came with a JOINT_TEST request and was accepted. Written with its request_document, never changed. Refused ones leave no row.
alter table participants.certificate add constraint certificate_of_subsystem_unique unique (thumbprint, subsystem_id, contour);
create table access.conformance_report (
    document_id     uuid           not null,
    request_id      uuid           not null,
    contour         kernel.contour not null,
    participant_id  uuid           not null,
    subsystem_id    uuid           not null,
    -- Whose key signed it; in force then.
    thumbprint      bytea          not null,
    harness         text           not null,
    catalogue       integer        not null,
    started_at      timestamptz    not null,
    finished_at     timestamptz    not null,
    accepted_at     timestamptz    not null,
    constraint conformance_report_pk primary key (document_id),
    constraint conformance_report_document_fk foreign key (request_id, document_id) references access.request_document (request_id, document_id),
    constraint conformance_report_request_fk foreign key (request_id, contour, participant_id) references access.request (id, contour, participant_id),
    constraint conformance_report_subsystem_fk foreign key (subsystem_id, participant_id) references participants.subsystem (id, participant_id),
    constraint conformance_report_certificate_fk foreign key (thumbprint, subsystem_id, contour) references participants.certificate (thumbprint, subsystem_id, contour),
    constraint conformance_report_contour_unique unique (document_id, contour),
    constraint conformance_report_contour_check check (contour = 'TEST'),
    -- Clocks of two machines never agree.
    constraint conformance_report_times_check check (started_at <= finished_at and finished_at <= accepted_at + interval '5 minutes'),
    constraint conformance_report_harness_check check (length(harness) <= 255)
);
create index conformance_report_request_index on access.conformance_report (request_id);

create function access.require_joint_test_in_progress() returns trigger language plpgsql as $$
begin
    perform from access.request r join access.request_document d on d.request_id = r.id
      where r.id = new.request_id and r.kind = 'JOINT_TEST' and r.state in ('SUBMITTED', 'ACCEPTED', 'INFO_NEEDED')
        and d.document_id = new.document_id and d.kind = 'CONFORMANCE_REPORT';
    if not found then
        raise exception 'not a report of an open joint test' using errcode = 'check_violation', constraint = 'joint_test_in_progress';
    end if;
    return null;
end $$;
create trigger in_progress after insert on access.conformance_report for each row execute function access.require_joint_test_in_progress();

-- The verdict, one row a scenario; of a report that is accepted none has failed.
create table access.conformance_scenario (
    document_id  uuid    not null,
    scenario     text    not null,
    verdict      text    not null,
    calls        integer not null,
    constraint conformance_scenario_pk primary key (document_id, scenario),
    constraint conformance_scenario_report_fk foreign key (document_id) references access.conformance_report (document_id),
    constraint conformance_scenario_verdict_check check (verdict in ('PASSED', 'NOT_APPLICABLE') and calls >= 0)
);

-- What was shown of each service that the report names: the major version that it had during the run, and how often TEST answered.
create table access.conformance_service (
    document_id     uuid    not null,
    procedure_code  text    not null,
    service_code    text    not null,
    major_version   text    not null,
    answered        integer not null,
    constraint conformance_service_pk primary key (document_id, service_code),
    constraint conformance_service_major_unique unique (document_id, service_code, major_version),
    constraint conformance_service_report_fk foreign key (document_id) references access.conformance_report (document_id),
    constraint conformance_service_offered_fk foreign key (service_code, procedure_code) references access.service (code, procedure_code),
    constraint conformance_service_answered_check check (answered > 0)
);

-- The calls by which it was shown. An entry of the ledger counts once, for ever, whatever becomes of the request: of two requests that bring the same report at the
-- same instant, on whatever nodes, the second finds it taken.
create table access.conformance_call (
    ledger_entry  uuid           not null,
    contour       kernel.contour not null,
    document_id   uuid           not null,
    scenario      text           not null,
    service_code  text           not null,
    outcome       text           not null,
    constraint conformance_call_pk primary key (ledger_entry),
    constraint conformance_call_report_fk foreign key (document_id, contour) references access.conformance_report (document_id, contour),
    constraint conformance_call_scenario_fk foreign key (document_id, scenario) references access.conformance_scenario (document_id, scenario),
    constraint conformance_call_usage_fk foreign key (ledger_entry, contour) references consent.usage (occurrence, contour)
);
create index conformance_call_report_index on access.conformance_call (document_id);

-- The ledger says what the report says, of its subsystem, in its time.
create function access.require_call_in_ledger() returns trigger language plpgsql as $$
begin
    perform from access.conformance_report r join ledger.entry e on e.id = new.ledger_entry and e.contour = r.contour
      where r.document_id = new.document_id and e.content::json ->> 'type' = 'exchange.call'
        and e.content::json -> 'data' ->> 'subsystem' = r.subsystem_id::text and e.content::json -> 'data' ->> 'service' = new.service_code
        and case e.content::json -> 'data' ->> 'outcome' when 'DISCLOSED' then 'ANSWERED' else e.content::json -> 'data' ->> 'outcome' end = new.outcome
        and (e.content::json ->> 'at')::timestamptz between r.started_at - interval '5 minutes' and r.finished_at + interval '5 minutes';
    if not found then
        raise exception 'the ledger holds no such call of the subsystem in the run''s time' using errcode = 'check_violation', constraint = 'conformance_call_in_ledger';
    end if;
    return null;
end $$;
create trigger in_ledger after insert on access.conformance_call for each row execute function access.require_call_in_ledger();

-- Which services, at which major version, a participant's joint test has shown: by a report, or by screen forms for the services that the request names. Written with the
-- grant of the JOINT_TEST; never changed: it holds for that major version for ever (ACC-18).
create table access.joint_test_pass (
    request_id      uuid        not null,
    participant_id  uuid        not null,
    procedure_code  text        not null,
    subsystem_id    uuid        not null,
    service_code    text        not null,
    major_version   text        not null,
    -- The report; null: screen forms.
    document_id     uuid,
    passed_at       timestamptz not null,
    constraint joint_test_pass_pk primary key (request_id, subsystem_id, service_code, major_version),
    constraint joint_test_pass_request_fk foreign key (request_id, participant_id) references access.request (id, participant_id),
    constraint joint_test_pass_subsystem_fk foreign key (subsystem_id, participant_id) references participants.subsystem (id, participant_id),
    constraint joint_test_pass_offered_fk foreign key (service_code, procedure_code) references access.service (code, procedure_code),
    constraint joint_test_pass_report_fk foreign key (document_id, service_code, major_version) references access.conformance_service (document_id, service_code, major_version)
);
create index joint_test_pass_index on access.joint_test_pass (participant_id, procedure_code, service_code, major_version);

create function access.require_shown() returns trigger language plpgsql as $$
begin
    perform from access.request q
      where q.id = new.request_id and q.kind = 'JOINT_TEST' and q.state = 'GRANTED' and q.procedure_code = new.procedure_code
        and case when new.document_id is not null
            then exists (select from access.conformance_report r where r.document_id = new.document_id and r.request_id = q.id and r.subsystem_id = new.subsystem_id)
            else exists (select from access.request_document d where d.request_id = q.id and d.kind = 'SCREEN_FORM')
                and exists (select from access.request_service w join access.service s on s.code = w.service_code
                             where (w.request_id, w.subsystem_id, w.service_code) = (q.id, new.subsystem_id, new.service_code)
                               and new.major_version = access.major_version(s.version) and s.major_since <= q.submitted_at) end;
    if not found then
        raise exception 'no granted joint test has shown this' using errcode = 'check_violation', constraint = 'joint_test_shown';
    end if;
    return null;
end $$;
create trigger shown after insert on access.joint_test_pass for each row execute function access.require_shown();

-- A joint test is taken up with what shows it (ACC-43): screen forms of services that are named, or an accepted report.
create function access.require_something_shown() returns trigger language plpgsql as $$
begin
    if exists (select from access.request where id = new.request_id and kind = 'JOINT_TEST')
            and not exists (select from access.conformance_report where request_id = new.request_id)
            and not (exists (select from access.request_document where request_id = new.request_id and kind = 'SCREEN_FORM')
                     and exists (select from access.request_service where request_id = new.request_id)) then
        raise exception 'nothing shows the joint test' using errcode = 'check_violation', constraint = 'joint_test_shown';
    end if;
    return null;
end $$;
create trigger something_shown after insert on access.request_event for each row when (new.event in ('CONFIRM', 'GRANT')) execute function access.require_something_shown();

-- Where the procedure demands a joint test, a right in PRODUCTION needs one that was passed at the service's present major version (ACC-18). The procedure is that of the
-- request which brings the right about (ACC-21); where there is none, that of the day.
create function access.require_joint_test_of_right() returns trigger language plpgsql as $$
declare
    demanded boolean;
begin
    select v.joint_test_required into demanded
      from access.request q join access.procedure_version v on (v.procedure_code, v.version) = (q.procedure_code, q.version)
     where q.participant_id = new.participant_id and q.procedure_code = new.procedure_code and q.contour = new.contour and q.kind in ('CONNECT', 'CHANGE') and q.state = 'GRANTED'
     order by q.since desc limit 1;
    if not found then
        select v.joint_test_required into demanded
          from access.procedure p join calendar.calendar c on c.code = p.calendar_code join access.procedure_version v on v.procedure_code = p.code
         where p.code = new.procedure_code and (new.granted_at at time zone c.zone)::date between v.valid_from and coalesce(v.valid_to, 'infinity');
    end if;
    if demanded and not exists (select from access.joint_test_pass t join access.service s on s.code = t.service_code
            where t.participant_id = new.participant_id and t.procedure_code = new.procedure_code and t.service_code = new.service_code
              and t.major_version = access.major_version(s.version)) then
        raise exception 'no joint test of % was passed at its present major version', new.service_code using errcode = 'check_violation', constraint = 'joint_test_passed';
    end if;
    return null;
end $$;
create trigger after_joint_test after insert on access.access_right for each row when (new.contour = 'PRODUCTION') execute function access.require_joint_test_of_right();

-- Kinds of incidents, as data. A ground may stand only on an open incident of a kind (ACC-T24).
create table access.incident_kind (
    code      text not null,
    title_ru  text not null,
    title_ky  text not null,
    title_en  text not null,
    constraint incident_kind_pk primary key (code)
);
insert into access.incident_kind (code, title_ru, title_ky, title_en) values
    ('DANGER_TO_DATA', 'Угроза данным', 'Маалыматтарга коркунуч', 'Danger to data'),
    ('OTHER', 'Иной инцидент', 'Башка инцидент', 'Another incident');
alter table access.incident add kind text not null default 'OTHER',
    add constraint incident_kind_fk foreign key (kind) references access.incident_kind (code);
alter table access.incident alter kind drop default;

alter table access.procedure_ground add incident_kind text,
    add constraint procedure_ground_incident_kind_fk foreign key (incident_kind) references access.incident_kind (code);
-- What version 1 meant from its first day, and could not say.
alter table access.procedure_ground disable trigger published;
update access.procedure_ground set incident_kind = 'DANGER_TO_DATA' where (procedure_code, version, code) = ('RU-422-696', 1, 'DANGER_TO_DATA');
alter table access.procedure_ground enable trigger published;

-- A suspension may refer to an incident: of its contour, open, of nobody else. At once only on a ground that allows it; on a ground that stands on an incident only with one.
-- The incident is held until the end of the transaction, so that nobody closes it meanwhile.
alter table access.connection_event add incident_id uuid,
    add constraint connection_event_incident_fk foreign key (incident_id) references access.incident (id),
    add constraint connection_event_incident_check check (incident_id is null or event in ('SUSPEND', 'ANNOUNCE_SUSPENSION'));
create function access.require_ground_of_suspension() returns trigger language plpgsql as $$
declare
    immediately boolean;
    wanted text;
begin
    select g.immediate, g.incident_kind into immediately, wanted
      from access.connection c join access.procedure p on p.code = c.procedure_code join calendar.calendar k on k.code = p.calendar_code
      join access.procedure_version v on v.procedure_code = p.code and (new.at at time zone k.zone)::date between v.valid_from and coalesce(v.valid_to, 'infinity')
      join access.procedure_ground g on (g.procedure_code, g.version, g.measure, g.code) = (v.procedure_code, v.version, 'SUSPENSION', new.ground)
     where c.id = new.connection_id;
    if not found or new.event = 'SUSPEND' and not immediately then
        raise exception 'not on the ground %', new.ground using errcode = 'check_violation', constraint = 'ground_of_suspension';
    end if;
    if new.incident_id is not null then
        perform from access.incident i join access.connection c on c.id = new.connection_id
          where i.id = new.incident_id and i.contour = c.contour and i.state = 'OPEN' and coalesce(i.participant_id, c.participant_id) = c.participant_id
            and (wanted is null or i.kind = wanted) for share of i;
    end if;
    if new.incident_id is not null and not found or new.incident_id is null and wanted is not null then
        raise exception 'not without an open incident' using errcode = 'check_violation', constraint = 'incident_of_suspension';
    end if;
    return null;
end $$;
create trigger on_its_ground after insert on access.connection_event for each row when (new.event in ('SUSPEND', 'ANNOUNCE_SUSPENSION'))
    execute function access.require_ground_of_suspension();

-- Of a CHANGE that says on which day something changed: the report that keeps the day and whether it was told in time (ACC-46), filed with it.
alter table access.request add report_id uuid,
    add constraint request_report_fk foreign key (report_id, participant_id, contour) references access.participant_report (id, participant_id, contour),
    add constraint request_report_unique unique (report_id),
    add constraint request_report_check check (report_id is null or kind = 'CHANGE');

-- The files of an agreement: drafts, the signed text, amendments. Attached while it can be signed or amended, never changed; what is signed is one of them.
create table access.agreement_document (
    agreement_id  uuid        not null,
    document_id   uuid        not null,
    sha256        text        not null,
    attached_at   timestamptz not null,
    constraint agreement_document_pk primary key (agreement_id, document_id),
    constraint agreement_document_agreement_fk foreign key (agreement_id) references access.agreement (id),
    constraint agreement_document_document_fk foreign key (document_id) references documents.document (id),
    constraint agreement_document_unique unique (document_id),
    constraint agreement_document_sha256_check check (sha256 ~ '^[0-9a-f]{64}$')
);
insert into access.agreement_document (agreement_id, document_id, sha256, attached_at)
    select distinct v.agreement_id, d.id, encode(d.sha256, 'hex'), d.uploaded_at from access.agreement_version v join documents.document d on d.id = v.document_id;
alter table access.agreement_version drop constraint agreement_version_document_fk,
    add constraint agreement_version_document_fk foreign key (agreement_id, document_id) references access.agreement_document (agreement_id, document_id);

do $$
declare
    name text;
begin
    foreach name in array array['conformance_report', 'conformance_scenario', 'conformance_service', 'conformance_call', 'joint_test_pass', 'agreement_document'] loop
        execute format('create trigger append_only before update or delete or truncate on access.%I for each statement execute function access.refuse_change()', name);
    end loop;
end $$;
grant select, insert on access.conformance_report, access.conformance_scenario, access.conformance_service, access.conformance_call, access.joint_test_pass,
    access.agreement_document to "${application_role}";
grant select on access.incident_kind to "${application_role}";
