-- Announced in time, or later: a suspension or a termination that was announced takes effect only when its announcement was told so many full working days
-- before (ACC-T23, ACC-T31, ACC-T45). Told is when a mail server first took a letter of it, or somebody of the participant opened it in the cabinet. A day that came
-- too early moves on, by an event.
insert into access.connection_transition (from_state, event, to_state) values
    ('SUSPENSION_ANNOUNCED', 'DATE_MOVED', 'SUSPENSION_ANNOUNCED'),
    ('TERMINATION_ANNOUNCED', 'DATE_MOVED', 'TERMINATION_ANNOUNCED'),
    ('SUSPENDED_TERMINATION_ANNOUNCED', 'DATE_MOVED', 'SUSPENDED_TERMINATION_ANNOUNCED');
insert into access.agreement_transition (from_state, event, to_state) values
    ('TERMINATION_ANNOUNCED', 'DATE_MOVED', 'TERMINATION_ANNOUNCED');
alter table access.connection_event drop constraint connection_event_announced_check,
    add constraint connection_event_announced_check check ((event in ('ANNOUNCE_SUSPENSION', 'ANNOUNCE_TERMINATION', 'DATE_MOVED')) = (announced_for is not null)),
    add constraint connection_event_moved_check check (event <> 'DATE_MOVED' or actor is null and announced_for > at);

create or replace function access.apply_connection_event() returns trigger language plpgsql as $$
begin
    if new.from_state = 'NONE' then
        perform from access.connection where id = new.connection_id and state = new.to_state and events = new.number and since = new.at;
    else
        update access.connection set state = new.to_state, since = new.at, reason = new.reason, ground = new.ground, events = new.number,
                announced_for = case when new.to_state not like '%ANNOUNCED' then null
                                     when new.announced_for is not null then new.announced_for
                                     else announced_for end
         where id = new.connection_id and state = new.from_state and events = new.number - 1
           -- What was announced neither happens nor moves before its day.
           and (new.event not like '%\_DUE' and new.event <> 'DATE_MOVED' or announced_for <= new.at);
    end if;
    if not found then
        raise exception 'the connection is no longer in state %', new.from_state using errcode = 'serialization_failure';
    end if;
    return null;
end $$;

-- In which letter an announcement, or the move of its day, was told: written with the event, in one transaction. Never changed, never deleted.
create table access.connection_announcement (
    connection_id  uuid           not null,
    number         integer        not null,
    contour        kernel.contour not null,
    notice_id      uuid           not null,
    constraint connection_announcement_pk primary key (connection_id, number),
    constraint connection_announcement_event_fk foreign key (connection_id, number) references access.connection_event (connection_id, number),
    constraint connection_announcement_connection_fk foreign key (connection_id, contour) references access.connection (id, contour),
    constraint connection_announcement_notice_fk foreign key (notice_id, contour) references notices.notice (id, contour)
);
insert into access.connection_announcement (connection_id, number, contour, notice_id)
select e.connection_id, e.number, n.contour, n.id
  from access.connection_event e join notices.notice n on n.about_id = e.connection_id and n.dedup_key = 'connection:' || e.connection_id || ':' || e.number
 where e.event in ('ANNOUNCE_SUSPENSION', 'ANNOUNCE_TERMINATION');
create trigger append_only before update or delete or truncate on access.connection_announcement for each statement execute function access.refuse_change();
grant select, insert on access.connection_announcement to "${application_role}";

-- When an announcement, named by its event's number, was first told; later letters of it tell of the same.
create function access.told_at(of_connection uuid, announcement integer) returns timestamptz language sql stable as $$
    select min(least(d.sent_at, n.read_at))
      from access.connection_announcement a join notices.notice n on n.id = a.notice_id and n.about_id = a.connection_id
      left join notices.delivery d on d.notice_id = n.id
     where a.connection_id = of_connection and a.number >= announcement
$$;

-- How many full working days lie strictly between two days (ACC-32). A day whose year is not loaded is none.
create function access.clear_days(of_calendar text, after_day date, before_day date) returns bigint language sql stable as $$
    select count(*)
      from generate_series(after_day + 1, before_day - 1, interval '1 day') d
      join calendar.calendar c on c.code = of_calendar
      join calendar.year y on y.calendar = c.code and y.year = extract(year from d)
      left join calendar.day x on x.calendar = c.code and x.day = d::date
     where case when x.kind is null then extract(isodow from d)::smallint <> all (c.weekend) else x.kind = 'WORKING' end
