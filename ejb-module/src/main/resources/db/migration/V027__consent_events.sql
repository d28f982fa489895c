-- What participants are told about the consents that they hold (CON-120 to CON-122). Written in the transaction of what happened; pushed to the subsystem's address where one is
-- registered, and there to be fetched in any case. Nothing that stops a call waits for it. Changed by numbering, attempts and the acknowledgement only.
create table consent.event_out (
    id               uuid           not null,
    contour          kernel.contour not null,
    participant_id   uuid           not null,
    subsystem_id     uuid           not null,
    kind             text           not null,
    token_id         uuid           not null,
    cause            text,
    at               timestamptz    not null,
    -- Of the participant in the contour, without gaps. Given to what is committed, by whoever reads or pushes, so that no smaller number ever comes later.
    sequence         bigint,
    acknowledged_at  timestamptz,
    attempts         integer        not null default 0,
    -- Null once it is given up: then it is overdue, and only fetched.
    next_attempt_at  timestamptz,
    lease            uuid,
    leased_until     timestamptz,
    last_problem     text,
    constraint event_out_pk primary key (id),
    constraint event_out_sequence_unique unique (contour, participant_id, sequence),
    constraint event_out_token_fk foreign key (token_id, contour) references consent.token (id, contour),
    constraint event_out_subsystem_fk foreign key (subsystem_id, participant_id) references participants.subsystem (id, participant_id),
    constraint event_out_kind_check check (kind in ('REVOKED', 'EXPIRED', 'EXHAUSTED', 'FROZEN', 'UNFROZEN')),
    constraint event_out_cause_check check ((kind = 'REVOKED') = (cause is not null)),
    constraint event_out_lease_check check ((lease is null) = (leased_until is null)),
    constraint event_out_problem_check check (length(last_problem) <= 200)
);
create index event_out_unnumbered_index on consent.event_out (contour, participant_id, at, id) where sequence is null;
create index event_out_due_index on consent.event_out (next_attempt_at) where acknowledged_at is null;
create index event_out_overdue_index on consent.event_out (contour, at) where acknowledged_at is null;

-- Where a subsystem listens. Registered by the authority, which calls there. Plain HTTP in TEST only.
create table consent.callback (
    subsystem_id   uuid           not null,
    contour        kernel.contour not null,
    url            text           not null,
    registered_at  timestamptz    not null,
    actor          uuid           not null,
    actor_role     text           not null,
    constraint callback_pk primary key (subsystem_id, contour),
    constraint callback_subsystem_fk foreign key (subsystem_id) references participants.subsystem (id),
    constraint callback_url_check check (length(url) <= 500 and (url like 'https://%' or contour = 'TEST' and url like 'http://%'))
);
grant select, insert on consent.event_out to "${application_role}";
grant update (sequence, acknowledged_at, attempts, next_attempt_at, lease, leased_until, last_problem) on consent.event_out to "${application_role}";
grant select, insert, update, delete on consent.callback to "${application_role}";
