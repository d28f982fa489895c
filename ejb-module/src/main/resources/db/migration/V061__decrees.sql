-- Decrees under which participants are connected, as dated data (ACC-42, ACC-76): the act, and its editions, each from its day on. Added by officials or a release, never changed: a decree that
-- was amended has one more edition.
create table access.decree (
    code        text not null,
    adopted_on  date not null,
    title_ru    text not null,
    title_ky    text not null,
    title_en    text not null,
    source      text not null,
    constraint decree_pk primary key (code),
    constraint decree_texts_check check (code ~ '^[0-9A-Za-z][0-9A-Za-z-]{0,31}$' and length(title_ru) between 1 and 1000 and length(title_ky) between 1 and 1000
        and length(title_en) between 1 and 1000 and length(source) between 1 and 1000)
);
create table access.decree_edition (
    decree_code    text        not null,
    number         integer     not null,
    id             uuid        not null default gen_random_uuid(),
    first_day      date        not null,
    -- What it says otherwise than the one before.
    text           text        not null,
    source         text        not null,
    registered_at  timestamptz not null,
    -- Null: of a release.
    actor          uuid,
    actor_role     text,
    constraint decree_edition_pk primary key (decree_code, number),
    constraint decree_edition_decree_fk foreign key (decree_code) references access.decree (code),
    constraint decree_edition_texts_check check (length(text) between 1 and 1000 and length(source) between 1 and 1000),
    constraint decree_edition_actor_check check ((actor is null) = (actor_role is null))
);
create function access.require_edition_follows() returns trigger language plpgsql as $$
begin
    if new.number > 1 and not exists (select from access.decree_edition where decree_code = new.decree_code and number = new.number - 1 and first_day < new.first_day) or new.number < 1 then
        raise exception 'an edition follows the one before' using errcode = 'check_violation', constraint = 'decree_edition_follows';
    end if;
    return new;
end $$;
create trigger follows before insert on access.decree_edition for each row execute function access.require_edition_follows();
create trigger append_only before update or delete or truncate on access.decree for each statement execute function access.refuse_change();
create trigger append_only before update or delete or truncate on access.decree_edition for each statement execute function access.refuse_change();
grant select, insert on access.decree, access.decree_edition to "${application_role}";

insert into access.decree (code, adopted_on, title_ru, title_ky, title_en, source)
select code, day, 'Постановление Правительства РФ от ' || to_char(day, 'DD.MM.YYYY') || ' № ' || code, 'РФ Өкмөтүнүн ' || to_char(day, 'DD.MM.YYYY') || ' № ' || code || ' токтому',
       'Decree of the Government of the Russian Federation No ' || code || ' of ' || to_char(day, 'YYYY-MM-DD'), source
  from (values ('422', date '2020-04-02', '001 §1'), ('696', '2020-05-16', '001 §1'), ('1221', '2022-07-08', '000 §1'), ('1528', '2016-12-29', '000 §1'), ('1598', '2019-12-05', '000 §1'),
    ('375', '2022-03-16', '000 §1'), ('393', '2022-03-17', '000 §1'), ('469', '2022-03-25', '000 §1'), ('745', '2022-04-23', '000 §1'), ('574', '2022-04-02', '000 §1'),
    ('754', '2022-04-26', '000 §1'), ('804', '2022-04-30', '000 §1'), ('835', '2022-05-09', '000 §1')) d (code, day, source);
insert into access.decree_edition (decree_code, number, first_day, text, source, registered_at) select code, 1, adopted_on, 'As adopted.', source, now() from access.decree;

-- The decrees that a version of a procedure connects under. Where it has any, a request to connect or disconnect names those it is for, and the action (ACC-42).
create table access.procedure_decree (
    procedure_code  text    not null,
    version         integer not null,
    decree_code     text    not null,
    position        integer not null,
    constraint procedure_decree_pk primary key (procedure_code, version, decree_code),
    constraint procedure_decree_version_fk foreign key (procedure_code, version) references access.procedure_version (procedure_code, version),
    constraint procedure_decree_decree_fk foreign key (decree_code) references access.decree (code)
);
create trigger published before update or delete or truncate on access.procedure_decree for each statement execute function access.refuse_change();
create trigger not_afterwards before insert on access.procedure_decree for each row execute function access.refuse_row_of_sealed_version();
grant select, insert on access.procedure_decree to "${application_role}";

-- The next versions of the Russian procedures: all that the newest ones say, but decree and action are fields of the request instead of an item to be ticked.
do $$
declare
    former access.procedure_version;
    first_day date;
    child text;
