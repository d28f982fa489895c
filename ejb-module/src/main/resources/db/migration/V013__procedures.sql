-- How participants are connected, as dated data (ACC-20 to ACC-23): a change of law is a new version with its day, and what was begun under a
-- version ends under it. A version that was used is never edited.
create table access.procedure (
    code           text not null,
    calendar_code  text not null,
    title_ru       text not null,
    title_ky       text not null,
    title_en       text not null,
    constraint procedure_pk primary key (code),
    constraint procedure_calendar_fk foreign key (calendar_code) references calendar.calendar (code)
);

-- In force on the days from valid_from to valid_to, both inclusive, of the calendar's zone.
create table access.procedure_version (
    procedure_code               text     not null,
    version                      integer  not null,
    valid_from                   date     not null,
    valid_to                     date,
    source                       text     not null,
    -- Last labels of the mail domains that requests may come from; null: any (ACC-49).
    sender_zones                 text[],
    -- Before PRODUCTION.
    joint_test_required          boolean  not null,
    agreement_required           boolean  not null,
    constraint procedure_version_pk primary key (procedure_code, version),
    constraint procedure_version_procedure_fk foreign key (procedure_code) references access.procedure (code),
    constraint procedure_version_number_check check (version > 0),
    constraint procedure_version_period_check check (valid_to is null or valid_from <= valid_to),
    constraint procedure_version_once exclude using gist (procedure_code with =, daterange(valid_from, valid_to, '[]') with &&)
);

-- Deadlines in working days: AFTER an event, or BEFORE a day that was announced (ACC-31, ACC-32). The source is a paragraph, or 'data' where the
-- order names no number.
create table access.procedure_deadline (
    procedure_code  text     not null,
    version         integer  not null,
    rule            text     not null,
    direction       text     not null,
    working_days    integer  not null,
    source          text     not null,
    constraint procedure_deadline_pk primary key (procedure_code, version, rule),
    constraint procedure_deadline_version_fk foreign key (procedure_code, version) references access.procedure_version (procedure_code, version),
    constraint procedure_deadline_direction_check check (direction in ('AFTER', 'BEFORE')),
    constraint procedure_deadline_days_check check (working_days between 1 and 400)
);

-- What a request of a kind must show: CHECK is ticked by the official, and unticked becomes a line of the refusal (ACC-47); CONFIRMATION is declared by
-- the applicant (ACC-50).
create table access.procedure_item (
    procedure_code  text           not null,
    version         integer        not null,
    request_kind    text           not null,
    contour         kernel.contour not null,
    code            text           not null,
    side            text           not null,
    position        integer        not null,
    text_ru         text           not null,
    text_ky         text           not null,
    text_en         text           not null,
    source          text           not null,
    constraint procedure_item_pk primary key (procedure_code, version, request_kind, contour, code),
    constraint procedure_item_version_fk foreign key (procedure_code, version) references access.procedure_version (procedure_code, version),
    constraint procedure_item_kind_check check (request_kind in ('CONNECT', 'JOINT_TEST', 'RESTORE', 'DISCONNECT', 'CHANGE')),
    constraint procedure_item_side_check check (side in ('CHECK', 'CONFIRMATION'))
);

-- On what grounds the authority may suspend, disconnect or terminate (ACC-2). A ground that is not immediate needs an announcement first.
create table access.procedure_ground (
    procedure_code  text     not null,
    version         integer  not null,
    measure         text     not null,
    code            text     not null,
    immediate       boolean  not null,
    position        integer  not null,
    text_ru         text     not null,
    text_ky         text     not null,
    text_en         text     not null,
    source          text     not null,
    constraint procedure_ground_pk primary key (procedure_code, version, measure, code),
    constraint procedure_ground_version_fk foreign key (procedure_code, version) references access.procedure_version (procedure_code, version),
    constraint procedure_ground_measure_check check (measure in ('SUSPENSION', 'DISCONNECTION', 'TERMINATION')),
    constraint procedure_ground_termination_check check (measure <> 'TERMINATION' or not immediate)
);

