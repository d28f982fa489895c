-- Fewer indexes for lists of loans, and such as serve many of them (docs/decisions/0046, docs/operating/loan-plans.md). An index in an order of its own costs each loan that is entered some ten microseconds,
-- for it is written all over; one that has a bank's loans together costs three, however many columns stand in it. What a list sorts by is mostly sorted when it is asked, out of one of the latter.
drop index loans.loan_inn_index;
drop index loans.loan_okved_index;
drop index loans.loan_requested_index;
drop index loans.loan_contract_date_index;
drop index loans.loan_contract_sum_index;
drop index loans.loan_over_maximum_index;
drop index loans.loan_outside_stage_index;
drop index loans.loan_headcount_differs_index;

-- What rankings and aggregates add up, and what is counted before an export; withdrawn loans, too, so that lists find their columns here.
drop index loans.loan_sums_index;
create index loan_sums_index on loans.loan (contour, programme, bank_id)
    include (id, inn, stage, status, region, okved, applied_at, contract_date, contract_sum, issued, last_balance, over_maximum, outside_stage, headcount_differs, verdict, rule_set_version);
-- The other columns of lists; an index has at most 32.
create index loan_listed_index on loans.loan (contour, programme, bank_id)
    include (id, status, applied_at, application_number, borrower_kind, requested, approved, decided_on, rejection_code, contract_number, rate, term_months, end_date, contract_headcount, status_at, borrower_name,
        headcount, maximum, source, import_id, created_at, changed_at, version);
-- A borrower's, whatever became of them; and all borrowers one after another, to be ranked.
drop index loans.loan_applicant_index;
create index loan_applicant_index on loans.loan (contour, inn, programme) include (status, contract_date, contract_sum, issued, last_balance);

-- An index answers alone only for what was cleaned up: a fiftieth of the loans is waited for, not a fifth.
alter table loans.loan set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

-- It reads a table and nothing else: a statement in which it stands may run in several processes.
alter function loans.part_of(text, smallint) parallel safe;
