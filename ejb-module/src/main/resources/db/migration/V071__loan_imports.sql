-- Loans out of files (LOAN-90 to LOAN-96).
create table loans.import_limit (
    one                    boolean not null default true,
    megabytes_max          integer not null,
    unpacked_megabytes_max integer not null,
    entries_max            integer not null,
    rows_max               integer not null,
    columns_max            integer not null,
    characters_max         integer not null,
    chunk_rows             integer not null,
    unfinished_max         integer not null,
    days_kept              integer not null,
    constraint import_limit_pk primary key (one),
    constraint import_limit_one_check check (one),
    -- What a node was tried with.
    constraint import_limit_check check (megabytes_max between 1 and 50 and unpacked_megabytes_max between 1 and 500 and entries_max between 10 and 1000 and rows_max between 1 and 100000
        and columns_max between 16 and 100 and characters_max between 100 and 4000 and chunk_rows between 1 and 5000 and unfinished_max between 1 and 1000 and days_kept between 1 and 3650)
);
insert into loans.import_limit (megabytes_max, unpacked_megabytes_max, entries_max, rows_max, columns_max, characters_max, chunk_rows, unfinished_max, days_kept)
values (50, 500, 1000, 100000, 100, 4000, 1000, 20, 30);

-- What a bank sent, once. Its parts are removed some days after the last import of it has ended, and are there again where it is sent again.
create table loans.import_file (
    id          uuid           not null,
    contour     kernel.contour not null,
    bank_id     uuid           not null,
    sha256      bytea          not null,
    octets      integer        not null,
    format      text           not null,
    received_at timestamptz    not null,
    removed_at  timestamptz,
    constraint import_file_pk primary key (id),
    constraint import_file_bank_unique unique (id, contour, bank_id),
    constraint import_file_sha256_unique unique (contour, bank_id, sha256),
    constraint import_file_bank_fk foreign key (bank_id, contour) references access.participation (participant_id, contour),
    constraint import_file_sha256_check check (octet_length(sha256) = 32),
    constraint import_file_octets_check check (octets between 1 and 52428800),
    constraint import_file_format_check check (format in ('XLSX', 'CSV'))
);

create table loans.import_part (
    file_id uuid    not null,
    number  integer not null,
    octets  bytea   not null,
    constraint import_part_pk primary key (file_id, number),
    constraint import_part_file_fk foreign key (file_id) references loans.import_file (id),
    constraint import_part_length_check check (number >= 0 and octet_length(octets) between 1 and 262144)
);
-- Workbooks are packed already.
alter table loans.import_part alter column octets set storage external;

