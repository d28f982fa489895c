-- The register of loans (LOAN-30 to LOAN-46, LOAN-110, LOAN-111). A loan is changed in place, one version after another; the database writes each version down beside it, so that no change
-- misses in the history whoever makes it and however many at once. What a status allows, what a contract locks and what a duplicate is, is upheld here.
create table loans.loan (
    id                  uuid           not null,
    contour             kernel.contour not null,
    version             integer        not null,
    bank_id             uuid           not null,
    programme           text           not null,
    -- 0 where the programme has none.
    stage               smallint       not null,
    borrower_kind       text           not null,
    inn                 text           not null,
    application_number  text           not null,
    applied_at          timestamptz    not null,
    -- Sums in kopecks.
    requested           bigint         not null,
    status              text           not null,
    status_at           timestamptz    not null,
    approved            bigint,
    decided_on          date,
    rejection_code      text,
    contract_number     text,
    contract_date       date,
    contract_sum        bigint,
    -- Per cent a year.
    rate                numeric(7, 4),
    term_months         integer,
    end_date            date,
    contract_headcount  integer,
    -- [{"on": "2021-12-01", "sum": 100}], by day; [{"month": "2021-12", "sum": 100}], by month.
    issues              jsonb          not null default '[]',
    balances            jsonb          not null default '[]',
    issued              bigint         not null default 0,
    last_balance        bigint,
    -- As the registers had it when it was last checked.
    borrower_name       text,
    region              text,
    okved               text,
    borrower            jsonb,
    verdict             text           not null,
    check_id            uuid           not null,
    rule_set_version    integer        not null,
    sheet_id            uuid,
    headcount           integer,
    maximum             bigint,
    over_maximum        boolean        not null generated always as (coalesce(contract_sum > maximum, false)) stored,
    headcount_differs   boolean        not null generated always as (coalesce(contract_headcount <> headcount, false)) stored,
    outside_stage       boolean        not null,
    -- What PRODUCTION would refuse, or what the bank should look at: [{"code": …, "field": …}].
    warnings            jsonb          not null default '[]',
    replaces            uuid,
    created_at          timestamptz    not null,
    -- Of the last change.
    events              text[]         not null,
    changed_at          timestamptz    not null,
    actor               uuid,
    actor_role          text           not null,
    source              text           not null,
    -- The last import that changed it, and the row.
    import_id           uuid,
    import_row          integer,
    reason              text,
    constraint loan_pk primary key (id),
    constraint loan_contour_unique unique (id, contour),
    constraint loan_bank_fk foreign key (bank_id, contour) references access.participation (participant_id, contour),
    constraint loan_programme_fk foreign key (programme) references loans.programme (code),
    constraint loan_replaces_fk foreign key (replaces, contour) references loans.loan (id, contour),
    constraint loan_kind_check check (borrower_kind in ('LEGAL_ENTITY', 'SOLE_PROPRIETOR')),
    constraint loan_inn_check check (inn ~ case borrower_kind when 'LEGAL_ENTITY' then '^[0-9]{10}$' else '^[0-9]{12}$' end and inn !~ '^0+$'),
    constraint loan_number_check check (length(application_number) between 1 and 64 and application_number !~ '[[:cntrl:]]'),
    constraint loan_status_check check (status in ('FORMED', 'APPROVED', 'REJECTED', 'WITHDRAWN')),
    constraint loan_stage_check check (stage between 0 and 9),
    constraint loan_sums_check check (requested between 1 and 999999999999999 and approved between 1 and 999999999999999 and contract_sum between 1 and 999999999999999 and issued >= 0),
    constraint loan_decision_check check (status not in ('APPROVED', 'REJECTED') or decided_on is not null),
    constraint loan_approved_check check (status <> 'APPROVED' or approved is not null),
    constraint loan_rejected_check check ((status = 'REJECTED') <= (rejection_code is not null)),
    -- A contract is all of it or nothing.
    constraint loan_contract_check check (num_nulls(contract_number, contract_date, contract_sum, rate) in (0, 4) and (contract_date is null or term_months is not null or end_date is not null)),
    constraint loan_contract_number_check check (length(contract_number) between 1 and 64 and contract_number !~ '[[:cntrl:]]'),
    constraint loan_contract_status_check check (contract_date is null or status in ('APPROVED', 'WITHDRAWN')),
    constraint loan_rate_check check (rate between 0 and 100),
    constraint loan_term_check check (term_months between 1 and 600 and end_date > contract_date),
    constraint loan_headcount_check check (contract_headcount between 0 and 10000000),
    constraint loan_issued_check check (issued <= coalesce(contract_sum, 0) and jsonb_typeof(issues) = 'array' and jsonb_typeof(balances) = 'array'),
    constraint loan_verdict_check check (verdict in ('MEETS', 'DOES_NOT_MEET', 'NOT_ESTABLISHED')),
    constraint loan_source_check check (source in ('API', 'IMPORT', 'XROAD', 'SYSTEM') and (source <> 'IMPORT' or import_id is not null) and (import_id is null) = (import_row is null)),
    constraint loan_reason_check check (length(reason) between 1 and 1000),
    constraint loan_events_check check (cardinality(events) between 1 and 8),
    constraint loan_version_check check (version >= 1)
);
-- A bank's own number, once; a withdrawn application may be entered anew under it (LOAN-F14, LOAN-38).
create unique index loan_number_unique on loans.loan (contour, bank_id, programme, application_number) where status <> 'WITHDRAWN';
create index loan_applicant_index on loans.loan (contour, inn, programme) where status in ('FORMED', 'APPROVED');
create index loan_replaces_index on loans.loan (replaces) where replaces is not null;
create index loan_import_index on loans.loan (import_id, import_row) where import_id is not null;