create function access.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% on %.%: what was published or happened is not edited', tg_op, tg_table_schema, tg_table_name;
end $$;

-- The one change a version knows: its end, when the next one begins. It may not end before today's requests were judged by it.
create function access.refuse_edited_version() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or row(new.procedure_code, new.version, new.valid_from, new.source, new.sender_zones, new.joint_test_required, new.agreement_required)
            is distinct from row(old.procedure_code, old.version, old.valid_from, old.source, old.sender_zones, old.joint_test_required, old.agreement_required)
            or old.valid_to is not null then
        raise exception 'a version of a procedure is not edited: publish the next one';
    end if;
    return new;
end $$;
create trigger only_ended before update or delete on access.procedure_version for each row execute function access.refuse_edited_version();
do $$
declare
    name text;
begin
    foreach name in array array['procedure_deadline', 'procedure_item', 'procedure_ground'] loop
        execute format('create trigger published before update or delete or truncate on access.%I for each statement execute function access.refuse_change()', name);
    end loop;
end $$;

grant select on access.procedure, access.procedure_version, access.procedure_deadline, access.procedure_item, access.procedure_ground to "${application_role}";
grant insert on access.procedure_version, access.procedure_deadline, access.procedure_item, access.procedure_ground to "${application_role}";
grant update (valid_to) on access.procedure_version to "${application_role}";

insert into access.procedure (code, calendar_code, title_ru, title_ky, title_en) values
    ('KG-147', 'KG', 'Интеграция с электронными сервисами ГНС (приказ № 147)', 'МСКнын электрондук кызматтары менен интеграция (№ 147 буйрук)', 'Integration with the tax service''s electronic services (order No 147)'),
    ('RU-422-696', 'RU', 'Доступ к платформе ФНС России (постановления № 422 и № 696)', 'Россиянын ФСК платформасына кирүү (№ 422 жана № 696 токтомдор)', 'Access to the FNS platform (decrees 422 and 696)'),
    ('RU-1221', 'RU', 'Сервис мониторинга кредитования (постановление № 1221)', 'Насыялоо мониторингинин кызматы (№ 1221 токтом)', 'Lending-monitoring service (decree 1221)');

insert into access.procedure_version (procedure_code, version, valid_from, source, sender_zones, joint_test_required, agreement_required) values
    ('KG-147', 1, '2024-09-07', '003; the day is that of the order, entry into force is not stated', null, false, true),
    ('RU-422-696', 1, '2020-05-16', '001; the day is that of decree 696, the procedure bears none', null, true, false),
    ('RU-1221', 1, '2022-07-08', '000; the day is that of decree 1221, the procedure bears none', '{ru,su}', false, false);

