-- Where a state changes by its events and by nothing else, the trigger is always the same: access.X has id, state, since and events; access.X_event has X_id,
-- number, from_state, to_state and at. Connections and agreements keep triggers of their own, because their events carry more than a state.
create function access.apply_event() returns trigger language plpgsql as $$
declare
    changing text := tg_argv[0];
    changed  uuid := (to_jsonb(new) ->> (tg_argv[0] || '_id'))::uuid;
    rows     integer;
begin
    if new.from_state = 'NONE' then
        execute format('select from access.%I where id = $1 and state = $2 and events = $3 and since = $4', changing) using changed, new.to_state, new.number, new.at;
    else
        execute format('update access.%I set state = $2, since = $4, events = $3 where id = $1 and state = $5 and events = $3 - 1', changing)
          using changed, new.to_state, new.number, new.at, new.from_state;
    end if;
    get diagnostics rows = row_count;
    if rows = 0 then
        raise exception 'the % is no longer in state %', changing, new.from_state using errcode = 'serialization_failure';
    end if;
    return null;
end $$;

create or replace function access.refuse_change_without_event() returns trigger language plpgsql as $$
begin
    raise exception '% changes by its events', tg_table_name;
end $$;

do $$
declare
    name text;
begin
    foreach name in array array['request', 'incident'] loop
        execute format('drop trigger applied on access.%I', name || '_event');
        execute format('create trigger applied after insert on access.%I for each row execute function access.apply_event(%L)', name || '_event', name);
    end loop;
    foreach name in array array['request', 'incident', 'agreement'] loop
        execute format('drop trigger by_event_only on access.%I', name);
        execute format('create trigger by_event_only before update on access.%I for each row when (pg_trigger_depth() = 0) execute function access.refuse_change_without_event()', name);
    end loop;
end $$;
drop function access.apply_request_event, access.apply_incident_event, access.refuse_request_without_event, access.refuse_incident_without_event,
    access.refuse_agreement_without_event;
