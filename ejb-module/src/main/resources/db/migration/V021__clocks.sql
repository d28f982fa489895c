-- The clocks ring: who is told on the authority's side, which reminders went out, and how a version of a procedure is published.

-- How letters of a purpose are headed belongs to the version (ACC-24): what was dated beside the procedures moves into them, one row a purpose.
create table access.procedure_subject (
    procedure_code  text    not null,
    version         integer not null,
    purpose         text    not null,
    subject         text    not null,
    constraint procedure_subject_pk primary key (procedure_code, version, purpose),
    constraint procedure_subject_version_fk foreign key (procedure_code, version) references access.procedure_version (procedure_code, version),
    constraint procedure_subject_purpose_check check (purpose in ('CONNECT_TEST', 'CONNECT_PRODUCTION', 'JOINT_TEST', 'RESTORE', 'DISCONNECT', 'CHANGE')),
    constraint procedure_subject_subject_check check (length(subject) between 1 and 300 and subject !~ '[[:cntrl:]]')
);
-- Those of RU-422-696 stood under a code that no procedure has.
insert into access.procedure_subject (procedure_code, version, purpose, subject)
select v.procedure_code, v.version, p.purpose, s.subject
  from access.procedure_version v
 cross join unnest(array['CONNECT_TEST', 'CONNECT_PRODUCTION', 'JOINT_TEST', 'RESTORE', 'DISCONNECT', 'CHANGE']) p (purpose)
 cross join lateral (select subject from notices.subject
                      where replace(procedure_code, '/', '-') = v.procedure_code and purpose in (p.purpose, '*') and valid_from <= coalesce(v.valid_to, 'infinity')
                      order by purpose = '*', valid_from desc limit 1) s;
drop table notices.subject;
create trigger published before update or delete or truncate on access.procedure_subject for each statement execute function access.refuse_change();
grant select, insert on access.procedure_subject to "${application_role}";

-- What the ledger's entry about a version names.
alter table access.procedure_version add id uuid not null default gen_random_uuid(), add constraint procedure_version_id_unique unique (id);

-- A version that one official wants to publish and another one approves or rejects (ACC-2): written once, decided once. The document is the whole version.
create table access.procedure_proposal (
    id              uuid        not null,
    procedure_code  text        not null,
    version         integer     not null,
    document        text        not null,
    reason          text        not null,
    proposed_by     uuid        not null,
    proposed_at     timestamptz not null,
    decided_by      uuid,
    decided_at      timestamptz,
    outcome         text,
    remark          text,
    constraint procedure_proposal_pk primary key (id),
    constraint procedure_proposal_document_check check (length(document) between 1 and 262144),
    constraint procedure_proposal_reason_check check (length(reason) between 1 and 1000 and length(remark) between 1 and 1000),
    constraint procedure_proposal_outcome_check check (outcome in ('APPROVED', 'REJECTED')),
    constraint procedure_proposal_decided_check check (num_nulls(decided_by, decided_at, outcome) in (0, 3)),
    constraint procedure_proposal_four_eyes_check check (outcome <> 'APPROVED' or decided_by <> proposed_by)
);
create unique index procedure_proposal_open_unique on access.procedure_proposal (procedure_code) where outcome is null;
create function access.refuse_second_decision() returns trigger language plpgsql as $$
begin
    raise exception 'a proposal is decided once';
end $$;
create trigger decided_once before update on access.procedure_proposal for each row when (old.outcome is not null) execute function access.refuse_second_decision();
create trigger kept before delete or truncate on access.procedure_proposal for each statement execute function access.refuse_change();
grant select, insert on access.procedure_proposal to "${application_role}";
grant update (decided_by, decided_at, outcome, remark) on access.procedure_proposal to "${application_role}";

-- The application publishes nothing that a second official has not approved; the owner's command is the owner's responsibility.
create function access.require_approved_version() returns trigger language plpgsql as $$
begin
    if not pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'usage')
            and not exists (select from access.procedure_proposal where procedure_code = new.procedure_code and version = new.version and outcome = 'APPROVED') then
        raise exception 'no approval of another official' using errcode = 'check_violation', constraint = 'procedure_version_approved';
    end if;
    return null;
end $$;
create trigger approved after insert on access.procedure_version for each row execute function access.require_approved_version();
grant insert on access.procedure to "${application_role}";

-- Who is told on the authority's side, as dated data: from its first day until the next row's of the same contour and procedure. A correction is a further row,
-- of the same day if need be: the newest counts. Without addresses nobody is told from that day on. Procedure null: all that have no unit of their own.
create table access.staff_unit (
    id              uuid           not null,
    number          bigint         not null generated always as identity,
    contour         kernel.contour not null,
    procedure_code  text,
    first_day       date           not null,
    name            text           not null,
    language        text           not null,
    addresses       text[]         not null,
    head_language   text           not null,
    head_addresses  text[]         not null,
    set_at          timestamptz    not null,
    actor           uuid           not null,
    actor_role      text           not null,
    constraint staff_unit_pk primary key (id),
    constraint staff_unit_procedure_fk foreign key (procedure_code) references access.procedure (code),
    constraint staff_unit_name_check check (length(name) between 1 and 300),
    constraint staff_unit_language_check check (language in ('RU', 'KY', 'EN') and head_language in ('RU', 'KY', 'EN')),
    constraint staff_unit_addresses_check check (cardinality(addresses) <= 20 and cardinality(head_addresses) <= 20 and (cardinality(addresses) = 0) = (cardinality(head_addresses) = 0))
);
create index staff_unit_index on access.staff_unit (contour, procedure_code, first_day desc, number desc);
create trigger append_only before update or delete or truncate on access.staff_unit for each statement execute function access.refuse_change();
grant select, insert on access.staff_unit to "${application_role}";

