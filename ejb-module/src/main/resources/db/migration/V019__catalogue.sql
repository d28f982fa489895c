-- The service catalogue as it is kept and published (003 §13.4): entries, versions with their contracts, the comparison with the exchange's own catalogue, texts.

-- What an entry of the catalogue says beside the service's row and its dated rules (ACC-85): the newest revision counts. A revision is written by the service's owner and
-- never edited; writing it confirms the entry as a whole. The owner is an account, or a unit of which any official of the role acts. Confirmed for so many days [data].
create table access.catalogue_entry (
    service_code         text        not null,
    revision             integer     not null,
    previous             integer     generated always as (nullif(revision - 1, 0)) stored,
    description_ru       text        not null,
    description_ky       text        not null,
    description_en       text        not null,
    protocol             text        not null,
    owner_account        uuid,
    owner_unit           text,
    confirm_within_days  integer     not null default 90,
    at                   timestamptz not null,
    actor                uuid,
    actor_role           text        not null,
    constraint catalogue_entry_pk primary key (service_code, revision),
    constraint catalogue_entry_service_fk foreign key (service_code) references access.service (code),
    -- Revisions follow one another: of two that were written from the same one, the second is refused.
    constraint catalogue_entry_previous_fk foreign key (service_code, previous) references access.catalogue_entry (service_code, revision),
    constraint catalogue_entry_owner_account_fk foreign key (owner_account) references accounts.account (id),
    constraint catalogue_entry_owner_check check (num_nonnulls(owner_account, owner_unit) = 1),
    constraint catalogue_entry_actor_check check ((actor is null) = (actor_role = 'SYSTEM')),
    constraint catalogue_entry_confirm_check check (confirm_within_days between 1 and 3650),
    constraint catalogue_entry_revision_check check (revision > 0),
    constraint catalogue_entry_texts_check check (length(description_ru) between 1 and 4000 and length(description_ky) between 1 and 4000
        and length(description_en) between 1 and 4000 and length(protocol) between 1 and 200 and length(owner_unit) between 1 and 200)
);

-- That the owner looked at a revision and found it right (ACC-87).
create table access.catalogue_confirmation (
    service_code  text        not null,
    revision      integer     not null,
    at            timestamptz not null,
    actor         uuid        not null,
    actor_role    text        not null,
    constraint catalogue_confirmation_pk primary key (service_code, revision, at, actor),
    constraint catalogue_confirmation_entry_fk foreign key (service_code, revision) references access.catalogue_entry (service_code, revision)
);
create function access.require_owner() returns trigger language plpgsql as $$
begin
    perform from access.catalogue_entry where service_code = new.service_code and revision = new.revision and (owner_account is null or owner_account = new.actor);
    if not found then
        raise exception 'somebody else owns the entry of %', new.service_code using errcode = 'check_violation', constraint = 'catalogue_confirmation_owner';
    end if;
    return new;
end $$;
create trigger of_owner before insert on access.catalogue_confirmation for each row execute function access.require_owner();

-- The life of a version. PUBLISH in PRODUCTION needs the notice of ACC-91; PUBLISH_IN_EMERGENCY a reason; RECORD writes down what was served before the catalogue held
-- versions, and changes nothing for anybody.
create table access.service_version_transition (
    from_state  text not null,
    event       text not null,
    to_state    text not null,
    constraint service_version_transition_pk primary key (from_state, event),
    constraint service_version_transition_unique unique (from_state, event, to_state)
);
insert into access.service_version_transition (from_state, event, to_state) values
    ('NONE', 'DRAFT', 'DRAFT'),
    ('DRAFT', 'ANNOUNCE', 'ANNOUNCED'),
    ('DRAFT', 'RECORD', 'PUBLISHED'),
    ('DRAFT', 'PUBLISH', 'PUBLISHED'),
    ('DRAFT', 'PUBLISH_IN_EMERGENCY', 'PUBLISHED'),
    ('DRAFT', 'DISCARD', 'RETIRED'),
    ('ANNOUNCED', 'PUBLISH', 'PUBLISHED'),
    ('ANNOUNCED', 'PUBLISH_IN_EMERGENCY', 'PUBLISHED'),
    ('ANNOUNCED', 'DISCARD', 'RETIRED'),
    ('PUBLISHED', 'SUPERSEDE', 'RETIRED'),
    ('PUBLISHED', 'RETIRE', 'RETIRED');

