-- Versions are served per contour: TEST first, then PRODUCTION, side by side; a call in PRODUCTION is to a major version whose joint test was passed (ACC-11, ACC-18).

-- A version of a service that calls may name in a contour; one that names none gets the one served longest. A service is served in both as it was released; what comes later is
-- served by its publication, and until it is retired. What was published before this migration and not served is not served by it: its next publication does that.
create table access.served_version (
    service_code   text           not null,
    contour        kernel.contour not null,
    version        text           not null,
    major_version  text           not null generated always as (access.major_version(version)) stored,
    since          timestamptz    not null,
    ended_at       timestamptz,
    -- The publication that counts; null: as it was released.
    version_id     uuid,
    constraint served_version_pk primary key (service_code, contour, version),
    constraint served_version_service_fk foreign key (service_code) references access.service (code),
    constraint served_version_published_fk foreign key (version_id, contour) references access.service_version (id, contour)
);
insert into access.served_version (service_code, contour, version, since)
    select s.code, c.contour, s.version, s.major_since from access.service s cross join (values ('TEST'), ('PRODUCTION')) c (contour);

-- Since when a major version is served, whatever it is called.
create view access.served_major as
    select service_code, contour, major_version, min(since) since from access.served_version where ended_at is null group by service_code, contour, major_version;
-- What whoever names no version means when he shows or asks for a service.
create function access.newest_major(service text, in_contour text) returns setof access.served_major language sql stable rows 1 as $$
    select * from access.served_major m where m.service_code = service and m.contour = in_contour order by m.since desc, m.major_version desc limit 1
$$;

create function access.serve_released() returns trigger language plpgsql as $$
begin
    insert into access.served_version (service_code, contour, version, since) select new.code, c.contour, new.version, '-infinity' from (values ('TEST'), ('PRODUCTION')) c (contour);
    return null;
end $$;
-- A service that its owner adds through the application is of no release: its publications alone open it.
alter table access.service add released boolean not null default true;
create function access.refuse_release() returns trigger language plpgsql as $$
begin
    new.released := false;
    return new;
end $$;
create trigger not_released before insert on access.service for each row when (current_user = '${application_role}') execute function access.refuse_release();
create trigger served after insert on access.service for each row when (new.released) execute function access.serve_released();

-- access.service.version is the one of the release for ever; the announcement that another one needs is asked for by its publication.
drop trigger version_announced on access.service;
drop function access.require_announced_version();
drop trigger major_changed on access.service;
drop function access.keep_major_since();
create function access.refuse_version_of_release() returns trigger language plpgsql as $$
begin
    raise exception 'a version is served by its publication';
end $$;
create trigger version_stands before update of version on access.service for each row when (new.version is distinct from old.version) execute function access.refuse_version_of_release();
create trigger by_publication_only before insert or update on access.served_version for each row when (pg_trigger_depth() = 0) execute function access.refuse_version_of_release();
create trigger never_deleted before delete or truncate on access.served_version for each statement execute function access.refuse_change();

-- What PRODUCTION serves can be tried in TEST, always. The rows of TEST are held until the end of the transaction, so that nobody retires them meanwhile.
create function access.require_served_in_test() returns trigger language plpgsql as $$
begin
    if new.contour = 'PRODUCTION' and new.ended_at is null then
        perform from access.served_version t
          where t.service_code = new.service_code and t.contour = 'TEST' and t.major_version = new.major_version and t.ended_at is null for share;
        if not found then
            raise exception 'TEST does not serve version % of %', new.version, new.service_code using errcode = 'check_violation', constraint = 'served_version_in_test';
        end if;
    elsif new.contour = 'TEST' and new.ended_at is not null
            and exists (select from access.served_major m where m.service_code = new.service_code and m.contour = 'PRODUCTION' and m.major_version = new.major_version)
            and not exists (select from access.served_major m where m.service_code = new.service_code and m.contour = 'TEST' and m.major_version = new.major_version) then
        raise exception 'PRODUCTION serves version % of %', new.version, new.service_code using errcode = 'check_violation', constraint = 'served_version_in_production';
    end if;
    return null;
end $$;
create trigger test_first after insert or update on access.served_version for each row execute function access.require_served_in_test();

grant select, insert on access.served_version to "${application_role}";
-- Updating is what the trigger of an event does, and what a lock needs.
grant update (since, ended_at, version_id) on access.served_version to "${application_role}";
grant select on access.served_major to "${application_role}";

