-- A connection ends for its participant's liquidation (ACC-T34) only where the participant is known to end, and by two officials (ACC-2): one proposes it, another
-- approves, as with forced disconnection and termination.
alter table access.proposal drop constraint proposal_event_check,
    add constraint proposal_event_check check (case when request_id is not null then event = 'GRANT' when agreement_id is not null then event = 'ADMIT'
        else event in ('FORCE_DISCONNECTION', 'ANNOUNCE_TERMINATION', 'LIQUIDATE') end);

create or replace function access.require_approved_measure() returns trigger language plpgsql as $$
begin
    if new.event in ('FORCE_DISCONNECTION', 'ANNOUNCE_TERMINATION', 'LIQUIDATE')
            and not exists (select from access.proposal where connection_id = new.connection_id and event = new.event and outcome = 'APPROVED' and decided_by = new.actor and xmin = pg_current_xact_id()::xid) then
        raise exception '% needs an approval', new.event using errcode = 'check_violation', constraint = 'four_eyes';
    end if;
    return null;
end $$;

-- Known by its own report (ACC-O11), or by the taxpayers' register of the contour, from the day on which it was struck off there. Reports are never taken back.
create function access.known_to_end(of_participant uuid, in_contour text, moment timestamptz) returns boolean language sql stable as $$
    select exists (select from access.participant_report r where r.participant_id = of_participant and r.contour = in_contour and r.kind in ('LIQUIDATION', 'REORGANISATION'))
        or exists (select from participants.participant p join registers.taxpayer t on t.inn = p.inn
                    where p.id = of_participant and t.contour = in_contour and t.ended_on <= (moment at time zone 'Asia/Bishkek')::date)
$$;

create function access.require_liquidation() returns trigger language plpgsql as $$
begin
    if not (select access.known_to_end(c.participant_id, c.contour, new.at) from access.connection c where c.id = new.connection_id) then
        raise exception 'nothing tells of a liquidation' using errcode = 'check_violation', constraint = 'ground_of_liquidation';
    end if;
    return null;
end $$;
create trigger ground_of_liquidation after insert on access.connection_event for each row when (new.event = 'LIQUIDATE') execute function access.require_liquidation();
