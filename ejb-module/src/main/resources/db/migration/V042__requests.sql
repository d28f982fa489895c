-- What a request must have to be taken up, and what alone it is turned away for (ACC-T02, ACC-T03, ACC-45).

-- Whether an INN must be known before anybody is connected: forms of both RU procedures name it from their first days (ACC-42), whose versions could not say so.
alter table access.procedure_version add inn_required boolean not null default false;
alter table access.procedure_version disable trigger only_ended;
update access.procedure_version set inn_required = true where procedure_code in ('RU-422-696', 'RU-1221');
alter table access.procedure_version enable trigger only_ended;

-- A CONNECT may state it, of whom it is not known; from the grant on it is the participant's. Known once, it stays: a participant's own data it may have without a token.
alter table access.request add stated_inn kernel.inn, add constraint request_stated_inn_check check (stated_inn is null or kind = 'CONNECT');
alter table participants.participant_event add inn kernel.inn;
alter table participants.participant_event disable trigger append_only;
update participants.participant_event e set inn = p.inn from participants.participant p where p.id = e.participant_id and p.inn is not null;
alter table participants.participant_event enable trigger append_only;
create or replace function participants.apply_participant_event() returns trigger language plpgsql as $$
begin
    if new.number = 1 then
        perform from participants.participant p where p.id = new.participant_id and p.events = 1
            and (p.full_name, p.notice_email, p.ogrn, p.inn) is not distinct from (new.full_name, new.notice_email, new.ogrn, new.inn);
    else
        perform from access.request where id = new.request_id and state = 'GRANTED';
        if not found then
            raise exception 'a participant changes by a granted request' using errcode = 'check_violation', constraint = 'participant_request_granted';
        end if;
        if exists (select from participants.participant where id = new.participant_id and inn is distinct from new.inn and inn is not null) then
            raise exception 'an INN that is known stays' using errcode = 'check_violation', constraint = 'participant_inn_stays';
        end if;
        update participants.participant set full_name = new.full_name, notice_email = new.notice_email, ogrn = new.ogrn, inn = new.inn, events = new.number
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
create trigger by_event_only before update of full_name, notice_email, ogrn, inn, events on participants.participant for each row when (pg_trigger_depth() = 0)
    execute function participants.refuse_change_without_event();

-- What a filed request lacks: nothing of its merits. With any of it, it is not taken up; without, it is not turned away.
create function access.shortcomings(of_request uuid) returns setof text language sql stable as $$
    select s.code
      from access.request r
      join access.procedure_version v on (v.procedure_code, v.version) = (r.procedure_code, r.version)
      join participants.participant p on p.id = r.participant_id
      cross join lateral (select r.kind = 'JOINT_TEST' and not exists (select from access.conformance_report c where c.request_id = r.id) unreported,
                                 exists (select from access.request_document d where d.request_id = r.id and d.kind = 'SCREEN_FORM') screens) shown
      cross join lateral (values
            -- The last label of the domain, as it is written: xn-- and national spellings are zones of their own (ACC-49).
            ('SENDER_OUTSIDE_ZONE', lower(substring(coalesce(r.sender, r.answer_email) from '[^.]*$') collate pg_c_utf8) <> all (v.sender_zones)),
            ('ATTACHMENT_MISSING', shown.unreported and not shown.screens),
            ('TESTED_SERVICES_NOT_NAMED', shown.unreported and shown.screens and not exists (select from access.request_service w where w.request_id = r.id)),
            ('PARTICIPANT_INN_MISSING', r.kind = 'CONNECT' and v.inn_required and coalesce(r.stated_inn, p.inn) is null and not access.exempt(r.participant_id, r.procedure_code)),
            ('OGRN_MISSING', r.kind = 'CONNECT' and v.ogrn_required and p.kind <> 'NATURAL_PERSON' and coalesce(r.stated_ogrn, p.ogrn) is null
                and not access.exempt(r.participant_id, r.procedure_code))) s (code, found)
     where r.id = of_request and s.found
$$;

create function access.require_whole_request() returns trigger language plpgsql as $$
begin
    if exists (select from access.shortcomings(new.request_id)) then
        raise exception 'a request that lacks something is not taken up' using errcode = 'check_violation', constraint = 'without_shortcomings';
    end if;
    return null;
end $$;
create trigger without_shortcomings after insert on access.request_event for each row when (new.event = 'CONFIRM') execute function access.require_whole_request();

