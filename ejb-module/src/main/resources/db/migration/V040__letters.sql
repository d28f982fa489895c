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
