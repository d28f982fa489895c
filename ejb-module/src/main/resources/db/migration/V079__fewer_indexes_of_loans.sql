-- What an import of a hundred thousand loans writes: an index on the id alone stood beside the one on id and contour that every reference goes by, and told nothing more. What is left is the key: both are
-- never null. Nothing is built and nothing is read through.
alter table loans.loan drop constraint loan_pk;
alter table loans.loan replica identity using index loan_contour_unique;
alter table loans.eligibility_check drop constraint eligibility_check_pk;
alter table loans.eligibility_check replica identity using index eligibility_check_contour_unique;
alter table loans.sheet drop constraint sheet_pk;
alter table loans.sheet replica identity using index sheet_contour_unique;

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
