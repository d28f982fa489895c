-- What banks and regulators are told of each other's loans (LOAN-40, LOAN-44, LOAN-45).

-- A review is of two loans under the key that they had: under another one they are another pair, or none.
alter table loans.duplicate_review add column programme text, add column inn text;
alter table loans.duplicate_review disable trigger append_only;
update loans.duplicate_review r
   set programme = v.card ->> 'programme', inn = v.card ->> 'inn'
  from loans.loan_version v
 where v.loan_id = r.first_id and v.version = (select max(w.version) from loans.loan_version w where w.loan_id = r.first_id and (w.at <= r.at or w.version = 1));
alter table loans.duplicate_review enable trigger append_only;
alter table loans.duplicate_review alter column programme set not null, alter column inn set not null, add constraint duplicate_review_programme_fk foreign key (programme) references loans.programme (code);

-- The regulator says no to a report of an error (LOAN-T09); the bank may change the loan and report the next version.
alter table loans.error_report add constraint error_report_contour_unique unique (loan_id, version, contour);
create index error_report_at_index on loans.error_report (contour, at, loan_id);
create table loans.error_decline (
    loan_id     uuid           not null,
    contour     kernel.contour not null,
    version     integer        not null,
    reason      text           not null,
    at          timestamptz    not null,
    actor       uuid           not null,
    actor_role  text           not null,
    constraint error_decline_pk primary key (loan_id, version),
    constraint error_decline_report_fk foreign key (loan_id, version, contour) references loans.error_report (loan_id, version, contour),
    constraint error_decline_reason_check check (length(reason) between 1 and 1000)
);
create trigger append_only before update or delete or truncate on loans.error_decline for each statement execute function access.refuse_change();
grant select, insert on loans.error_decline to "${application_role}";

-- What was said with the first answer to a key, and how the card stood then; of answers before this, nobody knows (LOAN-32).
alter table loans.answered
    add column sayings jsonb not null default '[]',
    add column duplicate boolean,
    add column newer_report boolean,
    add constraint answered_sayings_check check (jsonb_typeof(sayings) = 'array' and num_nulls(duplicate, newer_report) in (0, 2));

-- Which loan a confirmed proposal of a new one made. A decided loan is withdrawn by the second pair of eyes, too.
alter table loans.proposal
    add column made_id uuid,
    add constraint proposal_made_fk foreign key (made_id, contour) references loans.loan (id, contour),
    add constraint proposal_made_check check (made_id is null or event = 'ENTER' and outcome = 'CONFIRMED'),
    drop constraint proposal_event_check,
    add constraint proposal_event_check check (event in ('ENTER', 'APPROVE', 'REJECT', 'CONTRACT', 'EDIT', 'CORRECT', 'WITHDRAW') and (loan_id is null) = (event = 'ENTER') and (loan_id is null) = (version is null));
create or replace function loans.require_decided_once() returns trigger language plpgsql as $$
begin
    if old.outcome is not null or new.outcome is null
            or to_jsonb(new) - array['outcome', 'decided_at', 'decided_by', 'remark', 'made_id'] <> to_jsonb(old) - array['outcome', 'decided_at', 'decided_by', 'remark', 'made_id'] then
        raise exception 'a proposal is decided once' using errcode = 'check_violation', constraint = 'proposal_decided_once';
    end if;
    return new;
end $$;