insert into access.procedure_deadline (procedure_code, version, rule, direction, working_days, source) values
    ('KG-147', 1, 'CONFIRM_REQUEST', 'AFTER', 1, 'data'),
    ('KG-147', 1, 'DECIDE_TEST', 'AFTER', 5, 'data'),
    ('KG-147', 1, 'DECIDE_JOINT_TEST', 'AFTER', 5, 'data'),
    ('KG-147', 1, 'DECIDE_PRODUCTION', 'AFTER', 5, 'data'),
    ('KG-147', 1, 'DECIDE_RESTORATION', 'AFTER', 5, 'data'),
    ('KG-147', 1, 'DECIDE_CHANGE', 'AFTER', 5, 'data'),
    ('KG-147', 1, 'DISCONNECT_ON_REQUEST', 'AFTER', 5, 'data'),
    ('KG-147', 1, 'SUPPLY_INFORMATION', 'AFTER', 30, 'data'),
    ('KG-147', 1, 'TELL_SUSPENSION', 'AFTER', 1, 'data'),
    ('KG-147', 1, 'TELL_RESTORATION', 'AFTER', 1, 'data'),
    ('KG-147', 1, 'TELL_DISCONNECTION', 'AFTER', 1, 'data'),
    ('KG-147', 1, 'ANNOUNCE_TERMINATION', 'BEFORE', 3, '003 §15'),
    ('KG-147', 1, 'ANNOUNCE_OUTAGE', 'BEFORE', 3, '003 §13.3'),
    ('KG-147', 1, 'ANNOUNCE_CHANGE', 'BEFORE', 3, '003 §13.3'),
    ('KG-147', 1, 'REPORT_PARTICULARS', 'AFTER', 3, '003 §14.6'),
    ('KG-147', 1, 'REPORT_LIQUIDATION', 'BEFORE', 3, '003 §14.7'),
    ('KG-147', 1, 'RENEW_AGREEMENT', 'AFTER', 30, 'data'),
    ('RU-422-696', 1, 'CONFIRM_REQUEST', 'AFTER', 1, 'data'),
    ('RU-422-696', 1, 'DECIDE_TEST', 'AFTER', 2, '001 §3.1'),
    ('RU-422-696', 1, 'DECIDE_JOINT_TEST', 'AFTER', 5, '001 §3.2'),
    ('RU-422-696', 1, 'DECIDE_PRODUCTION', 'AFTER', 5, '001 §3.3'),
    ('RU-422-696', 1, 'DECIDE_RESTORATION', 'AFTER', 5, 'as 000 §4.3'),
    ('RU-422-696', 1, 'DECIDE_CHANGE', 'AFTER', 5, 'data'),
    ('RU-422-696', 1, 'DISCONNECT_ON_REQUEST', 'AFTER', 30, '001 §3.4'),
    ('RU-422-696', 1, 'SUPPLY_INFORMATION', 'AFTER', 30, 'data'),
    ('RU-422-696', 1, 'ANNOUNCE_SUSPENSION', 'BEFORE', 2, '001 §2, counted as working days'),
    ('RU-422-696', 1, 'TELL_SUSPENSION', 'AFTER', 1, 'as 000 §4.2'),
    ('RU-422-696', 1, 'TELL_RESTORATION', 'AFTER', 1, 'as 000 §4.3'),
    ('RU-422-696', 1, 'TELL_DISCONNECTION', 'AFTER', 1, '001 §3.5'),
    ('RU-422-696', 1, 'ANNOUNCE_OUTAGE', 'BEFORE', 3, 'data'),
    ('RU-422-696', 1, 'ANNOUNCE_CHANGE', 'BEFORE', 3, 'data'),
    ('RU-422-696', 1, 'REPORT_PARTICULARS', 'AFTER', 3, 'data'),
    ('RU-1221', 1, 'CONFIRM_REQUEST', 'AFTER', 1, 'data'),
    ('RU-1221', 1, 'DECIDE_TEST', 'AFTER', 5, 'data'),
    ('RU-1221', 1, 'DECIDE_JOINT_TEST', 'AFTER', 5, 'data'),
    ('RU-1221', 1, 'DECIDE_PRODUCTION', 'AFTER', 5, '000 §4.1'),
    ('RU-1221', 1, 'DECIDE_RESTORATION', 'AFTER', 5, '000 §4.3'),
    ('RU-1221', 1, 'DECIDE_CHANGE', 'AFTER', 5, 'data'),
    ('RU-1221', 1, 'DISCONNECT_ON_REQUEST', 'AFTER', 5, '000 §4.4'),
    ('RU-1221', 1, 'SUPPLY_INFORMATION', 'AFTER', 30, 'data'),
    ('RU-1221', 1, 'TELL_SUSPENSION', 'AFTER', 1, '000 §4.2'),
    ('RU-1221', 1, 'TELL_RESTORATION', 'AFTER', 1, '000 §4.3'),
    ('RU-1221', 1, 'TELL_DISCONNECTION', 'AFTER', 1, '000 §4.4, §4.5'),
    ('RU-1221', 1, 'ANNOUNCE_OUTAGE', 'BEFORE', 3, 'data'),
    ('RU-1221', 1, 'ANNOUNCE_CHANGE', 'BEFORE', 3, 'data'),
    ('RU-1221', 1, 'REPORT_PARTICULARS', 'AFTER', 3, 'data');

