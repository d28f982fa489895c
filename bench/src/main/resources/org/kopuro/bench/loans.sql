-- A register of :loans loans as the owner, past the rules of entering them: 60 banks, of which the first has a tenth, all programmes (a third of all loans under 1528), 300,000 borrowers, two years of
-- applications. Deterministic. What belongs to one transaction has no empty line within.
insert into participants.participant (id, instance, member_class, member_code, kind, full_name, notice_email, language, fault_dialect, registered_at, events)
select md5('bank' || b)::uuid, 'bench', 'COM', 'loans-' || b, 'LEGAL_PERSON', 'Bank ' || b, 'notices@example.ru', 'RU', 'CAMEL_CASE', '2020-01-01Z', 1 from generate_series(1, 60) b;
insert into participants.participant_event (participant_id, number, event, at, actor_role, reason, full_name, notice_email, contacts)
select p.id, 1, 'REGISTER', p.registered_at, 'SYSTEM', '', p.full_name, p.notice_email, '[{"fullName": "A Person", "unit": "IT", "post": "Engineer", "email": "a@example.ru", "phone": "+7 495 000 00 00"}]'
  from participants.participant p where p.instance = 'bench';
insert into access.participation (participant_id, contour) select md5('bank' || b)::uuid, 'PRODUCTION' from generate_series(1, 60) b;
insert into loans.eligibility_check (id, contour, loan_id, programme, stage, rule_set_version, snapshot_on, at, verdict, items)
values (md5('check')::uuid, 'PRODUCTION', md5('check')::uuid, '1528', 0, 1, '2024-01-01', '2024-01-01Z', 'MEETS', '[1,2,3,4,5,6,7,8,9,10,11]');
-- Versions without their cards, which no list reads of loans that nobody changes.
alter table loans.loan disable trigger version_of_new;
alter table loans.loan disable trigger counted_new;
insert into loans.loan (id, contour, version, bank_id, programme, stage, borrower_kind, inn, application_number, applied_at, requested, status, status_at, approved, decided_on, rejection_code,
    contract_number, contract_date, contract_sum, rate, term_months, contract_headcount, issues, balances, issued, last_balance, borrower_name, region, okved, borrower, verdict, check_id, rule_set_version,
    headcount, maximum, outside_stage, warnings, created_at, events, changed_at, actor_role, source)