-- A contract of a service in a contour, under a version's name. Versions live side by side; a revision is another schema of the same version, and supersedes the one before.
-- Drafted by the service's owner, changed by its events only. Its documents and their digest stand still from its announcement or publication on.
create table access.service_version (
    id              uuid           not null,
    service_code    text           not null,
    version         text           not null,
    contour         kernel.contour not null,
    revision        integer        not null,
    state           text           not null,
    since           timestamptz    not null,
    events          integer        not null,
    drafted_at      timestamptz    not null,
    published_from  timestamptz,
    -- Of the lines "SHA-256 of a document, two blanks, its file name", sorted by file name.
    sha256          bytea,
    constraint service_version_pk primary key (id),
    constraint service_version_key unique (id, contour),
    constraint service_version_revision_unique unique (service_code, version, contour, revision),
    constraint service_version_service_fk foreign key (service_code) references access.service (code),
    constraint service_version_name_check check (version ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,15}$'),
    constraint service_version_revision_check check (revision > 0),
    constraint service_version_state_check check (state in ('DRAFT', 'ANNOUNCED', 'PUBLISHED', 'RETIRED')),
    constraint service_version_sha256_check check (state = 'RETIRED' or (state = 'DRAFT') = (sha256 is null)),
    constraint service_version_published_check check (state = 'RETIRED' or (state = 'PUBLISHED') = (published_from is not null))
);
-- One is in the making, and one is published.
create unique index service_version_in_the_making on access.service_version (service_code, version, contour) where state in ('DRAFT', 'ANNOUNCED');
create unique index service_version_published on access.service_version (service_code, version, contour) where state = 'PUBLISHED';

create table access.service_version_document (
    version_id   uuid        not null,
    file_name    text        not null,
    document_id  uuid        not null,
    at           timestamptz not null,
    actor        uuid        not null,
    actor_role   text        not null,
    constraint service_version_document_pk primary key (version_id, file_name),
    constraint service_version_document_version_fk foreign key (version_id) references access.service_version (id),
    constraint service_version_document_document_fk foreign key (document_id) references documents.document (id)
);
create function access.require_draft() returns trigger language plpgsql as $$
begin
    -- Waits for an event of the version that is under way.
    perform from access.service_version where id = new.version_id and state = 'DRAFT' for share;
    if not found then
        raise exception 'the version is no longer a draft' using errcode = 'check_violation', constraint = 'service_version_draft';
    end if;
    return new;
end $$;
create trigger of_draft before insert on access.service_version_document for each row execute function access.require_draft();

-- What happened to a version. A row changes the version, and nothing else does. An ANNOUNCE names the change that was announced with it, an emergency in PRODUCTION the one
-- that was told at once.
alter table access.announcement add constraint announcement_contour_unique unique (id, contour);
create table access.service_version_event (
    version_id       uuid           not null,
    contour          kernel.contour not null,
    number           integer        not null,
    from_state       text           not null,
    event            text           not null,
    to_state         text           not null,
    at               timestamptz    not null,
    actor            uuid           not null,
    actor_role       text           not null,
    reason           text,
    announcement_id  uuid,
    -- Of a publication: with what it was compared, and how much was found, of which the first are kept below.
    compared_with    uuid,
    differences      integer,
    breaking         integer,
    constraint service_version_event_pk primary key (version_id, number),
    constraint service_version_event_key unique (version_id, number, contour),
    constraint service_version_event_version_fk foreign key (version_id, contour) references access.service_version (id, contour),
    constraint service_version_event_transition_fk foreign key (from_state, event, to_state) references access.service_version_transition (from_state, event, to_state),
    constraint service_version_event_announcement_fk foreign key (announcement_id, contour) references access.announcement (id, contour),
    constraint service_version_event_compared_fk foreign key (compared_with, contour) references access.service_version (id, contour),
    constraint service_version_event_announcement_check check ((announcement_id is not null) = (event = 'ANNOUNCE' or event = 'PUBLISH_IN_EMERGENCY' and contour = 'PRODUCTION')),
    constraint service_version_event_reason_check check (length(reason) between 1 and 1000 and (reason is not null or event not in ('PUBLISH_IN_EMERGENCY', 'DISCARD', 'RETIRE'))),
    constraint service_version_event_differences_check check ((differences is not null) = (to_state = 'PUBLISHED') and (breaking is not null) = (to_state = 'PUBLISHED')
        and breaking between 0 and differences and (compared_with is not null or differences = 0 or differences is null))
);
create index service_version_event_emergency_index on access.service_version_event (contour, at) where event = 'PUBLISH_IN_EMERGENCY';

