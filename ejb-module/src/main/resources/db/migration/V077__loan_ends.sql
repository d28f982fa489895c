-- Why the service ended an import, where the file itself was refused while it was worked on: {"code": …, "field": …, "detail": {"ru": …, "ky": …, "en": …}, "whatToDo": {…}}. Nothing is placed: REFUSED;
-- else CANCELLED, and what is placed stays.
alter table loans.import add column refusal jsonb;
alter table loans.import drop constraint import_refused_check;
alter table loans.import add constraint import_refused_check check (state <> 'REFUSED' or mode = 'APPLY' and choice = 'ALL_OR_NOTHING' or refusal is not null and (mode = 'CHECK' or created + updated = 0));
alter table loans.import add constraint import_refusal_check check (refusal is null or state in ('REFUSED', 'CANCELLED') and jsonb_typeof(refusal) = 'object' and length(refusal::text) <= 10000);
-- What was refused for the file may be sent again: limits may be others by then.
drop index loans.import_purpose_unique;
create unique index import_purpose_unique on loans.import (contour, bank_id, file_id, mode, choice, coalesce(programme, '')) where state <> 'CANCELLED' and refusal is null;

-- How far the placing of all or nothing is, which is one transaction and holds the import's row: whoever watches would see nothing until its end. Written beside it, and removed with the end. What
-- a node that died had come to stands until the next one begins: nothing of it is placed.
create table loans.import_progress (
    import_id uuid           not null,
    contour   kernel.contour not null,
    done      integer        not null,
    constraint import_progress_pk primary key (import_id),
    constraint import_progress_import_fk foreign key (import_id, contour) references loans.import (id, contour),
    constraint import_progress_done_check check (done >= 0)
);
grant select, insert, update, delete on loans.import_progress to "${application_role}";

-- Calls without a later business event (ACC-97): an application shows a bank what the registers have of a borrower (LOAN-50), and ends in a decision. A fourth kind of rule:
-- NO_BUSINESS_EVENT      of the applications that a bank formed in a window, at_least ones and percent of them or more have no decision within_days later
-- A withdrawn one that was entered anew (LOAN-38) has its decision in the one after it.
alter table access.signal_rule
    add within_days integer,
    drop constraint signal_rule_kind_check,
    add constraint signal_rule_kind_check check (kind in ('EXCESSIVE_LOAD', 'SEQUENTIAL_IDENTIFIERS', 'REFUSAL_SHARE', 'NIGHT_READS', 'NO_BUSINESS_EVENT')),
    drop constraint signal_rule_percent_check,
    add constraint signal_rule_percent_check check ((kind in ('REFUSAL_SHARE', 'NO_BUSINESS_EVENT')) = (percent is not null) and percent between 1 and 100),
    add constraint signal_rule_within_check check ((kind = 'NO_BUSINESS_EVENT') = (within_days is not null) and within_days between 1 and 365);
insert into access.signal_rule (code, version, kind, effective_from, enabled, severity, window_minutes, at_least, percent, within_days) values
    ('NO_BUSINESS_EVENT', 1, 'NO_BUSINESS_EVENT', '2024-09-07 00:00+06', true, 'MEDIUM', 360, 50, 80, 60);
-- A bank's people and its systems enter loans: what is found is the participant's.
alter table access.signal
    alter subsystem_id drop not null,
    drop constraint signal_once,
    add constraint signal_once unique nulls not distinct (rule_code, contour, participant_id, subsystem_id, window_start),
    add constraint signal_participant_fk foreign key (participant_id) references participants.participant (id);
-- Applications that wait for their decision, or never had one.
create index loan_undecided_index on loans.loan (created_at) where decided_on is null;
