-- Procedures say in full what participants read of them, their checklists and grounds are completed by a next version, and officials publish texts of notices and
-- change single days of calendars.

-- For which contours a version connects, by which way requests come, and to which address; null: the source names none (ACC-20). The defaults are what versions meant
-- that could not say so. Written with the version and never edited, as its other columns.
alter table access.procedure_version
    add contours text[] not null default '{TEST,PRODUCTION}',
    add channel text not null default 'LETTER',
    add channel_address text,
    add constraint procedure_version_contours_check check (contours in ('{TEST}', '{PRODUCTION}', '{TEST,PRODUCTION}')),
    add constraint procedure_version_channel_check check (channel in ('LETTER', 'EMAIL')),
    add constraint procedure_version_address_check check (length(channel_address) between 1 and 300 and channel_address !~ '[[:cntrl:]]');

-- The same in words with its source, and who may apply and where notices go to: one row a matter.
create table access.procedure_provision (
    procedure_code  text     not null,
    version         integer  not null,
    matter          text     not null,
    text_ru         text     not null,
    text_ky         text     not null,
    text_en         text     not null,
    source          text     not null,
    constraint procedure_provision_pk primary key (procedure_code, version, matter),
    constraint procedure_provision_version_fk foreign key (procedure_code, version) references access.procedure_version (procedure_code, version),
    constraint procedure_provision_matter_check check (matter in ('CONTOURS', 'APPLICANTS', 'CHANNEL', 'NOTICES_TO'))
);
create trigger published before update or delete or truncate on access.procedure_provision for each statement execute function access.refuse_change();
create trigger not_afterwards before insert on access.procedure_provision for each row execute function access.refuse_row_of_sealed_version();
grant select, insert on access.procedure_provision to "${application_role}";

-- What the versions of before meant from their first day, and could not say.
alter table access.procedure_version disable trigger only_ended;
update access.procedure_version set channel = 'EMAIL', channel_address = 'cpon@nalog.ru' where procedure_code = 'RU-422-696';
update access.procedure_version set channel = 'EMAIL', channel_address = 'cpon@tax.gov.ru' where procedure_code = 'RU-1221';
alter table access.procedure_version enable trigger only_ended;
insert into access.procedure_provision (procedure_code, version, matter, text_ru, text_ky, text_en, source)
select v.procedure_code, v.version, said.matter, said.ru, said.ky, said.en, said.source
  from access.procedure_version v join (values
    ('KG-147', 'CONTOURS', 'Тестовый и продуктивный контуры', 'Тесттик жана өндүрүштүк контурлар', 'TEST and PRODUCTION', '003 §10, §11'),
    ('KG-147', 'APPLICANTS', 'Участник взаимодействия, состоящий на налоговом учёте и зарегистрированный в системе межведомственного взаимодействия',
        'Салык эсебинде турган жана ведомстволор аралык өз ара аракеттенүү тутумунда катталган катышуучу', 'A participant that is registered with the tax authority and in the exchange', '003 §3, §14.1, §14.2'),
    ('KG-147', 'CHANNEL', 'Официальное письмо; адрес порядком не установлен', 'Расмий кат; дареги тартипте көрсөтүлгөн эмес', 'Official letter; the order names no address', '003 §7; the address: data'),
    ('KG-147', 'NOTICES_TO', 'По адресу, указанному в соглашении', 'Макулдашууда көрсөтүлгөн дарек боюнча', 'To the address in the agreement', 'data'),
    ('RU-422-696', 'CONTOURS', 'КИТ (тестовый контур) и КПЭ (продуктивный контур)', 'КИТ (тесттик контур) жана КПЭ (өндүрүштүк контур)', 'KIT (TEST) and KPE (PRODUCTION)', '001 §3.1, §3.3'),
    ('RU-422-696', 'APPLICANTS', 'Внешний пользователь, отвечающий критериям постановлений № 422 и № 696', '№ 422 жана № 696 токтомдордун критерийлерине жооп берген тышкы пайдалануучу',
        'An external user that meets the criteria of decrees 422 and 696', '001 §2'),
    ('RU-422-696', 'CHANNEL', 'Электронная почта', 'Электрондук почта', 'E-mail', '001 §3'),
    ('RU-422-696', 'NOTICES_TO', 'По адресу, указанному в заявке; о тестировании – по адресу в письме о тестировании', 'Өтүнмөдө көрсөтүлгөн дарек боюнча; тестирлөө тууралуу – тестирлөө жөнүндө каттагы дарек боюнча',
        'To the e-mail address in the request; about tests, to the one in the test message', '001 §3.2, §3.5'),
    ('RU-1221', 'CONTOURS', 'Сервис, то есть продуктивный контур; тестовый контур предлагается дополнительно', 'Кызмат, башкача айтканда өндүрүштүк контур; тесттик контур кошумча сунушталат',
        'The service, which is PRODUCTION; TEST is offered besides', 'decided'),
    ('RU-1221', 'APPLICANTS', 'Внешний пользователь, соответствующий постановлению № 1221 и ещё не подключённый', '№ 1221 токтомго ылайык келген, али туташтырыла элек тышкы пайдалануучу',
        'An external user that conforms to decree 1221 and is not connected yet', '000 §4.1'),
    ('RU-1221', 'CHANNEL', 'Электронная почта', 'Электрондук почта', 'E-mail', '000 §4'),
    ('RU-1221', 'NOTICES_TO', 'По адресу, указанному в заявке', 'Өтүнмөдө көрсөтүлгөн дарек боюнча', 'To the e-mail address in the request', '000 §4.1 to §4.5'))
    said (procedure_code, matter, ru, ky, en, source) using (procedure_code);