$$;

-- By the version of the procedure that was in force when it was announced: no later one shortens the term (ACC-21).
create function access.require_announced_in_time(of_connection uuid, announcement integer, moment timestamptz) returns void language plpgsql as $$
declare
    kept boolean;
begin
    select access.clear_days(k.code, (access.told_at(of_connection, announcement) at time zone k.zone)::date, (moment at time zone k.zone)::date) >= d.working_days into kept
      from access.connection_event e
      join access.connection c on c.id = e.connection_id
      join access.procedure p on p.code = c.procedure_code
      join calendar.calendar k on k.code = p.calendar_code
      join access.procedure_version v on v.procedure_code = p.code and (e.at at time zone k.zone)::date between v.valid_from and coalesce(v.valid_to, 'infinity')
      join access.procedure_deadline d on (d.procedure_code, d.version, d.rule, d.direction) = (v.procedure_code, v.version, e.event, 'BEFORE')
     where e.connection_id = of_connection and e.number = announcement;
    if kept is not true then
        raise exception 'not announced in time' using errcode = 'check_violation', constraint = 'announced_in_time';
    end if;
end $$;

create function access.require_announced_in_time() returns trigger language plpgsql as $$
begin
    perform access.require_announced_in_time(new.connection_id,
        (select max(number) from access.connection_event where connection_id = new.connection_id and event in ('ANNOUNCE_SUSPENSION', 'ANNOUNCE_TERMINATION')), new.at);
    return null;
end $$;
create trigger announced_in_time after insert on access.connection_event for each row when (new.event in ('SUSPENSION_DUE', 'TERMINATION_DUE'))
    execute function access.require_announced_in_time();

-- An agreement's termination is announced with its connection's, and by the same letter; it may outlive the connection.
alter table access.agreement_event drop constraint agreement_event_announced_check,
    add connection_id uuid,
    add announcement integer,
    add constraint agreement_event_announced_check check ((event in ('ANNOUNCE_TERMINATION', 'DATE_MOVED')) = (announced_for is not null)),
    add constraint agreement_event_moved_check check (event <> 'DATE_MOVED' or actor is null and announced_for > at),
    add constraint agreement_event_connection_fk foreign key (connection_id, announcement) references access.connection_event (connection_id, number);
alter table access.agreement_event disable trigger append_only;
update access.agreement_event a set connection_id = told.connection_id, announcement = told.number
  from (select distinct on (a.agreement_id, a.number) a.agreement_id, a.number event, e.connection_id, e.number
          from access.agreement_event a
          join access.agreement g on g.id = a.agreement_id
          join access.connection c on (c.participant_id, c.contour, c.procedure_code) = (g.participant_id, g.contour, g.procedure_code)
          -- The connection's event was the first of the two, in the same transaction.
          join access.connection_event e on e.connection_id = c.id and e.event = a.event and e.announced_for = a.announced_for and e.at <= a.at
         where a.event = 'ANNOUNCE_TERMINATION' order by a.agreement_id, a.number, e.at desc) told
 where a.agreement_id = told.agreement_id and a.number = told.event;
alter table access.agreement_event enable trigger append_only;
alter table access.agreement_event add constraint agreement_event_connection_check
    check ((event = 'ANNOUNCE_TERMINATION') = (connection_id is not null) and (connection_id is null) = (announcement is null));

create function access.require_termination_announced_in_time() returns trigger language plpgsql as $$
begin
    perform access.require_announced_in_time(connection_id, announcement, new.at)
       from access.agreement_event where agreement_id = new.agreement_id and event = 'ANNOUNCE_TERMINATION' order by number desc limit 1;
    return null;
end $$;
create trigger announced_in_time after insert on access.agreement_event for each row when (new.event = 'TERMINATION_DUE')
    execute function access.require_termination_announced_in_time();

