-- An application shows a bank what the registers have of its borrower (LOAN-50); once its borrower is another one, it has shown two, and at most one of them comes to a decision. Whoever asks for calls
-- without a later business event (ACC-97) counts each, or one application would do for any number of borrowers. Who it was stands in the versions.
create table loans.changed_borrower (
    loan_id    uuid           not null,
    version    integer        not null,
    contour    kernel.contour not null,
    -- When the bank was shown the one who is no longer its borrower: with the loan, or with the change before.
    shown_at   timestamptz    not null,
    changed_at timestamptz    not null,
    constraint changed_borrower_pk primary key (loan_id, version),
    constraint changed_borrower_loan_fk foreign key (loan_id, contour) references loans.loan (id, contour)
);
create index changed_borrower_shown_index on loans.changed_borrower (shown_at);
create trigger append_only before update or delete or truncate on loans.changed_borrower for each statement execute function access.refuse_change();

create function loans.note_changed_borrower() returns trigger language plpgsql as $$
begin
    insert into loans.changed_borrower (loan_id, version, contour, shown_at, changed_at)
    select new.id, new.version, new.contour, coalesce(max(c.changed_at), new.created_at), new.changed_at from loans.changed_borrower c where c.loan_id = new.id;
    return null;
end $$;
create trigger borrower_changed after update of inn on loans.loan for each row when (new.inn <> old.inn) execute function loans.note_changed_borrower();
grant select, insert on loans.changed_borrower to "${application_role}";

-- Of those that were changed before.
insert into loans.changed_borrower (loan_id, version, contour, shown_at, changed_at)
select v.loan_id, v.version, v.contour, lag(v.at, 1, l.created_at) over (partition by v.loan_id order by v.version), v.at
  from loans.loan_version v join loans.loan_version b on b.loan_id = v.loan_id and b.version = v.version - 1 join loans.loan l on l.id = v.loan_id
 where v.card ->> 'inn' <> b.card ->> 'inn';
