-- Lists of loans (LOAN-100 to LOAN-104, LOAN-135 to LOAN-137): a listing is read as of its first page, whatever is written meanwhile, and every list, ranking and aggregate of a million loans has an index
-- (docs/operating/loan-plans.md).

-- Whether a snapshot saw it: moments cannot tell, as what began before a listing may be committed after it. A restored database goes on with smaller numbers; whoever compares also asks the moment.
alter table loans.loan_version add column written_by xid8 not null default pg_current_xact_id();
alter table loans.duplicate_review add column written_by xid8 not null default pg_current_xact_id();
create index loan_version_written_index on loans.loan_version (written_by);

-- A bank's own, which are few enough to be sorted by anything else.
create index loan_of_bank_index on loans.loan (contour, bank_id, applied_at, id);
-- A programme's, by what its regulator sorts and looks for. Texts by code point: the same order on every machine.
create index loan_applied_index on loans.loan (contour, programme, applied_at, id);
create index loan_changed_index on loans.loan (contour, programme, changed_at, id);
create index loan_inn_index on loans.loan (contour, programme, inn collate "C", id);
create index loan_okved_index on loans.loan (contour, programme, okved collate "C", id);
create index loan_requested_index on loans.loan (contour, programme, requested, id);
create index loan_contract_date_index on loans.loan (contour, programme, contract_date, id);
create index loan_contract_sum_index on loans.loan (contour, programme, contract_sum, id);
-- What is flagged is rare (LOAN-137).
create index loan_over_maximum_index on loans.loan (contour, programme, id) where over_maximum;
create index loan_outside_stage_index on loans.loan (contour, programme, id) where outside_stage;
create index loan_headcount_differs_index on loans.loan (contour, programme, id) where headcount_differs;

-- A name's words, without regard to case, Ё and punctuation. No stemming: half of the words are names, and a search takes the beginnings of words.
create function loans.words_of(name text) returns tsvector language sql immutable parallel safe as $$
    select to_tsvector('simple', translate(name, E'Ёё«»"''`„“”–—-.,;:()/\\&№+*@#_<>=!?|%$~^[]{}', 'Ее' || repeat(' ', 60)))
$$;
create index loan_name_index on loans.loan using gin (loans.words_of(borrower_name));

-- All that rankings and aggregates add up, so that they read this and not the table.
create index loan_sums_index on loans.loan (contour, programme, bank_id)
    include (inn, stage, status, region, okved, applied_at, contract_date, contract_sum, issued, last_balance, over_maximum, outside_stage, headcount_differs, verdict, id) where status <> 'WITHDRAWN';
