-- What letters and requests could not say yet.

-- The basis of a suspension that the agreement names (§6, suspension grounds of KG-147): kept with the event that suspends or announces it, as the version of the agreement that
-- was in force then. What follows an announcement stands on the announcement's. Null where no agreement is in force, or its version, from before V040, names none.
alter table access.connection_event add agreement_id uuid, add agreement_version integer,
    add constraint connection_event_agreement_fk foreign key (agreement_id, agreement_version) references access.agreement_version (agreement_id, version),
    add constraint connection_event_agreement_check check ((agreement_id is null) = (agreement_version is null)
        and (agreement_id is null or event in ('SUSPEND', 'ANNOUNCE_SUSPENSION', 'SUSPENSION_DUE', 'DATE_MOVED')));
create function access.keep_suspension_basis() returns trigger language plpgsql as $$
begin
    new.agreement_id := null;
    new.agreement_version := null;
    if new.event in ('SUSPEND', 'ANNOUNCE_SUSPENSION') then
        select a.id, a.version into new.agreement_id, new.agreement_version
          from access.connection c join access.agreement a on (a.participant_id, a.contour, a.procedure_code) = (c.participant_id, c.contour, c.procedure_code)
          join access.agreement_version v on (v.agreement_id, v.version) = (a.id, a.version)
          join access.procedure p on p.code = c.procedure_code join calendar.calendar k on k.code = p.calendar_code
         where c.id = new.connection_id and a.state in ('IN_FORCE', 'TERMINATION_ANNOUNCED') and v.suspension_basis is not null
           and (new.at at time zone k.zone)::date between a.first_day and coalesce(a.last_day, 'infinity');
    elsif new.event in ('SUSPENSION_DUE', 'DATE_MOVED') then
        select e.agreement_id, e.agreement_version into new.agreement_id, new.agreement_version
          from access.connection_event e where e.connection_id = new.connection_id and e.event in ('ANNOUNCE_SUSPENSION', 'ANNOUNCE_TERMINATION') order by e.number desc limit 1;
    end if;
    return new;
end $$;
create trigger basis_kept before insert on access.connection_event for each row execute function access.keep_suspension_basis();

-- An outage or a change that cannot be told in time any more (ACC-90, ACC-91; decision 0019): whoever was told last, or would be told at the moment, has not so many full working days
-- left as the version of the day of publishing says. Emergencies have no term.
create function access.announcement_told_too_late(of_announcement uuid, moment timestamptz) returns boolean language sql stable as $$
    select coalesce((
        select case when d.working_days is null then told.day >= begins.day else access.clear_days(k.code, told.day, begins.day) < d.working_days end
          from access.announcement a
          join access.procedure p on p.code = a.procedure_code
          join calendar.calendar k on k.code = p.calendar_code
          cross join lateral (select (coalesce(access.announcement_told_at(a.id), moment) at time zone k.zone)::date as day) told
          cross join lateral (select (a.starts_at at time zone k.zone)::date as day) begins
          left join access.procedure_deadline d on (d.procedure_code, d.version, d.direction) = (a.procedure_code, a.version, 'BEFORE')
               and d.rule = case a.kind when 'OUTAGE' then 'ANNOUNCE_OUTAGE' else 'ANNOUNCE_CHANGE' end
         where a.id = of_announcement and a.emergency_reason is null), false)
$$;
-- Added once, when that is found, with the letter to the authority's unit (N28); never changed.
create table access.announcement_untold (
    announcement_id  uuid        not null,
    found_at         timestamptz not null,
    constraint announcement_untold_pk primary key (announcement_id),
    constraint announcement_untold_announcement_fk foreign key (announcement_id) references access.announcement (id)
);
create function access.require_untold() returns trigger language plpgsql as $$
begin
    perform access.lock_announcement(new.announcement_id);
    if not access.announcement_told_too_late(new.announcement_id, new.found_at)
            or exists (select from access.announcement_end e where e.announcement_id = new.announcement_id) then
        raise exception 'it may still be told in time, or is over' using errcode = 'check_violation', constraint = 'announcement_untold';
    end if;
    return new;
