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

-- Rules for signals (ACC-97) may be changed by an official, as a further version: what is missing in rows of a release or of the owner says who did it, when and why. A version of an
-- official follows the newest one of its code, is of the same kind, and holds from a later moment.
alter table access.signal_rule
    add id          uuid not null default gen_random_uuid(),
    add set_at      timestamptz,
    add actor       uuid,
    add actor_role  text,
    add reason      text,
    add constraint signal_rule_id_unique unique (id),
    add constraint signal_rule_set_check check ((set_at is null) = (actor_role is null) and (set_at is null) = (reason is null) and effective_from >= set_at and length(reason) between 1 and 1000);
create function access.require_rule_follows() returns trigger language plpgsql as $$
begin
    if not exists (select from access.signal_rule r where r.code = new.code and r.version = new.version - 1 and r.kind = new.kind and r.effective_from < new.effective_from)
            or exists (select from access.signal_rule r where r.code = new.code and r.version > new.version) then
        raise exception 'a rule follows the newest version of its code' using errcode = 'check_violation', constraint = 'signal_rule_follows';
    end if;
    return new;
end $$;
create trigger follows before insert on access.signal_rule for each row when (new.set_at is not null or current_user = '${application_role}') execute function access.require_rule_follows();
grant insert on access.signal_rule to "${application_role}";