-- As before (V019); what is recorded is what is served, and a publication serves.
create or replace function access.apply_service_version_event() returns trigger language plpgsql as $$
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
            or not exists (select from access.served_version s where (s.service_code, s.contour, s.version) = (v.service_code, v.contour, v.version) and s.ended_at is null)) then
        raise exception 'only what was served before the catalogue held versions is recorded' using errcode = 'check_violation', constraint = 'service_version_recorded_once';
    end if;
    update access.service_version set state = new.to_state, since = new.at, events = new.number, sha256 = digest,
           published_from = case when new.to_state = 'PUBLISHED' then new.at else published_from end
     where id = v.id;
    if new.to_state = 'PUBLISHED' then
        insert into access.served_version (service_code, contour, version, since, version_id) values (v.service_code, v.contour, v.version, new.at, v.id)
            on conflict on constraint served_version_pk do update
            set since = case when served_version.ended_at is null then served_version.since else excluded.since end, ended_at = null, version_id = excluded.version_id;
    elsif new.event = 'RETIRE' then
        update access.served_version s set ended_at = new.at where (s.service_code, s.contour, s.version) = (v.service_code, v.contour, v.version) and s.ended_at is null;
    end if;
    return null;
end $$;

-- A report shows the major versions that its calls named: several of a service, when TEST serves several.
alter table access.joint_test_pass drop constraint joint_test_pass_report_fk;
alter table access.conformance_service drop constraint conformance_service_major_unique, drop constraint conformance_service_pk,
    add constraint conformance_service_pk primary key (document_id, service_code, major_version);
alter table access.joint_test_pass add constraint joint_test_pass_report_fk
    foreign key (document_id, service_code, major_version) references access.conformance_service (document_id, service_code, major_version);

-- As before (V018), of what TEST serves: screen forms show the newest major version there.
create or replace function access.require_shown() returns trigger language plpgsql as $$
begin
    perform from access.request q
      where q.id = new.request_id and q.kind = 'JOINT_TEST' and q.state = 'GRANTED' and q.procedure_code = new.procedure_code
        and case when new.document_id is not null
            then exists (select from access.conformance_report r where r.document_id = new.document_id and r.request_id = q.id and r.subsystem_id = new.subsystem_id)
            else exists (select from access.request_document d where d.request_id = q.id and d.kind = 'SCREEN_FORM')
                and exists (select from access.request_service w cross join lateral access.newest_major(w.service_code, 'TEST') m
                             where (w.request_id, w.subsystem_id, w.service_code) = (q.id, new.subsystem_id, new.service_code)
                               and new.major_version = m.major_version and m.since <= q.submitted_at) end;
    if not found then
        raise exception 'no granted joint test has shown this' using errcode = 'check_violation', constraint = 'joint_test_shown';
    end if;
    return null;
end $$;
alter table access.service drop column major_since;

-- Whether a procedure demands a joint test for a right: that of the request which brings the right about (ACC-21); where there is none, that of the day.
create function access.joint_test_demanded(of_participant uuid, of_procedure text, in_contour text, granted timestamptz) returns boolean language plpgsql stable as $$
declare
    demanded boolean;
begin
    select v.joint_test_required into demanded
      from access.request q join access.procedure_version v on (v.procedure_code, v.version) = (q.procedure_code, q.version)
     where q.participant_id = of_participant and q.procedure_code = of_procedure and q.contour = in_contour and q.kind in ('CONNECT', 'CHANGE') and q.state = 'GRANTED'
     order by q.since desc limit 1;
    if not found then
        select v.joint_test_required into demanded
          from access.procedure p join calendar.calendar c on c.code = p.calendar_code join access.procedure_version v on v.procedure_code = p.code
         where p.code = of_procedure and (granted at time zone c.zone)::date between v.valid_from and coalesce(v.valid_to, 'infinity');
    end if;
    return coalesce(demanded, false);
end $$;

-- A right keeps whether it came with that demand. Each call under it is held against it: a right opens the major versions whose joint test was passed, those of today and later ones.
alter table access.access_right add joint_test_demanded boolean not null default false;
update access.access_right set joint_test_demanded = access.joint_test_demanded(participant_id, procedure_code, contour, granted_at) where contour = 'PRODUCTION';
create function access.keep_joint_test_demanded() returns trigger language plpgsql as $$
begin
    new.joint_test_demanded := new.contour = 'PRODUCTION' and access.joint_test_demanded(new.participant_id, new.procedure_code, new.contour, new.granted_at);
    return new;
end $$;
create trigger joint_test_kept before insert on access.access_right for each row execute function access.keep_joint_test_demanded();

-- As before (V018): a right needs the joint test of a major version that PRODUCTION serves.
create or replace function access.require_joint_test_of_right() returns trigger language plpgsql as $$
begin
    if new.joint_test_demanded and not exists (select from access.joint_test_pass t
            join access.served_major m on (m.service_code, m.contour, m.major_version) = (t.service_code, new.contour, t.major_version)
            where t.participant_id = new.participant_id and t.procedure_code = new.procedure_code and t.service_code = new.service_code) then
        raise exception 'no joint test of % was passed at a major version that is served', new.service_code using errcode = 'check_violation', constraint = 'joint_test_passed';
    end if;
    return null;