end $$;
create trigger untold before insert on access.announcement_untold for each row execute function access.require_untold();
create trigger append_only before update or delete or truncate on access.announcement_untold for each statement execute function access.refuse_change();
grant select, insert on access.announcement_untold to "${application_role}";

-- N28: not told in time. To the authority's unit alone. The frame is that of all letters.
insert into notices.template (kind, procedure_code, language, valid_from, subject, body)
select 'N28', '*', t.language, t.valid_from, n.subject, '{{participant}}' || E'\n\n' || n.said || substring(t.body from position(E'\n\n' || n.label || ': {{number}}' in t.body))
  from notices.template t
  join (values
    ('RU', 'Номер', 'Не сообщено в срок: {{announcement}}',
     $$Объявлено: {{announcement}} ({{services}}). Не всем, кого это касается, было сообщено за столько полных рабочих дней, сколько требует порядок: {{untold}}.
До истечения срока сервисы отвечают как прежде, а изменение в промышленном контуре не вступает в силу. Отправьте уведомление на другой адрес либо объявите об этом заново, на более поздний день.$$),
    ('KY', 'Номери', 'Мөөнөтүндө билдирилген жок: {{announcement}}',
     $$Жарыяланган: {{announcement}} ({{services}}). Буга тиешеси барлардын баарына тартип талап кылгандай толук жумуш күндөр калганда билдирилген жок: {{untold}}.
Мөөнөт өткөнгө чейин сервистер мурункудай жооп берет, ал эми өндүрүштүк контурдагы өзгөрүү күчүнө кирбейт. Билдирүүнү башка дарекке жөнөтүңүз же кийинки күнгө кайра жарыялаңыз.$$),
    ('EN', 'Number', 'Not told in time: {{announcement}}',
     $$Announced: {{announcement}} ({{services}}). Not everybody affected was told as many full working days before as the procedure demands: {{untold}}.
Until the term has passed, services answer as before, and a change does not take effect in the production contour. Send the notice to another address, or announce it anew for a later day.$$))
    n (language, label, subject, said) on n.language = t.language
 where t.kind = 'N20' and t.procedure_code = '*' and t.valid_from = '2020-01-01';

-- As before (V019), and an announcement for whose day a rule is set: the rule would stand there without one.
create or replace function access.refuse_withdrawal_after_publication() returns trigger language plpgsql as $$
begin
    perform access.lock_announcement(new.announcement_id);
    if new.event = 'WITHDRAWN' and exists (select from access.service_version_event e join access.service_version_event p on p.version_id = e.version_id
                                            where e.announcement_id = new.announcement_id and e.event = 'ANNOUNCE' and p.event = 'PUBLISH') then
        raise exception 'the announced version is published' using errcode = 'check_violation', constraint = 'announcement_relied_on';
    end if;
    if new.event = 'WITHDRAWN' and exists (select from access.announcement a join access.announcement_service s on s.announcement_id = a.id
            join access.service_rule r on r.service_code = s.service_code and r.at >= a.published_at and r.effective_from = (a.starts_at at time zone 'Asia/Bishkek')::date
            where a.id = new.announcement_id and a.kind = 'CHANGE' and a.contour = 'PRODUCTION' and a.emergency_reason is null) then
        raise exception 'the announced rule is set' using errcode = 'check_violation', constraint = 'announcement_relied_on';
    end if;
    return new;
