-- How a service fares (xroad.md §12): a refusal says that the exchange works, and nothing about the service, whichever protocol it was told by. A call fails where we do.
alter table exchange.operation add answered boolean not null default true;
alter table exchange.operation alter answered drop default;
comment on column exchange.operation.answered is 'Whether data left. Rows of before this column say so of refusals, too; health looks back ten minutes.';

-- Calls that we failed: their transactions are undone, so that nothing else knows them. Written seconds after the failure, or when the database is back; removed with the operations.
-- Only of callers whose certificate is registered: strangers do not make a service look ill.
create table exchange.failed_call (
    occurrence    uuid           not null,
    contour       kernel.contour not null,
    service_code  text           not null,
    at            timestamptz    not null,
    constraint failed_call_pk primary key (occurrence),
    constraint failed_call_service_fk foreign key (service_code) references access.service (code)
);
create index failed_call_index on exchange.failed_call (contour, service_code, at);
create index failed_call_at_index on exchange.failed_call (at);
grant select, insert, delete on exchange.failed_call to "${application_role}";

-- What stood here as failures were refusals, as a rule.
delete from exchange.service_health where last_success is null;
update exchange.service_health set last_failure = null;

-- Files that an officer adds while a form consent is disputed, before he settles it; a settlement rests on one of them, and on none of another form.
create table consent.form_evidence (
    form_id      uuid         not null,
    document_id  uuid         not null,
    at           timestamptz  not null,
    constraint form_evidence_pk primary key (document_id),
    constraint form_evidence_of_form_unique unique (form_id, document_id),
    constraint form_evidence_form_fk foreign key (form_id) references consent.form_consent (id),
    constraint form_evidence_document_fk foreign key (document_id) references documents.document (id)
);
grant select, insert on consent.form_evidence to "${application_role}";
insert into consent.form_evidence (form_id, document_id, at) select form_id, evidence_id, min(at) from consent.form_event where evidence_id is not null group by form_id, evidence_id;
alter table consent.form_event add constraint form_event_evidence_of_form_fk foreign key (form_id, evidence_id) references consent.form_evidence (form_id, document_id);

-- How long each stop took that a taxpayer was acknowledged, whoever he is (CON-73): a row per stop, because its p99 is of all nodes together. Removed with the operations.
create table exchange.stop_time (
    id       bigint          generated always as identity,
    contour  kernel.contour  not null,
    kind     text            not null,
    at       timestamptz     not null,
    millis   integer         not null,
    constraint stop_time_pk primary key (id),
    constraint stop_time_kind_check check (kind in ('DEACTIVATION', 'FREEZE', 'PAUSE', 'WITHDRAWAL', 'DISPUTE')),
    constraint stop_time_millis_check check (millis >= 0)
);
create index stop_time_index on exchange.stop_time (contour, at);
create index stop_time_at_index on exchange.stop_time (at);
grant select, insert, delete on exchange.stop_time to "${application_role}";

-- Unknown tokens that each node was presented (CON-45), by which the nodes tell each other: ten in ten minutes are forgiven together, not each. Of the last minutes; older rows are removed.
create table access.unknown_token (
    -- Of a start of a node, not of a machine.
    node          uuid            not null,
    minute        timestamptz     not null,
    contour       kernel.contour  not null,
    subsystem_id  uuid            not null,
    tokens        integer         not null,
    constraint unknown_token_pk primary key (node, minute, contour, subsystem_id),
    constraint unknown_token_subsystem_fk foreign key (subsystem_id) references participants.subsystem (id),
    constraint unknown_token_minute_check check (minute = date_trunc('minute', minute, 'UTC')),
    constraint unknown_token_tokens_check check (tokens > 0)
);
create index unknown_token_minute_index on access.unknown_token (minute);
grant select, insert, delete, update (tokens) on access.unknown_token to "${application_role}";
