-- What an import of a hundred thousand loans writes: an index on the id alone stood beside the one on id and contour that every reference goes by, and told nothing more.
do $$
declare
    of_table text;
    name text;
    referring text[];
    statement text;
begin
    foreach of_table in array array['loan', 'eligibility_check', 'sheet'] loop
        name := 'loans.' || of_table;
        select array_agg(format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) order by oid) into referring
          from pg_constraint where contype = 'f' and confrelid = name::regclass;
        execute format('alter table %s drop constraint %I cascade, drop constraint %I', name, of_table || '_contour_unique', of_table || '_pk');
        execute format('alter table %s add constraint %I primary key (id, contour)', name, of_table || '_pk');
        foreach statement in array referring loop
            execute statement;
        end loop;
    end loop;
end $$;

-- The part of a key that a loan counts for, without a question for each loan.
create or replace function loans.count_new() returns trigger language plpgsql as $$
begin
    insert into loans.applicant as a (contour, programme, inn, part, policy, active)
    select n.contour, n.programme, n.inn, case when p.stages_apart then n.stage else 0 end, p.duplicate_policy, count(*)
      from changed n join loans.programme p on p.code = n.programme
     where n.status in ('FORMED', 'APPROVED')
     group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4
    on conflict (contour, programme, inn, part) do update set active = a.active + excluded.active;
    return null;
end $$;
