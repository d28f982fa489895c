-- Consents by application form (CON-90 to CON-103): signed papers that participants transfer. Bound as tokens are: to a participant's subsystem, a taxpayer, services.

-- Versions of the form's text that an agreement names (CON-90): SHA-256 of the text in each language that it is written in. In TEST, where there are no agreements, of the
-- participant. Never changed.
alter table access.agreement add constraint agreement_of_participant_unique unique (id, contour, participant_id);
create table consent.form_version (
    id              uuid           not null,
    contour         kernel.contour not null,
    participant_id  uuid           not null,
    agreement_id    uuid,
    version         text           not null,
    ru_sha256       bytea,
    ky_sha256       bytea,
    en_sha256       bytea,
    named_at        timestamptz    not null,
    actor           uuid           not null,
    actor_role      text           not null,
    constraint form_version_pk primary key (id),
    constraint form_version_of_participant_unique unique (id, contour, participant_id),
    constraint form_version_name_unique unique nulls not distinct (contour, participant_id, agreement_id, version),
    constraint form_version_participation_fk foreign key (participant_id, contour) references access.participation (participant_id, contour),
    constraint form_version_agreement_fk foreign key (agreement_id, contour, participant_id) references access.agreement (id, contour, participant_id),
    constraint form_version_agreement_check check ((contour = 'PRODUCTION') = (agreement_id is not null)),
    constraint form_version_name_check check (length(version) between 1 and 100),
    constraint form_version_texts_check check (num_nonnulls(ru_sha256, ky_sha256, en_sha256) > 0
        and octet_length(ru_sha256) = 32 and octet_length(ky_sha256) = 32 and octet_length(en_sha256) = 32)
);

-- The life of a form consent (CON-T20 to CON-T28): only REGISTERED permits anything (CON-97). The cause is the event's.
create table consent.form_transition (
    from_state  text not null,
    event       text not null,
    to_state    text not null,
    cause       text,
    constraint form_transition_pk primary key (from_state, event),
    constraint form_transition_unique unique (from_state, event, to_state),
    constraint form_transition_cause_check check ((to_state = 'WITHDRAWN') = (cause is not null))
);
insert into consent.form_transition (from_state, event, to_state, cause) values
    ('NONE', 'RECEIVE', 'RECEIVED', null),
    ('RECEIVED', 'REGISTER', 'REGISTERED', null),
    ('RECEIVED', 'REJECT', 'REJECTED', null),
    ('REGISTERED', 'WITHDRAW', 'WITHDRAWN', 'TAXPAYER'),
    ('REGISTERED', 'REPORT_WITHDRAWAL', 'WITHDRAWN', 'REPORTED_BY_PARTICIPANT'),
    ('REGISTERED', 'REACH_EXPIRY', 'EXPIRED', null),
    ('REGISTERED', 'DISPUTE', 'DISPUTED', null),
    ('DISPUTED', 'SETTLE_AS_GIVEN', 'REGISTERED', null),
    ('DISPUTED', 'SETTLE_AS_NOT_GIVEN', 'WITHDRAWN', 'NOT_GIVEN'),
    ('REGISTERED', 'DISCONNECT_PARTICIPANT', 'WITHDRAWN', 'PARTICIPANT_DISCONNECTED'),
    ('REGISTERED', 'END_SUBJECT', 'WITHDRAWN', 'SUBJECT_ENDED');

