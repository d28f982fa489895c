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
