-- A participant's account may speak for one of its subsystems (CON-50): tokens are bound to a subsystem, and who asks about one is known by the account, never by a field
-- of the request. Set when the account is made, never changed.
alter table accounts.account add subsystem_id uuid,
    add constraint account_subsystem_fk foreign key (subsystem_id, participant_id) references participants.subsystem (id, participant_id),
    add constraint account_subsystem_check check (subsystem_id is null or role = 'PARTICIPANT');
grant insert (subsystem_id) on accounts.account to "${application_role}";

-- What a taxpayer is told about tokens (P01 to P11), for the cabinet. Written with what it tells of, once, and never changed.
create table consent.tiding (
    id              uuid           not null,
    contour         kernel.contour not null,
    taxpayer_inn    kernel.inn     not null,
    kind            text           not null,
    token_id        uuid           not null,
    -- Whom it is about: who holds the token; of STRANGER whoever presented it.
    participant_id  uuid           not null,
    subsystem_id    uuid           not null,
    at              timestamptz    not null,
    -- When it comes about, if that is later: an expiry, an announced end.
    effective_at    timestamptz,
    cause           text,
    -- The authority's reason.
    text            text           not null,
    -- What makes two of a kind about one token different: days ahead, the event of a connection, a stranger's hour.
    once            text           not null,
    constraint tiding_pk primary key (id),
    constraint tiding_once_unique unique (token_id, kind, once),
    constraint tiding_token_fk foreign key (token_id, contour, taxpayer_inn) references consent.token (id, contour, taxpayer_inn),
    constraint tiding_subsystem_fk foreign key (subsystem_id, participant_id) references participants.subsystem (id, participant_id),
    constraint tiding_kind_check check (kind in ('REVOKED', 'EXPIRED', 'EXHAUSTED', 'BUDGET_LOW', 'EXPIRES_SOON', 'PARTICIPANT_SUSPENDED', 'PARTICIPANT_RESTORED',
        'TERMINATION_ANNOUNCED', 'TERMINATION_WITHDRAWN', 'STRANGER', 'FIRST_USE')),
    constraint tiding_effective_check check ((kind in ('EXPIRES_SOON', 'TERMINATION_ANNOUNCED')) = (effective_at is not null)),
    constraint tiding_cause_check check ((kind = 'REVOKED') = (cause is not null)),
    constraint tiding_texts_check check (length(text) <= 1000 and length(once) <= 100)
);
create index tiding_taxpayer_index on consent.tiding (contour, taxpayer_inn, at desc, id desc);
create index tiding_stranger_index on consent.tiding (contour, at desc) where kind = 'STRANGER';
create trigger append_only before update or delete or truncate on consent.tiding for each statement execute function access.refuse_change();
grant select, insert on consent.tiding to "${application_role}";

-- A participant is told when its budget runs low (P05), too.
alter table consent.event_out drop constraint event_out_kind_check,
    add constraint event_out_kind_check check (kind in ('REVOKED', 'EXPIRED', 'EXHAUSTED', 'BUDGET_LOW', 'FROZEN', 'UNFROZEN')),
    -- When a letter said that it was not acknowledged in time (CON-121).
    add overdue_told_at timestamptz;
grant update (overdue_told_at) on consent.event_out to "${application_role}";
-- What letters look for; those that were told fall out.
create index event_out_overdue_untold_index on consent.event_out (at) where acknowledged_at is null and overdue_told_at is null;

-- N26: consents expire soon (CON-123). N27: consent events nobody acknowledged (CON-121). The frame is that of all letters.
insert into notices.template (kind, procedure_code, language, valid_from, subject, body)
select n.kind, '*', t.language, t.valid_from, n.subject, '{{participant}}' || E'\n\n' || n.said || substring(t.body from position(E'\n\n' || n.label || ': {{number}}' in t.body))
  from notices.template t
  join (values
    ('N26', 'RU', 'Номер', 'Скоро истекают согласия налогоплательщиков, {{number}}',
     $$У вас скоро истекают согласия, данные токенами. После указанного дня вызовы по ним отклоняются; при необходимости попросите у налогоплательщика новый токен.

{{consents}}$$),
    ('N26', 'KY', 'Номери', 'Салык төлөөчүлөрдүн макулдуктарынын мөөнөтү бүтүп баратат, {{number}}',
     $$Токендер менен берилген макулдуктардын мөөнөтү жакында бүтөт. Көрсөтүлгөн күндөн кийин алар боюнча чакыруулар четке кагылат; керек болсо, салык төлөөчүдөн жаңы токен сураңыз.

{{consents}}$$),
    ('N26', 'EN', 'Number', 'Taxpayers'' consents expire soon, {{number}}',
     $$Consents that you hold by token expire soon. After the day named, calls on them are refused; ask the taxpayer for a new token if you need one.

{{consents}}$$),
    ('N27', 'RU', 'Номер', 'Извещения о согласиях не подтверждены, {{number}}',
     $$Ваша система не подтвердила извещения о согласиях налогоплательщиков в течение 72 часов; их число: {{events}}. Больше они не отправляются, но их можно получить запросом. Вызовы по прекращённым согласиям отклоняются независимо от извещений.$$),
    ('N27', 'KY', 'Номери', 'Макулдуктар жөнүндө билдирүүлөр ырасталган жок, {{number}}',
     $$Сиздин система салык төлөөчүлөрдүн макулдуктары жөнүндө билдирүүлөрдү 72 сааттын ичинде ырастаган жок; алардын саны: {{events}}. Алар мындан ары жөнөтүлбөйт, бирок суроо менен алууга болот. Токтотулган макулдуктар боюнча чакыруулар билдирүүлөргө карабастан четке кагылат.$$),
    ('N27', 'EN', 'Number', 'Consent events are not acknowledged, {{number}}',
     $$Your system has not acknowledged events about taxpayers' consents in 72 hours; their number: {{events}}. They are not pushed any more, and can still be fetched. Calls on consents that ended are refused whether or not you were told.$$))
    n (kind, language, label, subject, said) on n.language = t.language
 where t.kind = 'N20' and t.procedure_code = '*' and t.valid_from = '2020-01-01';