-- What was transferred, as it was declared, with the result of its checks (CON-92, CON-94). Written once, with all that was found out; afterwards only the state changes, by
-- events, and the taxpayer's pause of all. A rejected transfer keeps no file, only its digest.
create table consent.form_consent (
    id                    uuid           not null,
    contour               kernel.contour not null,
    participant_id        uuid           not null,
    subsystem_id          uuid           not null,
    own_number            text           not null,
    taxpayer_inn          kernel.inn     not null,
    taxpayer_name         text           not null,
    representative_inn    kernel.inn,
    representative_name   text,
    representative_ground text,
    -- As declared; what is permitted stands in consent.form_service.
    declared_services     text[]         not null,
    signed_on             date           not null,
    stated_until          date,
    declared_version      text           not null,
    signing               text           not null,
    file_name             text           not null,
    file_sha256           bytea          not null,
    -- Of all that was declared: the same transfer sent twice has the same.
    declaration_sha256    bytea          not null,
    result                text           not null,
    -- What is wrong with the signature.
    problem               text,
    -- Whom the register knows; the database proves it of whatever passed.
    registered_inn        kernel.inn     generated always as (case when result = 'REGISTERED' then taxpayer_inn end) stored,
    form_version_id       uuid,
    document_id           uuid,
    signature_id          uuid,
    signer_thumbprint     bytea,
    state                 text           not null,
    cause                 text,
    events                integer        not null,
    received_at           timestamptz    not null,
    expires_at            timestamptz,
    ended_at              timestamptz,
    paused                boolean        not null,
    constraint form_consent_pk primary key (id),
    constraint form_consent_contour_unique unique (id, contour),
    constraint form_consent_participation_fk foreign key (participant_id, contour) references access.participation (participant_id, contour),
    constraint form_consent_subsystem_fk foreign key (subsystem_id, participant_id) references participants.subsystem (id, participant_id),
    constraint form_consent_taxpayer_fk foreign key (contour, registered_inn) references registers.taxpayer (contour, inn),
    constraint form_consent_version_fk foreign key (form_version_id, contour, participant_id) references consent.form_version (id, contour, participant_id),
    constraint form_consent_document_fk foreign key (document_id) references documents.document (id),
    constraint form_consent_signature_fk foreign key (signature_id) references documents.document (id),
    constraint form_consent_texts_check check (length(own_number) between 1 and 100 and length(taxpayer_name) between 1 and 500 and length(declared_version) between 1 and 100
        and length(file_name) between 1 and 200 and cardinality(declared_services) between 1 and 50),
    constraint form_consent_representative_check check ((representative_name is null) = (representative_ground is null) and (representative_name is null) = (representative_inn is null)
        and length(representative_name) between 1 and 500 and length(representative_ground) between 1 and 500),
    constraint form_consent_signing_check check (signing in ('HANDWRITTEN', 'CMS_DETACHED', 'CMS_EMBEDDED')),
    constraint form_consent_digests_check check (octet_length(file_sha256) = 32 and octet_length(declaration_sha256) = 32 and octet_length(signer_thumbprint) = 32),
    constraint form_consent_result_check check (result in ('REGISTERED', 'TAXPAYER_NOT_FOUND', 'NAME_MISMATCH', 'SERVICE_NOT_IN_AGREEMENT', 'FORM_VERSION_UNKNOWN', 'EXPIRED',
        'DOCUMENT_MISSING', 'HASH_MISMATCH', 'SIGNATURE_INVALID')),
    constraint form_consent_problem_check check ((result = 'SIGNATURE_INVALID') = (problem is not null) and length(problem) <= 64),
    constraint form_consent_state_check check (state in ('RECEIVED', 'REGISTERED', 'REJECTED', 'WITHDRAWN', 'DISPUTED', 'EXPIRED')),
    -- What passed has everything that the checks asked for; what did not pass ends there.
    constraint form_consent_passed_check check (case when result = 'REGISTERED'
        then form_version_id is not null and document_id is not null and expires_at is not null and (signature_id is not null) = (signing = 'CMS_DETACHED')
            and (signer_thumbprint is not null) = (signing <> 'HANDWRITTEN') and state <> 'REJECTED'
        else document_id is null and signature_id is null and state in ('RECEIVED', 'REJECTED') end),
    constraint form_consent_dates_check check (signed_on <= coalesce(stated_until, signed_on)),
    constraint form_consent_cause_check check ((state = 'WITHDRAWN') = (cause is not null)),
    constraint form_consent_ended_check check ((state in ('REJECTED', 'WITHDRAWN', 'EXPIRED')) = (ended_at is not null))
);
-- A number and a file make one consent of a participant, for ever: a withdrawn one does not come back by being sent again.
create unique index form_consent_number_unique on consent.form_consent (contour, participant_id, own_number) where result = 'REGISTERED';
create unique index form_consent_file_unique on consent.form_consent (contour, participant_id, file_sha256) where result = 'REGISTERED';
create unique index form_consent_rejected_unique on consent.form_consent (contour, participant_id, declaration_sha256, result, problem) nulls not distinct where result <> 'REGISTERED';
create index form_consent_check_index on consent.form_consent (contour, taxpayer_inn, participant_id, subsystem_id) where result = 'REGISTERED';
create index form_consent_participant_index on consent.form_consent (contour, participant_id, received_at desc, id);
create index form_consent_expiry_index on consent.form_consent (expires_at) where state = 'REGISTERED';
create index form_consent_disputed_index on consent.form_consent (contour, received_at) where state = 'DISPUTED';