-- Nobody is connected to a contour that the version of the request's day does not connect to. Whoever is there already leaves, changes and is restored all the same.
create function access.require_contour_of_procedure() returns trigger language plpgsql as $$
begin
    if not exists (select from access.procedure_version where procedure_code = new.procedure_code and version = new.version and new.contour = any (contours)) then
        raise exception 'the procedure does not connect to %', new.contour using errcode = 'check_violation', constraint = 'request_contour_of_procedure';
    end if;
    return null;
end $$;
create trigger contour_of_procedure after insert on access.request for each row when (new.kind in ('CONNECT', 'JOINT_TEST')) execute function access.require_contour_of_procedure();

-- The next versions: all that the newest ones say, and what they lacked. RU-422-696 and RU-1221 check that the request names decree and action for its contour, and the
-- mailbox for the notice of access (ACC-42, ACC-47), and want the duty declared to send no knowingly false data (ACC-O18). KG-147 names the duty that was not performed
-- (ACC-T29), in place of duties at large. They begin on a day to come, as every version: what was received before keeps its own.
do $$
declare
    former access.procedure_version;
    first_day date;
    child text;
begin
    for former in select distinct on (procedure_code) * from access.procedure_version where procedure_code in ('KG-147', 'RU-422-696', 'RU-1221') order by procedure_code, version desc loop
        select greatest(date '2026-12-01', (now() at time zone c.zone)::date + 1, former.valid_from + 1, former.valid_to + 1) into first_day
          from access.procedure p join calendar.calendar c on c.code = p.calendar_code where p.code = former.procedure_code;
        update access.procedure_version set valid_to = first_day - 1 where procedure_code = former.procedure_code and version = former.version and valid_to is null;
        insert into access.procedure_version
        select n.* from jsonb_populate_record(former, jsonb_build_object('version', former.version + 1, 'id', gen_random_uuid(), 'valid_from', first_day, 'valid_to', null,
                'source', split_part(former.source, ';', 1) || '; the same order, told more fully')) n;
        foreach child in array array['procedure_deadline', 'procedure_item', 'procedure_ground', 'procedure_subject', 'procedure_document', 'procedure_provision'] loop
            execute format('insert into access.%1$I select n.* from access.%1$I c cross join jsonb_populate_record(c, jsonb_build_object(''version'', c.version + 1)) n
                             where (c.procedure_code, c.version) = ($1, $2) and not to_jsonb(c) @> ''{"measure": "TERMINATION", "code": "DUTIES_NOT_PERFORMED"}''', child)
                using former.procedure_code, former.version;
        end loop;
    end loop;
end $$;

insert into access.procedure_item (procedure_code, version, request_kind, contour, code, side, position, text_ru, text_ky, text_en, source)
select said.procedure_code, newest.version, 'CONNECT', c.contour, said.code, said.side, 100 + said.place, said.ru, said.ky, said.en, said.source
  from (values
    (1, 'RU-422-696', 'DECREE_AND_ACTION', 'CHECK', 'Для контура указаны постановление (422/696) и действие: подключение', 'Контур үчүн токтом (422/696) жана аракет көрсөтүлгөн: туташтыруу',
        'For the contour the decree (422/696) and the action, connection, are given', '001 App. 1'),
    (2, 'RU-422-696', 'ACCESS_EMAIL', 'CHECK', 'Указан адрес электронной почты для уведомления о доступе', 'Кирүү мүмкүндүгү тууралуу билдирме үчүн электрондук почта дареги көрсөтүлгөн',
        'The e-mail address for the notice of access is given', '001 App. 1'),
    (3, 'RU-422-696', 'NO_FALSE_DATA', 'CONFIRMATION', 'Заявитель обязуется не передавать заведомо недостоверную информацию и не препятствовать передаче достоверной',
        'Арыз ээси атайылап жалган маалымат бербөөгө жана анык маалыматтын берилишине тоскоол болбоого милдеттенет',
        'The applicant undertakes to send no knowingly false data and not to hinder true data', '001 §2'),
    (1, 'RU-1221', 'DECREE_AND_ACTION', 'CHECK', 'Для контура указаны постановление (1221) и действие: подключение', 'Контур үчүн токтом (1221) жана аракет көрсөтүлгөн: туташтыруу',
        'For the contour the decree (1221) and the action, connection, are given', '000 App. 4, data'),
    (2, 'RU-1221', 'ACCESS_EMAIL', 'CHECK', 'Указан адрес электронной почты для уведомления о доступе', 'Кирүү мүмкүндүгү тууралуу билдирме үчүн электрондук почта дареги көрсөтүлгөн',
        'The e-mail address for the notice of access is given', '000 App. 4, data'),
    (3, 'RU-1221', 'NO_FALSE_DATA', 'CONFIRMATION', 'Заявитель обязуется не передавать заведомо недостоверную информацию и не препятствовать передаче достоверной',
        'Арыз ээси атайылап жалган маалымат бербөөгө жана анык маалыматтын берилишине тоскоол болбоого милдеттенет',
        'The applicant undertakes to send no knowingly false data and not to hinder true data', '000 §2'))
    said (place, procedure_code, code, side, ru, ky, en, source)
  join lateral (select version, contours from access.procedure_version v where v.procedure_code = said.procedure_code order by version desc limit 1) newest on true
 cross join lateral unnest(newest.contours) c (contour)
on conflict do nothing;

insert into access.procedure_ground (procedure_code, version, measure, code, immediate, position, text_ru, text_ky, text_en, source)
select 'KG-147', (select max(version) from access.procedure_version where procedure_code = 'KG-147'), 'TERMINATION', said.code, false, said.duty, said.ru, said.ky, said.en,
       '003 §14.' || said.duty || ', §15'
  from (values
    (1, 'TAX_REGISTRATION', 'Участник не зарегистрирован в налоговом органе', 'Катышуучу салык органында катталган эмес', 'The participant is not registered with the tax authority'),
    (2, 'EXCHANGE_REGISTRATION', 'Участник не зарегистрирован в системе межведомственного взаимодействия', 'Катышуучу ведомстволор аралык өз ара аракеттенүү тутумунда катталган эмес',
        'The participant is not registered in the exchange'),
    (3, 'LAW', 'Не исполняются требования законодательства о налогах, электронном управлении, электронной подписи или персональных данных',
        'Салык, электрондук башкаруу, электрондук кол же жеке маалыматтар жөнүндө мыйзамдардын талаптары аткарылбайт',
        'The law on taxes, electronic government, electronic signature or personal data is not obeyed'),
    (4, 'PRODUCT_IN_ORDER', 'Продукт неисправен, или данные не передаются бесперебойно и своевременно', 'Продукт иштебейт же маалыматтар үзгүлтүксүз жана өз убагында берилбейт',
        'The product is out of order, or data are not transferred without interruption and in time'),
    (5, 'DATA_PROTECTION', 'Информация не защищена от несанкционированного доступа', 'Маалымат уруксатсыз кирүүдөн корголгон эмес', 'Information is not protected from unauthorised access'),
    (6, 'PARTICULARS_TOLD', 'Об изменении сведений не сообщено за 3 рабочих дня', 'Маалыматтардын өзгөргөнү тууралуу 3 жумуш күнүнүн ичинде билдирилген эмес',
        'Changed particulars were not told within 3 working days'),
    (7, 'LIQUIDATION_TOLD', 'О ликвидации или реорганизации не сообщено за 3 рабочих дня до её начала', 'Жоюу же кайра уюштуруу тууралуу башталышына 3 жумуш күнү калганда билдирилген эмес',
        'Liquidation or reorganisation was not told 3 working days before it began'),
    (8, 'OUTAGES_TOLD', 'О перебоях, работах, нарушениях или сбоях не сообщено незамедлительно', 'Үзгүлтүктөр, жумуштар, бузуулар же иштебей калуулар тууралуу дароо билдирилген эмес',
        'Outages, works, breaches or failures were not told at once'),
    (9, 'ROUND_THE_CLOCK', 'Продукт недоступен пользователям круглосуточно', 'Продукт колдонуучуларга күнү-түнү жеткиликтүү эмес', 'The product is not available round the clock'),
    (10, 'DATA_STRUCTURE', 'Изменены структура или состав передаваемых данных', 'Берилүүчү маалыматтардын түзүмү же курамы өзгөртүлгөн', 'The structure or composition of the exchanged data was changed'),
    (11, 'CONFIDENTIALITY', 'Нарушена конфиденциальность данных, или они переданы третьим лицам', 'Маалыматтардын купуялуулугу бузулган же алар үчүнчү жактарга берилген',
        'Data were not kept confidential, or were passed to third parties'),
    (12, 'USERS_IDENTIFIED', 'Пользователи не идентифицируются и не аутентифицируются', 'Колдонуучулар идентификацияланбайт жана аутентификацияланбайт', 'Users are not identified and authenticated'),
    (13, 'CONSENT', 'Согласие налогоплательщика не получено или не передано', 'Салык төлөөчүнүн макулдугу алынган же берилген эмес', 'The taxpayer''s consent was not obtained, or not passed on'))
    said (duty, code, ru, ky, en)
on conflict do nothing;

-- A single day that an official set beside the year's act says by which act; null: the year's own. An import of the year replaces it with the others.
alter table calendar.day add source text,
    add constraint day_source_check check (length(source) between 1 and 1000);

-- A text of notices that one official wants to publish and another one approves or rejects (§3, ACC-82): written once, decided once. Texts hold in both contours.
create table notices.template_proposal (
    id              uuid              not null,
    kind            text              not null,
    procedure_code  text              not null,
    language        notices.language  not null,
    valid_from      date              not null,
    subject         text              not null,
    body            text              not null,
    reason          text              not null,
    proposed_by     uuid              not null,
    proposed_at     timestamptz       not null,
    decided_by      uuid,
    decided_at      timestamptz,
    outcome         text,
    remark          text,
    constraint template_proposal_pk primary key (id),
    constraint template_proposal_text_check check (length(subject) between 1 and 300 and length(body) between 1 and 10000),
    constraint template_proposal_reason_check check (length(reason) between 1 and 1000 and length(remark) between 1 and 1000),
    constraint template_proposal_outcome_check check (outcome in ('APPROVED', 'REJECTED')),
    constraint template_proposal_decided_check check (num_nulls(decided_by, decided_at, outcome) in (0, 3)),
    constraint template_proposal_four_eyes_check check (outcome <> 'APPROVED' or decided_by <> proposed_by)
);
create unique index template_proposal_open_unique on notices.template_proposal (kind, procedure_code, language) where outcome is null;
create function notices.refuse_change_of_proposal() returns trigger language plpgsql as $$
begin
    raise exception 'a proposal is decided once, and kept';
end $$;
create trigger decided_once before update on notices.template_proposal for each row when (old.outcome is not null) execute function notices.refuse_change_of_proposal();
create trigger kept before delete or truncate on notices.template_proposal for each statement execute function notices.refuse_change_of_proposal();
grant select, insert on notices.template_proposal to "${application_role}";
grant update (decided_by, decided_at, outcome, remark) on notices.template_proposal to "${application_role}";

-- The application publishes no text that a second official has not approved as it stands; a release is the owner's responsibility.
create function notices.require_approved_template() returns trigger language plpgsql as $$
begin
    if not pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'usage')
            and not exists (select from notices.template_proposal p where p.outcome = 'APPROVED'
                              and (p.kind, p.procedure_code, p.language, p.valid_from, p.subject, p.body) = (new.kind, new.procedure_code, new.language, new.valid_from, new.subject, new.body)) then
        raise exception 'no approval of another official' using errcode = 'check_violation', constraint = 'template_approved';
    end if;
    return null;
end $$;
create trigger approved after insert on notices.template for each row execute function notices.require_approved_template();
