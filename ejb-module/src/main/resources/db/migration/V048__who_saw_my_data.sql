-- Portals that may ask on a taxpayer's behalf who saw his data. The authority names one, because it believes what the portal says about who is signed in there; whoever is named can read
-- the usage of everybody. Created by naming; changed once, by its end; naming anew is another row.
create table consent.portal (
    id              uuid           not null,
    contour         kernel.contour not null,
    participant_id  uuid           not null,
    subsystem_id    uuid           not null,
    reason          text           not null,
    named_at        timestamptz    not null,
    actor           uuid           not null,
    actor_role      text           not null,
    ended_at        timestamptz,
    end_reason      text,
    end_actor       uuid,
    end_actor_role  text,
    constraint portal_pk primary key (id),
    constraint portal_participation_fk foreign key (participant_id, contour) references access.participation (participant_id, contour),
    constraint portal_subsystem_fk foreign key (subsystem_id, participant_id) references participants.subsystem (id, participant_id),
    constraint portal_reasons_check check (length(reason) between 1 and 1000 and length(end_reason) between 1 and 1000),
    constraint portal_ended_check check (num_nonnulls(ended_at, end_reason, end_actor, end_actor_role) in (0, 4) and ended_at >= named_at)
);
create unique index portal_named_unique on consent.portal (subsystem_id, contour) where ended_at is null;
create index portal_list_index on consent.portal (contour, named_at desc, id);
create function consent.refuse_portal_revival() returns trigger language plpgsql as $$
begin
    raise exception 'a portal that has ended is named anew' using errcode = 'check_violation', constraint = 'portal_ended_for_good';
end $$;
create trigger ended_for_good before update on consent.portal for each row when (old.ended_at is not null) execute function consent.refuse_portal_revival();
grant select, insert on consent.portal to "${application_role}";
grant update (ended_at, end_reason, end_actor, end_actor_role) on consent.portal to "${application_role}";

-- Batches of forms (CON-93). What a batch may hold [data]; edited by the owner.
create table consent.batch_limit (
    one                 boolean not null default true,
    rows_max            integer not null,
    megabytes_max       integer not null,
    document_megabytes  integer not null,
    constraint batch_limit_pk primary key (one),
    constraint batch_limit_one_check check (one),
    -- What a node was tried with.
    constraint batch_limit_check check (rows_max between 1 and 10000 and megabytes_max between 1 and 200 and document_megabytes between 1 and 10)
);
insert into consent.batch_limit (rows_max, megabytes_max, document_megabytes) values (10000, 200, 10);

-- Created when an archive has been received and read; the same archive of the same subsystem is the same batch. Its rows come to their results one by one, each in the transaction of its
-- transfer; a batch that was interrupted goes on where it is sent again. Never changed.
create table consent.form_batch (
    id              uuid           not null,
    contour         kernel.contour not null,
    participant_id  uuid           not null,
    subsystem_id    uuid           not null,
    archive_sha256  bytea          not null,
    row_count       integer        not null,
    received_at     timestamptz    not null,
    actor           uuid,
    actor_role      text           not null,
    constraint form_batch_pk primary key (id),
    constraint form_batch_contour_unique unique (id, contour),
    constraint form_batch_archive_unique unique (contour, subsystem_id, archive_sha256),
    constraint form_batch_participation_fk foreign key (participant_id, contour) references access.participation (participant_id, contour),
    constraint form_batch_subsystem_fk foreign key (subsystem_id, participant_id) references participants.subsystem (id, participant_id),
    constraint form_batch_sha256_check check (octet_length(archive_sha256) = 32),
    constraint form_batch_rows_check check (row_count between 1 and 10000)
);

-- What a row came to (CON-94), once; REFUSED is what cannot be read or inspected, of which nothing else is kept.
create table consent.form_batch_row (
    batch_id    uuid           not null,
    contour     kernel.contour not null,
    number      integer        not null,
    own_number  text           not null,
    result      text           not null,
    problem     text,
    field       text,
    form_id     uuid,
    constraint form_batch_row_pk primary key (batch_id, number),
    constraint form_batch_row_batch_fk foreign key (batch_id, contour) references consent.form_batch (id, contour),
    constraint form_batch_row_form_fk foreign key (form_id, contour) references consent.form_consent (id, contour),
    constraint form_batch_row_number_check check (number between 1 and 10000),
    constraint form_batch_row_result_check check (result in ('REGISTERED', 'ALREADY_REGISTERED', 'TAXPAYER_NOT_FOUND', 'NAME_MISMATCH', 'SERVICE_NOT_IN_AGREEMENT', 'FORM_VERSION_UNKNOWN',
        'EXPIRED', 'DOCUMENT_MISSING', 'HASH_MISMATCH', 'SIGNATURE_INVALID', 'REFUSED')),
    constraint form_batch_row_problem_check check ((problem is not null) = (result in ('SIGNATURE_INVALID', 'REFUSED'))),
    constraint form_batch_row_form_check check ((form_id is null) = (result = 'REFUSED')),
    constraint form_batch_row_lengths_check check (length(own_number) <= 100 and length(problem) <= 100 and length(field) <= 100)
);
do $$
declare
    name text;