create function access.require_shortcomings() returns trigger language plpgsql as $$
begin
    if not exists (select from access.request_cause where request_id = new.request_id)
            or exists (select from access.request_cause c where c.request_id = new.request_id and c.code not in (select access.shortcomings(new.request_id))) then
        raise exception 'a request is turned away for what it lacks, and for nothing else' using errcode = 'check_violation', constraint = 'causes_found';
    end if;
    return null;
end $$;
create trigger causes_found after insert on access.request_event for each row when (new.event = 'DECLINE') execute function access.require_shortcomings();

-- Nor is an exit refused later on (ACC-T07).
create function access.require_refusable() returns trigger language plpgsql as $$
begin
    if exists (select from access.request where id = new.request_id and kind = 'DISCONNECT') or not exists (select from access.request_cause where request_id = new.request_id) then
        raise exception 'a refusal has causes, and an exit is not refused' using errcode = 'check_violation', constraint = 'refusable';
    end if;
    return null;
end $$;
create trigger refusable after insert on access.request_event for each row when (new.event = 'REFUSE') execute function access.require_refusable();

-- Causes are named before the decision that they are given for, and none after it.
create function access.refuse_later_cause() returns trigger language plpgsql as $$
begin
    if not exists (select from access.request where id = new.request_id and state in ('SUBMITTED', 'ACCEPTED')) then
        raise exception 'causes come with their decision' using errcode = 'check_violation', constraint = 'cause_of_decision';
    end if;
    return new;
end $$;
create trigger cause_of_decision before insert on access.request_cause for each row execute function access.refuse_later_cause();

-- Which version of the procedure its applicant confirms to have read (ACC-22): the one that it is judged by, or it is not filed. Where the procedure asks for nothing, none.
alter table access.request add confirmed_version integer, add constraint request_confirmed_version_check check (confirmed_version = version);
create function access.require_confirmed_version() returns trigger language plpgsql as $$
begin
    if exists (select from access.request where id = new.request_id and confirmed_version is null) then
        raise exception 'who has read the procedure says which version' using errcode = 'check_violation', constraint = 'version_confirmed';
    end if;
    return new;
end $$;
create trigger version_confirmed before insert on access.request_confirmation for each row when (new.item_code = 'PROCEDURE_READ') execute function access.require_confirmed_version();

-- What who was refused says to the causes (ACC-T10); filed with the request that follows, never changed.
alter table access.request add constraint request_following_unique unique (id, previous_id);
create table access.request_answer (
    request_id   uuid    not null,
    previous_id  uuid    not null,
    position     integer not null,
    text         text    not null,
    constraint request_answer_pk primary key (request_id, position),
    constraint request_answer_request_fk foreign key (request_id, previous_id) references access.request (id, previous_id),
    constraint request_answer_cause_fk foreign key (previous_id, position) references access.request_cause (request_id, position),
    constraint request_answer_text_check check (length(text) between 1 and 1000)
);
create trigger append_only before update or delete or truncate on access.request_answer for each statement execute function access.refuse_change();
create trigger filed_whole before insert on access.request_answer for each row execute function access.refuse_later_wish();
grant select, insert on access.request_answer to "${application_role}";

-- As in V031, and the INN: neither is lacking at the grant, whatever was known when the request was taken up.
create or replace function access.require_ogrn() returns trigger language plpgsql as $$
begin
    if 'OGRN_MISSING' in (select access.shortcomings(new.request_id)) then
        raise exception 'the procedure demands an OGRN' using errcode = 'check_violation', constraint = 'ogrn_known';
    end if;
    if 'PARTICIPANT_INN_MISSING' in (select access.shortcomings(new.request_id)) then
        raise exception 'the procedure demands an INN' using errcode = 'check_violation', constraint = 'inn_known';
    end if;
    return null;
end $$;

-- Nobody asks for access without saying what for (ACC-O20); a joint test asks for none.
create function access.require_purpose() returns trigger language plpgsql as $$
begin
    if not new.drops and new.purpose is null and not exists (select from access.request where id = new.request_id and kind = 'JOINT_TEST') then
        raise exception 'access is asked for a purpose' using errcode = 'check_violation', constraint = 'purpose_stated';
    end if;
    return new;
end $$;
create trigger purpose_stated before insert on access.request_service for each row execute function access.require_purpose();

