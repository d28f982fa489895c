-- The authority's own data about taxpayers. The owner loads it, the application only reads it.
-- Every row carries its contour and every reference includes it: a crossing is refused here, not in Java.

create schema registers;
grant usage on schema registers to "${application_role}";

create domain registers.tax_code as text
    constraint tax_code_check check (value ~ '^[0-9A-Z]{1,16}$');

-- A month is kept as its first day, so that periods compare as dates.
create domain registers.first_of_month as date
    constraint first_of_month_check check (extract(day from value) = 1);

-- 17 digits: the sum of a taxpayer's debts stays inside a bigint.
create domain registers.minor_units as bigint
    constraint minor_units_check check (value between 0 and 99999999999999999);

-- A classifier, the same in both contours.
create table registers.district (
    code    text not null,
    name_ru text not null,
    name_ky text not null,
    name_en text not null,
    constraint district_pk primary key (code),
    constraint district_code_check check (code ~ '^[0-9]{3}$')
);

create table registers.taxpayer (
    contour       kernel.contour not null,
    inn           kernel.inn not null,
    kind          text not null,
    full_name     text not null,
    district_code text not null,
    postcode      text,
    address       text,
    activity_code text,
    registered_on date not null,
    ended_on      date,
    constraint taxpayer_pk primary key (contour, inn),
    constraint taxpayer_district_fk foreign key (district_code) references registers.district (code),
    constraint taxpayer_kind_check check (kind in ('ORGANISATION', 'ENTREPRENEUR', 'PERSON')),
    -- Compared as text: the planner need not see through the domain.
    constraint taxpayer_kind_inn_check check ((kind = 'ORGANISATION') = (left(inn::text, 1) = '0')),
    constraint taxpayer_full_name_check check (char_length(full_name) between 1 and 512),
    constraint taxpayer_postcode_check check (postcode ~ '^[0-9]{6}$'),
    constraint taxpayer_address_check check (char_length(address) between 1 and 512),
    constraint taxpayer_activity_code_check check (activity_code ~ '^[0-9]{2}(\.[0-9]{1,2}){0,3}$'),
    constraint taxpayer_period_check check (ended_on >= registered_on)
);

create table registers.tax_debt (
    contour            kernel.contour not null,
    inn                kernel.inn not null,
    tax_code           registers.tax_code not null,
    amount_minor_units registers.minor_units not null,
    as_of              date not null,
    constraint tax_debt_pk primary key (contour, inn, tax_code),
    constraint tax_debt_taxpayer_fk foreign key (contour, inn) references registers.taxpayer (contour, inn),
    -- A settled debt has no row; zero would be a third answer.
    constraint tax_debt_amount_check check (amount_minor_units > 0)
);

create table registers.tax_payment (
    contour            kernel.contour not null,
    inn                kernel.inn not null,
    paid_on            date not null,
    tax_code           registers.tax_code not null,
    -- Numbers the payments of one taxpayer, day and tax, so that two equal payments on a day can exist.
    sequence_number    integer not null,
    amount_minor_units registers.minor_units not null,
    constraint tax_payment_pk primary key (contour, inn, paid_on, tax_code, sequence_number),
    constraint tax_payment_taxpayer_fk foreign key (contour, inn) references registers.taxpayer (contour, inn),
    constraint tax_payment_sequence_number_check check (sequence_number >= 1),
    constraint tax_payment_amount_check check (amount_minor_units > 0)
);

create table registers.income (
    contour            kernel.contour not null,
    inn                kernel.inn not null,
    month              registers.first_of_month not null,
    -- Empty: the person's own declaration.
    employer_inn       kernel.inn,
    amount_minor_units registers.minor_units not null,
    -- A primary key would forbid the empty employer; this one allows it once a month.
    constraint income_unique unique nulls not distinct (contour, inn, month, employer_inn),
    constraint income_taxpayer_fk foreign key (contour, inn) references registers.taxpayer (contour, inn),
    constraint income_employer_fk foreign key (contour, employer_inn) references registers.taxpayer (contour, inn),
    constraint income_person_check check (left(inn::text, 1) <> '0')
);

create table registers.headcount (
    contour         kernel.contour not null,
    inn             kernel.inn not null,
    month           registers.first_of_month not null,
    insured_persons integer not null,
    constraint headcount_pk primary key (contour, inn, month),
    constraint headcount_taxpayer_fk foreign key (contour, inn) references registers.taxpayer (contour, inn),
    constraint headcount_insured_persons_check check (insured_persons >= 0)
);

-- What is true of a contour's register as a whole. No row: no debts have been loaded, and "no debt" would be a guess.
create table registers.register_state (
    contour     kernel.contour not null,
    debts_as_of date not null,
    constraint register_state_pk primary key (contour)
);

-- The primary keys and income_unique begin with (contour, inn[, day or month]): they are the look-up indexes.

grant select on registers.district, registers.taxpayer, registers.tax_debt, registers.tax_payment, registers.income,
    registers.headcount, registers.register_state to "${application_role}";

-- Data: a synthetic classifier for the start. The names are of real districts, the codes are ours;
-- the operator replaces them by the authority's classifier.
insert into registers.district (code, name_ru, name_ky, name_en) values
    ('001', 'Октябрьский район г. Бишкек', 'Бишкек ш. Октябрь району', 'Oktyabr district, Bishkek'),
    ('002', 'Ленинский район г. Бишкек', 'Бишкек ш. Ленин району', 'Lenin district, Bishkek'),
    ('003', 'Свердловский район г. Бишкек', 'Бишкек ш. Свердлов району', 'Sverdlov district, Bishkek'),
    ('004', 'Первомайский район г. Бишкек', 'Бишкек ш. Биринчи Май району', 'Pervomay district, Bishkek'),
    ('005', 'город Ош', 'Ош шаары', 'Osh city'),
    ('006', 'Аламудунский район', 'Аламүдүн району', 'Alamudun district'),
    ('007', 'Сокулукский район', 'Сокулук району', 'Sokuluk district'),
    ('008', 'город Каракол', 'Каракол шаары', 'Karakol city'),
    ('009', 'Иссык-Кульский район', 'Ысык-Көл району', 'Issyk-Kul district'),
    ('010', 'город Нарын', 'Нарын шаары', 'Naryn city'),
    ('011', 'город Талас', 'Талас шаары', 'Talas city'),
    ('012', 'город Джалал-Абад', 'Жалал-Абад шаары', 'Jalal-Abad city'),
    ('013', 'город Баткен', 'Баткен шаары', 'Batken city');