create table loans.loan_version (
    loan_id  uuid           not null,
    version  integer        not null,
    contour  kernel.contour not null,
    at       timestamptz    not null,
    -- The whole row of loans.loan at this version.
    card     jsonb          not null,
    constraint loan_version_pk primary key (loan_id, version),
    constraint loan_version_loan_fk foreign key (loan_id, contour) references loans.loan (id, contour)
);
create trigger append_only before update or delete or truncate on loans.loan_version for each statement execute function access.refuse_change();
create trigger never_deleted before delete or truncate on loans.loan for each statement execute function access.refuse_change();

-- How many FORMED and APPROVED loans of a borrower a programme has, over all banks (LOAN-40). Who enters or changes one holds its row, so that BLOCK holds whatever happens at the same instant
-- (LOAN-43), and a changed policy is refused where it is broken already.
create table loans.applicant (
    contour    kernel.contour not null,
    programme  text           not null,
    inn        text           not null,
    -- The stage where stages are keys apart, else 0 (LOAN-42).
    part       smallint       not null,
    policy     text           not null,
    active     integer        not null default 0,
    constraint applicant_pk primary key (contour, programme, inn, part),
    constraint applicant_policy_fk foreign key (programme, policy) references loans.programme (code, duplicate_policy) on update cascade,
    constraint applicant_active_check check (active >= 0),
    constraint applicant_blocked check (policy <> 'BLOCK' or active <= 1)
);
create index applicant_twins_index on loans.applicant (contour, programme, inn) where active > 1;

-- What an official of the regulator found of two loans with one key (LOAN-45): OPEN until then.
create table loans.duplicate_review (
    id          uuid           not null,
    contour     kernel.contour not null,
    -- The smaller id first: a pair is one pair.
    first_id    uuid           not null,
    second_id   uuid           not null,
    number      integer        not null,
    outcome     text           not null,
    reason      text           not null,
    at          timestamptz    not null,
    actor       uuid           not null,
    actor_role  text           not null,
    constraint duplicate_review_pk primary key (first_id, second_id, number),
    constraint duplicate_review_id_unique unique (id),
    constraint duplicate_review_first_fk foreign key (first_id, contour) references loans.loan (id, contour),
    constraint duplicate_review_second_fk foreign key (second_id, contour) references loans.loan (id, contour),
    constraint duplicate_review_pair_check check (first_id < second_id),
    constraint duplicate_review_outcome_check check (outcome in ('CONFIRMED', 'DIFFERENT_LOAN')),
    constraint duplicate_review_reason_check check (length(reason) between 1 and 1000)
);
create index duplicate_review_second_index on loans.duplicate_review (second_id);
create trigger append_only before update or delete or truncate on loans.duplicate_review for each statement execute function access.refuse_change();

-- The part of the duplicate key that a programme's loans have.
create function loans.part_of(programme_code text, of_stage smallint) returns smallint language sql stable as $$
    select case when p.stages_apart then of_stage else 0::smallint end from loans.programme p where p.code = programme_code
$$;