-- In what a published version differed from the one before, at most 1000, what breaks first.
create table access.service_version_difference (
    version_id    uuid    not null,
    event_number  integer not null,
    number        integer not null,
    kind          text    not null,
    path          text    not null,
    before        text    not null,
    after         text    not null,
    effect        text    not null,
    constraint service_version_difference_pk primary key (version_id, number),
    constraint service_version_difference_event_fk foreign key (version_id, event_number) references access.service_version_event (version_id, number) deferrable initially deferred,
    constraint service_version_difference_number_check check (number between 1 and 1000),
    constraint service_version_difference_effect_check check (effect in ('COMPATIBLE', 'BREAKING')),
    constraint service_version_difference_texts_check check (length(kind) <= 64 and length(path) <= 200 and length(before) <= 200 and length(after) <= 200)
);

-- Whom the publication concerned (ACC-93): subsystems with a right in force, or with calls in the thirty days before; and whether what they rely on broke.
create table access.service_version_affected (
    version_id      uuid           not null,
    contour         kernel.contour not null,
    event_number    integer        not null,
    subsystem_id    uuid           not null,
    participant_id  uuid           not null,
    operation       text           not null,
    has_right       boolean        not null,
    calls           bigint         not null,
    breaks          boolean        not null,
    constraint service_version_affected_pk primary key (version_id, subsystem_id, operation),
    constraint service_version_affected_event_fk foreign key (version_id, event_number, contour) references access.service_version_event (version_id, number, contour)
        deferrable initially deferred,
    constraint service_version_affected_subsystem_fk foreign key (subsystem_id, participant_id) references participants.subsystem (id, participant_id),
    constraint service_version_affected_check check (calls >= 0 and (has_right or calls > 0))
);

-- Publications of a service in a contour follow one another, and an announcement is not withdrawn while it is being relied on: each takes the same locks, by these names.
create function access.lock_service_versions(service text, contour text) returns void language sql as $$
    select pg_advisory_xact_lock(hashtextextended('access.service_version ' || contour || ' ' || service, 0))
$$;
create function access.lock_announcement(announcement uuid) returns void language sql as $$
    select pg_advisory_xact_lock(hashtextextended('access.announcement ' || announcement, 0))
$$;

-- ACC-91: a change of this service, to this version, in this contour, announced in time and not withdrawn.
create function access.announced_in_time(announcement uuid, of_version access.service_version) returns boolean language sql as $$
    select exists (select from access.announcement a join access.announcement_service s on s.announcement_id = a.id
                    where a.id = announcement and a.kind = 'CHANGE' and a.contour = of_version.contour and a.new_version = of_version.version
                      and s.service_code = of_version.service_code and a.emergency_reason is null and a.published_at >= of_version.drafted_at
                      and not exists (select from access.announcement_end e where e.announcement_id = a.id))
$$;

create function access.apply_service_version_event() returns trigger language plpgsql as $$
declare
    v         access.service_version;
    announced uuid;
    digest    bytea;