insert into access.procedure_item (procedure_code, version, request_kind, contour, code, side, position, text_ru, text_ky, text_en, source)
select v.procedure_code, 1, v.request_kind, c.contour, v.code, v.side, row_number() over (order by v.place), v.ru, v.ky, v.en, v.source
  from (values
    (1, 'KG-147', 'CONNECT', '{TEST,PRODUCTION}', 'TAX_REGISTRATION', 'CHECK', 'Заявитель состоит на налоговом учёте', 'Арыз ээси салык эсебинде турат', 'The applicant is registered with the tax authority', '003 §14.1'),
    (2, 'KG-147', 'CONNECT', '{TEST,PRODUCTION}', 'EXCHANGE_REGISTRATION', 'CHECK', 'Заявитель зарегистрирован в системе межведомственного взаимодействия', 'Арыз ээси ведомстволор аралык өз ара аракеттенүү тутумунда катталган', 'The applicant is registered in the exchange', '003 §14.2'),
    (3, 'KG-147', 'CONNECT', '{TEST,PRODUCTION}', 'SERVICES_NAMED', 'CHECK', 'Указаны запрашиваемые сервисы', 'Суралган кызматтар көрсөтүлгөн', 'The services wanted are named', '003 §7.1'),
    (4, 'KG-147', 'CONNECT', '{TEST,PRODUCTION}', 'MEMBER_IDENTIFIER', 'CHECK', 'Указан идентификатор участника', 'Катышуучунун идентификатору көрсөтүлгөн', 'The member identifier is given', '003 §7.2'),
    (5, 'KG-147', 'CONNECT', '{TEST,PRODUCTION}', 'SUBSYSTEM', 'CHECK', 'Указаны наименование и идентификатор подсистемы', 'Подсистеманын аталышы жана идентификатору көрсөтүлгөн', 'Name and identifier of the subsystem are given', '003 §7.3'),
    (6, 'KG-147', 'CONNECT', '{TEST,PRODUCTION}', 'RIGHTS_DOCUMENTS', 'CHECK', 'Приложены документы о праве использования, распространения и модификации, либо о регистрации собственного продукта', 'Пайдалануу, жайылтуу жана өзгөртүү укугу же өз продуктун каттоо жөнүндө документтер тиркелген', 'Documents of the right to use, distribute and modify, or of the registration of an own product, are attached', '003 §8'),
    (1, 'RU-422-696', 'CONNECT', '{TEST}', 'PROCEDURE_READ', 'CONFIRMATION', 'Заявитель ознакомлен с порядком', 'Арыз ээси тартип менен таанышкан', 'The applicant has read the procedure', '001 §3.1'),
    (2, 'RU-422-696', 'CONNECT', '{TEST}', 'TEST_ENVIRONMENT_READY', 'CONFIRMATION', 'Тестовая среда заявителя готова', 'Арыз ээсинин тест чөйрөсү даяр', 'The applicant''s test environment is ready', '001 §3.1'),
    (3, 'RU-422-696', 'CONNECT', '{PRODUCTION}', 'TEST_DONE', 'CONFIRMATION', 'Заявитель подключён к КИТ и провёл тестирование', 'Арыз ээси КИТке туташып, тестирлөөдөн өттү', 'The applicant is connected to TEST and has tested', '001 §3.3'),
    (4, 'RU-422-696', 'CONNECT', '{TEST,PRODUCTION}', 'NAME_AND_INN', 'CHECK', 'Указаны полное наименование с организационно-правовой формой и ИНН', 'Уюштуруу-укуктук формасы менен толук аталышы жана ИНН көрсөтүлгөн', 'Full name with legal form, and INN, are given', '001 App. 1'),
    (5, 'RU-422-696', 'CONNECT', '{TEST,PRODUCTION}', 'CONTACTS', 'CHECK', 'Указаны один или два контактных лица со всеми сведениями', 'Бардык маалыматтары менен бир же эки байланыш адамы көрсөтүлгөн', 'One or two contacts are given in full', '001 App. 1'),
    (6, 'RU-422-696', 'CONNECT', '{TEST,PRODUCTION}', 'DECREE_CRITERIA', 'CHECK', 'Заявитель отвечает критериям постановлений', 'Арыз ээси токтомдордун критерийлерине жооп берет', 'The applicant meets the decrees'' criteria', '001 §2'),
    (7, 'RU-422-696', 'JOINT_TEST', '{TEST}', 'SETTINGS_MADE', 'CONFIRMATION', 'Настройки для КИТ выполнены', 'КИТ үчүн жөндөөлөр жасалды', 'The settings for TEST are made', '001 §3.2'),
    (8, 'RU-422-696', 'JOINT_TEST', '{TEST}', 'PROTOCOLS_SHOWN', 'CHECK', 'Экранные формы или отчёт показывают работу протоколов', 'Экран формалары же отчёт протоколдордун иштешин көрсөтөт', 'Screen forms or report show the protocols working', '001 §3.2'),
    (1, 'RU-1221', 'CONNECT', '{TEST,PRODUCTION}', 'NAME_INN_OGRN', 'CHECK', 'Указаны полное наименование, ИНН и ОГРН', 'Толук аталышы, ИНН жана ОГРН көрсөтүлгөн', 'Full name, INN and OGRN are given', '000 §4.1'),
    (2, 'RU-1221', 'CONNECT', '{TEST,PRODUCTION}', 'CONTACTS', 'CHECK', 'Указаны один или два контактных лица со всеми сведениями', 'Бардык маалыматтары менен бир же эки байланыш адамы көрсөтүлгөн', 'One or two contacts are given in full', '000 App. 4, data'),
    (3, 'RU-1221', 'CONNECT', '{TEST,PRODUCTION}', 'DECREE_CONFORMITY', 'CHECK', 'Заявитель соответствует постановлению', 'Арыз ээси токтомго ылайык келет', 'The applicant conforms to the decree', '000 §4.1'),
    (4, 'KG-147', 'JOINT_TEST', '{TEST}', 'PROTOCOLS_SHOWN', 'CHECK', 'Экранные формы или отчёт показывают работу протоколов', 'Экран формалары же отчёт протоколдордун иштешин көрсөтөт', 'Screen forms or report show the protocols working', 'as 001 §3.2'),
    (4, 'RU-1221', 'JOINT_TEST', '{TEST}', 'PROTOCOLS_SHOWN', 'CHECK', 'Экранные формы или отчёт показывают работу протоколов', 'Экран формалары же отчёт протоколдордун иштешин көрсөтөт', 'Screen forms or report show the protocols working', 'as 001 §3.2'),
    (9, 'KG-147', 'RESTORE', '{TEST,PRODUCTION}', 'CAUSE_REMOVED', 'CHECK', 'Причина приостановления устранена', 'Токтотуу себеби жоюлду', 'The cause of the suspension is removed', 'as 000 §4.3'),
    (9, 'RU-422-696', 'RESTORE', '{TEST,PRODUCTION}', 'CAUSE_REMOVED', 'CHECK', 'Причина приостановления устранена', 'Токтотуу себеби жоюлду', 'The cause of the suspension is removed', '001 §2'),
    (9, 'RU-1221', 'RESTORE', '{TEST,PRODUCTION}', 'CAUSE_REMOVED', 'CHECK', 'Причина приостановления устранена', 'Токтотуу себеби жоюлду', 'The cause of the suspension is removed', '000 §4.3'))
    v (place, procedure_code, request_kind, contours, code, side, ru, ky, en, source)
  cross join lateral unnest(v.contours::text[]) c (contour);