-- One version after another; what a status and a contract allow (LOAN-35, LOAN-36, LOAN-75).
create function loans.require_allowed_change() returns trigger language plpgsql as $$
begin
    if new.version <> old.version + 1 or new.contour <> old.contour or new.bank_id <> old.bank_id or new.created_at <> old.created_at or new.id <> old.id
            or new.replaces is distinct from old.replaces then
        raise exception 'a loan changes by its next version' using errcode = 'check_violation', constraint = 'loan_next_version';
    end if;
    if old.status = 'WITHDRAWN' or new.status <> old.status and not (old.status = 'FORMED' or new.status = 'WITHDRAWN') then
        raise exception 'no status goes back' using errcode = 'check_violation', constraint = 'loan_transition';
    end if;
    if old.contract_date is not null and (new.contract_date is null or new.inn <> old.inn or new.borrower_kind <> old.borrower_kind or new.programme <> old.programme or new.stage <> old.stage
            or new.applied_at <> old.applied_at or new.sheet_id is distinct from old.sheet_id or new.contract_headcount is distinct from old.contract_headcount
            or new.maximum is distinct from old.maximum) then
        raise exception 'fixed with the contract' using errcode = 'check_violation', constraint = 'loan_locked';
    end if;
    if old.contract_date is not null and new.status = 'WITHDRAWN' and old.issued > 0 then
        raise exception 'what was issued is not withdrawn' using errcode = 'check_violation', constraint = 'loan_issued_stays';
    end if;
    return new;
end $$;
create trigger allowed before update on loans.loan for each row execute function loans.require_allowed_change();

create function loans.write_version() returns trigger language plpgsql as $$
begin
    insert into loans.loan_version (loan_id, version, contour, at, card) select n.id, n.version, n.contour, n.changed_at, to_jsonb(n) from changed n;
    return null;
end $$;
create trigger version_of_new after insert on loans.loan referencing new table as changed for each statement execute function loans.write_version();
create trigger version_of_changed after update on loans.loan referencing new table as changed for each statement execute function loans.write_version();

-- Keys in one order, so that two that change many wait for each other and never for themselves; fewer first, so that a number that becomes free and is taken again in one statement is no duplicate.
create function loans.count_new() returns trigger language plpgsql as $$
begin
    insert into loans.applicant as a (contour, programme, inn, part, policy, active)
    select n.contour, n.programme, n.inn, loans.part_of(n.programme, n.stage), p.duplicate_policy, count(*)
      from changed n join loans.programme p on p.code = n.programme
     where n.status in ('FORMED', 'APPROVED')
     group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4
    on conflict (contour, programme, inn, part) do update set active = a.active + excluded.active;
    return null;
end $$;
create trigger counted_new after insert on loans.loan referencing new table as changed for each statement execute function loans.count_new();

create function loans.count_changed() returns trigger language plpgsql as $$
begin
    update loans.applicant a set active = a.active + d.delta
      from (select contour, programme, inn, part, sum(delta) delta
              from (select contour, programme, inn, loans.part_of(programme, stage) part, -1 delta from before where status in ('FORMED', 'APPROVED')
                    union all select contour, programme, inn, loans.part_of(programme, stage), 1 from changed where status in ('FORMED', 'APPROVED')) one
             group by 1, 2, 3, 4 having sum(delta) < 0) d
     where (a.contour, a.programme, a.inn, a.part) = (d.contour, d.programme, d.inn, d.part);
    insert into loans.applicant as a (contour, programme, inn, part, policy, active)
    select d.contour, d.programme, d.inn, d.part, p.duplicate_policy, d.delta
      from (select contour, programme, inn, part, sum(delta) delta
              from (select contour, programme, inn, loans.part_of(programme, stage) part, -1 delta from before where status in ('FORMED', 'APPROVED')
                    union all select contour, programme, inn, loans.part_of(programme, stage), 1 from changed where status in ('FORMED', 'APPROVED')) one
             group by 1, 2, 3, 4 having sum(delta) > 0) d
      join loans.programme p on p.code = d.programme
     order by 1, 2, 3, 4
    on conflict (contour, programme, inn, part) do update set active = a.active + excluded.active;
    return null;
end $$;
create trigger counted_changed after update on loans.loan referencing old table as before new table as changed for each statement execute function loans.count_changed();

-- The answer that a bank's key was given (LOAN-32).
create table loans.answered (
    contour      kernel.contour not null,
    bank_id      uuid           not null,
    key          text           not null,
    body_sha256  bytea          not null,
    loan_id      uuid           not null,
    at           timestamptz    not null,
    constraint answered_pk primary key (contour, bank_id, key),
    constraint answered_key_check check (key ~ '^[\x21-\x7e]{1,64}$'),
    constraint answered_loan_fk foreign key (loan_id, contour) references loans.loan (id, contour)
);
create trigger append_only before update or delete or truncate on loans.answered for each statement execute function access.refuse_change();