begin
    if new.from_state = 'NONE' then
        perform from access.service_version where id = new.version_id and state = new.to_state and events = new.number and since = new.at and drafted_at = new.at
            and published_from is null and sha256 is null;
        if not found then
            raise exception 'a version begins as a draft' using errcode = 'check_violation', constraint = 'service_version_begins';
        end if;
        return null;
    end if;
    select * into v from access.service_version where id = new.version_id;
    perform access.lock_service_versions(v.service_code, v.contour::text);
    select * into v from access.service_version where id = new.version_id for update;
    if v.state <> new.from_state or v.events <> new.number - 1 then
        raise exception 'the version is no longer in state %', new.from_state using errcode = 'serialization_failure';
    end if;
    digest := v.sha256;
    if v.state = 'DRAFT' and new.to_state in ('ANNOUNCED', 'PUBLISHED') then
        select sha256(convert_to(string_agg(encode(d.sha256, 'hex') || '  ' || f.file_name || E'\n', '' order by f.file_name collate "C"), 'UTF8')) into digest
          from access.service_version_document f join documents.document d on d.id = f.document_id where f.version_id = v.id;
        if digest is null then
            raise exception 'a version without a contract' using errcode = 'check_violation', constraint = 'service_version_has_contract';
        end if;
    end if;
    if new.event = 'ANNOUNCE' and not access.announced_in_time(new.announcement_id, v) then
        raise exception 'no change to version % of % was announced in time', v.version, v.service_code using errcode = 'check_violation', constraint = 'service_version_announced_in_time';
    end if;
    if new.event = 'PUBLISH' and v.contour = 'PRODUCTION' then
        select e.announcement_id into announced from access.service_version_event e where e.version_id = v.id and e.event = 'ANNOUNCE';
        if announced is not null then
            perform access.lock_announcement(announced);
        end if;
        if announced is null or not access.announced_in_time(announced, v) or (select starts_at from access.announcement where id = announced) > new.at then
            raise exception 'version % of % was not announced in time, or its day has not come', v.version, v.service_code
                using errcode = 'check_violation', constraint = 'service_version_announced_in_time';
        end if;
    end if;
    if new.event = 'RECORD' and (exists (select from access.service_version o where o.service_code = v.service_code and o.contour = v.contour and o.published_from is not null)
            or not exists (select from access.service s where s.code = v.service_code and s.version = v.version)) then
        raise exception 'only what was served before the catalogue held versions is recorded' using errcode = 'check_violation', constraint = 'service_version_recorded_once';
    end if;
    update access.service_version set state = new.to_state, since = new.at, events = new.number, sha256 = digest,
           published_from = case when new.to_state = 'PUBLISHED' then new.at else published_from end
     where id = v.id;
    return null;
end $$;
create trigger applied after insert on access.service_version_event for each row execute function access.apply_service_version_event();

create function access.refuse_service_version_without_event() returns trigger language plpgsql as $$
begin
    raise exception 'a version changes by its events';
end $$;
create trigger by_event_only before update on access.service_version for each row when (pg_trigger_depth() = 0) execute function access.refuse_service_version_without_event();
create function access.refuse_service_version_from_nowhere() returns trigger language plpgsql as $$
begin
    raise exception 'a version begins as a draft' using errcode = 'check_violation', constraint = 'service_version_begins';
end $$;
create trigger begins_as_draft before insert on access.service_version for each row
    when (new.state <> 'DRAFT' or new.events <> 1 or new.sha256 is not null or new.published_from is not null) execute function access.refuse_service_version_from_nowhere();
create trigger never_deleted before delete or truncate on access.service_version for each statement execute function access.refuse_change();

-- A version that was published because of an announcement would stand there without one.
create function access.refuse_withdrawal_after_publication() returns trigger language plpgsql as $$
begin
    perform access.lock_announcement(new.announcement_id);
    if new.event = 'WITHDRAWN' and exists (select from access.service_version_event e join access.service_version_event p on p.version_id = e.version_id
                                            where e.announcement_id = new.announcement_id and e.event = 'ANNOUNCE' and p.event = 'PUBLISH') then
        raise exception 'the announced version is published' using errcode = 'check_violation', constraint = 'announcement_end_in_time';
    end if;
    return new;
