-- What the authority's registers say of borrowers in Russia, as of any day, and the checks made of them (LOAN-50 to LOAN-55, 002 §2, §3). The owner loads the registers (docs/operating/registers.md);
-- what was loaded is never changed: a later day is another row, a correction of a day its next revision. On a day the newest row until it holds, of that the newest revision.

-- By form and length only: how clean TEST is nobody controls (LOAN-130).
create domain registers.russian_inn as text
    constraint russian_inn_check check (value ~ '^[0-9]{10}([0-9]{2})?$' and value !~ '^0+$');

create domain registers.okved_code as text
    constraint okved_code_check check (value ~ '^[0-9]{2}(\.[0-9]([0-9](\.[0-9][0-9]?)?)?)?$');

-- EGRUL and EGRIP.
create table registers.company (
    contour        kernel.contour         not null,
    inn            registers.russian_inn  not null,
    valid_from     date                   not null,
    revision       integer                not null,
    -- Of a proprietor the full name.
    name           text                   not null,
    head           text,
    kpp            text,
    ogrn           text                   not null,
    legal_form     text                   not null,
    region         text                   not null,
    registered_on  date                   not null,
    liquidated_on  date,
    okved_main     registers.okved_code   not null,
    okved          registers.okved_code[] not null default '{}',
    -- Since when a procedure is under way.
    bankruptcy_on  date,
    constraint company_pk primary key (contour, inn, valid_from, revision),
    constraint company_revision_check check (revision >= 1),
    constraint company_texts_check check (length(name) between 1 and 1000 and length(head) between 1 and 512 and length(legal_form) between 1 and 512),
    constraint company_kpp_check check (kpp is null or kpp ~ '^[0-9]{4}[0-9A-Z]{2}[0-9]{3}$' and length(inn) = 10),
    constraint company_ogrn_check check (ogrn ~ case length(inn) when 10 then '^[0-9]{13}$' else '^[0-9]{15}$' end and ogrn !~ '^0+$'),
    constraint company_region_check check (region ~ '^[0-9]{2}$'),
    constraint company_okved_check check (cardinality(okved) <= 500),
    constraint company_period_check check (contour = 'TEST' or liquidated_on >= registered_on)
);

-- The single register of small and medium enterprises.
create table registers.sme (
    contour      kernel.contour        not null,
    inn          registers.russian_inn not null,
    valid_from   date                  not null,
    revision     integer               not null,
    size         text                  not null,
    included_on  date                  not null,
    -- The first day on which it is no longer on the register.
    excluded_on  date,
    constraint sme_pk primary key (contour, inn, valid_from, revision),
    constraint sme_revision_check check (revision >= 1),
    constraint sme_size_check check (size in ('MICRO', 'SMALL', 'MEDIUM')),
    constraint sme_period_check check (contour = 'TEST' or excluded_on >= included_on)
);

-- The registers of non-profit organisations of decrees 906 and 847, each a whole list as of a day.
create table registers.ngo (
    contour   kernel.contour        not null,
    register  text                  not null,
    as_of     date                  not null,
    inn       registers.russian_inn not null,
    revision  integer               not null,
    -- False: named by mistake.
    listed    boolean               not null,
    constraint ngo_pk primary key (contour, register, as_of, inn, revision),
    constraint ngo_revision_check check (revision >= 1),
    constraint ngo_register_check check (register in ('906', '847'))
);

-- Loan contracts under decree 696, from its own system.
create table registers.contract_696 (
    contour       kernel.contour        not null,
    inn           registers.russian_inn not null,
    number        text                  not null,
    revision      integer               not null,
    concluded_on  date                  not null,
    -- Named by mistake, or annulled: from that day on there is no such contract.
    annulled_on   date,
    constraint contract_696_pk primary key (contour, inn, number, revision),
    constraint contract_696_revision_check check (revision >= 1),
    constraint contract_696_number_check check (length(number) between 1 and 64 and number !~ '[[:cntrl:]]'),
    constraint contract_696_period_check check (contour = 'TEST' or annulled_on >= concluded_on)
);

-- OK 029-2014, a classifier for both contours. A code that ends gets its last day.
create table registers.okved (
    code        registers.okved_code not null,
    title       text                 not null,
    valid_from  date                 not null,
    valid_to    date,
    constraint okved_pk primary key (code, valid_from),
    constraint okved_title_check check (length(title) between 1 and 1000),
    constraint okved_period_check check (valid_to >= valid_from)
);