end $$;
-- As before (V041); what it relies on is not withdrawn meanwhile.
create or replace function access.require_rule_announced() returns trigger language plpgsql as $$
begin
    if not exists (select from access.service_rule where service_code = new.service_code) then
        return new;
    end if;
    if new.at is null or new.effective_from <= (new.at at time zone 'Asia/Bishkek')::date then
        raise exception 'a rule holds from tomorrow at the earliest' using errcode = 'check_violation', constraint = 'service_rule_from_tomorrow';
    end if;
    perform access.lock_announcement(id) from (select a.id from access.announcement a join access.announcement_service s on s.announcement_id = a.id
        where a.kind = 'CHANGE' and a.contour = 'PRODUCTION' and s.service_code = new.service_code and a.emergency_reason is null
          and (a.starts_at at time zone 'Asia/Bishkek')::date = new.effective_from order by a.id) announced;
    if exists (select from access.served_major where service_code = new.service_code and contour = 'PRODUCTION')
            and not exists (select from access.announcement a join access.announcement_service s on s.announcement_id = a.id
                             where a.kind = 'CHANGE' and a.contour = 'PRODUCTION' and s.service_code = new.service_code and a.emergency_reason is null
                               and (a.starts_at at time zone 'Asia/Bishkek')::date = new.effective_from and a.published_at <= new.at
                               and not exists (select from access.announcement_end e where e.announcement_id = a.id)) then
        raise exception 'the rule was not announced for its day' using errcode = 'check_violation', constraint = 'service_rule_announced';
    end if;
    return new;
end $$;

-- What the subsystem that a CHANGE adds is to call (ACC-46): filed with it, granted with it. The subsystem has no row before the grant, so its code stands for it.
create table access.request_subsystem_service (
    request_id    uuid not null,
    code          text not null,
    service_code  text not null,
    purpose       text not null,
    constraint request_subsystem_service_pk primary key (request_id, code, service_code),
    constraint request_subsystem_service_subsystem_fk foreign key (request_id, code) references access.request_subsystem (request_id, code),
    constraint request_subsystem_service_service_fk foreign key (service_code) references access.service (code),
    constraint request_subsystem_service_purpose_check check (length(purpose) between 1 and 500)
);
create function access.refuse_service_of_dropped() returns trigger language plpgsql as $$
begin
    if exists (select from access.request_subsystem where (request_id, code) = (new.request_id, new.code) and drops) then
        raise exception 'a subsystem that is dropped calls nothing' using errcode = 'check_violation', constraint = 'request_subsystem_service_of_new';
    end if;
    return new;
end $$;
create trigger of_new before insert on access.request_subsystem_service for each row execute function access.refuse_service_of_dropped();
create trigger filed_whole before insert on access.request_subsystem_service for each row execute function access.refuse_later_wish();
create trigger append_only before update or delete or truncate on access.request_subsystem_service for each statement execute function access.refuse_change();
grant select, insert on access.request_subsystem_service to "${application_role}";

-- Whether a request asks for access to anything: for a subsystem that is there, or for one that it adds.
create function access.asks_for_services(of_request uuid) returns boolean language sql stable as $$
    select exists (select from access.request_service where request_id = of_request and not drops) or exists (select from access.request_subsystem_service where request_id = of_request)
$$;
-- As before (V031 and V017), of all that is asked for.
create or replace function access.require_approved_grant() returns trigger language plpgsql as $$
begin
    if new.event = 'GRANT'
            and exists (select from access.request r where r.id = new.request_id and r.contour = 'PRODUCTION'
                         and (r.kind = 'CONNECT' or r.kind = 'CHANGE' and access.asks_for_services(r.id)))
            and (new.actor_role <> 'APPROVER' or not exists (select from access.proposal
                  where request_id = new.request_id and outcome = 'APPROVED' and decided_by = new.actor and xmin = pg_current_xact_id()::xid)) then
        raise exception 'production access needs an approval' using errcode = 'check_violation', constraint = 'four_eyes';
    end if;
    return null;
end $$;
create or replace function access.require_product_documents() returns trigger language plpgsql as $$
declare
    granted access.request;
    named uuid[];
    today date;