insert into access.procedure_ground (procedure_code, version, measure, code, immediate, position, text_ru, text_ky, text_en, source) values
    ('KG-147', 1, 'SUSPENSION', 'INCIDENT', true, 1, 'Реагирование на инцидент', 'Инцидентке чара көрүү', 'Response to an incident', '003 §13.1; to be named in the agreement'),
    ('KG-147', 1, 'TERMINATION', 'DUTIES_NOT_PERFORMED', false, 1, 'Участник не исполняет обязанности', 'Катышуучу милдеттерин аткарбайт', 'The participant does not perform its duties', '003 §15'),
    ('RU-422-696', 1, 'SUSPENSION', 'OFF_PURPOSE', false, 1, 'Использование не по назначению', 'Максатка ылайык эмес пайдалануу', 'Use for another purpose', '001 §2'),
    ('RU-422-696', 1, 'SUSPENSION', 'EXCESSIVE_LOAD', false, 2, 'Подозрение на чрезмерную необоснованную нагрузку', 'Негизсиз ашыкча жүктөмгө шек', 'Suspected excessive unjustified load', '001 §2'),
    ('RU-422-696', 1, 'SUSPENSION', 'DANGER_TO_DATA', true, 3, 'Инцидент с угрозой данным', 'Маалыматтарга коркунуч туудурган инцидент', 'An incident that endangers data', 'decided: the only ground for suspending at once'),
    ('RU-422-696', 1, 'DISCONNECTION', 'BREACH', true, 1, 'Нарушение порядка', 'Тартипти бузуу', 'Breach of the procedure', '001 §3.5'),
    ('RU-422-696', 1, 'DISCONNECTION', 'CRITERIA_NOT_MET', true, 2, 'Несоответствие критериям постановлений', 'Токтомдордун критерийлерине жооп бербөө', 'The decrees'' criteria are not met', '001 §3.5'),
    ('RU-1221', 1, 'SUSPENSION', 'OFF_PURPOSE', true, 1, 'Использование не по назначению', 'Максатка ылайык эмес пайдалануу', 'Use for another purpose', '000 §4.2'),
    ('RU-1221', 1, 'SUSPENSION', 'EXCESSIVE_LOAD', true, 2, 'Подозрение на чрезмерную необоснованную нагрузку', 'Негизсиз ашыкча жүктөмгө шек', 'Suspected excessive unjustified load', '000 §4.2'),
    ('RU-1221', 1, 'DISCONNECTION', 'BREACH', true, 1, 'Нарушение порядка', 'Тартипти бузуу', 'Breach of the procedure', '000 §4.5'),
    ('RU-1221', 1, 'DISCONNECTION', 'CRITERIA_NOT_MET', true, 2, 'Несоответствие постановлению', 'Токтомго жооп бербөө', 'Non-conformity to the decree', '000 §4.5'),
    ('RU-1221', 1, 'DISCONNECTION', 'DECREE_CHANGED', true, 3, 'Изменение постановления', 'Токтомдун өзгөрүшү', 'The decree has changed', '000 §4.5');