-- What the authority's side could not be told because it had no unit then: for the officials to see.
create table access.untold (
    dedup_key       text           not null,
    contour         kernel.contour not null,
    procedure_code  text           not null,
    kind            text           not null,
    about_kind      text           not null,
    about_id        uuid           not null,
    number          text           not null,
    at              timestamptz    not null,
    constraint untold_pk primary key (dedup_key)
);
create index untold_index on access.untold (contour, at desc);
create trigger append_only before update or delete or truncate on access.untold for each statement execute function access.refuse_change();
grant select, insert on access.untold to "${application_role}";

-- Who was told that an obligation is due soon, or overdue (ACC-34): once for each of its days, whichever node is at it. A day that a calendar moves is told anew.
alter table access.obligation add constraint obligation_contour_unique unique (id, contour);
create index obligation_ringing_index on access.obligation (calendar_code, due_at) where closed_at is null;
create table access.reminder (
    obligation_id   uuid           not null,
    due_at          timestamptz    not null,
    kind            text           not null,
    contour         kernel.contour not null,
    procedure_code  text           not null,
    told            text           not null,
    at              timestamptz    not null,
    constraint reminder_pk primary key (obligation_id, due_at, kind),
    constraint reminder_obligation_fk foreign key (obligation_id, contour) references access.obligation (id, contour),
    constraint reminder_kind_check check (kind in ('AHEAD', 'LAPSED')),
    constraint reminder_told_check check (told in ('UNIT', 'HEAD', 'PARTICIPANT'))
);
-- When a unit, or its head, had its last letter: the next one collects what comes within the hour.
create index reminder_round_index on access.reminder (contour, procedure_code, told, at desc);
create trigger append_only before update or delete or truncate on access.reminder for each statement execute function access.refuse_change();
grant select, insert on access.reminder to "${application_role}";

-- How a letter should have been headed whose subject did not fit: a warning for the official, nothing more (ACC-24).
alter table access.request add subject_expected text,
    add constraint request_subject_expected_check check (length(subject_expected) between 1 and 1000 and (subject_expected is null or channel = 'LETTER'));

-- Texts of the new notices, in the frame that the others have: what follows their first two paragraphs.
with frame (language, closing) as (
    select language, regexp_replace(body, '^[^\n]*\n\n[^\n]*', '') from notices.template where kind = 'N10' and procedure_code = '*' and valid_from = '2020-01-01'),
what (kind, language, subject, said) as (values
-- N21: due soon. To the authority's unit and to participants alike.
('N21', 'RU', 'Скоро истекает срок, {{number}}',
$$Скоро истекает срок:

{{obligations}}

Истечение срока само по себе ничего не разрешает и ни в чём не отказывает.$$),
('N21', 'KY', 'Мөөнөт жакында бүтөт, {{number}}',
$$Мөөнөт жакында бүтөт:

{{obligations}}

Мөөнөттүн бүтүшү өзүнөн өзү эч нерсеге уруксат бербейт жана эч нерседен баш тартпайт.$$),
('N21', 'EN', 'Due soon, {{number}}',
$$Due soon:

{{obligations}}

That a deadline passes grants and refuses nothing by itself.$$),
-- N22: overdue.
('N22', 'RU', 'Срок истёк, {{number}}',
$$Срок истёк:

{{obligations}}

Истечение срока само по себе ничего не разрешает и ни в чём не отказывает; обязательство остаётся.$$),
('N22', 'KY', 'Мөөнөт бүттү, {{number}}',
$$Мөөнөт бүттү:

{{obligations}}

Мөөнөттүн бүтүшү өзүнөн өзү эч нерсеге уруксат бербейт жана эч нерседен баш тартпайт; милдет калат.$$),
('N22', 'EN', 'Overdue, {{number}}',
$$Overdue:

{{obligations}}

That a deadline has passed grants and refuses nothing by itself; what was owed still is.$$),
-- N23: an outage ended before its time.
('N23', 'RU', 'Работы завершены раньше срока, {{end}}',
$$Работы, начатые {{start}}, завершены раньше объявленного времени, {{end}}. Указанные ниже сервисы снова доступны.$$),
('N23', 'KY', 'Иштер мөөнөтүнөн эрте бүттү, {{end}}',
$${{start}} башталган иштер жарыяланган убакыттан эрте, {{end}} бүттү. Төмөндө көрсөтүлгөн сервистер кайра жеткиликтүү.$$),
('N23', 'EN', 'Work ended early, {{end}}',
$$The work that began at {{start}} ended before the time announced, at {{end}}. The services below are available again.$$))
insert into notices.template (kind, procedure_code, language, valid_from, subject, body)
select kind, '*', language, '2020-01-01', subject, '{{participant}}' || E'\n\n' || said || closing
  from what join frame using (language);
