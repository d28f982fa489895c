-- Why the service ended an import, where the file itself was refused while it was worked on: {"code": …, "field": …, "detail": {"ru": …, "ky": …, "en": …}, "whatToDo": {…}}. Nothing is placed: REFUSED;
-- else CANCELLED, and what is placed stays.
alter table loans.import add column refusal jsonb;
alter table loans.import drop constraint import_refused_check;
alter table loans.import add constraint import_refused_check check (state <> 'REFUSED' or mode = 'APPLY' and choice = 'ALL_OR_NOTHING' or refusal is not null and (mode = 'CHECK' or created + updated = 0));
alter table loans.import add constraint import_refusal_check check (refusal is null or state in ('REFUSED', 'CANCELLED') and jsonb_typeof(refusal) = 'object' and length(refusal::text) <= 10000);
-- What was refused for the file may be sent again: limits may be others by then.
drop index loans.import_purpose_unique;
create unique index import_purpose_unique on loans.import (contour, bank_id, file_id, mode, choice, coalesce(programme, '')) where state <> 'CANCELLED' and refusal is null;