end $$;
create trigger not_after_publication before insert on access.announcement_end for each row execute function access.refuse_withdrawal_after_publication();

-- A comparison with what the exchange publishes (ACC-86). Written by every attempt; what could not be read says nothing about the services, but is told.
create table access.catalogue_comparison (
    id          uuid        not null,
    number      bigint      not null generated always as identity,
    asked_at    timestamptz not null,
    actor       uuid,
    actor_role  text        not null,
    outcome     text        not null,
    detail      text,
    published   integer,
    constraint catalogue_comparison_pk primary key (id),
    constraint catalogue_comparison_number_unique unique (number),
    constraint catalogue_comparison_actor_check check ((actor is null) = (actor_role = 'SYSTEM')),
    constraint catalogue_comparison_outcome_check check (outcome in ('COMPARED', 'UNREACHABLE', 'TIMED_OUT', 'REFUSED', 'TOO_LARGE', 'NOT_UNDERSTOOD', 'OF_SOMEBODY_ELSE')),
    constraint catalogue_comparison_published_check check ((outcome = 'COMPARED') = (published is not null) and published >= 0),
    constraint catalogue_comparison_detail_check check (length(detail) between 1 and 500)
);
create index catalogue_comparison_asked_index on access.catalogue_comparison (asked_at desc);

-- A task of a service's owner: a difference that a comparison found. Opened by one, closed by a later one that no longer finds it; in between it stands once.
-- SOURCE_UNUSABLE is about no service.
create table access.catalogue_task (
    id            uuid        not null,
    kind          text        not null,
    service_code  text        not null,
    version       text        not null,
    opened_by     uuid        not null,
    opened_at     timestamptz not null,
    closed_by     uuid,
    closed_at     timestamptz,
    constraint catalogue_task_pk primary key (id),
    constraint catalogue_task_opened_fk foreign key (opened_by) references access.catalogue_comparison (id),
    constraint catalogue_task_closed_fk foreign key (closed_by) references access.catalogue_comparison (id),
    constraint catalogue_task_kind_check check (kind in ('MISSING_IN_EXCHANGE', 'MISSING_HERE', 'DISABLED_HERE', 'PROTOCOL_DIFFERS', 'SOURCE_UNUSABLE')),
    constraint catalogue_task_about_check check ((kind = 'SOURCE_UNUSABLE') = (service_code = '') and length(service_code) <= 255 and length(version) <= 255),
    constraint catalogue_task_closed_check check ((closed_by is null) = (closed_at is null) and closed_at >= opened_at)
);
create unique index catalogue_task_open on access.catalogue_task (kind, service_code, version) where closed_at is null;
create index catalogue_task_list_index on access.catalogue_task (opened_at desc);
create function access.refuse_edited_task() returns trigger language plpgsql as $$
begin
    if row(new.id, new.kind, new.service_code, new.version, new.opened_by, new.opened_at) is distinct from row(old.id, old.kind, old.service_code, old.version, old.opened_by, old.opened_at)
            or old.closed_at is not null then
        raise exception 'a task is closed once, and not edited';
    end if;
    return new;
end $$;
create trigger closed_once before update on access.catalogue_task for each row execute function access.refuse_edited_task();
create trigger never_deleted before delete or truncate on access.catalogue_task for each statement execute function access.refuse_change();

