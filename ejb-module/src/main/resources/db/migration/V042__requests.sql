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
