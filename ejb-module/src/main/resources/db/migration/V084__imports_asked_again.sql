-- The same file sent again has its stored result (LOAN-95), which is what a sender wants who does not know whether it came. Whoever knows that registers, rights or limits are others by now says so, and has
-- it looked at anew: the former import stays as it was, and counts as the file's no longer. Once for each, by the one that follows it.
alter table loans.import add column repeated boolean not null default false,
    add constraint import_repeated_check check (not repeated or ended_at is not null);
drop index loans.import_purpose_unique;
create unique index import_purpose_unique on loans.import (contour, bank_id, file_id, mode, choice, coalesce(programme, '')) where state <> 'CANCELLED' and refusal is null and not repeated;

create or replace function loans.refuse_change_of_ended_import() returns trigger language plpgsql as $$
begin
    if new.repeated and not old.repeated and to_jsonb(new) - 'repeated' = to_jsonb(old) - 'repeated' then
        return new;
    end if;
    raise exception 'an import that has ended does not change' using errcode = 'check_violation', constraint = 'import_ended';
end $$;