-- Which procedure a service is offered under (ACC-23).
alter table access.service add procedure_code text not null default 'KG-147',
    add constraint service_procedure_fk foreign key (procedure_code) references access.procedure (code),
    add constraint service_of_procedure_unique unique (code, procedure_code);
alter table access.service alter procedure_code drop default;

-- That a participant was ever connected to a contour; made with its first connection there, never deleted.
create table access.participation (
    participant_id  uuid           not null,
    contour         kernel.contour not null,
    constraint participation_pk primary key (participant_id, contour),
    constraint participation_participant_fk foreign key (participant_id) references participants.participant (id)
);
grant select, insert on access.participation to "${application_role}";

-- The life of a connection (ACC-T20 to ACC-T35). Calls pass in CONNECTED and, until the announced date, in the states that announce something (ACC-66).
create table access.connection_transition (
    from_state  text not null,
    event       text not null,
    to_state    text not null,
    constraint connection_transition_pk primary key (from_state, event),
    constraint connection_transition_unique unique (from_state, event, to_state)
);
insert into access.connection_transition (from_state, event, to_state) values
    ('NONE', 'CONNECT', 'CONNECTED'),
    ('CONNECTED', 'ANNOUNCE_SUSPENSION', 'SUSPENSION_ANNOUNCED'),
    ('SUSPENSION_ANNOUNCED', 'WITHDRAW_SUSPENSION', 'CONNECTED'),
    ('SUSPENSION_ANNOUNCED', 'SUSPENSION_DUE', 'SUSPENDED'),
    ('CONNECTED', 'SUSPEND', 'SUSPENDED'),
    ('SUSPENSION_ANNOUNCED', 'SUSPEND', 'SUSPENDED'),
    ('TERMINATION_ANNOUNCED', 'SUSPEND', 'SUSPENDED_TERMINATION_ANNOUNCED'),
    ('SUSPENDED', 'RESTORE', 'CONNECTED'),
    ('SUSPENDED_TERMINATION_ANNOUNCED', 'RESTORE', 'TERMINATION_ANNOUNCED'),
    ('CONNECTED', 'AGREEMENT_EXPIRED', 'SUSPENDED'),
    ('SUSPENSION_ANNOUNCED', 'AGREEMENT_EXPIRED', 'SUSPENDED'),
    ('TERMINATION_ANNOUNCED', 'AGREEMENT_EXPIRED', 'SUSPENDED_TERMINATION_ANNOUNCED'),
    ('SUSPENDED', 'AGREEMENT_RENEWED', 'CONNECTED'),
    ('CONNECTED', 'ANNOUNCE_TERMINATION', 'TERMINATION_ANNOUNCED'),
    ('SUSPENDED', 'ANNOUNCE_TERMINATION', 'SUSPENDED_TERMINATION_ANNOUNCED'),
    ('TERMINATION_ANNOUNCED', 'WITHDRAW_TERMINATION', 'CONNECTED'),
    ('SUSPENDED_TERMINATION_ANNOUNCED', 'WITHDRAW_TERMINATION', 'SUSPENDED'),
    ('TERMINATION_ANNOUNCED', 'TERMINATION_DUE', 'DISCONNECTED'),
    ('SUSPENDED_TERMINATION_ANNOUNCED', 'TERMINATION_DUE', 'DISCONNECTED');
