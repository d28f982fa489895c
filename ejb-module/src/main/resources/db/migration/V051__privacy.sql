-- What holds where no official has set a threshold, as it ships (ACC-96): for each service of the catalogue, for all operations together by which a subsystem minds its own
-- (*applicants), and for transfers of consent forms that are refused (*transfers): by those, whoever tries many can find out numbers and names. Each per subsystem, in each
-- contour. All values are [data]: a version holds from its moment until the next one's; the owner adds versions and edits none. Null: no limit. A default that an official sets for
-- a service, or for one of the two, replaces the one of this table, whole.
create table access.usual_threshold (
    kind               text        not null,
    effective_from     timestamptz not null,
    id                 uuid        not null default gen_random_uuid(),
    calls_per_second   integer,
    calls_per_hour     integer,
    calls_per_day      integer,
    constraint usual_threshold_pk primary key (kind, effective_from),
    constraint usual_threshold_kind_check check (kind in ('SERVICE', '*applicants', '*transfers')),
    constraint usual_threshold_values_check check (calls_per_second between 1 and 10000 and calls_per_hour > 0 and calls_per_day > 0)
);
create trigger append_only before update or delete or truncate on access.usual_threshold for each statement execute function access.refuse_change();
grant select on access.usual_threshold to "${application_role}";
insert into access.usual_threshold (kind, effective_from, calls_per_second, calls_per_hour, calls_per_day) values
    ('SERVICE',     '2024-09-07 00:00+06', 100, 100000, 1000000),
    ('*applicants', '2024-09-07 00:00+06',  50,   5000,   50000),
    ('*transfers',  '2024-09-07 00:00+06', null,    60,     300);

-- Limits are now also of what is no service of the catalogue, and the catalogue still knows every other.
alter table access.admitted
    add catalogue_code text generated always as (case when service_code not in ('*applicants', '*transfers') then service_code end) stored,
    drop constraint admitted_service_fk,
    add constraint admitted_service_fk foreign key (catalogue_code) references access.service (code);
alter table access.threshold
    add catalogue_code text generated always as (case when service_code not in ('*applicants', '*transfers') then service_code end) stored,
    drop constraint threshold_service_fk,
    add constraint threshold_service_fk foreign key (catalogue_code) references access.service (code);

-- The authority reads more about a taxpayer than the log (CON-115): evidence of a call, which holds its messages, and forms that are or were disputed. And it reads operational
-- records of calls of a time, of one participant or of all: those are about nobody, and are told to whoever was called about within that time.
alter table consent.usage_inspection
    add kind text not null default 'LOG',
    add occurrence uuid,
    add form_id uuid,
    add participant_id uuid,
    add records_from timestamptz,
    add records_to timestamptz,
    alter taxpayer_inn drop not null,
    alter reason drop not null,
    add constraint usage_inspection_usage_fk foreign key (occurrence, contour) references consent.usage (occurrence, contour),
    add constraint usage_inspection_form_fk foreign key (form_id, contour) references consent.form_consent (id, contour),
    add constraint usage_inspection_participant_fk foreign key (participant_id) references participants.participant (id),
    add constraint usage_inspection_kind_check check (case kind
        when 'LOG' then taxpayer_inn is not null and reason is not null and num_nonnulls(occurrence, form_id, participant_id, records_from, records_to) = 0
        when 'EVIDENCE' then occurrence is not null and num_nonnulls(form_id, participant_id, records_from, records_to) = 0
        when 'FORM' then form_id is not null and num_nonnulls(occurrence, participant_id, records_from, records_to) = 0
        when 'RECORDS' then num_nonnulls(records_from, records_to) = 2 and records_from <= records_to and num_nonnulls(taxpayer_inn, occurrence, form_id) = 0
        else false end);
alter table consent.usage_inspection alter kind drop default;
create index usage_inspection_records_index on consent.usage_inspection (contour, at desc) where kind = 'RECORDS';
