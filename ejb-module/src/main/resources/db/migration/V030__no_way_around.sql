-- A row's state is always the end of a path of events: also a new row has the event that its state and number come from. Whoever inserts one in a later state has no such event.
alter table access.connection add constraint connection_newest_event_fk foreign key (id, events)
    references access.connection_event (connection_id, number) deferrable initially deferred;
alter table access.request add constraint request_newest_event_fk foreign key (id, events)
    references access.request_event (request_id, number) deferrable initially deferred;
alter table access.agreement add constraint agreement_newest_event_fk foreign key (id, events)
    references access.agreement_event (agreement_id, number) deferrable initially deferred;
alter table access.incident add constraint incident_newest_event_fk foreign key (id, events)
    references access.incident_event (incident_id, number) deferrable initially deferred;
alter table access.exemption add constraint exemption_newest_event_fk foreign key (id, events)
    references access.exemption_event (exemption_id, number) deferrable initially deferred;
alter table access.signal add constraint signal_newest_event_fk foreign key (id, events)
    references access.signal_event (signal_id, number) deferrable initially deferred;

-- A trigger on a table of one's own would pass for one of ours. Whoever owns the database takes the right to make temporary tables from everybody; elsewhere its owner has to.
do $$
begin
    if (select pg_get_userbyid(datdba) = current_user from pg_database where datname = current_database()) then
        execute format('revoke temporary on database %I from public', current_database());
    else
        raise warning 'run as the owner of the database: revoke temporary on database % from public', current_database();
    end if;
end $$;

-- What runs with the owner's rights is nobody's to call but by the triggers it stands in, or where a migration grants it.
do $$
declare
    definer regprocedure;
begin
    for definer in
        select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace
         where p.prosecdef and n.nspname in ('kernel', 'registers', 'participants', 'accounts', 'access', 'consent', 'exchange', 'ledger', 'calendar', 'documents', 'notices')
    loop
        execute format('revoke execute on function %s from public', definer);
    end loop;
end $$;