-- The texts that the procedures refer to (ACC-84, ACC-88): numbered versions with their day, each in the languages that there are. Published once, never edited.
create table access.published_text (
    kind      text    not null,
    version   integer not null,
    previous  integer generated always as (nullif(version - 1, 0)) stored,
    dated     date    not null,
    constraint published_text_pk primary key (kind, version),
    constraint published_text_previous_fk foreign key (kind, previous) references access.published_text (kind, version),
    constraint published_text_kind_check check (kind in ('ORDER', 'API_DESCRIPTION', 'GUIDE_FOR_BANKS', 'GUIDE_FOR_AGENCIES', 'REQUEST_FORM')),
    constraint published_text_version_check check (version > 0)
);
create table access.published_text_file (
    kind          text        not null,
    version       integer     not null,
    language      text        not null,
    title         text        not null,
    document_id   uuid        not null,
    published_at  timestamptz not null,
    actor         uuid        not null,
    actor_role    text        not null,
    constraint published_text_file_pk primary key (kind, version, language),
    constraint published_text_file_text_fk foreign key (kind, version) references access.published_text (kind, version),
    constraint published_text_file_document_fk foreign key (document_id) references documents.document (id),
    constraint published_text_file_document_unique unique (document_id),
    constraint published_text_file_language_check check (language in ('RU', 'KY', 'EN')),
    constraint published_text_file_title_check check (length(title) between 1 and 300)
);

do $$
declare
    name text;
begin
    foreach name in array array['catalogue_entry', 'catalogue_confirmation', 'service_version_transition', 'service_version_document', 'service_version_event',
            'service_version_difference', 'service_version_affected', 'catalogue_comparison', 'published_text', 'published_text_file'] loop
        execute format('create trigger append_only before update or delete or truncate on access.%I for each statement execute function access.refuse_change()', name);
    end loop;
end $$;

grant select, insert on access.catalogue_entry, access.catalogue_confirmation, access.service_version, access.service_version_document, access.service_version_event,
    access.service_version_difference, access.service_version_affected, access.catalogue_comparison, access.catalogue_task, access.published_text, access.published_text_file
    to "${application_role}";
grant select on access.service_version_transition to "${application_role}";
-- Updating is what the trigger does, and what a lock needs.
grant update (state, since, events, published_from, sha256) on access.service_version to "${application_role}";
grant update (closed_by, closed_at) on access.catalogue_task to "${application_role}";

-- [data] The owner and the protocol of what is served since the beginning.
insert into access.catalogue_entry (service_code, revision, description_ru, description_ky, description_en, protocol, owner_unit, at, actor_role)
select v.code, 1, v.ru, v.ky, v.en, 'SOAP 1.1, X-Road 4.0', 'Государственная налоговая служба', now(), 'SYSTEM'
  from (values
    ('tpDataByINN', 'По ИНН возвращает регистрационные данные налогоплательщика.', 'ИНН боюнча салык төлөөчүнүн каттоо маалыматын кайтарат.', 'Returns the registration data of the taxpayer with an INN.'),
    ('tpDataByINNforBusinessActivity', 'По ИНН возвращает наименование, район и адрес налогоплательщика.', 'ИНН боюнча салык төлөөчүнүн аталышын, районун жана дарегин кайтарат.',
        'Returns name, district and address of the taxpayer with an INN.'),
    ('taxpayerDataByInn', 'По ИНН отвечает, есть ли налоговая задолженность на день ответа.', 'ИНН боюнча жооп берилген күнгө карата салык карызы бар-жогун билдирет.',
        'Answers whether the taxpayer with an INN has a tax debt on the day of the answer.'),
    ('TPpaymentDateByInn', 'По ИНН и периоду возвращает уплаченные налоги с датами.', 'ИНН жана мезгил боюнча төлөнгөн салыктарды күндөрү менен кайтарат.',
        'Returns the taxes that were paid in a period, with their days.'),
    ('incomeStatement', 'По ИНН и периоду возвращает доходы физического лица по месяцам.', 'ИНН жана мезгил боюнча жеке адамдын кирешесин айлар боюнча кайтарат.',
        'Returns the income of a person by month in a period.'),
    ('headcount', 'По ИНН и периоду возвращает численность застрахованных лиц работодателя по месяцам.', 'ИНН жана мезгил боюнча жумуш берүүчүнүн камсыздандырылган адамдарынын санын айлар боюнча кайтарат.',
        'Returns the number of insured persons of an employer by month in a period.')) v (code, ru, ky, en);