insert into access.connection_transition (from_state, event, to_state)
select state, event, 'DISCONNECTED'
  from unnest(array['CONNECTED', 'SUSPENSION_ANNOUNCED', 'TERMINATION_ANNOUNCED', 'SUSPENDED', 'SUSPENDED_TERMINATION_ANNOUNCED']) state
  cross join unnest(array['DISCONNECT', 'FORCE_DISCONNECTION', 'LIQUIDATE']) event;

-- A connection is of one participant, under one procedure, to one contour; after its end another one may begin, with nothing of the former (ACC-T35).
insert into access.participation (participant_id, contour) select participant_id, contour from access.connection;
alter table access.access_right drop constraint access_right_connection_fk;
alter table consent.token drop constraint token_connection_fk;
alter table access.connection drop constraint connection_pk, drop constraint connection_state_check,
    add id uuid not null default gen_random_uuid(),
    add procedure_code text not null default 'KG-147',
    -- When what is announced takes effect.
    add announced_for timestamptz,
    add ground text,
    add events integer not null default 1;
alter table access.connection alter id drop default, alter procedure_code drop default, alter events drop default,
    add constraint connection_pk primary key (id),
    add constraint connection_participation_fk foreign key (participant_id, contour) references access.participation (participant_id, contour),
    add constraint connection_procedure_fk foreign key (procedure_code) references access.procedure (code),
    add constraint connection_contour_unique unique (id, contour),
    add constraint connection_of_participant_unique unique (id, participant_id, contour, procedure_code),
    add constraint connection_state_check check (state in ('CONNECTED', 'SUSPENSION_ANNOUNCED', 'TERMINATION_ANNOUNCED', 'SUSPENDED', 'SUSPENDED_TERMINATION_ANNOUNCED', 'DISCONNECTED')),
    add constraint connection_announced_check check ((state like '%ANNOUNCED') = (announced_for is not null));
-- One at a time; the newest also where all have ended.
create unique index connection_live_unique on access.connection (participant_id, contour, procedure_code) where state <> 'DISCONNECTED';
create index connection_participant_index on access.connection (participant_id, contour, procedure_code);
create index connection_announced_index on access.connection (announced_for) where announced_for is not null;
alter table consent.token add constraint token_participation_fk foreign key (participant_id, contour) references access.participation (participant_id, contour);

