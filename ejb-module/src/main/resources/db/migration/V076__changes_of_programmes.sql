-- What changes of a programme that is there: its policy on duplicates, its regulator, sector and entry point, and the last day of applications (LOAN-10, LOAN-41, LOAN-80). Proposed by one, approved by
-- the methodology's owner, who is another one, as rule sets are; then it holds at once. Decided once, never edited.
create table loans.programme_change (
    id                uuid        not null,
    programme         text        not null,
    -- Null: stays as it is.
    duplicate_policy  text,
    regulator_code    text,
    sector            text,
    entry_point       text,
    active_to         date,
    reason            text        not null,
    proposed_at       timestamptz not null,
    proposed_by       uuid        not null,
    proposer_role     text        not null,
    outcome           text,
    decided_at        timestamptz,
    decided_by        uuid,
    decider_role      text,
    remark            text,
    constraint programme_change_pk primary key (id),
    constraint programme_change_programme_fk foreign key (programme) references loans.programme (code),
    constraint programme_change_regulator_fk foreign key (regulator_code) references loans.regulator (code),
    constraint programme_change_something_check check (num_nonnulls(duplicate_policy, regulator_code, sector, entry_point, active_to) > 0),
    constraint programme_change_policy_check check (duplicate_policy in ('BLOCK', 'FLAG')),
    constraint programme_change_entry_point_check check (entry_point in ('BEFORE_DECISION', 'AFTER_CONTRACT', 'EITHER')),
    constraint programme_change_texts_check check (sector ~ '^[A-Z][A-Z0-9_]{0,31}$' and length(reason) between 1 and 1000 and length(remark) between 1 and 1000),
    constraint programme_change_outcome_check check (outcome in ('APPROVED', 'REJECTED') and num_nulls(outcome, decided_at, decided_by, decider_role) in (0, 4)),
    constraint programme_change_four_eyes_check check (outcome <> 'APPROVED' or decided_by <> proposed_by),
    constraint programme_change_approver_check check (decider_role = 'METHODOLOGY_OWNER')
);
create unique index programme_change_open_unique on loans.programme_change (programme) where outcome is null;
create index programme_change_programme_index on loans.programme_change (programme, proposed_at);
create trigger never_deleted before delete or truncate on loans.programme_change for each statement execute function access.refuse_change();
create function loans.require_changes_decision() returns trigger language plpgsql as $$
begin
    if old.outcome is not null or new.outcome is null
            or to_jsonb(new) - array['outcome', 'decided_at', 'decided_by', 'decider_role', 'remark'] <> to_jsonb(old) - array['outcome', 'decided_at', 'decided_by', 'decider_role', 'remark'] then
        raise exception 'a change of a programme is decided once, and not edited' using errcode = 'check_violation', constraint = 'programme_change_decided_once';
    end if;
    return new;
end $$;
create trigger decided_once before update on loans.programme_change for each row execute function loans.require_changes_decision();
grant select, insert on loans.programme_change to "${application_role}";
grant update (outcome, decided_at, decided_by, decider_role, remark) on loans.programme_change to "${application_role}";

-- The application changes a programme to what was approved, and to nothing else.
create function loans.require_approved_change() returns trigger language plpgsql as $$
begin
    if not pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'usage')
            and not exists (select from loans.programme_change c
                             where c.programme = old.code and c.outcome = 'APPROVED' and new.duplicate_policy = coalesce(c.duplicate_policy, old.duplicate_policy)
                               and new.regulator_code = coalesce(c.regulator_code, old.regulator_code) and new.sector = coalesce(c.sector, old.sector)
                               and new.entry_point = coalesce(c.entry_point, old.entry_point) and new.active_to is not distinct from coalesce(c.active_to, old.active_to)) then
        raise exception 'nobody has approved this' using errcode = 'check_violation', constraint = 'programme_change_approved';
    end if;
    return new;
end $$;
create trigger approved before update on loans.programme for each row execute function loans.require_approved_change();
grant update (regulator_code, sector, entry_point, active_to) on loans.programme to "${application_role}";

-- Late reports of all employers are read page by page, by acceptance (LOAN-71, LOAN-72).
create function registers.shown_by(accepted_on date, cutoff integer, day integer) returns date language sql immutable as $$
    select m.first + least(day, extract(day from m.first + interval '1 month - 1 day')::integer) - 1
      from (select (date_trunc('month', accepted_on::timestamp) + make_interval(months => (extract(day from accepted_on) > cutoff)::integer))::date as first) m
$$;
create index payroll_report_accepted_index on registers.payroll_report (contour, accepted_at, inn, year, quarter, correction);
drop index registers.payroll_accepted_index;
create index payroll_accepted_index on registers.payroll_accepted (contour, accepted_at, inn, year, quarter, correction);
