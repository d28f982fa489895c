-- Organisations that take part in the exchange, their subsystems, certificates and contacts.
create schema participants;
grant usage on schema participants to "${application_role}";

-- Created on registration; never deleted, its identifier is never reused (ACC-6).
create table participants.participant (
    id              uuid        not null,
    instance        text        not null,
    member_class    text        not null,
    member_code     text        not null,
    kind            text        not null,
    full_name       text        not null,
    inn             kernel.inn,
    notice_email    text        not null,
    language        text        not null,
    fault_dialect   text        not null,
    registered_at   timestamptz not null,
    constraint participant_pk primary key (id),
    constraint participant_member_unique unique (instance, member_class, member_code),
    constraint participant_identifier_check check (length(instance) between 1 and 64 and length(member_class) between 1 and 16 and length(member_code) between 1 and 64),
    constraint participant_kind_check check (kind in ('LEGAL_PERSON', 'SOLE_PROPRIETOR', 'NATURAL_PERSON', 'STATE_BODY')),
    constraint participant_full_name_check check (length(full_name) between 1 and 500),
    constraint participant_language_check check (language in ('RU', 'KY', 'EN')),
    -- Names of X-Road fault codes: CamelCase up to 7.7, snake_case from 7.8.
    constraint participant_fault_dialect_check check (fault_dialect in ('CAMEL_CASE', 'SNAKE_CASE'))
);

-- Created with its participant or later; replaced as a whole. All five fields are mandatory (ACC-4).
create table participants.contact (
    id              uuid not null,
    participant_id  uuid not null,
    full_name       text not null,
    unit            text not null,
    post            text not null,
    email           text not null,
    phone           text not null,
    constraint contact_pk primary key (id),
    constraint contact_participant_fk foreign key (participant_id) references participants.participant (id),
    constraint contact_fields_check check (length(full_name) between 1 and 200 and length(unit) between 1 and 200 and length(post) between 1 and 200
        and length(email) between 3 and 254 and length(phone) between 3 and 32)
);
create index contact_participant_index on participants.contact (participant_id);

-- Created on registration; never deleted. The code '' stands for the member itself, which X-Road also lets call.
create table participants.subsystem (
    id              uuid        not null,
    participant_id  uuid        not null,
    code            text        not null,
    name            text        not null,
    registered_at   timestamptz not null,
    constraint subsystem_pk primary key (id),
    constraint subsystem_participant_fk foreign key (participant_id) references participants.participant (id),
    constraint subsystem_code_unique unique (participant_id, code),
    constraint subsystem_of_participant_unique unique (id, participant_id),
    constraint subsystem_code_check check (length(code) <= 64),
    constraint subsystem_name_check check (length(name) between 1 and 200)
);

-- Created on registration for one subsystem in one contour: this binding decides the contour of every call signed with it.
-- Changed only by blocking and unblocking; never deleted, so that old signatures stay attributable.
create table participants.certificate (
    thumbprint      bytea          not null,
    subsystem_id    uuid           not null,
    contour         kernel.contour not null,
    der             bytea          not null,
    subject         text           not null,
    not_before      timestamptz    not null,
    not_after       timestamptz    not null,
    registered_at   timestamptz    not null,
    blocked_at      timestamptz,
    blocked_reason  text,
    constraint certificate_pk primary key (thumbprint),
    constraint certificate_subsystem_fk foreign key (subsystem_id) references participants.subsystem (id),
    constraint certificate_contour_unique unique (thumbprint, contour),
    constraint certificate_thumbprint_check check (octet_length(thumbprint) = 32 and thumbprint = sha256(der)),
    constraint certificate_validity_check check (not_before < not_after),
    constraint certificate_blocked_check check ((blocked_at is null) = (blocked_reason is null))
);
create index certificate_subsystem_index on participants.certificate (subsystem_id);

grant select, insert, update on participants.participant, participants.subsystem, participants.certificate to "${application_role}";
grant select, insert, delete on participants.contact to "${application_role}";