-- What happened to a connection, who did it and why (ACC-1, ACC-2). A row changes the connection, and nothing else does: so a state is always the
-- end of a permitted path, whatever Java believes, and of two events at the same instant the second finds the first one's state.
create table access.connection_event (
    connection_id  uuid        not null,
    number         integer     not null,
    from_state     text        not null,
    event          text        not null,
    to_state       text        not null,
    at             timestamptz not null,
    actor          uuid,
    actor_role     text        not null,
    ground         text,
    reason         text        not null,
    announced_for  timestamptz,
    constraint connection_event_pk primary key (connection_id, number),
    constraint connection_event_connection_fk foreign key (connection_id) references access.connection (id),
    constraint connection_event_transition_fk foreign key (from_state, event, to_state) references access.connection_transition (from_state, event, to_state),
    constraint connection_event_reason_check check (length(reason) between 1 and 1000),
    constraint connection_event_actor_check check ((actor is null) = (actor_role = 'SYSTEM')),
    constraint connection_event_announced_check check ((event in ('ANNOUNCE_SUSPENSION', 'ANNOUNCE_TERMINATION')) = (announced_for is not null)),
    constraint connection_event_ground_check check (ground is not null or event not in ('ANNOUNCE_SUSPENSION', 'SUSPEND', 'ANNOUNCE_TERMINATION', 'FORCE_DISCONNECTION'))
);
insert into access.connection_event (connection_id, number, from_state, event, to_state, at, actor, actor_role, reason)
    select id, 1, 'NONE', 'CONNECT', 'CONNECTED', since, null, 'SYSTEM', reason from access.connection;

create function access.apply_connection_event() returns trigger language plpgsql as $$
begin
    if new.from_state = 'NONE' then
        perform from access.connection where id = new.connection_id and state = new.to_state and events = new.number and since = new.at;
    else
        update access.connection set state = new.to_state, since = new.at, reason = new.reason, ground = new.ground, events = new.number,
                announced_for = case when new.to_state not like '%ANNOUNCED' then null
                                     when new.announced_for is not null then new.announced_for
                                     else announced_for end
         where id = new.connection_id and state = new.from_state and events = new.number - 1
           and (new.event not like '%\_DUE' or announced_for <= new.at);
    end if;
    if not found then
        raise exception 'the connection is no longer in state %', new.from_state using errcode = 'serialization_failure';
    end if;
    return null;
end $$;
create trigger applied after insert on access.connection_event for each row execute function access.apply_connection_event();
create trigger append_only before update or delete or truncate on access.connection_event for each statement execute function access.refuse_change();

create function access.refuse_change_without_event() returns trigger language plpgsql as $$
begin
    raise exception 'a connection changes by its events';
end $$;
create trigger by_event_only before update on access.connection for each row when (pg_trigger_depth() = 0) execute function access.refuse_change_without_event();

grant select on access.connection_transition to "${application_role}";
grant select, insert on access.connection_event to "${application_role}";

-- A right belongs to a connection, and its service is offered under that connection's procedure (ACC-23, ACC-58).
alter table access.access_right add connection_id uuid, add procedure_code text;
update access.access_right r set connection_id = c.id, procedure_code = c.procedure_code from access.connection c where c.participant_id = r.participant_id and c.contour = r.contour;
alter table access.access_right alter connection_id set not null, alter procedure_code set not null,
    add constraint access_right_connection_fk foreign key (connection_id, participant_id, contour, procedure_code) references access.connection (id, participant_id, contour, procedure_code),
    add constraint access_right_offered_fk foreign key (service_code, procedure_code) references access.service (code, procedure_code);

-- A participant's administrator acts for one participant; the approver decides what another official proposes (ACC-2). Nobody holds roles on both sides (ACC-1).
alter table accounts.account drop constraint account_role_check, drop constraint account_side_check,
    add participant_id uuid,
    add constraint account_role_check check (role in ('TAXPAYER', 'PARTICIPANT', 'OPERATOR', 'APPROVER', 'AUDITOR')),
    add constraint account_side_check check ((role = 'TAXPAYER') = (taxpayer_inn is not null) and (role = 'PARTICIPANT') = (participant_id is not null)),
    add constraint account_participant_fk foreign key (participant_id) references participants.participant (id);
