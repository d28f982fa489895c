-- What a request must have to be taken up, and what alone it is turned away for (ACC-T02, ACC-T03, ACC-45).

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
