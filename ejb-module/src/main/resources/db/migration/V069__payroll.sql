-- Calculations of insurance contributions (RSV) and what maximum sums follow from them (LOAN-61 to LOAN-86). The owner loads reports, the application only reads them. A report is never changed: a
-- correction is another one. Of workers there are keyed hashes alone (LOAN-113), under a key that is of one report: the same person in two reports has nothing in common.

create table registers.payroll_report (
    id           uuid           not null,
    contour      kernel.contour not null,
    -- The employer's.
    inn          text           not null,
    year         smallint       not null,
    quarter      smallint       not null,
    correction   smallint       not null,
    filed_at     timestamptz    not null,
    accepted_at  timestamptz    not null,
    loaded_at    timestamptz    not null,
    -- The number of the secret that its workers are hashed with.
    secret       smallint       not null,
    constraint payroll_report_pk primary key (id),
    constraint payroll_report_contour_unique unique (id, contour),
    constraint payroll_report_unique unique (contour, inn, year, quarter, correction),
    constraint payroll_report_inn_check check (inn ~ '^([0-9]{10}|[0-9]{12})$' and inn !~ '^0+$'),
    -- The form exists since 2017.
    constraint payroll_report_period_check check (year between 2017 and 2099 and quarter between 1 and 4),
    constraint payroll_report_correction_check check (correction between 0 and 999),
    constraint payroll_report_times_check check (filed_at <= accepted_at and accepted_at <= loaded_at)
);

-- One record of section 3 for one month.
create table registers.payroll_worker (
    report_id     uuid                     not null,
    contour       kernel.contour           not null,
    month         registers.first_of_month not null,
    line          integer                  not null,
    -- Of name, SNILS and INN together.
    triple        bytea                    not null,
    snils         bytea,
    has_category  boolean                  not null,
    -- Under a civil-law contract.
    gpc           boolean                  not null,
    constraint payroll_worker_pk primary key (report_id, month, line),
    constraint payroll_worker_report_fk foreign key (report_id, contour) references registers.payroll_report (id, contour),
    constraint payroll_worker_hash_check check (octet_length(triple) = 32 and octet_length(snils) = 32)
);

-- What a month's records come to: counted once, when the report is whole, so that thousands of loans are calculated by one statement. A report without these rows is not whole and counts nowhere.
create table registers.payroll_month (
    report_id    uuid                     not null,
    contour      kernel.contour           not null,
    month        registers.first_of_month not null,
    rows         integer                  not null,
    -- Distinct (name, SNILS, INN).
    triples      integer                  not null,
    -- Distinct SNILS of records with a category, and the records that did not count.
    snils        integer                  not null,
    no_snils     integer                  not null,
    no_category  integer                  not null,
    -- SHA-256 of the records, sorted.
    digest       bytea                    not null,
    constraint payroll_month_pk primary key (report_id, month),
    constraint payroll_month_report_fk foreign key (report_id, contour) references registers.payroll_report (id, contour),
    constraint payroll_month_counts_check check (triples between 0 and rows and snils >= 0 and no_snils >= 0 and no_category >= 0 and snils + no_snils + no_category <= rows and octet_length(digest) = 32)
);

-- A record as it is hashed: all that counts of it.
create function registers.payroll_record(triple bytea, snils bytea, has_category boolean, gpc boolean) returns bytea language sql immutable as $$
    select triple || set_byte('\x00'::bytea, 0, (snils is not null)::integer * 4 + has_category::integer * 2 + gpc::integer) || coalesce(snils, ''::bytea)
$$;

-- The count itself, from the records.
create view registers.payroll_count as
select r.id report_id, r.contour, q.month::date as month, count(w.line)::integer as rows, count(distinct w.triple)::integer as triples,
       count(distinct w.snils) filter (where w.has_category)::integer as snils,
       count(w.line) filter (where w.snils is null)::integer as no_snils,
       count(w.line) filter (where w.snils is not null and not w.has_category)::integer as no_category,
       sha256(coalesce(string_agg(w.record, ''::bytea order by w.record), ''::bytea)) as digest
  from registers.payroll_report r
  cross join lateral generate_series(make_date(r.year, r.quarter * 3 - 2, 1)::timestamp, make_date(r.year, r.quarter * 3, 1), interval '1 month') q (month)
  left join lateral (
       select p.line, p.triple, p.snils, p.has_category, registers.payroll_record(p.triple, p.snils, p.has_category, p.gpc) record
         from registers.payroll_worker p where p.report_id = r.id and p.month = q.month::date) w on true
 group by r.id, r.contour, q.month;

create function registers.require_open_report() returns trigger language plpgsql as $$
begin
    if exists (select from added a join registers.payroll_report r on r.id = a.report_id join registers.payroll_month m on m.report_id = r.id) then
        raise exception 'a report that was counted has all its records' using errcode = 'check_violation', constraint = 'payroll_report_whole';
    end if;
    if exists (select from added a join registers.payroll_report r on r.id = a.report_id where extract(year from a.month) <> r.year or extract(quarter from a.month) <> r.quarter) then
        raise exception 'a month outside the quarter' using errcode = 'check_violation', constraint = 'payroll_worker_month';
    end if;
    return null;