begin
    select * into strict granted from access.request where id = new.request_id;
    named := array(select product_id from access.request_product where request_id = new.request_id and not drops order by product_id);
    if not (granted.kind = 'CONNECT' or granted.kind = 'CHANGE' and (cardinality(named) > 0 or access.asks_for_services(new.request_id)))
            or not exists (select from access.procedure_document n where (n.procedure_code, n.version) = (granted.procedure_code, granted.version))
            or access.exempt(granted.participant_id, granted.procedure_code) then
        return null;
    end if;
    perform from access.product where id = any (named) order by id for no key update;
    select (new.at at time zone c.zone)::date into strict today
      from access.procedure p join calendar.calendar c on c.code = p.calendar_code where p.code = granted.procedure_code;
    if cardinality(named) = 0 or exists (select from access.lacking_documents(granted.procedure_code, granted.version, named, today)) then
        raise exception 'a product lacks documents' using errcode = 'check_violation', constraint = 'product_documents';
    end if;
    return null;
end $$;

-- Which major version screen forms of a joint test show (ACC-18, ACC-43): the one that the subsystem's newest answered call in TEST meant, before the request was filed; of who has
-- not called the service there, the newest one. None where TEST does not serve it any more, or did not before the request was filed.
create function access.shown_major(of_request uuid, by_subsystem uuid, service text) returns setof access.served_major language sql stable rows 1 as $$
    select m.*
      from access.request q
      left join lateral (
            select access.major_version(e.content::json -> 'data' ->> 'serviceVersion') major
              from consent.usage u join ledger.entry e on e.id = u.occurrence
             where u.contour = 'TEST' and u.participant_id = q.participant_id and u.subsystem_id = by_subsystem and u.service_code = service and u.outcome = 'DISCLOSED'
               and u.at <= q.submitted_at
             order by u.id desc limit 1) used on true
      cross join lateral (
            select * from access.served_major n where n.service_code = service and n.contour = 'TEST' and (used.major is null or n.major_version = used.major)
             order by n.since desc, n.major_version desc limit 1) m
     where q.id = of_request and m.since <= q.submitted_at
$$;
-- As before (V041), of that one.
create or replace function access.require_shown() returns trigger language plpgsql as $$
begin
    perform from access.request q
      where q.id = new.request_id and q.kind = 'JOINT_TEST' and q.state = 'GRANTED' and q.procedure_code = new.procedure_code
        and case when new.document_id is not null
            then exists (select from access.conformance_report r where r.document_id = new.document_id and r.request_id = q.id and r.subsystem_id = new.subsystem_id)
            else exists (select from access.request_document d where d.request_id = q.id and d.kind = 'SCREEN_FORM')
                and exists (select from access.request_service w cross join lateral access.shown_major(q.id, w.subsystem_id, w.service_code) m
                             where (w.request_id, w.subsystem_id, w.service_code) = (q.id, new.subsystem_id, new.service_code)
                               and new.major_version = m.major_version) end;
    if not found then
        raise exception 'no granted joint test has shown this' using errcode = 'check_violation', constraint = 'joint_test_shown';
    end if;
    return null;
end $$;

-- A Russian taxpayer's number: an organisation's has 10 digits, a person's 12, a sole proprietor among them. The tenth, or the eleventh and twelfth, check those before them: the sum
-- of these, each with its weight, modulo 11, of that the last digit (Federal Tax Service: structure by its order MMV-7-6/435@ of 29 June 2012, weights as it publishes them). The
-- first two are a region, never 00.
create function kernel.russian_inn_digit(digits text, variadic weights integer[]) returns text language sql immutable strict as $$
    select (sum(substr(digits, i, 1)::integer * weights[i]) % 11 % 10)::text from generate_series(1, cardinality(weights)) i
