-- Who a participant is and by what that changes (ACC-3, ACC-46), who registered it and gave and took access (ACC-1), and what a second official has to see (ACC-2).

-- A Russian registration number. An organisation's (OGRN) has 13 digits, and the last one is that of the remainder of the first 12, as a number, divided by 11; a sole
-- proprietor's (OGRNIP) has 15, and the last one is that of the remainder of the first 14 divided by 13.
create domain kernel.ogrn as text
    constraint ogrn_check check (case
        when value is null then true
        when value ~ '^[1-9][0-9]{12}$' then substr(value, 1, 12)::bigint % 11 % 10 = substr(value, 13)::integer
        when value ~ '^[1-9][0-9]{14}$' then substr(value, 1, 14)::bigint % 13 % 10 = substr(value, 15)::integer
        else false end);

-- What a participant is called, where it is written to and who answers for it is what its newest event says.
alter table participants.participant
    add ogrn kernel.ogrn,
    add events integer not null default 1,
    add constraint participant_ogrn_check check (case when ogrn is null then true when kind = 'SOLE_PROPRIETOR' then length(ogrn) = 15 else kind <> 'NATURAL_PERSON' and length(ogrn) = 13 end);
alter table participants.participant alter events drop default;
alter table participants.contact add position integer;
update participants.contact c set position = n.position
  from (select id, row_number() over (partition by participant_id order by id) as position from participants.contact) n where n.id = c.id;
alter table participants.contact alter position set not null,
    add constraint contact_position_unique unique (participant_id, position),
    add constraint contact_position_check check (position in (1, 2));

-- Added with the participant and with every granted request that tells of other particulars, never changed: the whole of what is so from then on, who made it so, when and
-- why. NOT_RECORDED: before this table nobody asked.
create table participants.participant_event (
    participant_id  uuid        not null,
    number          integer     not null,
    event           text        not null,
    request_id      uuid,
    at              timestamptz not null,
    actor           uuid,
    actor_role      text        not null,
    reason          text        not null,
    full_name       text        not null,
    notice_email    text        not null,
    ogrn            kernel.ogrn,
    contacts        jsonb       not null,
    constraint participant_event_pk primary key (participant_id, number),
    constraint participant_event_participant_fk foreign key (participant_id) references participants.participant (id),
    constraint participant_event_request_fk foreign key (request_id, participant_id) references access.request (id, participant_id),
    constraint participant_event_request_unique unique (request_id),
    constraint participant_event_event_check check (number > 0 and event = case number when 1 then 'REGISTER' else 'CHANGE' end and (event = 'CHANGE') = (request_id is not null)),
    constraint participant_event_actor_check check ((actor is null) = (actor_role in ('SYSTEM', 'NOT_RECORDED'))),
    constraint participant_event_reason_check check (length(reason) <= 1000 and (event = 'REGISTER' or reason <> '')),
    constraint participant_event_texts_check check (length(full_name) between 1 and 500 and length(notice_email) between 1 and 254),
    constraint participant_event_contacts_check check (jsonb_typeof(contacts) = 'array' and jsonb_array_length(contacts) between 1 and 2)
);
insert into participants.participant_event (participant_id, number, event, at, actor_role, reason, full_name, notice_email, contacts)
select p.id, 1, 'REGISTER', p.registered_at, 'NOT_RECORDED', '', p.full_name, p.notice_email,
       (select jsonb_agg(jsonb_build_object('fullName', c.full_name, 'unit', c.unit, 'post', c.post, 'email', c.email, 'phone', c.phone) order by c.position)
          from participants.contact c where c.participant_id = p.id)
  from participants.participant p;
alter table participants.participant add constraint participant_newest_event_fk foreign key (id, events)
    references participants.participant_event (participant_id, number) deferrable initially deferred;

create function participants.apply_participant_event() returns trigger language plpgsql as $$
begin
    if new.number = 1 then
        perform from participants.participant p where p.id = new.participant_id and p.events = 1
            and (p.full_name, p.notice_email, p.ogrn) is not distinct from (new.full_name, new.notice_email, new.ogrn);
    else
        perform from access.request where id = new.request_id and state = 'GRANTED';
        if not found then
            raise exception 'a participant changes by a granted request' using errcode = 'check_violation', constraint = 'participant_request_granted';
        end if;
        update participants.participant set full_name = new.full_name, notice_email = new.notice_email, ogrn = new.ogrn, events = new.number
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
create trigger applied after insert on participants.participant_event for each row execute function participants.apply_participant_event();
create trigger append_only before update or delete or truncate on participants.participant_event for each statement execute function access.refuse_change();
create function participants.refuse_change_without_event() returns trigger language plpgsql as $$
begin
    raise exception '% changes by the participant''s events', tg_table_name;
end $$;
create trigger by_event_only before update of full_name, notice_email, ogrn, events on participants.participant for each row when (pg_trigger_depth() = 0)
    execute function participants.refuse_change_without_event();
