-- Working days, by which deadlines are counted (ACC-30 to ACC-34). Both contours and all nodes count by the same rows.
create schema calendar;
grant usage on schema calendar to "${application_role}";

-- One row per jurisdiction, added and changed by the owner. Weekend days as ISO numbers, 1 is Monday. The revision grows with every change of the
-- calendar, its years and its days, whoever makes it: what was computed under an older one is computed anew.
create table calendar.calendar (
    code        text        not null,
    id          uuid        not null default gen_random_uuid(),
    zone        text        not null,
    weekend     smallint[]  not null,
    revision    bigint      not null default 0,
    changed_at  timestamptz not null default clock_timestamp(),
    constraint calendar_pk primary key (code),
    constraint calendar_id_unique unique (id),
    constraint calendar_code_check check (code ~ '^[A-Z][A-Z0-9-]{1,15}$'),
    -- PostgreSQL refuses a zone that it does not know; the form keeps abbreviations out, which mean other things elsewhere.
    constraint calendar_zone_check check (zone ~ '^[A-Z][A-Za-z_]+(/[A-Za-z_+-]+)+$' and timezone(zone, timestamp '2000-01-01') is not null),
    constraint calendar_weekend_check check (weekend <@ array[1, 2, 3, 4, 5, 6, 7]::smallint[] and array_position(weekend, null) is null and cardinality(weekend) <= 6)
);

-- A year counts as loaded when it has a row, and only then: without one its days are unknown, not ordinary. Added and replaced by an import, never deleted.
-- The source says by which act these are the days, and what in them is not established.
create table calendar.year (
    calendar     text        not null,
    year         smallint    not null,
    source       text        not null,
    imported_at  timestamptz not null,
    constraint year_pk primary key (calendar, year),
    constraint year_calendar_fk foreign key (calendar) references calendar.calendar (code),
    constraint year_year_check check (year between 2000 and 2100),
    constraint year_source_check check (length(source) between 1 and 1000)
);

-- The days that are named: holidays, days off moved onto working days, weekend days worked instead. All other days follow the weekend.
-- An import replaces those of its year together; a day cannot stand in a year that is not loaded, nor be of both kinds.
create table calendar.day (
    calendar  text     not null,
    day       date     not null,
    year      smallint not null generated always as (extract(year from day)::smallint) stored,
    kind      text     not null,
    name      text     not null,
    constraint day_pk primary key (calendar, day),
    constraint day_year_fk foreign key (calendar, year) references calendar.year (calendar, year),
    constraint day_kind_check check (kind in ('WORKING', 'NON_WORKING')),
    constraint day_name_check check (length(name) between 1 and 200)
);

-- No change goes uncounted, and no count goes back.
create function calendar.count_revision() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    new.revision := old.revision + 1;
    new.changed_at := clock_timestamp();
    return new;
end $$;
create trigger revision before update on calendar.calendar for each row execute function calendar.count_revision();

-- By the owner's right, because the application has none on the row. The lock that this takes holds a second importer of the calendar
-- until the first has committed.
create function calendar.count_change() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    update calendar.calendar set changed_at = clock_timestamp() where code in (select calendar from changed);
    return null;
end $$;
revoke all on function calendar.count_change() from public;

do $$
declare
    name text;
begin
    foreach name in array array['year', 'day'] loop
        execute format('create trigger added after insert on calendar.%I referencing new table as changed for each statement execute function calendar.count_change()', name);
        execute format('create trigger changed after update on calendar.%I referencing new table as changed for each statement execute function calendar.count_change()', name);
        execute format('create trigger removed after delete on calendar.%I referencing old table as changed for each statement execute function calendar.count_change()', name);
    end loop;
end $$;

grant select on calendar.calendar to "${application_role}";
grant select, insert, update (source, imported_at) on calendar.year to "${application_role}";
grant select, insert, delete on calendar.day to "${application_role}";

insert into calendar.calendar (code, zone, weekend) values ('KG', 'Asia/Bishkek', '{6,7}'), ('RU', 'Europe/Moscow', '{6,7}');

