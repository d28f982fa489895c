-- A bank that is connected under RU-1221 and accredited to 1528, and tables for those beside whom its import is measured. :bank is its id.
insert into participants.participant (id, instance, member_class, member_code, kind, full_name, notice_email, language, fault_dialect, registered_at, events)
values (:bank, 'bench', 'COM', 'loans', 'LEGAL_PERSON', 'Bank', 'notices@example.ru', 'RU', 'CAMEL_CASE', '2020-01-01Z', 1);
insert into participants.participant_event (participant_id, number, event, at, actor_role, reason, full_name, notice_email, contacts)
select id, 1, 'REGISTER', registered_at, 'SYSTEM', '', full_name, notice_email, '[{"fullName": "A Person", "unit": "IT", "post": "Engineer", "email": "a@example.ru", "phone": "+7 495 000 00 00"}]'
  from participants.participant where id = :bank;
insert into access.participation (participant_id, contour) values (:bank, 'PRODUCTION');
insert into access.connection (id, participant_id, contour, procedure_code, state, since, reason, events)
values (:bank, :bank, 'PRODUCTION', 'RU-1221', 'CONNECTED', '2020-01-01Z', 'of a measurement', 1);
insert into access.connection_event (connection_id, number, from_state, event, to_state, at, actor_role, reason)
values (:bank, 1, 'NONE', 'CONNECT', 'CONNECTED', '2020-01-01Z', 'SYSTEM', 'of a measurement');
insert into loans.accreditation (id, contour, bank_id, programme, first_day, reason, given_at, given_by, giver_role)
values (gen_random_uuid(), 'PRODUCTION', :bank, '1528', '2020-01-01', 'of a measurement', '2020-01-01Z', gen_random_uuid(), 'REGULATOR');
insert into registers.borrower_load (contour, register, loaded_at, first_day, records) select 'PRODUCTION', r, '2025-12-01Z', '2015-01-01', 1 from unnest(array['COMPANY', 'SME']) r;
create schema bench;
create table bench.borrower (inn text primary key, name text);
create table bench.copied (application_number text, programme text, inn text, applied_at text, requested text, approved text, decided_on text, contract_number text, contract_date text, contract_sum text,
    rate text, term_months text, issues text, balances text);
create table bench.persisted (id text primary key, application_number text not null, programme text not null, inn text not null, applied_on date, requested numeric, approved numeric, decided_on date,
    contract_number text, contract_date date, contract_sum numeric, rate numeric, term_months integer, issues text, balances text);
create unique index on bench.persisted (programme, application_number);
create index on bench.persisted (inn, programme);
create table bench.noted (id text primary key, loan text not null, kind text not null, content text not null);
create index on bench.noted (loan);