$$;
create domain kernel.russian_inn as text
    constraint russian_inn_check check (case
        when value is null then true
        when value like '00%' then false
        when value ~ '^[0-9]{10}$' then substr(value, 10, 1) = kernel.russian_inn_digit(value, 2, 4, 10, 3, 5, 9, 4, 6, 8)
        when value ~ '^[0-9]{12}$' then substr(value, 11, 1) = kernel.russian_inn_digit(value, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
            and substr(value, 12, 1) = kernel.russian_inn_digit(value, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
        else false end);

-- A participant may have a number in both countries, and each procedure asks for its own. As of the other one (V042): known once, it stays, and its newest event says it.
alter table participants.participant add russian_inn kernel.russian_inn,
    add constraint participant_russian_inn_check check (russian_inn is null or length(russian_inn) = case when kind in ('NATURAL_PERSON', 'SOLE_PROPRIETOR') then 12 else 10 end);
alter table participants.participant_event add russian_inn kernel.russian_inn;
create or replace function participants.apply_participant_event() returns trigger language plpgsql as $$
begin
    if new.number = 1 then
        perform from participants.participant p where p.id = new.participant_id and p.events = 1
            and (p.full_name, p.notice_email, p.ogrn, p.inn, p.russian_inn) is not distinct from (new.full_name, new.notice_email, new.ogrn, new.inn, new.russian_inn);
    else
        perform from access.request where id = new.request_id and state = 'GRANTED';
        if not found then
            raise exception 'a participant changes by a granted request' using errcode = 'check_violation', constraint = 'participant_request_granted';
        end if;
        if exists (select from participants.participant where id = new.participant_id
                    and (inn is distinct from new.inn and inn is not null or russian_inn is distinct from new.russian_inn and russian_inn is not null)) then
            raise exception 'an INN that is known stays' using errcode = 'check_violation', constraint = 'participant_inn_stays';
        end if;
        update participants.participant set full_name = new.full_name, notice_email = new.notice_email, ogrn = new.ogrn, inn = new.inn, russian_inn = new.russian_inn, events = new.number
         where id = new.participant_id and events = new.number - 1;
    end if;
    if not found then
        raise exception 'the participant has changed meanwhile' using errcode = 'serialization_failure';
    end if;
    delete from participants.contact where participant_id = new.participant_id;
    insert into participants.contact (id, participant_id, position, full_name, unit, post, email, phone)
    select gen_random_uuid(), new.participant_id, one.position, one.contact ->> 'fullName', one.contact ->> 'unit', one.contact ->> 'post', one.contact ->> 'email', one.contact ->> 'phone'
      from jsonb_array_elements(new.contacts) with ordinality one (contact, position);
    return null;
end $$;
drop trigger by_event_only on participants.participant;
create trigger by_event_only before update of full_name, notice_email, ogrn, inn, russian_inn, events on participants.participant for each row when (pg_trigger_depth() = 0)
    execute function participants.refuse_change_without_event();

-- Stated in a CONNECT, or in a CHANGE on its day, under a procedure of its country alone.
alter table access.request add stated_russian_inn kernel.russian_inn,
    add constraint request_stated_russian_inn_check check (stated_russian_inn is null or kind = 'CONNECT' or kind = 'CHANGE' and report_id is not null);
create function access.require_inn_of_country() returns trigger language plpgsql as $$
begin
    if exists (select from access.procedure p where p.code = new.procedure_code and case when p.calendar_code = 'RU' then new.stated_inn else new.stated_russian_inn end is not null) then
        raise exception 'the number is of another country than the procedure' using errcode = 'check_violation', constraint = 'inn_of_country';
    end if;
    return new;
end $$;
create trigger inn_of_country before insert on access.request for each row when (new.stated_inn is not null or new.stated_russian_inn is not null)
    execute function access.require_inn_of_country();

-- As before (V042), of the number of the procedure's country; what was filed before this could state the other one alone.
create or replace function access.shortcomings(of_request uuid) returns setof text language sql stable as $$
    select s.code
      from access.request r
      join access.procedure_version v on (v.procedure_code, v.version) = (r.procedure_code, r.version)
      join access.procedure d on d.code = r.procedure_code
      join participants.participant p on p.id = r.participant_id
      cross join lateral (select r.kind = 'JOINT_TEST' and not exists (select from access.conformance_report c where c.request_id = r.id) unreported,
                                 exists (select from access.request_document d where d.request_id = r.id and d.kind = 'SCREEN_FORM') screens) shown
      cross join lateral (select case when d.calendar_code = 'RU' then coalesce(r.stated_russian_inn, p.russian_inn, r.stated_inn) else coalesce(r.stated_inn, p.inn) end number) inn
      cross join lateral (values
            -- The last label of the domain, as it is written: xn-- and national spellings are zones of their own (ACC-49).
            ('SENDER_OUTSIDE_ZONE', lower(substring(coalesce(r.sender, r.answer_email) from '[^.]*$') collate pg_c_utf8) <> all (v.sender_zones)),
            ('ATTACHMENT_MISSING', shown.unreported and not shown.screens),
            ('TESTED_SERVICES_NOT_NAMED', shown.unreported and shown.screens and not exists (select from access.request_service w where w.request_id = r.id)),
            ('PARTICIPANT_INN_MISSING', r.kind = 'CONNECT' and v.inn_required and inn.number is null and not access.exempt(r.participant_id, r.procedure_code)),
            ('OGRN_MISSING', r.kind = 'CONNECT' and v.ogrn_required and p.kind <> 'NATURAL_PERSON' and coalesce(r.stated_ogrn, p.ogrn) is null
                and not access.exempt(r.participant_id, r.procedure_code))) s (code, found)
     where r.id = of_request and s.found
$$;

-- ACC-5: what the register of companies said of the applicant while its request was considered, each time that it was asked. Not asked: its number is not known, is nobody's whom
-- that register knows, or the register did not answer; then the reason is a code. It decides nothing: an official does, who says why if the register knows no such company.
create table access.request_finding (
    request_id  uuid        not null,
    number      integer     not null,
    outcome     text        not null,
    source      text,
    check_id    uuid,
    reason      text,
    found_at    timestamptz not null,
    actor       uuid        not null,
    actor_role  text        not null,
    constraint request_finding_pk primary key (request_id, number),
    constraint request_finding_request_fk foreign key (request_id) references access.request (id),
    constraint request_finding_number_check check (number > 0),
    constraint request_finding_outcome_check check (outcome in ('ACTIVE', 'ENDED', 'NOT_FOUND', 'NOT_ASKED')),
    constraint request_finding_source_check check (source in ('OWN_REGISTER', 'EXTERNAL_REGISTER')),
    constraint request_finding_asked_check check (num_nonnulls(source, check_id) = case outcome when 'NOT_ASKED' then 0 else 2 end and (outcome = 'NOT_ASKED') = (reason is not null)
        and length(reason) between 1 and 100)
);
create function access.require_considered() returns trigger language plpgsql as $$
begin
    -- Two that are found at the same moment follow one another.
    perform from access.request where id = new.request_id and state = 'ACCEPTED' for no key update;
    if not found or new.number <> (select coalesce(max(number), 0) + 1 from access.request_finding where request_id = new.request_id) then
        raise exception 'findings follow one another, while a request is considered' using errcode = 'check_violation', constraint = 'finding_in_order';
    end if;
    return new;
end $$;
create trigger finding_in_order before insert on access.request_finding for each row execute function access.require_considered();
create trigger append_only before update or delete or truncate on access.request_finding for each statement execute function access.refuse_change();
grant select, insert on access.request_finding to "${application_role}";
create function access.require_reason_against_finding() returns trigger language plpgsql as $$
begin
    if (select outcome from access.request_finding where request_id = new.request_id order by number desc limit 1) in ('ENDED', 'NOT_FOUND') then
        raise exception 'the register knows no such company: an official says why it is registered all the same' using errcode = 'check_violation', constraint = 'check_against_finding';
    end if;
    return new;
end $$;
create trigger check_against_finding before insert on access.request_check for each row when (new.item_code = 'TAX_REGISTRATION' and new.ticked and new.note = '')
    execute function access.require_reason_against_finding();
