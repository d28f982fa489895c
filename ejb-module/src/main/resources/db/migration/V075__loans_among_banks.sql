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
