-- What the wire needs: who was already heard, which Security Servers are trusted, what was turned away at the door.
create schema exchange;
grant usage on schema exchange to "${application_role}";

-- Signed content seen within the time-stamp window, shared by all nodes; swept when a repetition would be too old anyway.
-- The key is the digest of what was signed, not of the signature value: an ECDSA signature can be rewritten by anyone
-- into a second valid one over the same content.
create table exchange.replay (
    signed_digest  bytea       not null,
    keep_until     timestamptz not null,
    constraint replay_pk primary key (signed_digest),
    constraint replay_digest_check check (octet_length(signed_digest) = 32)
);
create index replay_keep_until_index on exchange.replay (keep_until);

-- Security Servers trusted by their TLS certificate in gateway mode; edited by the owner.
create table exchange.gateway (
    thumbprint  bytea          not null,
    contour     kernel.contour not null,
    name        text           not null,
    constraint gateway_pk primary key (thumbprint),
    constraint gateway_thumbprint_check check (octet_length(thumbprint) = 32)
);

-- Refusals that cannot be laid to an authenticated subsystem's account: no signature, unknown certificate, unknown member
-- (CON-114). Names are as claimed, not proven.
create table exchange.security_event (
    id              bigint      not null generated always as identity,
    occurrence      uuid        not null,
    at              timestamptz not null,
    code            text        not null,
    field           text,
    claimed_client  text,
    message_id      text,
    thumbprint      bytea,
    remote_address  text,
    constraint security_event_pk primary key (id),
    constraint security_event_occurrence_unique unique (occurrence),
    constraint security_event_lengths_check check (length(claimed_client) <= 300 and length(message_id) <= 300 and length(field) <= 200)
);
create index security_event_at_index on exchange.security_event (at);

grant select, insert, delete on exchange.replay to "${application_role}";
grant select on exchange.gateway to "${application_role}";
grant select, insert on exchange.security_event to "${application_role}";
