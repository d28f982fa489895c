-- A disconnection, or the end of the subsystem, leaves a disputed form as it is, so that it can be found out whether it was given; that its holder has ended meanwhile is kept here. Added
-- with the news, never changed: a settlement that it was given ends the form for that at once (CON-T28), and nothing brings it back.
create table consent.form_holder_ended (
    form_id  uuid           not null,
    contour  kernel.contour not null,
    at       timestamptz    not null,
    constraint form_holder_ended_pk primary key (form_id),
    constraint form_holder_ended_form_fk foreign key (form_id, contour) references consent.form_consent (id, contour)
);
insert into consent.form_holder_ended (form_id, contour, at)
select f.id, f.contour, max(e.at)
  from consent.form_consent f
  join lateral (
    select c.since at from consent.form_service l join access.service s on s.code = l.service_code
      join access.connection c on (c.participant_id, c.contour, c.procedure_code) = (f.participant_id, f.contour, s.procedure_code)
     where l.form_id = f.id and c.state = 'DISCONNECTED' and c.since >= f.received_at
    union all
    select r.since from access.request r join access.request_subsystem d on d.request_id = r.id join participants.subsystem s on (s.participant_id, s.code) = (d.participant_id, d.dropped_code)
     where s.id = f.subsystem_id and r.contour = f.contour and r.state = 'GRANTED' and r.since >= f.received_at) e on true
 where f.state = 'DISPUTED' group by f.id, f.contour;

create function consent.require_disputed() returns trigger language plpgsql as $$
begin
    if not exists (select from consent.form_consent where id = new.form_id and state = 'DISPUTED') then
        raise exception 'what is not disputed ends itself' using errcode = 'check_violation', constraint = 'form_holder_ended_disputed';
    end if;
    return new;
end $$;
create trigger disputed before insert on consent.form_holder_ended for each row execute function consent.require_disputed();
create trigger append_only before update or delete or truncate on consent.form_holder_ended for each statement execute function access.refuse_change();
create function consent.refuse_form_of_ended_holder() returns trigger language plpgsql as $$
begin
    if exists (select from consent.form_consent f join consent.form_holder_ended h on h.form_id = f.id where f.id = new.form_id and f.state = 'REGISTERED' and f.expires_at > new.at) then
        raise exception 'its holder has ended' using errcode = 'check_violation', constraint = 'form_holder_ended_for_good';
    end if;
    return null;
end $$;
-- When the settlement is committed, because the form ends in the same transaction.
create constraint trigger holder_ended after insert on consent.form_event deferrable initially deferred for each row when (new.event = 'SETTLE_AS_GIVEN')
    execute function consent.refuse_form_of_ended_holder();
grant select, insert on consent.form_holder_ended to "${application_role}";