-- What it permits; written with it, never changed.
create table consent.form_service (
    form_id       uuid not null,
    service_code  text not null,
    constraint form_service_pk primary key (form_id, service_code),
    constraint form_service_form_fk foreign key (form_id) references consent.form_consent (id),
    constraint form_service_service_fk foreign key (service_code) references access.service (code)
);

-- What happened to a form consent, and who did it. A row changes the consent, and nothing else does. From its expiry on a registered one only expires.
create table consent.form_event (
    form_id      uuid        not null,
    number       integer     not null,
    from_state   text        not null,
    event        text        not null,
    to_state     text        not null,
    at           timestamptz not null,
    actor        uuid,
    actor_role   text        not null,
    text         text        not null,
    -- When the taxpayer withdrew it with the participant (CON-101); it counts from its receipt.
    declared_at  timestamptz,
    -- What a settlement rests on.
    evidence_id  uuid,
    constraint form_event_pk primary key (form_id, number),
    constraint form_event_form_fk foreign key (form_id) references consent.form_consent (id),
    constraint form_event_transition_fk foreign key (from_state, event, to_state) references consent.form_transition (from_state, event, to_state),
    constraint form_event_evidence_fk foreign key (evidence_id) references documents.document (id),
    constraint form_event_actor_check check ((actor is null) = (actor_role = 'SYSTEM')),
    constraint form_event_text_check check (length(text) <= 1000 and (event not in ('DISPUTE', 'SETTLE_AS_GIVEN', 'SETTLE_AS_NOT_GIVEN') or length(text) > 0)),
    constraint form_event_declared_check check ((event = 'REPORT_WITHDRAWAL') = (declared_at is not null) and declared_at <= at),
    constraint form_event_evidence_check check ((event in ('SETTLE_AS_GIVEN', 'SETTLE_AS_NOT_GIVEN')) = (evidence_id is not null))
);
-- No row begins in a later state.
alter table consent.form_consent add constraint form_consent_newest_event_fk foreign key (id, events) references consent.form_event (form_id, number) deferrable initially deferred;

create function consent.apply_form_event() returns trigger language plpgsql as $$
begin
    if new.from_state = 'NONE' then
        perform from consent.form_consent where id = new.form_id and state = new.to_state and events = new.number and received_at = new.at;
    else
        update consent.form_consent f
           set state = new.to_state, events = new.number, cause = (select cause from consent.form_transition where (from_state, event) = (new.from_state, new.event)),
               ended_at = case when new.event = 'REACH_EXPIRY' then f.expires_at when new.to_state in ('REJECTED', 'WITHDRAWN') then new.at end
         where f.id = new.form_id and f.state = new.from_state and f.events = new.number - 1
           and case when new.event = 'REGISTER' then f.result = 'REGISTERED' and f.expires_at > new.at and exists (select from consent.form_service l where l.form_id = f.id)
                    when new.event = 'REJECT' then f.result <> 'REGISTERED'
                    when new.event = 'REACH_EXPIRY' then f.expires_at <= new.at
                    when new.from_state = 'REGISTERED' then f.expires_at > new.at
                    else true end;
    end if;
    if not found then
        raise exception 'the form consent is no longer in state %', new.from_state using errcode = 'serialization_failure';
    end if;
    -- CON-T20: within an agreement that covers each service; it is held until the end of the transaction.
    if new.event = 'REGISTER' then
        perform access.require_agreement(f.participant_id, s.procedure_code, new.at, s.code)
           from consent.form_consent f join consent.form_service l on l.form_id = f.id join access.service s on s.code = l.service_code
          where f.id = new.form_id and f.contour = 'PRODUCTION';
    end if;
    return null;
end $$;
create trigger applied after insert on consent.form_event for each row execute function consent.apply_form_event();
create function consent.refuse_form_without_event() returns trigger language plpgsql as $$
begin
    raise exception 'a form consent changes by its events';
