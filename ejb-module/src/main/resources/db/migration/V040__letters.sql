-- What letters say, to whom, and what waits for them.

-- What follows an announcement, its effect or the move of its day, stands on the announcement's ground and refers to its incident, whatever happened to the connection since
-- (ACC-T23, ACC-T31). Events of before keep what they have.
alter table access.connection_event drop constraint connection_event_incident_check,
    add constraint connection_event_incident_check check (incident_id is null or event in ('SUSPEND', 'ANNOUNCE_SUSPENSION', 'SUSPENSION_DUE', 'DATE_MOVED'));
create function access.require_as_announced() returns trigger language plpgsql as $$
begin
    perform from (select ground, incident_id from access.connection_event where connection_id = new.connection_id and event in ('ANNOUNCE_SUSPENSION', 'ANNOUNCE_TERMINATION')
                   order by number desc limit 1) announced
      where (announced.ground, announced.incident_id) is not distinct from (new.ground, new.incident_id);
    if not found then
        raise exception 'not on the ground that was announced' using errcode = 'check_violation', constraint = 'ground_of_announcement';
    end if;
    return null;
end $$;
create trigger as_announced after insert on access.connection_event for each row when (new.event in ('SUSPENSION_DUE', 'TERMINATION_DUE', 'DATE_MOVED'))
    execute function access.require_as_announced();

-- What the authority announces of its services happens after it was told, too (ACC-91, ACC-O3; decision 0019): when the last of those that it affected, and that are still
-- connected, was first told, by a letter that a mail server took for any of its addresses or that somebody of it opened. Empty while anybody was not; the moment of
-- publishing where nobody is concerned.
create function access.announcement_told_at(of_announcement uuid) returns timestamptz language sql stable as $$
    select case when count(f.participant_id) = count(told.at) then greatest(max(told.at), a.published_at) end
      from access.announcement a
      left join access.announcement_affected f on f.announcement_id = a.id and exists (
            select from access.connection c where c.participant_id = f.participant_id and c.contour = a.contour and c.procedure_code = a.procedure_code and c.state <> 'DISCONNECTED')
      left join lateral (
            select min(least(d.sent_at, n.read_at)) at from notices.notice n left join notices.delivery d on d.notice_id = n.id
             where n.about_kind = 'announcement' and n.about_id = a.id and n.participant_id = f.participant_id and n.kind in ('N16', 'N17', 'N18')) told on true
     where a.id = of_announcement group by a.id
$$;

-- Whether what was announced may begin at the moment: so many full working days after it was told as the version of the day of publishing says, on another day where that
-- says nothing, at once in an emergency.
create function access.announcement_told_in_time(of_announcement uuid, moment timestamptz) returns boolean language sql stable as $$
    select coalesce((
        select a.emergency_reason is not null or case when d.working_days is null then told.day < (moment at time zone k.zone)::date
                    else access.clear_days(k.code, told.day, (moment at time zone k.zone)::date) >= d.working_days end
          from access.announcement a
          join access.procedure p on p.code = a.procedure_code
          join calendar.calendar k on k.code = p.calendar_code
          cross join lateral (select (access.announcement_told_at(a.id) at time zone k.zone)::date as day) told
          left join access.procedure_deadline d on (d.procedure_code, d.version, d.direction) = (a.procedure_code, a.version, 'BEFORE')
               and d.rule = case a.kind when 'OUTAGE' then 'ANNOUNCE_OUTAGE' else 'ANNOUNCE_CHANGE' end
         where a.id = of_announcement), false)
$$;

-- ACC-91: PRODUCTION gets a version, and loses one, when that was announced, its day has come and it was told in time. What a version is retired by is a change to its service
-- that was announced since its publication, and for nothing else.
alter table access.service_version_event drop constraint service_version_event_announcement_check,
    add constraint service_version_event_announcement_check check (case when event = 'RETIRE' then announcement_id is null or contour = 'PRODUCTION'
        else (announcement_id is not null) = (event = 'ANNOUNCE' or event = 'PUBLISH_IN_EMERGENCY' and contour = 'PRODUCTION') end);
create function access.require_told_in_time() returns trigger language plpgsql as $$
declare
    announced uuid;
    good boolean;
