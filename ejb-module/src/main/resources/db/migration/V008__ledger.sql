-- By which secrets of the folder of keys rows of this database were made. A node with another secret of the same name would quietly
-- find nothing again and make what nobody else can read; it does not start. Nothing can be computed back from a fingerprint.
create table kernel.secret (
    name         text     not null,
    number       smallint not null,
    fingerprint  bytea    not null,
    constraint secret_pk primary key (name, number),
    constraint secret_fingerprint_check check (octet_length(fingerprint) = 32)
);
grant select, insert on kernel.secret to "${application_role}";

-- What was disclosed, decided and changed, so that anyone can check it: docs/protocols/ledger.md.
create schema ledger;
grant usage on schema ledger to "${application_role}";

-- The application's role cannot change or remove anything here; these triggers say the same to everybody else who does not mean
-- to. An owner who switches them off is found out by verification.
create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the ledger is append-only: % on %.%', tg_op, tg_table_schema, tg_table_name;
end $$;

-- Written by business code in the business transaction. The transaction's id lets the sequencer see, without a queue and without
-- waiting for anybody, which entries have been committed since it last looked.
create table ledger.entry (
    id           uuid           not null,
    xid          xid8           not null default pg_current_xact_id(),
    number       bigint         not null generated always as identity,
    contour      kernel.contour,
    record_id    uuid           not null,
    secret       smallint       not null,
    content      text           not null,
    constraint entry_pk primary key (id),
    -- An entry bundle gives each entry's length in two octets.
    constraint entry_length_check check (octet_length(content) <= 65535),
    -- Canonical JSON has one spelling, in which these members stand so and no text can look like them: looking for them costs a
    -- tenth of taking the document apart.
    constraint entry_content_check check (content is json object with unique keys
        and strpos(content, ',"id":"' || id || '","record":{"id":"' || record_id || '","kind":"') > 0
        and case when contour is null then strpos(content, '"contour":') = 0 else strpos(content, ',"contour":"' || contour || '","data":{') > 0 end)
);
create index entry_xid_index on ledger.entry (xid);
-- Most entries are about the row that has their own id, and are found by that.
create index entry_record_index on ledger.entry (record_id, number) where record_id <> id;

-- The order, without a gap: what is added begins where the last leaf ended, and is an entry. That is seen to once for all that a statement adds:
-- a foreign key would also lock, and so write, each entry again, for fear of a deletion that this ledger does not know.
create table ledger.leaf (
    index     bigint not null,
    entry_id  uuid   not null,
    hash      bytea  not null,
    constraint leaf_pk primary key (index),
    constraint leaf_entry_unique unique (entry_id),
    constraint leaf_index_check check (index >= 0),
    constraint leaf_hash_check check (octet_length(hash) = 32)
);

create function ledger.refuse_gap() returns trigger language plpgsql as $$
declare
    first bigint;
    last bigint;
    number bigint;
begin
    select min(index), max(index), count(*) into first, last, number from added;
    if number > 0 and (last - first + 1 <> number or first > 0 and not exists (select from ledger.leaf where index = first - 1)) then
        raise exception 'a gap in the ledger before leaf %', last using errcode = 'integrity_constraint_violation';
    end if;
    if exists (select from added where not exists (select from ledger.entry where id = entry_id)) then
        raise exception 'a leaf without its entry' using errcode = 'foreign_key_violation';
    end if;
    return null;
end $$;
create trigger without_gap after insert on ledger.leaf referencing new table as added for each statement execute function ledger.refuse_gap();

-- The hash of each complete subtree of 256^level leaves. What is unfinished follows from these and from the last leaves.
create table ledger.subtree (
    level     smallint not null,
    position  bigint   not null,
    hash      bytea    not null,
    constraint subtree_pk primary key (level, position),
    constraint subtree_level_check check (level between 1 and 7),
    constraint subtree_hash_check check (octet_length(hash) = 32)
);

-- Every checkpoint ever published, written in the transaction of its leaves. What it covers: all entries visible in the snapshot.
create table ledger.checkpoint (
    size          bigint      not null,
    root          bytea       not null,
    note          text        not null,
    published_at  timestamptz not null,
    seen          pg_snapshot not null,
    last_index    bigint      generated always as (nullif(size, 0) - 1) stored,
    constraint checkpoint_pk primary key (size),
    constraint checkpoint_leaf_fk foreign key (last_index) references ledger.leaf (index),
    constraint checkpoint_root_check check (octet_length(root) = 32)
);

-- Public keys under which this ledger ever signed.
create table ledger.verifier_key (
    vkey      text        not null,
    added_at  timestamptz not null,
    number    smallint    not null generated always as identity,
    constraint verifier_key_pk primary key (vkey)
);

-- Who may co-sign; edited by the owner (bin/admin).
create table ledger.witness (
    vkey      text        not null,
    added_at  timestamptz not null default clock_timestamp(),
    constraint witness_pk primary key (vkey)
);
create table ledger.cosignature (
    size         bigint      not null,
    vkey         text        not null,
    line         text        not null,
    signed_at    timestamptz not null,
    constraint cosignature_pk primary key (size, vkey),
    constraint cosignature_checkpoint_fk foreign key (size) references ledger.checkpoint (size),
    constraint cosignature_witness_fk foreign key (vkey) references ledger.witness (vkey)
);

do $$
declare
    name text;
begin
    foreach name in array array['entry', 'leaf', 'subtree', 'checkpoint', 'verifier_key', 'cosignature'] loop
        execute format('create trigger append_only before update or delete or truncate on ledger.%I for each statement execute function ledger.refuse_change()', name);
    end loop;
end $$;

grant select, insert on ledger.entry, ledger.leaf, ledger.subtree, ledger.checkpoint, ledger.verifier_key, ledger.cosignature to "${application_role}";
grant select on ledger.witness to "${application_role}";
