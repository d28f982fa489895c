-- Which services exist, and who may call which of them in which contour.
create schema access;
grant usage on schema access to "${application_role}";

-- The catalogue. A row is added when a service is released; its code is never reused for another meaning.
create table access.service (
    code             text    not null,
    version          text    not null,
    title_ru         text    not null,
    title_ky         text    not null,
    title_en         text    not null,
    enabled          boolean not null default true,
    disabled_notice  text,
    constraint service_pk primary key (code),
    constraint service_disabled_notice_check check (enabled or disabled_notice is not null)
);

-- Rules that laws and agreements change, as dated data: a rule holds from its day until the next one's (CON-2, CON-5, CON-61).
-- All ceilings are [data]: editable, none asserted as law. Null means no ceiling.
create table access.service_rule (
    service_code         text    not null,
    effective_from       date    not null,
    discloses_tax_secret boolean not null,
    token_rule           text    not null,
    self_call            boolean not null,
    validity_days        integer,
    data_age_months      integer,
    data_range_months    integer,
    calls_per_day        integer,
    constraint service_rule_pk primary key (service_code, effective_from),
    constraint service_rule_service_fk foreign key (service_code) references access.service (code),
    constraint service_rule_token_rule_check check (token_rule in ('REQUIRED', 'ACCEPTED', 'NOT_USED')),
    constraint service_rule_secret_check check (discloses_tax_secret or token_rule <> 'ACCEPTED'),
    constraint service_rule_ceilings_check check (validity_days > 0 and data_age_months > 0 and data_range_months > 0 and calls_per_day > 0)
);

-- The link of a participant to a contour; only CONNECTED passes calls (ACC-66).
create table access.connection (
    participant_id  uuid           not null,
    contour         kernel.contour not null,
    state           text           not null,
    since           timestamptz    not null,
    reason          text           not null,
    constraint connection_pk primary key (participant_id, contour),
    constraint connection_participant_fk foreign key (participant_id) references participants.participant (id),
    constraint connection_state_check check (state in ('CONNECTED', 'SUSPENDED', 'DISCONNECTED')),
    constraint connection_reason_check check (length(reason) between 1 and 1000)
);

-- Permission of one subsystem to call one service in one contour in a period of days (Asia/Bishkek, both inclusive).
-- Created by a grant, changed once by revocation, never deleted.
create table access.access_right (
    id              uuid           not null,
    contour         kernel.contour not null,
    participant_id  uuid           not null,
    subsystem_id    uuid           not null,
    service_code    text           not null,
    valid_from      date           not null,
    valid_to        date,
    granted_at      timestamptz    not null,
    revoked_at      timestamptz,
    revoked_reason  text,
    constraint access_right_pk primary key (id),
    constraint access_right_connection_fk foreign key (participant_id, contour) references access.connection (participant_id, contour),
    constraint access_right_subsystem_fk foreign key (subsystem_id, participant_id) references participants.subsystem (id, participant_id),
    constraint access_right_service_fk foreign key (service_code) references access.service (code),
    constraint access_right_period_check check (valid_to is null or valid_from <= valid_to),
    constraint access_right_revoked_check check ((revoked_at is null) = (revoked_reason is null)),
    constraint access_right_once exclude using gist (
        subsystem_id with =, (service_code::text) with =, (contour::text) with =, daterange(valid_from, valid_to, '[]') with &&) where (revoked_at is null)
);

grant select on access.service, access.service_rule to "${application_role}";
grant select, insert, update on access.connection to "${application_role}";
grant select, insert on access.access_right to "${application_role}";
grant update (revoked_at, revoked_reason) on access.access_right to "${application_role}";

insert into access.service (code, version, title_ru, title_ky, title_en) values
    ('tpDataByINN', 'v1', 'Регистрационные данные налогоплательщика', 'Салык төлөөчүнүн каттоо маалыматы', 'Registration data of a taxpayer'),
    ('tpDataByINNforBusinessActivity', 'v1', 'Наименование, район и адрес налогоплательщика', 'Салык төлөөчүнүн аталышы, району жана дареги', 'Name, district and address of a taxpayer'),
    ('taxpayerDataByInn', 'v1', 'Наличие налоговой задолженности', 'Салык карызынын бар-жогу', 'Whether a taxpayer has a tax debt'),
    ('TPpaymentDateByInn', 'v1', 'Уплата налогов за период', 'Мезгил ичинде төлөнгөн салыктар', 'Tax payments of a taxpayer in a period'),
    ('incomeStatement', 'v1', 'Доходы физического лица по месяцам', 'Жеке адамдын айлар боюнча кирешеси', 'Income of a person by month'),
    ('headcount', 'v1', 'Численность застрахованных лиц по месяцам', 'Камсыздандырылган адамдардын айлар боюнча саны', 'Insured persons of an employer by month');

-- [data] throughout: the order names no ceilings (CON-61).
insert into access.service_rule
    (service_code, effective_from, discloses_tax_secret, token_rule, self_call, validity_days, data_age_months, data_range_months, calls_per_day) values
    ('tpDataByINN',                    '2024-09-07', true,  'REQUIRED', true,  365, null, null, null),
    ('tpDataByINNforBusinessActivity', '2024-09-07', false, 'NOT_USED', true,  null, null, null, null),
    ('taxpayerDataByInn',              '2024-09-07', true,  'ACCEPTED', true,  365, null, null, null),
    ('TPpaymentDateByInn',             '2024-09-07', true,  'REQUIRED', true,  180, 60, 36, 1000),
    ('incomeStatement',                '2024-09-07', true,  'REQUIRED', false,  90, 60, 36, 100),
    ('headcount',                      '2024-09-07', true,  'ACCEPTED', true,  180, 60, 36, 1000);