create trigger by_event_only before insert or update or delete on participants.contact for each row when (pg_trigger_depth() = 0)
    execute function participants.refuse_change_without_event();
grant select, insert on participants.participant_event to "${application_role}";

-- Who added a subsystem; who granted a right and why, and who revoked it.
alter table participants.subsystem add registered_by uuid, add registered_role text not null default 'NOT_RECORDED',
    add constraint subsystem_registered_check check ((registered_by is null) = (registered_role in ('SYSTEM', 'NOT_RECORDED')));
alter table participants.subsystem alter registered_role drop default;
alter table access.access_right add granted_by uuid, add granted_role text not null default 'NOT_RECORDED', add granted_reason text not null default '',
    add revoked_by uuid, add revoked_role text;
update access.access_right set revoked_role = 'NOT_RECORDED' where revoked_at is not null;
alter table access.access_right alter granted_role drop default, alter granted_reason drop default,
    add constraint access_right_granted_check check ((granted_by is null) = (granted_role in ('SYSTEM', 'NOT_RECORDED')) and length(granted_reason) <= 1000
        and (granted_role = 'NOT_RECORDED' or granted_reason <> '')),
    add constraint access_right_revoked_by_check check ((revoked_at is null) = (revoked_role is null) and (revoked_by is null) = (coalesce(revoked_role, 'SYSTEM') in ('SYSTEM', 'NOT_RECORDED')));
grant update (revoked_by, revoked_role) on access.access_right to "${application_role}";

-- What a request states of its participant: of a CONNECT the OGRN, of a CHANGE whatever is otherwise now; on its grant it is so, and contacts of a CHANGE, which stand where
-- those of other requests do, are the participant's.
alter table access.request add stated_name text, add stated_email text, add stated_ogrn kernel.ogrn,
    add constraint request_stated_check check (kind = 'CHANGE' or num_nonnulls(stated_name, stated_email) = 0 and (kind = 'CONNECT' or stated_ogrn is null)),
    add constraint request_stated_texts_check check (length(stated_name) between 1 and 500 and length(stated_email) between 3 and 254);

-- What is asked for does not grow after somebody has looked at it: a second official approves what the first one proposed.
create function access.refuse_later_wish() returns trigger language plpgsql as $$
begin
    if not exists (select from access.request r where r.id = new.request_id and r.events = 1 and r.xmin = pg_current_xact_id()::xid) then
        raise exception '% comes with its request', tg_table_name using errcode = 'check_violation', constraint = 'filed_whole';
    end if;
    return new;
end $$;
create trigger filed_whole before insert on access.request_service for each row execute function access.refuse_later_wish();
create trigger filed_whole before insert on access.request_contact for each row execute function access.refuse_later_wish();

-- As in V014, but also of a CHANGE that gives PRODUCTION to more than has it; and whoever decides is an approver.
create or replace function access.require_approved_grant() returns trigger language plpgsql as $$
begin
    if new.event = 'GRANT'
            and exists (select from access.request r where r.id = new.request_id and r.contour = 'PRODUCTION'
                         and (r.kind = 'CONNECT' or r.kind = 'CHANGE' and exists (select from access.request_service s where s.request_id = r.id and not s.drops)))
            and (new.actor_role <> 'APPROVER' or not exists (select from access.proposal
                  where request_id = new.request_id and outcome = 'APPROVED' and decided_by = new.actor and xmin = pg_current_xact_id()::xid)) then
        raise exception 'production access needs an approval' using errcode = 'check_violation', constraint = 'four_eyes';
    end if;
    return null;
end $$;

-- Whether whoever can have an OGRN must have it before it is connected: of RU-1221 from its first day, whose version 1 could not say so.
alter table access.procedure_version add ogrn_required boolean not null default false;
alter table access.procedure_version disable trigger only_ended;
update access.procedure_version set ogrn_required = true where procedure_code = 'RU-1221';
alter table access.procedure_version enable trigger only_ended;
-- As in V013, whatever a version says.
create or replace function access.refuse_edited_version() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.valid_to is not null or to_jsonb(new) - 'valid_to' <> to_jsonb(old) - 'valid_to' then
        raise exception 'a version of a procedure is not edited: publish the next one';
    end if;
    return new;
end $$;
create function access.require_ogrn() returns trigger language plpgsql as $$
begin
    if exists (select from access.request r join access.procedure_version v on (v.procedure_code, v.version) = (r.procedure_code, r.version)
                 join participants.participant p on p.id = r.participant_id
                where r.id = new.request_id and r.kind = 'CONNECT' and v.ogrn_required and p.kind <> 'NATURAL_PERSON' and coalesce(r.stated_ogrn, p.ogrn) is null
                  and not access.exempt(r.participant_id, r.procedure_code)) then
        raise exception 'the procedure demands an OGRN' using errcode = 'check_violation', constraint = 'ogrn_known';
    end if;
    return null;
end $$;
create trigger ogrn_known after insert on access.request_event for each row when (new.event = 'GRANT') execute function access.require_ogrn();
