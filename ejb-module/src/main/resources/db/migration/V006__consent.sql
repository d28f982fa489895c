-- What taxpayers allowed, and what was done with it.
create schema consent;
grant usage on schema consent to "${application_role}";

-- Created by issue (CON-T01); immutable but for its state (CON-16); kept after its end so that a late presentation still
-- gets the right cause (CON-147). The text itself is nowhere: only its keyed hash and the last four characters (CON-35).
create table consent.token (
    id              uuid           not null,
    contour         kernel.contour not null,
    taxpayer_inn    kernel.inn     not null,
    participant_id  uuid           not null,
    subsystem_id    uuid           not null,
    lookup          bytea          not null,
    pepper_number   smallint       not null,
    last_four       text           not null,
    state           text           not null,
    cause           text,
    issued_at       timestamptz    not null,
    expires_at      timestamptz    not null,
    ended_at        timestamptz,
    text_version    text           not null,
    text_language   text           not null,
    text_sha256     bytea          not null,
    constraint token_pk primary key (id),
    constraint token_lookup_unique unique (lookup),
    constraint token_contour_unique unique (id, contour),
    constraint token_taxpayer_fk foreign key (contour, taxpayer_inn) references registers.taxpayer (contour, inn),
    constraint token_connection_fk foreign key (participant_id, contour) references access.connection (participant_id, contour),
    constraint token_subsystem_fk foreign key (subsystem_id, participant_id) references participants.subsystem (id, participant_id),
    constraint token_lookup_check check (octet_length(lookup) = 32),
    constraint token_last_four_check check (last_four ~ '^[0-9A-HJKMNP-TV-Z]{4}$'),
    constraint token_state_check check (state in ('ACTIVE', 'FROZEN', 'REVOKED', 'EXPIRED', 'EXHAUSTED')),
    constraint token_cause_check check ((state = 'REVOKED') = (cause is not null)
        and cause in ('TAXPAYER', 'GIVEN_UP', 'PARTICIPANT_DISCONNECTED', 'MANDATE_ENDED', 'AUTHORITY', 'SUBJECT_ENDED', 'REPLACED')),
    constraint token_ended_check check ((state in ('REVOKED', 'EXPIRED', 'EXHAUSTED')) = (ended_at is not null)),
    constraint token_expiry_check check (issued_at < expires_at)
);
create index token_taxpayer_index on consent.token (contour, taxpayer_inn, issued_at desc, id);

-- The list of services of a token (003 §21.3); written with the token, never changed.
create table consent.token_service (
    token_id      uuid not null,
    service_code  text not null,
    constraint token_service_pk primary key (token_id, service_code),
    constraint token_service_token_fk foreign key (token_id) references consent.token (id),
    constraint token_service_service_fk foreign key (service_code) references access.service (code)
);

-- Disclosures of a service on a token per day, where the service's rule has a frequency ceiling. Two nodes cannot overspend it:
-- the increment and the comparison are one statement on one row.
create table consent.daily_use (
    token_id      uuid    not null,
    service_code  text    not null,
    day           date    not null,
    disclosures   integer not null,
    constraint daily_use_pk primary key (token_id, service_code, day),
    constraint daily_use_token_service_fk foreign key (token_id, service_code) references consent.token_service (token_id, service_code)
);

-- One row per call of an authenticated subsystem, written in the transaction of the disclosure, refusals included
-- (CON-110, CON-111). The taxpayer will read it. Never changed, never deleted by the application.
create table consent.usage (
    id                 bigint         not null generated always as identity,
    occurrence         uuid           not null,
    at                 timestamptz    not null,
    contour            kernel.contour not null,
    participant_id     uuid           not null,
    subsystem_id       uuid           not null,
    service_code       text           not null,
    message_id         text           not null,
    user_id            text,
    issue              text,
    consent_kind       text           not null,
    consent_id         uuid,
    -- Whose data it is about: the token's taxpayer, else the taxpayer asked about if the register knows him.
    taxpayer_inn       kernel.inn,
    asked_inn          kernel.inn,
    period_from        date,
    period_to          date,
    outcome            text           not null,
    records            integer        not null,
    constraint usage_pk primary key (id),
    constraint usage_occurrence_unique unique (occurrence),
    constraint usage_subsystem_fk foreign key (subsystem_id, participant_id) references participants.subsystem (id, participant_id),
    constraint usage_token_fk foreign key (consent_id, contour) references consent.token (id, contour),
    constraint usage_taxpayer_fk foreign key (contour, taxpayer_inn) references registers.taxpayer (contour, inn),
    constraint usage_consent_kind_check check (consent_kind in ('TOKEN', 'SELF', 'NONE')),
    constraint usage_consent_check check ((consent_kind = 'TOKEN') = (consent_id is not null)),
    constraint usage_disclosed_check check (outcome = 'DISCLOSED' or records = 0)
);
create index usage_taxpayer_index on consent.usage (contour, taxpayer_inn, id desc) where taxpayer_inn is not null;
create index usage_consent_index on consent.usage (consent_id, at) where outcome = 'DISCLOSED';

grant select, insert on consent.token, consent.token_service to "${application_role}";
grant update (state, cause, ended_at) on consent.token to "${application_role}";
grant select, insert, update on consent.daily_use to "${application_role}";
grant select, insert on consent.usage to "${application_role}";