-- An ENTERED_IN_ERROR that the regulator has not confirmed yet (LOAN-T09).
create table loans.error_report (
    loan_id     uuid           not null,
    contour     kernel.contour not null,
    version     integer        not null,
    reason      text           not null,
    at          timestamptz    not null,
    actor       uuid           not null,
    actor_role  text           not null,
    constraint error_report_pk primary key (loan_id, version),
    constraint error_report_loan_fk foreign key (loan_id, contour) references loans.loan (id, contour),
    constraint error_report_reason_check check (length(reason) between 1 and 1000)
);
create trigger append_only before update or delete or truncate on loans.error_report for each statement execute function access.refuse_change();

-- Whether a bank wants its decisions and contracts confirmed by its controller; the newest row counts.
create table loans.four_eyes (
    contour     kernel.contour not null,
    bank_id     uuid           not null,
    number      integer        not null,
    wanted      boolean        not null,
    reason      text           not null,
    at          timestamptz    not null,
    actor       uuid           not null,
    actor_role  text           not null,
    constraint four_eyes_pk primary key (contour, bank_id, number),
    constraint four_eyes_bank_fk foreign key (bank_id, contour) references access.participation (participant_id, contour),
    constraint four_eyes_reason_check check (length(reason) between 1 and 1000)
);
create trigger append_only before update or delete or truncate on loans.four_eyes for each statement execute function access.refuse_change();

-- What one of a bank's people wants, and another one confirms: decided once, by somebody else.
create table loans.proposal (
    id           uuid           not null,
    contour      kernel.contour not null,
    bank_id      uuid           not null,
    -- Null: a new loan.
    loan_id      uuid,
    version      integer,
    event        text           not null,
    -- By the fields' names in JSON, as columns take them.
    stated       jsonb          not null,
    reason       text,
    -- Of a new loan: the bank's, as in loans.answered.
    key          text,
    body_sha256  bytea,
    proposed_at  timestamptz    not null,
    proposed_by  uuid           not null,
    proposer_role text          not null,
    outcome      text,
    decided_at   timestamptz,
    decided_by   uuid,
    remark       text,
    constraint proposal_pk primary key (id),
    constraint proposal_bank_fk foreign key (bank_id, contour) references access.participation (participant_id, contour),
    constraint proposal_loan_fk foreign key (loan_id, contour) references loans.loan (id, contour),
    constraint proposal_event_check check (event in ('ENTER', 'APPROVE', 'REJECT', 'CONTRACT') and (loan_id is null) = (event = 'ENTER') and (loan_id is null) = (version is null)),
    constraint proposal_key_check check (key ~ '^[\x21-\x7e]{1,64}$' and (key is null) = (body_sha256 is null) and (key is null or event = 'ENTER')),
    constraint proposal_outcome_check check (outcome in ('CONFIRMED', 'REJECTED') and num_nulls(outcome, decided_at, decided_by) in (0, 3)),
    constraint proposal_four_eyes_check check (decided_by <> proposed_by),
    constraint proposal_texts_check check (length(reason) between 1 and 1000 and length(remark) between 1 and 1000 and jsonb_typeof(stated) = 'object')
);
create unique index proposal_key_unique on loans.proposal (contour, bank_id, key);
create unique index proposal_open_unique on loans.proposal (loan_id) where outcome is null;
create index proposal_bank_index on loans.proposal (bank_id, contour, proposed_at) where outcome is null;
create function loans.require_decided_once() returns trigger language plpgsql as $$
begin
    if old.outcome is not null or new.outcome is null
            or to_jsonb(new) - array['outcome', 'decided_at', 'decided_by', 'remark'] <> to_jsonb(old) - array['outcome', 'decided_at', 'decided_by', 'remark'] then
        raise exception 'a proposal is decided once' using errcode = 'check_violation', constraint = 'proposal_decided_once';
    end if;
    return new;
end $$;
create trigger decided_once before update on loans.proposal for each row execute function loans.require_decided_once();
create trigger never_deleted before delete or truncate on loans.proposal for each statement execute function access.refuse_change();

alter table loans.loan add constraint loan_check_fk foreign key (check_id, contour) references loans.eligibility_check (id, contour);
alter table loans.loan add constraint loan_sheet_fk foreign key (sheet_id, contour) references loans.sheet (id, contour);

grant select on loans.loan_version to "${application_role}";
grant select, insert, update on loans.loan, loans.applicant to "${application_role}";
grant insert on loans.loan_version, loans.duplicate_review, loans.answered, loans.error_report to "${application_role}";
grant select on loans.duplicate_review, loans.answered, loans.error_report to "${application_role}";
grant select, insert on loans.four_eyes to "${application_role}";
grant select, insert, update on loans.proposal to "${application_role}";