select md5('loan' || n)::uuid, 'PRODUCTION', 1, md5('bank' || case when (abs(hashint8extended(n::bigint, 1)) % 10)::integer = 0 then 1 else 2 + (abs(hashint8extended(n::bigint, 2)) % 59)::integer end)::uuid, p.code, 0, 'LEGAL_ENTITY', i.inn, 'ЗАЯВКА-' || n, a.at,
       a.sum, s.status, a.at, case when s.status <> 'FORMED' then a.sum end, case when s.status in ('APPROVED', 'REJECTED') then a.at::date end, case when s.status = 'REJECTED' then 'SOLVENCY' end,
       case when c.made then 'Д-' || n end, case when c.made then a.at::date + 5 end, case when c.made then a.sum - (abs(hashint8extended(n::bigint, 5)) % 1000)::integer * 100 end, case when c.made then (abs(hashint8extended(n::bigint, 6)) % 90000)::integer / 10000.0 end,
       case when c.made then 12 + (abs(hashint8extended(n::bigint, 7)) % 48)::integer end, case when c.made then (abs(hashint8extended(n::bigint, 8)) % 500)::integer end,
       case when c.made then jsonb_build_array(jsonb_build_object('on', a.at::date + 7, 'sum', a.sum / 4)) else '[]' end,
       case when c.made then jsonb_build_array(jsonb_build_object('month', to_char(a.at + interval '1 month', 'YYYY-MM'), 'sum', a.sum / 5)) else '[]' end,
       case when c.made then a.sum / 4 else 0 end, case when c.made then a.sum / 5 end,
       (array['ООО', 'АО', 'ПАО', 'ООО «ТД'])[1 + (abs(hashint8extended(i.number::bigint, 9)) % 4)::integer] || ' «' || (array['Ромашка', 'Вектор', 'Заря', 'Север', 'Восток', 'Агро', 'Строй', 'Техно', 'Инвест', 'Логистика'])[1 + (abs(hashint8extended(i.number::bigint, 10)) % 10)::integer]
           || (array['Плюс', 'Сервис', 'Пром', 'Трейд', 'Групп', 'Центр'])[1 + (abs(hashint8extended(i.number::bigint, 11)) % 6)::integer] || '-' || (abs(hashint8extended(i.number::bigint, 12)) % 9999)::integer || '»',
       lpad((1 + (abs(hashint8extended(i.number::bigint, 13)) % 92)::integer)::text, 2, '0'), lpad((1 + (abs(hashint8extended(i.number::bigint, 14)) % 96)::integer)::text, 2, '0') || '.' || (abs(hashint8extended(i.number::bigint, 15)) % 100)::integer || '.' || (1 + (abs(hashint8extended(i.number::bigint, 16)) % 9)::integer),
       jsonb_strip_nulls(jsonb_build_object('inn', i.inn, 'name', 'Общество с ограниченной ответственностью «Предприятие ' || i.number || '»', 'head', 'Иванов Иван Иванович', 'kpp', '7707' || '01' || lpad((i.number % 500)::text, 3, '0'),
           'ogrn', '10277' || lpad(i.number::text, 8, '0'), 'legalForm', (array['Общество с ограниченной ответственностью', 'Общество с ограниченной ответственностью', 'Общество с ограниченной ответственностью', 'Акционерное общество', 'Публичное акционерное общество'])[1 + (abs(hashint8extended(i.number::bigint, 27)) % 5)::integer],
           'region', '77', 'registeredOn', date '2002-01-01' + (abs(hashint8extended(i.number::bigint, 28)) % 8000)::integer, 'liquidatedOn', case when i.number % 200 = 0 then date '2025-01-01' + i.number % 300 end,
           'okvedMain', '56.10', 'okved', jsonb_build_array('56.21', '46.' || (10 + i.number % 80), '47.' || (10 + i.number % 80), '68.20'), 'bankruptcyOn', case when i.number % 100 = 7 then date '2025-01-01' + i.number % 300 end,
           'sme', case when i.number % 4 < 3 then jsonb_build_object('includedOn', date '2016-08-01' + i.number % 2000, 'size', (array['MICRO', 'SMALL', 'MEDIUM'])[1 + i.number % 4]) end,
           'ngoRegisters', case when i.number % 150 = 0 then '["906"]' else '[]' end::jsonb, 'contract696', case when i.number % 20 = 0 then 'К-' || i.number || '/2020' end)),
       (array['MEETS', 'MEETS', 'MEETS', 'DOES_NOT_MEET', 'NOT_ESTABLISHED'])[1 + (abs(hashint8extended(n::bigint, 17)) % 5)::integer], md5('check')::uuid, 1, (abs(hashint8extended(n::bigint, 18)) % 500)::integer, case when (abs(hashint8extended(n::bigint, 19)) % 3)::integer = 0 then a.sum - 50000 + (abs(hashint8extended(n::bigint, 20)) % 5000)::integer * 100 end,
       (abs(hashint8extended(n::bigint, 21)) % 200)::integer = 0, '[]', a.at, '{ENTER}', a.at, 'BANK_OPERATOR', 'API'
  from generate_series(1, :loans) n
  cross join lateral (select (abs(hashint8extended(n::bigint, 22)) % 300000)::integer as number) i0
  cross join lateral (select i0.number, '77' || lpad(i0.number::text, 8, '0') as inn) i
  cross join lateral (select timestamptz '2024-01-01Z' + n * interval '1 minute' as at, 10000000 + (abs(hashint8extended(n::bigint, 23)) % 100000)::integer * 1000::bigint as sum) a
  cross join lateral (select (array['1528', '1528', '1528', '1528', '1528', '1528', '1598', '375', '393', '469', '574', '745', '754', '804', '835', '1598', '375', '393'])[1 + (abs(hashint8extended(n::bigint, 24)) % 18)::integer] as code) p
  cross join lateral (select (array['FORMED', 'APPROVED', 'APPROVED', 'APPROVED', 'APPROVED', 'APPROVED', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'FORMED'])[1 + (abs(hashint8extended(n::bigint, 25)) % 10)::integer] as status) s
  cross join lateral (select s.status = 'APPROVED' and (abs(hashint8extended(n::bigint, 26)) % 10)::integer < 9 as made) c;
insert into loans.loan_version (loan_id, version, contour, at, card) select l.id, l.version, l.contour, l.changed_at, '{}' from loans.loan l;
insert into loans.applicant (contour, programme, inn, part, policy, active)
select l.contour, l.programme, l.inn, 0, p.duplicate_policy, count(*) from loans.loan l join loans.programme p on p.code = l.programme where l.status in ('FORMED', 'APPROVED') group by 1, 2, 3, 4, 5
on conflict do nothing;
alter table loans.loan enable trigger version_of_new;
alter table loans.loan enable trigger counted_new;

vacuum (analyze) loans.loan;

vacuum (analyze) loans.applicant;

vacuum (analyze) loans.loan_version;
