-- That the authority's unit got a letter of somebody who presented tokens made for others (CON-45, P10): once an hour for each such participant. Added with the letter, never changed.
create table consent.stranger_told (
    participant_id  uuid           not null,
    contour         kernel.contour not null,
    hour            timestamptz    not null,
    told_at         timestamptz    not null,
    constraint stranger_told_pk primary key (participant_id, contour, hour),
    constraint stranger_told_participant_fk foreign key (participant_id) references participants.participant (id),
    constraint stranger_told_hour_check check (hour = date_trunc('hour', hour, 'UTC') and told_at >= hour)
);
create trigger append_only before update or delete or truncate on consent.stranger_told for each statement execute function access.refuse_change();
grant select, insert on consent.stranger_told to "${application_role}";

-- N29: to the authority's unit alone. The frame is that of all letters.
insert into notices.template (kind, procedure_code, language, valid_from, subject, body)
select 'N29', '*', t.language, t.valid_from, n.subject, '{{participant}}' || E'\n\n' || n.said || substring(t.body from position(E'\n\n' || n.label || ': {{number}}' in t.body))
  from notices.template t
  join (values
    ('RU', 'Номер', 'Предъявлены чужие токены: {{caller}}',
     $$Для инспектора по безопасности ({{contour}}). {{caller}} с {{since}} предъявил токены согласия, выданные не ему; токенов: {{consents}}. Данные не переданы, налогоплательщикам сообщено.
Выясните, как токены попали к нему; при необходимости прекратите токены и приостановите подключение.$$),
    ('KY', 'Номери', 'Башкага берилген токендер көрсөтүлдү: {{caller}}',
     $$Коопсуздук боюнча инспектор үчүн ({{contour}}). {{caller}} {{since}} тартып өзүнө берилбеген макулдук токендерин көрсөттү; токендердин саны: {{consents}}. Маалымат берилген жок, салык төлөөчүлөргө билдирилди.
Токендер ага кантип түшкөнүн аныктаңыз; зарыл болсо, токендерди токтотуп, туташууну убактылуу токтотуңуз.$$),
    ('EN', 'Number', 'Tokens of others were presented: {{caller}}',
     $$For the security officer ({{contour}}). Since {{since}}, {{caller}} presented consent tokens that were not issued for it; tokens: {{consents}}. No data was disclosed, and the taxpayers were told.
Find out how it came by them; if need be, end the tokens and suspend the connection.$$))
    n (language, label, subject, said) on n.language = t.language
 where t.kind = 'N20' and t.procedure_code = '*' and t.valid_from = '2020-01-01';