-- Later years are imported by the operator once their acts are out (docs/operating/calendars.md).
insert into calendar.year (calendar, year, source, imported_at) values
    ('KG', 2026, 'Трудовой кодекс КР 2025 года, нерабочие праздничные дни без переноса с выходных; 8 и 9 января: решение Кабинета Министров КР, декабрь 2025 года. '
        || 'НЕ ПОДТВЕРЖДЕНО [data]: день Курман айта (27 мая). Сверить с производственным календарём Минтруда КР.', now()),
    ('RU', 2025, 'ТК РФ, ст. 112; постановление Правительства РФ от 04.10.2024 № 1335 «О переносе выходных дней в 2025 году»', now()),
    ('RU', 2026, 'ТК РФ, ст. 112; постановление Правительства РФ от 24.09.2025 № 1466 «О переносе выходных дней в 2026 году»', now());

insert into calendar.day (calendar, day, kind, name)
select 'KG', day, 'NON_WORKING', name from (values
    (date '2026-01-01', 'Новогодние каникулы'), ('2026-01-02', 'Новогодние каникулы'), ('2026-01-03', 'Новогодние каникулы'),
    ('2026-01-04', 'Новогодние каникулы'), ('2026-01-05', 'Новогодние каникулы'), ('2026-01-06', 'Новогодние каникулы'),
    ('2026-01-07', 'Рождество Христово'), ('2026-01-08', 'Выходной день'), ('2026-01-09', 'Выходной день'),
    ('2026-03-08', 'Международный женский день'), ('2026-03-20', 'Орозо айт'), ('2026-03-21', 'Нооруз'),
    ('2026-05-01', 'Праздник труда'), ('2026-05-02', 'Майские каникулы'), ('2026-05-03', 'Майские каникулы'), ('2026-05-04', 'Майские каникулы'),
    ('2026-05-05', 'День Конституции'), ('2026-05-06', 'Майские каникулы'), ('2026-05-07', 'Майские каникулы'), ('2026-05-08', 'Майские каникулы'),
    ('2026-05-09', 'День Победы'), ('2026-05-27', 'Курман айт [data]'), ('2026-08-31', 'День независимости')) d (day, name);

insert into calendar.day (calendar, day, kind, name) values
    ('RU', '2025-11-01', 'WORKING', 'Рабочая суббота вместо 3 ноября');
insert into calendar.day (calendar, day, kind, name)
select 'RU', day, 'NON_WORKING', name from (values
    (date '2025-01-01', 'Новогодние каникулы'), ('2025-01-02', 'Новогодние каникулы'), ('2025-01-03', 'Новогодние каникулы'),
    ('2025-01-04', 'Новогодние каникулы'), ('2025-01-05', 'Новогодние каникулы'), ('2025-01-06', 'Новогодние каникулы'),
    ('2025-01-07', 'Рождество Христово'), ('2025-01-08', 'Новогодние каникулы'), ('2025-02-23', 'День защитника Отечества'),
    ('2025-03-08', 'Международный женский день'), ('2025-05-01', 'Праздник Весны и Труда'), ('2025-05-02', 'Перенос с 4 января'),
    ('2025-05-08', 'Перенос с 23 февраля'), ('2025-05-09', 'День Победы'), ('2025-06-12', 'День России'), ('2025-06-13', 'Перенос с 8 марта'),
    ('2025-11-03', 'Перенос с 1 ноября'), ('2025-11-04', 'День народного единства'), ('2025-12-31', 'Перенос с 5 января'),
    ('2026-01-01', 'Новогодние каникулы'), ('2026-01-02', 'Новогодние каникулы'), ('2026-01-03', 'Новогодние каникулы'),
    ('2026-01-04', 'Новогодние каникулы'), ('2026-01-05', 'Новогодние каникулы'), ('2026-01-06', 'Новогодние каникулы'),
    ('2026-01-07', 'Рождество Христово'), ('2026-01-08', 'Новогодние каникулы'), ('2026-01-09', 'Перенос с 3 января'),
    ('2026-02-23', 'День защитника Отечества'), ('2026-03-08', 'Международный женский день'), ('2026-03-09', 'Перенос с 8 марта'),
    ('2026-05-01', 'Праздник Весны и Труда'), ('2026-05-09', 'День Победы'), ('2026-05-11', 'Перенос с 9 мая'), ('2026-06-12', 'День России'),
    ('2026-11-04', 'День народного единства'), ('2026-12-31', 'Перенос с 4 января')) d (day, name);
