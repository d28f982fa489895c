-- Files that people attach: licences, screen forms, agreements, signatures. Who may see one is decided by whatever refers to it.
create schema documents;
grant usage on schema documents to "${application_role}";

create function documents.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'documents are immutable: % on %.%', tg_op, tg_table_schema, tg_table_name;
end $$;

-- A file as it was received. Created once, together with its parts and with whatever refers to it; never changed, never deleted.
create table documents.document (
    id           uuid        not null,
    file_name    text        not null,
    media_type   text        not null,
    size         integer     not null,
    sha256       bytea       not null,
    uploaded_at  timestamptz not null,
    uploaded_by  text        not null,
    constraint document_pk primary key (id),
    constraint document_size_unique unique (id, size),
    constraint document_file_name_check check (length(file_name) between 1 and 200 and file_name !~ '[[:cntrl:]/\\]'),
    constraint document_media_type_check check (media_type in ('application/pdf', 'image/png', 'image/jpeg', 'text/plain', 'application/xml',
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        'application/pkcs7-signature')),
    constraint document_size_check check (size between 1 and 20971520),
    constraint document_sha256_check check (octet_length(sha256) = 32),
    constraint document_uploaded_by_check check (length(uploaded_by) between 1 and 100)
);

-- Its octets, 262144 a part and the rest in the last one, so that neither the application nor the database holds a whole file in memory.
-- The size that a part repeats is the document's, which makes its own length a matter of its number.
create table documents.part (
    document_id  uuid    not null,
    number       integer not null,
    size         integer not null,
    octets       bytea   not null,
    constraint part_pk primary key (document_id, number),
    constraint part_document_fk foreign key (document_id, size) references documents.document (id, size),
    constraint part_length_check check (number >= 0 and octet_length(octets) > 0 and octet_length(octets) = least(262144, size - number * 262144::bigint))
);
-- Most files are compressed already; do not try.
alter table documents.part alter column octets set storage external;

-- Each part has the length and the place that are its own; what remains is that none is missing when the transaction ends.
create function documents.refuse_incomplete() returns trigger language plpgsql as $$
begin
    if (select count(*) from documents.part where document_id = new.id) <> (new.size + 262143) / 262144 then
        raise exception 'parts of document % are missing', new.id using errcode = 'integrity_constraint_violation', constraint = 'document_complete';
    end if;
    return null;
end $$;
create constraint trigger document_complete after insert on documents.document deferrable initially deferred
    for each row execute function documents.refuse_incomplete();

create trigger immutable before update or delete or truncate on documents.document for each statement execute function documents.refuse_change();
create trigger immutable before update or delete or truncate on documents.part for each statement execute function documents.refuse_change();

grant select, insert on documents.document, documents.part to "${application_role}";