end $$;

-- The exchange may list titles and digests of contracts, too (ACC-86). Of TITLE_DIFFERS the version is the language.
alter table access.catalogue_task drop constraint catalogue_task_kind_check,
    add constraint catalogue_task_kind_check check (kind in ('MISSING_IN_EXCHANGE', 'MISSING_HERE', 'DISABLED_HERE', 'PROTOCOL_DIFFERS', 'TITLE_DIFFERS', 'CONTRACT_DIFFERS',
        'SOURCE_UNUSABLE'));

-- What its owner changes in a service (ACC-85): names, and whether it is switched on, in both contours at once. A row changes the service, and the application does in no other way;
-- revisions follow one another, 0 is as it was released or added.
create table access.service_revision (
    service_code     text        not null,
    revision         integer     not null,
    previous         integer     generated always as (nullif(revision - 1, 0)) stored,
    title_ru         text        not null,
    title_ky         text        not null,
    title_en         text        not null,
    enabled          boolean     not null,
    disabled_notice  text,
    reason           text        not null,
    at               timestamptz not null,
    actor            uuid        not null,
    actor_role       text        not null,
    constraint service_revision_pk primary key (service_code, revision),
    constraint service_revision_service_fk foreign key (service_code) references access.service (code),
    constraint service_revision_previous_fk foreign key (service_code, previous) references access.service_revision (service_code, revision),
    constraint service_revision_revision_check check (revision > 0),
    constraint service_revision_notice_check check (enabled = (disabled_notice is null)),
    constraint service_revision_texts_check check (length(title_ru) between 1 and 300 and length(title_ky) between 1 and 300 and length(title_en) between 1 and 300
        and length(disabled_notice) between 1 and 500 and length(reason) between 1 and 1000)
);
create function access.apply_service_revision() returns trigger language plpgsql as $$
begin
    update access.service set title_ru = new.title_ru, title_ky = new.title_ky, title_en = new.title_en, enabled = new.enabled, disabled_notice = new.disabled_notice
     where code = new.service_code;
    return null;
end $$;
create trigger applied after insert on access.service_revision for each row execute function access.apply_service_revision();
create trigger append_only before update or delete or truncate on access.service_revision for each statement execute function access.refuse_change();
create function access.refuse_service_without_revision() returns trigger language plpgsql as $$
begin
    raise exception 'a service changes by its revisions';
end $$;
create trigger by_revision_only before update on access.service for each row when (pg_trigger_depth() = 0 and current_user = '${application_role}')
    execute function access.refuse_service_without_revision();
grant select, insert on access.service_revision to "${application_role}";
grant insert (code, version, title_ru, title_ky, title_en, procedure_code) on access.service to "${application_role}";
grant update (title_ru, title_ky, title_en, enabled, disabled_notice) on access.service to "${application_role}";

-- Rules have been dated ever since. Through the application the first one holds from its day, another one from tomorrow at the earliest; of a service that PRODUCTION serves from a
-- day that was announced there as a change, in time (ACC-O3). Null: by a release.
alter table access.service_rule add at timestamptz, add actor uuid, add actor_role text,
    add constraint service_rule_actor_check check (num_nonnulls(at, actor, actor_role) in (0, 3));
create function access.require_rule_announced() returns trigger language plpgsql as $$
begin
    if not exists (select from access.service_rule where service_code = new.service_code) then
        return new;
    end if;
    if new.at is null or new.effective_from <= (new.at at time zone 'Asia/Bishkek')::date then
        raise exception 'a rule holds from tomorrow at the earliest' using errcode = 'check_violation', constraint = 'service_rule_from_tomorrow';
    end if;
    if exists (select from access.served_major where service_code = new.service_code and contour = 'PRODUCTION')
            and not exists (select from access.announcement a join access.announcement_service s on s.announcement_id = a.id
                             where a.kind = 'CHANGE' and a.contour = 'PRODUCTION' and s.service_code = new.service_code and a.emergency_reason is null
                               and (a.starts_at at time zone 'Asia/Bishkek')::date = new.effective_from and a.published_at <= new.at
                               and not exists (select from access.announcement_end e where e.announcement_id = a.id)) then
        raise exception 'the rule was not announced for its day' using errcode = 'check_violation', constraint = 'service_rule_announced';
    end if;
    return new;
end $$;
create trigger announced before insert on access.service_rule for each row when (current_user = '${application_role}') execute function access.require_rule_announced();
grant insert on access.service_rule to "${application_role}";