-- A file put to use in one way. A node that holds it under a lease reads the file and does chunk after chunk, each a transaction that also says here how far it has come.
create table loans.import (
    id              uuid           not null,
    contour         kernel.contour not null,
    bank_id         uuid           not null,
    file_id         uuid           not null,
    file_name       text           not null,
    mode            text           not null,
    choice          text           not null,
    -- Of all rows, where the file has no column for it.
    programme       text,
    unknown_columns text[]         not null,
    row_count       integer        not null,
    state           text           not null,
    -- Rows of the present pass that have their results.
    done            integer        not null default 0,
    created         integer        not null default 0,
    updated         integer        not null default 0,
    unchanged       integer        not null default 0,
    refused         integer        not null default 0,
    flagged         integer        not null default 0,
    received_at     timestamptz    not null,
    ended_at        timestamptz,
    actor           uuid,
    actor_role      text           not null,
    -- Where the bank wants four eyes.
    confirmed_at    timestamptz,
    confirmed_by    uuid,
    lease           uuid,
    leased_until    timestamptz,
    served_at       timestamptz    not null,
    constraint import_pk primary key (id),
    constraint import_contour_unique unique (id, contour),
    constraint import_file_fk foreign key (file_id, contour, bank_id) references loans.import_file (id, contour, bank_id),
    constraint import_name_check check (length(file_name) between 1 and 200 and file_name !~ '[[:cntrl:]]'),
    constraint import_mode_check check (mode in ('CHECK', 'APPLY')),
    constraint import_choice_check check (choice in ('GOOD_ROWS', 'ALL_OR_NOTHING')),
    constraint import_programme_check check (length(programme) between 1 and 64),
    constraint import_state_check check (state in ('PROPOSED', 'RECEIVED', 'CHECKING', 'APPLYING', 'DONE', 'REFUSED', 'CANCELLED')),
    constraint import_refused_check check (state <> 'REFUSED' or mode = 'APPLY' and choice = 'ALL_OR_NOTHING'),
    constraint import_checked_check check (mode = 'APPLY' or state <> 'APPLYING'),
    constraint import_ended_check check ((state in ('DONE', 'REFUSED', 'CANCELLED')) = (ended_at is not null)),
    constraint import_done_check check (done between 0 and row_count and (state <> 'DONE' or done = row_count) and least(created, updated, unchanged, refused, flagged) >= 0),
    constraint import_proposed_check check (state <> 'PROPOSED' or mode = 'APPLY' and confirmed_at is null),
    constraint import_confirmed_check check ((confirmed_at is null) = (confirmed_by is null)),
    constraint import_four_eyes_check check (confirmed_by <> actor),
    constraint import_lease_check check ((lease is null) = (leased_until is null) and (lease is null or ended_at is null))
);
-- The same file sent again for the same purpose is the same import, unless it was cancelled.
create unique index import_purpose_unique on loans.import (contour, bank_id, file_id, mode, choice, coalesce(programme, '')) where state <> 'CANCELLED';
create index import_open_index on loans.import (served_at) where ended_at is null;
create index import_bank_index on loans.import (contour, bank_id, received_at, id);
create index import_received_index on loans.import (contour, received_at, id);
create index import_ended_index on loans.import (file_id, ended_at);

create function loans.refuse_change_of_ended_import() returns trigger language plpgsql as $$
begin
    raise exception 'an import that has ended does not change' using errcode = 'check_violation', constraint = 'import_ended';
end $$;
create trigger ended before update on loans.import for each row when (old.ended_at is not null) execute function loans.refuse_change_of_ended_import();
create trigger never_deleted before delete or truncate on loans.import for each statement execute function access.refuse_change();

-- What became of a row, or would become of it; of all or nothing that came to nothing, NOT_PLACED.
create table loans.import_row (
    import_id          uuid           not null,
    row                integer        not null,
    contour            kernel.contour not null,
    application_number text,
    outcome            text           not null,
    flagged            boolean        not null,
    loan_id            uuid,
    loan_version       integer,
    -- [{"code": …, "field": …, "severity": …, "ru": …, "ky": …, "en": …}]
    sayings            jsonb          not null,
    -- [{"field": …, "before": …, "after": …}]
    changes            jsonb          not null,
    constraint import_row_pk primary key (import_id, row),
    constraint import_row_import_fk foreign key (import_id, contour) references loans.import (id, contour),
    constraint import_row_loan_fk foreign key (loan_id, contour) references loans.loan (id, contour),
    constraint import_row_outcome_check check (outcome in ('CREATED', 'UPDATED', 'UNCHANGED', 'REFUSED', 'NOT_PLACED')),
    constraint import_row_refused_check check (outcome <> 'REFUSED' or sayings <> '[]'),
    constraint import_row_json_check check (jsonb_typeof(sayings) = 'array' and jsonb_typeof(changes) = 'array')
);
create index import_row_refused_index on loans.import_row (import_id, row) where outcome = 'REFUSED';

alter table loans.loan add constraint loan_import_fk foreign key (import_id, contour) references loans.import (id, contour);

grant select on loans.import_limit to "${application_role}";
grant select, insert, update on loans.import_file, loans.import, loans.import_row to "${application_role}";
grant select, insert, delete on loans.import_part to "${application_role}";