create or replace function access.apply_agreement_event() returns trigger language plpgsql as $$
begin
    if new.from_state = 'NONE' then
        perform from access.agreement where id = new.agreement_id and state = new.to_state and events = new.number and since = new.at;
    elsif new.version is not null then
        update access.agreement a set state = new.to_state, since = new.at, events = new.number, version = new.version, first_day = v.first_day, last_day = v.last_day
          from access.agreement_version v
         where a.id = new.agreement_id and a.state = new.from_state and a.events = new.number - 1 and a.version = new.version - 1
           and (v.agreement_id, v.version) = (new.agreement_id, new.version)
           -- An agreement without a service allows nothing and would stop everything.
           and exists (select from access.agreement_service s where (s.agreement_id, s.version) = (new.agreement_id, new.version));
    else
        update access.agreement set state = new.to_state, since = new.at, events = new.number, announced_for = new.announced_for
         where id = new.agreement_id and state = new.from_state and events = new.number - 1
           and (new.event not in ('TERMINATION_DUE', 'DATE_MOVED') or announced_for <= new.at);
    end if;
    if not found then
        raise exception 'the agreement is no longer in state %', new.from_state using errcode = 'serialization_failure';
    end if;
    return null;
end $$;

-- N25: the day moved. To the participant and to the authority's unit. The frame is that of all letters.
insert into notices.template (kind, procedure_code, language, valid_from, subject, body)
select 'N25', '*', t.language, t.valid_from, n.subject, '{{participant}}' || E'\n\n' || n.said || substring(t.body from position(E'\n\n' || n.label || ': {{number}}' in t.body))
  from notices.template t
  join (values
    ('RU', 'Номер', 'Срок перенесён на {{effectiveDate}}: {{announcement}}',
     $$Объявлено: {{announcement}}. Уведомление не было отправлено за столько полных рабочих дней, сколько требует порядок, поэтому в объявленный день ничего не произошло.
Новый день: {{effectiveDate}}.$$),
    ('KY', 'Номери', 'Мөөнөт {{effectiveDate}} күнүнө жылды: {{announcement}}',
     $$Жарыяланган: {{announcement}}. Билдирүү тартип талап кылгандай толук жумуш күндөр калганда жөнөтүлгөн эмес, ошондуктан жарыяланган күнү эч нерсе болгон жок.
Жаңы күн: {{effectiveDate}}.$$),
    ('EN', 'Number', 'Moved to {{effectiveDate}}: {{announcement}}',
     $$Announced: {{announcement}}. The notice was not sent as many full working days before as the procedure demands, so nothing happened on the day announced.
The new day: {{effectiveDate}}.$$))
    n (language, label, subject, said) on n.language = t.language
 where t.kind = 'N20' and t.procedure_code = '*' and t.valid_from = '2020-01-01';

-- What a subsystem will use a service's data for (ACC-O20, 001 §2): stated in the request, in the applicant's words, and kept with the right that was granted for it.
alter table access.request_service add purpose text,
    add constraint request_service_purpose_check check (length(purpose) between 1 and 500 and (purpose is null or not drops));
alter table access.access_right add purpose text,
    add constraint access_right_purpose_check check (length(purpose) between 1 and 500);

-- What a participant confirms in the agreement that it signs, and nobody checks further (ACC-O7, ACC-O9, ACC-O15; 003 §14.3, §14.5, §14.11): all of it, in each version, but for
-- agreements from before the order. Versions that were signed before this table was there have none.
create table access.agreement_confirmation (
    agreement_id  uuid    not null,
    version       integer not null,
    duty          text    not null,
    constraint agreement_confirmation_pk primary key (agreement_id, version, duty),
    constraint agreement_confirmation_version_fk foreign key (agreement_id, version) references access.agreement_version (agreement_id, version),
    constraint agreement_confirmation_duty_check check (duty in ('LAW_OBEYED', 'DATA_PROTECTED', 'CONFIDENTIALITY_KEPT'))
);
create trigger append_only before update or delete or truncate on access.agreement_confirmation for each statement execute function access.refuse_change();
grant select, insert on access.agreement_confirmation to "${application_role}";

create function access.require_confirmations() returns trigger language plpgsql as $$
begin
    if (select not legacy from access.agreement where id = new.agreement_id)
            and (select count(*) from access.agreement_confirmation c where (c.agreement_id, c.version) = (new.agreement_id, new.version)) < 3 then
        raise exception 'the participant does not confirm all that it has to' using errcode = 'check_violation', constraint = 'agreement_confirmed';
    end if;
    return null;
end $$;
create trigger confirmed after insert on access.agreement_event for each row when (new.version is not null) execute function access.require_confirmations();