begin
    if new.event = 'PUBLISH' then
        -- What it announces, and for which day, is looked at where the event is applied.
        select e.announcement_id into announced from access.service_version_event e where e.version_id = new.version_id and e.event = 'ANNOUNCE';
        good := access.announcement_told_in_time(announced, new.at);
    else
        announced := new.announcement_id;
        perform access.lock_announcement(announced) where announced is not null;
        good := access.announcement_told_in_time(announced, new.at) and exists (
            select from access.service_version v join access.announcement_service s on s.service_code = v.service_code
              join access.announcement a on a.id = s.announcement_id
             where v.id = new.version_id and a.id = announced and a.kind = 'CHANGE' and a.contour = v.contour and coalesce(a.new_version, v.version) = v.version
               and a.published_at > v.published_from and a.starts_at <= new.at
               and not exists (select from access.announcement_end e where e.announcement_id = a.id)
               and not exists (select from access.service_version_event e where e.announcement_id = a.id and e.version_id <> new.version_id));
    end if;
    if good is not true then
        raise exception 'not told in time' using errcode = 'check_violation', constraint = 'service_version_announced_in_time';
    end if;
    return null;
end $$;
create trigger told_in_time after insert on access.service_version_event for each row when (new.event in ('PUBLISH', 'RETIRE') and new.contour::text = 'PRODUCTION')
    execute function access.require_told_in_time();

create or replace function access.require_announced_version() returns trigger language plpgsql as $$
begin
    if not exists (select from access.announcement a join access.announcement_service s on s.announcement_id = a.id
                    where a.kind = 'CHANGE' and a.contour = 'PRODUCTION' and a.new_version = new.version and s.service_code = new.code and a.starts_at <= clock_timestamp()
                      and not exists (select from access.announcement_end e where e.announcement_id = a.id) and access.announcement_told_in_time(a.id, clock_timestamp())) then
        raise exception 'version % of % was not announced and told in time, or its day has not come', new.version, new.code
            using errcode = 'check_violation', constraint = 'service_version_announced';
    end if;
    return new;
end $$;

-- Who hears of work on a contour and of what happens to a connection (ACC-81, 001 App. 1): the contacts of the newest granted request under the procedure in the contour that
-- names some; the participant's own where no request does, as of those who are connected by an agreement from before.
create function access.operational_contacts(of_participant uuid, in_contour text, under_procedure text) returns text[] language sql stable as $$
    select coalesce(
        (select array_agg(t.email order by t.position) from access.request_contact t where t.request_id = (
                select r.id from access.request r
                 where r.participant_id = of_participant and r.contour::text = in_contour and r.procedure_code = under_procedure and r.kind in ('CONNECT', 'CHANGE') and r.state = 'GRANTED'
                   and exists (select from access.request_contact x where x.request_id = r.id)
                 order by r.since desc, r.number desc limit 1)),
        array(select email from participants.contact k where k.participant_id = of_participant order by email limit 20))
$$;

-- Where notices under the agreement go, and on which basis its connection is suspended (§6): named in each version, but in an agreement from before the order. Versions that were
-- signed before these columns were there have none.
alter table access.agreement_version add notice_email text, add suspension_basis text,
    add constraint agreement_version_notice_check check (notice_email ~ '^[^[:space:]@]+@[^[:space:]@]+$' and length(notice_email) <= 254 and length(suspension_basis) between 1 and 1000);
create function access.require_agreed_notices() returns trigger language plpgsql as $$
begin
    perform from access.agreement a join access.agreement_version v on v.agreement_id = a.id and v.version = new.version
      where a.id = new.agreement_id and not a.legacy and (v.notice_email is null or v.suspension_basis is null);
    if found then
        raise exception 'the agreement names no address for notices, or no basis for a suspension' using errcode = 'check_violation', constraint = 'agreement_notices';
    end if;
    return null;
end $$;
create trigger names_notices after insert on access.agreement_event for each row when (new.version is not null) execute function access.require_agreed_notices();

-- The decision on PRODUCTION may be counted from the signed agreement instead of the receipt (§6); nothing is owed before there is one.
alter table access.procedure_deadline add from_agreement boolean not null default false,
    add constraint procedure_deadline_agreement_check check (not from_agreement or rule = 'DECIDE_PRODUCTION');
-- What version 1 meant from its first day, and could not say. What is owed already keeps its day (ACC-21).
alter table access.procedure_deadline disable trigger published;
update access.procedure_deadline set from_agreement = true where (procedure_code, version, rule) = ('KG-147', 1, 'DECIDE_PRODUCTION');
alter table access.procedure_deadline enable trigger published;