-- The codes that the rule sets' drafts name, so that they can be read; all others are the operator's to load, and these are overwritten by what he loads.
insert into registers.okved (code, title, valid_from)
select code, title, date '2014-02-01' from (values
    ('32.99.8', 'Производство изделий народных художественных промыслов'),
    ('47.19.1', 'Торговля розничная большим товарным ассортиментом с преобладанием непродовольственных товаров в неспециализированных магазинах'),
    ('47.4', 'Торговля розничная информационным и коммуникационным оборудованием в специализированных магазинах'),
    ('47.5', 'Торговля розничная прочими бытовыми изделиями в специализированных магазинах'),
    ('47.7', 'Торговля розничная прочими товарами в специализированных магазинах'),
    ('47.82', 'Торговля розничная в нестационарных торговых объектах и на рынках текстилем, одеждой и обувью'),
    ('47.89', 'Торговля розничная в нестационарных торговых объектах и на рынках прочими товарами'),
    ('47.99.2', 'Деятельность по осуществлению торговли через автоматы'),
    ('49.1', 'Деятельность железнодорожного транспорта: междугородные и международные пассажирские перевозки'),
    ('49.3', 'Деятельность прочего сухопутного пассажирского транспорта'),
    ('49.4', 'Деятельность автомобильного грузового транспорта и услуги по перевозкам'),
    ('51.1', 'Деятельность пассажирского воздушного транспорта'),
    ('51.21', 'Деятельность грузового воздушного транспорта'),
    ('52.21.21', 'Деятельность автовокзалов и автостанций'),
    ('52.23', 'Деятельность вспомогательная, связанная с воздушным и космическим транспортом'),
    ('55', 'Деятельность по предоставлению мест для временного проживания'),
    ('56', 'Деятельность по предоставлению продуктов питания и напитков'),
    ('59.14', 'Деятельность в области демонстрации кинофильмов'),
    ('60', 'Деятельность в области телевизионного и радиовещания'),
    ('63.12.1', 'Деятельность сетевых изданий'),
    ('63.91', 'Деятельность информационных агентств'),
    ('77.22', 'Прокат видеокассет и аудиокассет, грампластинок, компакт-дисков и цифровых видеодисков (DVD)'),
    ('79', 'Деятельность туристических агентств и прочих организаций, предоставляющих услуги в сфере туризма'),
    ('82.3', 'Деятельность по организации конференций и выставок'),
    ('85.41', 'Образование дополнительное детей и взрослых'),
    ('86.23', 'Стоматологическая практика'),
    ('86.90.4', 'Деятельность санаторно-курортных организаций'),
    ('88.91', 'Предоставление услуг по дневному уходу за детьми'),
    ('90', 'Деятельность творческая, деятельность в области искусства и организации развлечений'),
    ('91', 'Деятельность библиотек, архивов, музеев и прочих объектов культуры'),
    ('93', 'Деятельность в области спорта, отдыха и развлечений'),
    ('95', 'Ремонт компьютеров, предметов личного потребления и хозяйственно-бытового назначения'),
    ('96.01', 'Стирка и химическая чистка текстильных и меховых изделий'),
    ('96.02', 'Предоставление услуг парикмахерскими и салонами красоты'),
    ('96.04', 'Деятельность физкультурно-оздоровительная')) c (code, title);

-- What was loaded when: a register says nothing of days before the first one that it was loaded for, and whoever is not in it then is unknown, not absent.
create table registers.borrower_load (
    contour    kernel.contour not null,
    register   text           not null,
    loaded_at  timestamptz    not null,
    -- The first day that the extract tells of.
    first_day  date           not null,
    records    bigint         not null,
    constraint borrower_load_pk primary key (contour, register, loaded_at),
    constraint borrower_load_register_check check (register in ('COMPANY', 'SME', 'NGO_906', 'NGO_847', 'CONTRACT_696', 'OKVED'))
);

do $$
declare
    loaded text;
begin
    foreach loaded in array array['company', 'sme', 'ngo', 'contract_696', 'borrower_load'] loop
        execute format('create trigger append_only before update or delete or truncate on registers.%I for each statement execute function access.refuse_change()', loaded);
    end loop;
end $$;
grant select on registers.company, registers.sme, registers.ngo, registers.contract_696, registers.okved, registers.borrower_load to "${application_role}";

-- What a check found (LOAN-55). The loan has no reference here: its first check is stored before it, in its transaction.
create table loans.eligibility_check (
    id                uuid           not null,
    contour           kernel.contour not null,
    loan_id           uuid           not null,
    programme         text           not null,
    stage             smallint       not null,
    rule_set_version  integer        not null,
    snapshot_on       date           not null,
    at                timestamptz    not null,
    verdict           text           not null,
    -- [{"code": "C01", "mark": "PASS", "value": …, "source": …, "asOf": …, "loadedOn": …}], C01 to C11.
    items             jsonb          not null,
    -- As the registers had it; null where they did not know it.
    borrower          jsonb,
    constraint eligibility_check_pk primary key (id),
    constraint eligibility_check_contour_unique unique (id, contour),
    constraint eligibility_check_verdict_check check (verdict in ('MEETS', 'DOES_NOT_MEET', 'NOT_ESTABLISHED')),
    constraint eligibility_check_version_check check (rule_set_version >= 1 and stage between 0 and 9),
    constraint eligibility_check_items_check check (jsonb_typeof(items) = 'array' and jsonb_array_length(items) = 11),
    constraint eligibility_check_borrower_check check (jsonb_typeof(borrower) = 'object')
);
create index eligibility_check_loan_index on loans.eligibility_check (loan_id, at);
create trigger append_only before update or delete or truncate on loans.eligibility_check for each statement execute function access.refuse_change();
grant select, insert on loans.eligibility_check to "${application_role}";