end $$;
create trigger by_event_only before update on consent.form_consent for each row when (pg_trigger_depth() = 0) execute function consent.refuse_form_without_event();
create function consent.refuse_service_of_registered_form() returns trigger language plpgsql as $$
begin
    if not exists (select from consent.form_consent where id = new.form_id and state = 'RECEIVED') then
        raise exception 'what a form consent permits is fixed' using errcode = 'check_violation', constraint = 'form_service_fixed';
    end if;
    return new;
end $$;
create trigger fixed before insert on consent.form_service for each row execute function consent.refuse_service_of_registered_form();
do $$
declare
    name text;
begin
    foreach name in array array['form_version', 'form_service', 'form_event'] loop
        execute format('create trigger append_only before update or delete or truncate on consent.%I for each statement execute function access.refuse_change()', name);
    end loop;
end $$;

-- A pause of all stops them, too (CON-81); calls that are being answered end first.
create function consent.pause_forms() returns trigger language plpgsql as $$
declare
    about consent.pause;
begin
    if tg_op = 'DELETE' then about := old; else about := new; end if;
    perform pg_advisory_xact_lock(hashtextextended(id::text, 0))
       from (select id from consent.form_consent where contour = about.contour and taxpayer_inn = about.taxpayer_inn and state in ('REGISTERED', 'DISPUTED') order by id offset 0) held;
    update consent.form_consent set paused = tg_op = 'INSERT' where contour = about.contour and taxpayer_inn = about.taxpayer_inn and state in ('REGISTERED', 'DISPUTED');
    return null;
end $$;
create trigger paused_forms after insert or delete on consent.pause for each row execute function consent.pause_forms();
create trigger inherits_pause before insert on consent.form_consent for each row execute function consent.inherit_pause();

-- As consent.daily_use, of form consents.
create table consent.form_daily_use (
    form_id       uuid    not null,
    service_code  text    not null,
    day           date    not null,
    disclosures   integer not null,
    constraint form_daily_use_pk primary key (form_id, service_code, day),
    constraint form_daily_use_service_fk foreign key (form_id, service_code) references consent.form_service (form_id, service_code)
);

-- A use rests on a token or on a form consent, an event is of one of them.
alter table consent.usage add form_id uuid,
    drop constraint usage_consent_kind_check,
    drop constraint usage_consent_check,
    add constraint usage_form_fk foreign key (form_id, contour) references consent.form_consent (id, contour),
    add constraint usage_consent_kind_check check (consent_kind in ('TOKEN', 'FORM', 'SELF', 'NONE')),
    add constraint usage_consent_check check ((consent_kind = 'TOKEN') = (consent_id is not null) and (consent_kind = 'FORM') = (form_id is not null));
create index usage_form_index on consent.usage (form_id, at) where outcome = 'DISCLOSED' and form_id is not null;
alter table consent.event_out alter token_id drop not null,
    add form_id uuid,
    drop constraint event_out_kind_check,
    drop constraint event_out_cause_check,
    add constraint event_out_form_fk foreign key (form_id, contour) references consent.form_consent (id, contour),
    add constraint event_out_about_check check (num_nonnulls(token_id, form_id) = 1),
    add constraint event_out_kind_check check (kind in ('EXPIRED', 'FROZEN', 'UNFROZEN') or token_id is not null and kind in ('REVOKED', 'EXHAUSTED', 'BUDGET_LOW')
        or form_id is not null and kind in ('WITHDRAWN', 'DISPUTED', 'SETTLED')),
    add constraint event_out_cause_check check ((kind in ('REVOKED', 'WITHDRAWN')) = (cause is not null));

-- A document inside its signature (CMS, RFC 7193).
alter table documents.document drop constraint document_media_type_check,
    add constraint document_media_type_check check (media_type in ('application/pdf', 'image/png', 'image/jpeg', 'text/plain', 'application/xml',
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        'application/pkcs7-signature', 'application/pkcs7-mime', 'application/cms'));

insert into access.incident_kind (code, title_ru, title_ky, title_en) values
    ('CONSENT_DISPUTED', 'Налогоплательщик не давал согласия', 'Салык төлөөчү макулдук берген эмес', 'A taxpayer did not give a consent');

grant select on consent.form_transition to "${application_role}";
grant select, insert on consent.form_version, consent.form_consent, consent.form_service, consent.form_event to "${application_role}";
-- Written by the triggers.
grant update (state, cause, ended_at, events, paused) on consent.form_consent to "${application_role}";
grant select, insert, update on consent.form_daily_use to "${application_role}";