end $$;
create trigger open_report after insert on registers.payroll_worker referencing new table as added for each statement execute function registers.require_open_report();
create trigger append_only before update or delete or truncate on registers.payroll_report for each statement execute function access.refuse_change();
create trigger append_only before update or delete or truncate on registers.payroll_worker for each statement execute function access.refuse_change();
create trigger append_only before update or delete or truncate on registers.payroll_month for each statement execute function access.refuse_change();

-- Reports that the authority accepted, told before they are loaded, so that one that does not come is missed (LOAN-70 to LOAN-72).
create table registers.payroll_accepted (
    contour      kernel.contour not null,
    inn          text           not null,
    year         smallint       not null,
    quarter      smallint       not null,
    correction   smallint       not null,
    filed_at     timestamptz    not null,
    accepted_at  timestamptz    not null,
    told_at      timestamptz    not null,
    constraint payroll_accepted_pk primary key (contour, inn, year, quarter, correction),
    constraint payroll_accepted_inn_check check (inn ~ '^([0-9]{10}|[0-9]{12})$' and inn !~ '^0+$'),
    constraint payroll_accepted_period_check check (year between 2017 and 2099 and quarter between 1 and 4),
    constraint payroll_accepted_correction_check check (correction between 0 and 999),
    constraint payroll_accepted_times_check check (filed_at <= accepted_at)
);
create index payroll_accepted_index on registers.payroll_accepted (contour, accepted_at);
create trigger append_only before update or delete or truncate on registers.payroll_accepted for each statement execute function access.refuse_change();

-- Insured persons as the pension fund was told; another number of a month is another row, the last one loaded counts.
create table registers.pfr_insured (
    id         uuid                     not null default gen_random_uuid(),
    contour    kernel.contour           not null,
    inn        text                     not null,
    month      registers.first_of_month not null,
    number     integer                  not null,
    loaded_at  timestamptz              not null,
    constraint pfr_insured_pk primary key (id),
    constraint pfr_insured_contour_unique unique (id, contour),
    constraint pfr_insured_unique unique (contour, inn, month, loaded_at),
    constraint pfr_insured_inn_check check (inn ~ '^([0-9]{10}|[0-9]{12})$' and inn !~ '^0+$'),
    constraint pfr_insured_number_check check (number between 0 and 10000000)
);
create trigger append_only before update or delete or truncate on registers.pfr_insured for each statement execute function access.refuse_change();

-- How a maximum came about (LOAN-85). The columns beside the JSON are what is looked for; they say the same as it. The loan may be stored after its sheet, in the same transaction.
create table loans.sheet (
    id          uuid                     not null,
    contour     kernel.contour           not null,
    loan_id     uuid                     not null,
    at          timestamptz              not null,
    inn         text                     not null,
    month       registers.first_of_month not null,
    metric      text                     not null,
    -- Canonical (RFC 8785).
    json        text                     not null,
    sha256      bytea                    not null,
    counted     integer,
    -- In kopecks.
    maximum     bigint,
    report_id   uuid,
    insured_id  uuid,
    constraint sheet_pk primary key (id),
    constraint sheet_contour_unique unique (id, contour),
    constraint sheet_report_fk foreign key (report_id, contour) references registers.payroll_report (id, contour),
    constraint sheet_insured_fk foreign key (insured_id, contour) references registers.pfr_insured (id, contour),
    constraint sheet_metric_check check (metric in ('TRIPLE_WITH_GPC', 'SNILS_WITH_CATEGORY', 'PFR_INSURED')),
    constraint sheet_sha256_check check (sha256 = sha256(convert_to(json, 'UTF8'))),
    constraint sheet_json_check check (length(json) between 2 and 20000),
    constraint sheet_source_check check (num_nonnulls(report_id, insured_id) = (counted is not null)::integer and (insured_id is null or metric = 'PFR_INSURED')
        and (report_id is null or metric <> 'PFR_INSURED')),
    constraint sheet_counted_check check (counted >= 0 and counted is not distinct from (json::jsonb ->> 'counted')::integer),
    constraint sheet_maximum_check check (maximum >= 0 and (maximum is null) = (counted is null) and maximum is not distinct from ((json::jsonb ->> 'result')::numeric * 100)::bigint)
);
create index sheet_loan_index on loans.sheet (contour, loan_id, at desc);
create trigger append_only before update or delete or truncate on loans.sheet for each statement execute function access.refuse_change();

-- Each night a sample of sheets is computed again from what they were computed from (LOAN-86).
create table loans.sheet_recomputation (
    id         uuid           not null,
    contour    kernel.contour not null,
    -- In Moscow.
    day        date           not null,
    at         timestamptz    not null,
    compared   integer        not null,
    differing  uuid[]         not null,
    constraint sheet_recomputation_pk primary key (id),
    constraint sheet_recomputation_unique unique (contour, day),
    constraint sheet_recomputation_counts_check check (compared >= 0 and cardinality(differing) <= compared)
);
create trigger append_only before update or delete or truncate on loans.sheet_recomputation for each statement execute function access.refuse_change();

grant select on registers.payroll_report, registers.payroll_worker, registers.payroll_month, registers.payroll_count, registers.payroll_accepted, registers.pfr_insured to "${application_role}";
grant select, insert on loans.sheet, loans.sheet_recomputation to "${application_role}";
