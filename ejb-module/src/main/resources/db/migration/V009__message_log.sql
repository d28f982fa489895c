-- The messages of calls as exchanged, for disputes and prosecutions; and who looked at them.

-- So that a kept message cannot stand under another contour than its call.
alter table consent.usage add constraint usage_contour_unique unique (occurrence, contour);

-- Keys that messages were encrypted with, registered by the node that first uses one. The keys themselves are files; here is only
-- what tells whether a node holds the very same one, so that two nodes with different files do not both start.
create table exchange.message_key (
    number         smallint    not null,
    fingerprint    bytea       not null,
    registered_at  timestamptz not null,
    constraint message_key_pk primary key (number),
    constraint message_key_number_check check (number > 0),
    constraint message_key_fingerprint_check check (octet_length(fingerprint) = 32)
);

-- One row per call of an authenticated subsystem, written before the answer leaves. The digests stay for ever; the octets are
-- compressed and encrypted, since a request holds a token's text, and are removed when keep_until has passed. A row without a
-- key number never had octets: they were switched off. One with a number and without octets had them, once.
create table exchange.message (
    occurrence      uuid           not null,
    at              timestamptz    not null,
    contour         kernel.contour not null,
    message_id      text           not null,
    thumbprint      bytea          not null,
    request_type    text           not null,
    answer_type     text           not null,
    request_sha256  bytea          not null,
    answer_sha256   bytea          not null,
    key_number      smallint,
    request         bytea,
    answer          bytea,
    keep_until      timestamptz    not null,
    constraint message_pk primary key (occurrence),
    constraint message_usage_fk foreign key (occurrence, contour) references consent.usage (occurrence, contour),
    constraint message_key_fk foreign key (key_number) references exchange.message_key (number),
    constraint message_digests_check check (octet_length(request_sha256) = 32 and octet_length(answer_sha256) = 32 and octet_length(thumbprint) = 32),
    constraint message_octets_check check ((request is null) = (answer is null) and (request is null or key_number is not null)),
    constraint message_lengths_check check (octet_length(request) <= 1200000 and octet_length(answer) <= 8400000
        and length(request_type) <= 300 and length(answer_type) <= 300),
    constraint message_keep_until_check check (keep_until > at)
);
-- For the sweep and for the question whether a key is still needed.
create index message_octets_index on exchange.message (key_number, keep_until) where request is not null;
-- What is encrypted cannot be compressed further; do not try.
alter table exchange.message alter column request set storage external, alter column answer set storage external;

-- So that nobody is recorded as having read what belongs to the other contour.
alter table accounts.account add constraint account_contour_unique unique (id, contour);

-- Every look at the messages of a call. Never changed, never deleted by the application.
create table exchange.evidence_reading (
    id          bigint         not null generated always as identity,
    at          timestamptz    not null,
    occurrence  uuid           not null,
    contour     kernel.contour not null,
    account_id  uuid           not null,
    constraint evidence_reading_pk primary key (id),
    constraint evidence_reading_usage_fk foreign key (occurrence, contour) references consent.usage (occurrence, contour),
    constraint evidence_reading_account_fk foreign key (account_id, contour) references accounts.account (id, contour)
);
create index evidence_reading_occurrence_index on exchange.evidence_reading (occurrence);

grant select, insert on exchange.message_key, exchange.message, exchange.evidence_reading to "${application_role}";

-- The only way in which the application removes anything of a message: it names neither row nor date, so that whoever
-- holds its role can forget nothing before its time. By the database's clock, for the same reason.
create function exchange.forget_messages(most integer) returns integer
    language sql security definer set search_path = pg_catalog, pg_temp
    as $$
    with gone as (
        update exchange.message m set request = null, answer = null
         where (select pg_try_advisory_xact_lock(hashtextextended('exchange.message sweep', 0)))
           and m.occurrence in (
               select due.occurrence
                 from exchange.message_key k
                cross join lateral (select d.occurrence from exchange.message d
                                     where d.key_number = k.number and d.request is not null and d.keep_until < now()
                                     order by d.keep_until limit most) due
                limit most)
        returning 1)
    select count(*)::integer from gone
    $$;
revoke all on function exchange.forget_messages(integer) from public;
grant execute on function exchange.forget_messages(integer) to "${application_role}";