-- No state changes without a reason (ACC-1). What was filed before this has none, and keeps none.
alter table access.request_event add constraint request_event_reason_check check (event in ('SUBMIT', 'SUPPLY') or text <> '') not valid;

-- Each time an item is ticked, or its tick taken away: by whom, in which role, when. Never changed; the newest of an item counts. NOT_RECORDED: before, nobody asked.
alter table access.request_check add number integer not null default 1, add actor_role text not null default 'NOT_RECORDED';
alter table access.request_check alter number drop default, alter actor_role drop default,
    drop constraint request_check_pk, add constraint request_check_pk primary key (request_id, item_code, number),
    add constraint request_check_number_check check (number > 0);
create trigger append_only before update or delete or truncate on access.request_check for each statement execute function access.refuse_change();
revoke update on access.request_check from "${application_role}";
-- Nothing is ticked after the decision, nor in the name of a moment that has another number.
create function access.require_open_check() returns trigger language plpgsql as $$
begin
    if not exists (select from access.request where id = new.request_id and state = 'ACCEPTED')
            or new.number <> (select coalesce(max(number), 0) + 1 from access.request_check where request_id = new.request_id and item_code = new.item_code) then
        raise exception 'ticks follow one another, while a request is considered' using errcode = 'check_violation', constraint = 'check_in_order';
    end if;
    return new;
end $$;
create trigger check_in_order before insert on access.request_check for each row execute function access.require_open_check();

-- In which role somebody proposed, and somebody decided.
alter table access.proposal add proposed_role text not null default 'NOT_RECORDED', add decided_role text;
update access.proposal set decided_role = 'NOT_RECORDED' where decided_by is not null;
alter table access.proposal alter proposed_role drop default,
    add constraint proposal_decided_role_check check ((decided_by is null) = (decided_role is null) and (outcome <> 'APPROVED' or decided_role in ('APPROVER', 'NOT_RECORDED')));
grant update (decided_role) on access.proposal to "${application_role}";

-- The subsystems that a CHANGE adds, or drops in its contour (ACC-46). One that is dropped keeps its row and its code, which is never used again (ACC-6); its rights end.
create table access.request_subsystem (
    request_id      uuid    not null,
    participant_id  uuid    not null,
    code            text    not null,
    name            text,
    drops           boolean not null,
    dropped_code    text    generated always as (case when drops then code end) stored,
    constraint request_subsystem_pk primary key (request_id, code),
    constraint request_subsystem_request_fk foreign key (request_id, participant_id) references access.request (id, participant_id),
    constraint request_subsystem_dropped_fk foreign key (participant_id, dropped_code) references participants.subsystem (participant_id, code),
    constraint request_subsystem_texts_check check (length(code) between 1 and 64 and length(name) between 1 and 200 and (name is null) = drops)
);
create function access.refuse_unfit_subsystem() returns trigger language plpgsql as $$
begin
    if not exists (select from access.request where id = new.request_id and kind = 'CHANGE') then
        raise exception 'subsystems change by a CHANGE' using errcode = 'check_violation', constraint = 'request_subsystem_of_change';
    end if;
    if not new.drops and exists (select from participants.subsystem where participant_id = new.participant_id and code = new.code) then
        raise exception 'a subsystem has this code' using errcode = 'check_violation', constraint = 'request_subsystem_new';
    end if;
    return new;
end $$;
create trigger fit before insert on access.request_subsystem for each row execute function access.refuse_unfit_subsystem();
create trigger filed_whole before insert on access.request_subsystem for each row execute function access.refuse_later_wish();
create trigger append_only before update or delete or truncate on access.request_subsystem for each statement execute function access.refuse_change();
grant select, insert on access.request_subsystem to "${application_role}";

-- Particulars and people that a CHANGE states are so already: it says since when (ACC-46, ACC-O10).
alter table access.request add constraint request_stated_day_check check (kind <> 'CHANGE' or num_nonnulls(stated_name, stated_email, stated_ogrn) = 0 or report_id is not null) not valid;
create function access.require_day_of_change() returns trigger language plpgsql as $$
begin
    if exists (select from access.request where id = new.request_id and kind = 'CHANGE' and report_id is null) then
        raise exception 'people change on a day' using errcode = 'check_violation', constraint = 'contact_of_a_day';
    end if;
    return new;
end $$;
create trigger of_a_day before insert on access.request_contact for each row execute function access.require_day_of_change();
