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