begin
    foreach name in array array['form_batch', 'form_batch_row'] loop
        execute format('create trigger append_only before update or delete or truncate on consent.%I for each statement execute function access.refuse_change()', name);
    end loop;
end $$;
grant select on consent.batch_limit to "${application_role}";
grant select, insert on consent.form_batch, consent.form_batch_row to "${application_role}";

-- Taxpayers are told of form consents, too: that one was registered in their name (CON-96), and how it ended.
alter table consent.form_consent add constraint form_consent_taxpayer_unique unique (id, contour, registered_inn);
alter table consent.tiding alter token_id drop not null,
    add form_id uuid,
    -- Its taxpayer does not want to be told of such things: it is kept, and not shown. What is told once is told once, muted or not.
    add muted boolean not null default false,
    drop constraint tiding_kind_check,
    drop constraint tiding_cause_check,
    add constraint tiding_form_fk foreign key (form_id, contour, taxpayer_inn) references consent.form_consent (id, contour, registered_inn),
    add constraint tiding_form_once_unique unique (form_id, kind, once),
    add constraint tiding_about_check check (num_nonnulls(token_id, form_id) = 1),
    add constraint tiding_kind_check check (kind in ('EXPIRED', 'EXPIRES_SOON')
        or token_id is not null and kind in ('REVOKED', 'EXHAUSTED', 'BUDGET_LOW', 'PARTICIPANT_SUSPENDED', 'PARTICIPANT_RESTORED', 'TERMINATION_ANNOUNCED', 'TERMINATION_WITHDRAWN', 'STRANGER',
            'FIRST_USE', 'ISSUED', 'FROZEN')
        or form_id is not null and kind in ('REGISTERED', 'WITHDRAWN', 'SETTLED')),
    add constraint tiding_cause_check check ((kind in ('REVOKED', 'WITHDRAWN')) = (cause is not null)),
    add constraint tiding_muted_check check (not muted or kind in ('FIRST_USE', 'EXPIRES_SOON', 'BUDGET_LOW', 'PARTICIPANT_SUSPENDED', 'PARTICIPANT_RESTORED'));

-- What a taxpayer, or a participant, has switched off (CON-156): only what warns. That a consent was made or ended, that somebody presented another's token, and an announced end are
-- always told. Created by switching off, removed by switching on; the ledger has both.
create table consent.muted_tiding (
    contour       kernel.contour not null,
    taxpayer_inn  kernel.inn     not null,
    kind          text           not null,
    constraint muted_tiding_pk primary key (contour, taxpayer_inn, kind),
    constraint muted_tiding_taxpayer_fk foreign key (contour, taxpayer_inn) references registers.taxpayer (contour, inn),
    constraint muted_tiding_kind_check check (kind in ('FIRST_USE', 'EXPIRES_SOON', 'BUDGET_LOW', 'PARTICIPANT_SUSPENDED', 'PARTICIPANT_RESTORED'))
);
create table consent.muted_letter (
    contour         kernel.contour not null,
    participant_id  uuid           not null,
    kind            text           not null,
    constraint muted_letter_pk primary key (contour, participant_id, kind),
    constraint muted_letter_participation_fk foreign key (participant_id, contour) references access.participation (participant_id, contour),
    constraint muted_letter_kind_check check (kind = 'N26')
);
create function consent.mute_tiding() returns trigger language plpgsql as $$
begin
    new.muted := exists (select from consent.muted_tiding where (contour, taxpayer_inn, kind) = (new.contour, new.taxpayer_inn, new.kind));
    return new;
end $$;
create trigger muted before insert on consent.tiding for each row execute function consent.mute_tiding();
grant select, insert, delete on consent.muted_tiding, consent.muted_letter to "${application_role}";
