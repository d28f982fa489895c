-- What holds at a moment, whether or not the clock that writes it down has come to it.

-- As before (V033), said instead of demanded: whether what was announced by an event of a connection was told so many full working days before the moment.
create function access.announced_in_time(of_connection uuid, announcement integer, moment timestamptz) returns boolean language sql stable as $$
    select coalesce((
        select access.clear_days(k.code, (access.told_at(of_connection, announcement) at time zone k.zone)::date, (moment at time zone k.zone)::date) >= d.working_days
          from access.connection_event e
          join access.connection c on c.id = e.connection_id
          join access.procedure p on p.code = c.procedure_code
          join calendar.calendar k on k.code = p.calendar_code
          join access.procedure_version v on v.procedure_code = p.code and (e.at at time zone k.zone)::date between v.valid_from and coalesce(v.valid_to, 'infinity')
          join access.procedure_deadline d on (d.procedure_code, d.version, d.rule, d.direction) = (v.procedure_code, v.version, e.event, 'BEFORE')
         where e.connection_id = of_connection and e.number = announcement), false)
$$;
create or replace function access.require_announced_in_time(of_connection uuid, announcement integer, moment timestamptz) returns void language plpgsql as $$
begin
    if not access.announced_in_time(of_connection, announcement, moment) then
        raise exception 'not announced in time' using errcode = 'check_violation', constraint = 'announced_in_time';
    end if;
end $$;

-- The state in which a connection judges calls (ACC-57, ACC-T23, ACC-T31, ACC-T32; CON-42): the one that the clock would give it at the moment, so that a late clock discloses
-- nothing. It writes nothing, and never lets pass what the stored state stops. A day that moves, as nobody was told of it in time, stops nothing; the agreement's end stops unless
-- another agreement is in force, as a renewal may be.
create function access.connection_state_at(of_connection uuid, moment timestamptz) returns text language plpgsql stable as $$
declare
    it access.connection;
    announcement integer;
    today date;
begin
    select * into strict it from access.connection where id = of_connection;
    if it.announced_for <= moment then
        select max(number) into announcement from access.connection_event where connection_id = it.id and event in ('ANNOUNCE_SUSPENSION', 'ANNOUNCE_TERMINATION');
        if access.announced_in_time(it.id, announcement, moment) then
            return (select to_state from access.connection_transition
                     where from_state = it.state and event = case it.state when 'SUSPENSION_ANNOUNCED' then 'SUSPENSION_DUE' else 'TERMINATION_DUE' end);
        end if;
    end if;
    if it.contour = 'PRODUCTION' and it.state <> 'DISCONNECTED' then
        select (moment at time zone k.zone)::date into strict today
          from access.procedure p join calendar.calendar k on k.code = p.calendar_code where p.code = it.procedure_code;
        if (select bool_or(a.last_day < today) and not bool_or(today between a.first_day and coalesce(a.last_day, 'infinity'))
              from access.agreement a
             where a.participant_id = it.participant_id and a.procedure_code = it.procedure_code and a.state in ('IN_FORCE', 'TERMINATION_ANNOUNCED')) then
            return coalesce((select to_state from access.connection_transition where from_state = it.state and event = 'AGREEMENT_EXPIRED'), it.state);
        end if;
    end if;
    return it.state;
end $$;

-- The largest budget of calls that a token may have which lists the service (CON-61); a token without a budget is over it. Null means no ceiling, as with the others; in force from the
-- rule's day for tokens that are issued then, and for no older ones.
alter table access.service_rule add calls_per_token integer,
    add constraint service_rule_calls_per_token_check check (calls_per_token > 0);

-- Disclosures that never left, as the messages of the call could not be kept (CON-64, CON-110): the row of consent.usage stands as it was written, and this one corrects it. Added once,
-- with what the call had cost the consent given back; never changed. An answer is kept or not sent, never both, whichever node comes first.
create table consent.usage_not_sent (
    occurrence  uuid           not null,
    contour     kernel.contour not null,
    at          timestamptz    not null,
    constraint usage_not_sent_pk primary key (occurrence),
    constraint usage_not_sent_usage_fk foreign key (occurrence, contour) references consent.usage (occurrence, contour)
);
create trigger append_only before update or delete or truncate on consent.usage_not_sent for each statement execute function access.refuse_change();
grant select, insert on consent.usage_not_sent to "${application_role}";
create function exchange.require_kept_or_not_sent() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtextextended(new.occurrence::text, 54));
    if tg_table_name = 'message' and exists (select from consent.usage_not_sent where occurrence = new.occurrence)
            or tg_table_name = 'usage_not_sent' and (exists (select from exchange.message where occurrence = new.occurrence)
                or not exists (select from consent.usage where occurrence = new.occurrence and outcome = 'DISCLOSED')) then
        raise exception 'an answer is kept or not sent' using errcode = 'check_violation', constraint = 'kept_or_not_sent';
    end if;
    return new;
end $$;
create trigger kept_or_not_sent before insert on exchange.message for each row execute function exchange.require_kept_or_not_sent();
create trigger kept_or_not_sent before insert on consent.usage_not_sent for each row execute function exchange.require_kept_or_not_sent();