begin
    for former in select distinct on (procedure_code) * from access.procedure_version where procedure_code in ('RU-422-696', 'RU-1221') order by procedure_code, version desc loop
        select greatest(date '2026-12-15', (now() at time zone c.zone)::date + 1, former.valid_from + 1, former.valid_to + 1) into first_day
          from access.procedure p join calendar.calendar c on c.code = p.calendar_code where p.code = former.procedure_code;
        update access.procedure_version set valid_to = first_day - 1 where procedure_code = former.procedure_code and version = former.version and valid_to is null;
        insert into access.procedure_version
        select n.* from jsonb_populate_record(former, jsonb_build_object('version', former.version + 1, 'id', gen_random_uuid(), 'valid_from', first_day, 'valid_to', null,
                'source', split_part(former.source, ';', 1) || '; decree and action named in the request')) n;
        foreach child in array array['procedure_deadline', 'procedure_item', 'procedure_ground', 'procedure_subject', 'procedure_document', 'procedure_provision'] loop
            execute format('insert into access.%1$I select n.* from access.%1$I c cross join jsonb_populate_record(c, jsonb_build_object(''version'', c.version + 1)) n
                             where (c.procedure_code, c.version) = ($1, $2) and not to_jsonb(c) @> ''{"side": "CHECK", "code": "DECREE_AND_ACTION"}''', child)
                using former.procedure_code, former.version;
        end loop;
        insert into access.procedure_decree (procedure_code, version, decree_code, position)
        select former.procedure_code, former.version + 1, code, row_number() over (order by place) from (values
            (1, 'RU-422-696', '422'), (2, 'RU-422-696', '696'), (1, 'RU-1221', '1221'), (2, 'RU-1221', '1528'), (3, 'RU-1221', '1598'), (4, 'RU-1221', '375'), (5, 'RU-1221', '393'),
            (6, 'RU-1221', '469'), (7, 'RU-1221', '745'), (8, 'RU-1221', '574'), (9, 'RU-1221', '754'), (10, 'RU-1221', '804'), (11, 'RU-1221', '835')) d (place, procedure_code, code)
         where d.procedure_code = former.procedure_code;
    end loop;
end $$;

-- What the request is to do, as its applicant says it for the contour, and under which of the version's decrees; filed with it, never changed.
alter table access.request add action text,
    add constraint request_action_check check (action is null or action = kind and action in ('CONNECT', 'DISCONNECT')),
    add constraint request_of_version_unique unique (id, procedure_code, version);
create table access.request_decree (
    request_id      uuid    not null,
    procedure_code  text    not null,
    version         integer not null,
    decree_code     text    not null,
    constraint request_decree_pk primary key (request_id, decree_code),
    constraint request_decree_request_fk foreign key (request_id, procedure_code, version) references access.request (id, procedure_code, version),
    constraint request_decree_decree_fk foreign key (procedure_code, version, decree_code) references access.procedure_decree (procedure_code, version, decree_code)
);
create trigger append_only before update or delete or truncate on access.request_decree for each statement execute function access.refuse_change();
create trigger filed_whole before insert on access.request_decree for each row execute function access.refuse_later_wish();
grant select, insert on access.request_decree to "${application_role}";

-- As before (V045), and decree and action where the version has decrees (ACC-42).
create or replace function access.shortcomings(of_request uuid) returns setof text language sql stable as $$
    select s.code
      from access.request r
      join access.procedure_version v on (v.procedure_code, v.version) = (r.procedure_code, r.version)
      join access.procedure d on d.code = r.procedure_code
      join participants.participant p on p.id = r.participant_id
      cross join lateral (select r.kind = 'JOINT_TEST' and not exists (select from access.conformance_report c where c.request_id = r.id) unreported,
                                 exists (select from access.request_document d where d.request_id = r.id and d.kind = 'SCREEN_FORM') screens) shown
      cross join lateral (select case when d.calendar_code = 'RU' then coalesce(r.stated_russian_inn, p.russian_inn, r.stated_inn) else coalesce(r.stated_inn, p.inn) end number) inn
      cross join lateral (select r.kind in ('CONNECT', 'DISCONNECT') and not access.exempt(r.participant_id, r.procedure_code)
                                 and exists (select from access.procedure_decree n where (n.procedure_code, n.version) = (r.procedure_code, r.version)) decrees) wanted
      cross join lateral (values
            -- The last label of the domain, as it is written: xn-- and national spellings are zones of their own (ACC-49).
            ('SENDER_OUTSIDE_ZONE', lower(substring(coalesce(r.sender, r.answer_email) from '[^.]*$') collate pg_c_utf8) <> all (v.sender_zones)),
            ('ATTACHMENT_MISSING', shown.unreported and not shown.screens),
            ('TESTED_SERVICES_NOT_NAMED', shown.unreported and shown.screens and not exists (select from access.request_service w where w.request_id = r.id)),
            ('PARTICIPANT_INN_MISSING', r.kind = 'CONNECT' and v.inn_required and inn.number is null and not access.exempt(r.participant_id, r.procedure_code)),
            ('OGRN_MISSING', r.kind = 'CONNECT' and v.ogrn_required and p.kind <> 'NATURAL_PERSON' and coalesce(r.stated_ogrn, p.ogrn) is null
                and not access.exempt(r.participant_id, r.procedure_code)),
            ('DECREE_MISSING', wanted.decrees and not exists (select from access.request_decree n where n.request_id = r.id)),
            ('ACTION_MISSING', wanted.decrees and r.action is null)) s (code, found)
     where r.id = of_request and s.found
$$;

-- The decrees that a connection is under: those of the request that opened it; where that named none, as requests did before they could, all of its procedure.
create function access.decrees_of_connection(of_connection uuid) returns setof text language sql stable as $$
    with opened as (
        select r.id from access.connection c join access.request r on (r.participant_id, r.procedure_code) = (c.participant_id, c.procedure_code) and r.contour = c.contour
         where c.id = of_connection and r.kind = 'CONNECT' and r.state = 'GRANTED' order by r.number desc limit 1),
    named as (select n.decree_code from opened join access.request_decree n on n.request_id = opened.id)
    select decree_code from named
    union
    select n.decree_code from access.connection c join access.procedure_decree n on n.procedure_code = c.procedure_code where c.id = of_connection and not exists (select from named)
$$;

-- ACC-76: what an official decided about a connection that a later edition of one of its decrees touches: it stays, or its forced disconnection is proposed. Never changed; a proposal
-- that was rejected or taken back leaves the matter open again.
alter table access.proposal add constraint proposal_of_connection_unique unique (id, contour, connection_id);
create table access.decree_decision (
    decree_code    text           not null,
    edition        integer        not null,
    connection_id  uuid           not null,
    number         integer        not null,
    contour        kernel.contour not null,
    outcome        text           not null,
    proposal_id    uuid,
    reason         text           not null,
    at             timestamptz    not null,
    actor          uuid           not null,
    actor_role     text           not null,
    constraint decree_decision_pk primary key (decree_code, edition, connection_id, number),
    constraint decree_decision_edition_fk foreign key (decree_code, edition) references access.decree_edition (decree_code, number),
    constraint decree_decision_connection_fk foreign key (connection_id, contour) references access.connection (id, contour),
    constraint decree_decision_proposal_fk foreign key (proposal_id, contour, connection_id) references access.proposal (id, contour, connection_id),
    constraint decree_decision_outcome_check check (outcome in ('KEEP', 'PROPOSE') and (outcome = 'PROPOSE') = (proposal_id is not null)),
    constraint decree_decision_reason_check check (length(reason) between 1 and 1000)
);
-- What is open: each connection that lives, was made before the edition's day, and is under its decree, until somebody decides.
create view access.decree_matter as
select e.decree_code, e.number edition, e.first_day, e.registered_at, e.text, c.id connection_id, c.contour, c.participant_id, c.procedure_code, (e.first_day::timestamp at time zone k.zone) starts_at
  from access.decree_edition e
  cross join access.connection c
  join access.procedure p on p.code = c.procedure_code
  join calendar.calendar k on k.code = p.calendar_code
  join access.connection_event b on b.connection_id = c.id and b.number = 1
 where e.number > 1 and c.state <> 'DISCONNECTED' and (b.at at time zone k.zone)::date < e.first_day
   and exists (select from access.procedure_decree n where (n.procedure_code, n.decree_code) = (c.procedure_code, e.decree_code))
   and e.decree_code in (select access.decrees_of_connection(c.id))
   and not exists (select from access.decree_decision d left join access.proposal o on o.id = d.proposal_id
                    where (d.decree_code, d.edition, d.connection_id) = (e.decree_code, e.number, c.id) and (d.outcome = 'KEEP' or o.outcome is null or o.outcome = 'APPROVED'));
create function access.require_open_matter() returns trigger language plpgsql as $$
begin
    if not exists (select from access.decree_matter m where (m.decree_code, m.edition, m.connection_id) = (new.decree_code, new.edition, new.connection_id)) then
        raise exception 'there is nothing to decide' using errcode = 'check_violation', constraint = 'decree_matter_open';
    end if;
    return new;
end $$;
create trigger matter_open before insert on access.decree_decision for each row execute function access.require_open_matter();
create trigger append_only before update or delete or truncate on access.decree_decision for each statement execute function access.refuse_change();
grant select, insert on access.decree_decision to "${application_role}";
grant select on access.decree_matter to "${application_role}";
