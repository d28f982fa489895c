-- Programmes of preferential lending and their rules as dated data (LOAN-10 to LOAN-12, LOAN-41, LOAN-80): a further programme, a further version of its rules, another policy need no release.
create schema loans;
grant usage on schema loans to "${application_role}";

-- The decree of FOT 3.0, as amended, beside those that participants are connected under.
insert into access.decree (code, adopted_on, title_ru, title_ky, title_en, source) values
    ('279', '2021-02-27', 'Постановление Правительства РФ от 27.02.2021 № 279', 'РФ Өкмөтүнүн 27.02.2021 № 279 токтому', 'Decree of the Government of the Russian Federation No 279 of 2021-02-27', '002 §1');
insert into access.decree_edition (decree_code, number, first_day, text, source, registered_at) values
    ('279', 1, '2021-02-27', 'As adopted.', '002 §1', now()),
    ('279', 2, '2021-10-28', 'The second stage.', 'Decree 1850 of 28.10.2021 (002 §1)', now());

-- The federal bodies that watch programmes (LOAN-135). Which programme is whose is data of this installation.
create table loans.regulator (
    code     text not null,
    name_ru  text not null,
    name_ky  text not null,
    name_en  text not null,
    constraint regulator_pk primary key (code),
    constraint regulator_texts_check check (code ~ '^[A-Z][A-Z0-9_]{0,31}$' and length(name_ru) between 1 and 300 and length(name_ky) between 1 and 300 and length(name_en) between 1 and 300)
);
create trigger append_only before update or delete or truncate on loans.regulator for each statement execute function access.refuse_change();
grant select, insert on loans.regulator to "${application_role}";

-- A programme stands for a decree and has its number. Added by an official or a release; of a programme that is there its policy alone changes: whoever counts applicants refers to code and policy
-- together, so that a changed policy arrives there in the same statement, and breaks there if there are two already (decision 0037).
create table loans.programme (
    code              text    not null,
    id                uuid    not null default gen_random_uuid(),
    title_ru          text    not null,
    title_ky          text    not null,
    title_en          text    not null,
    sector            text    not null,
    regulator_code    text    not null,
    entry_point       text    not null,
    duplicate_policy  text    not null,
    -- Whether its stages are keys apart for duplicates (LOAN-42).
    stages_apart      boolean not null,
    active_from       date    not null,
    active_to         date,
    -- Under which its banks are connected.
    procedure_code    text    not null,
    source            text    not null,
    constraint programme_pk primary key (code),
    constraint programme_id_unique unique (id),
    constraint programme_policy_unique unique (code, duplicate_policy),
    constraint programme_decree_fk foreign key (code) references access.decree (code),
    constraint programme_regulator_fk foreign key (regulator_code) references loans.regulator (code),
    constraint programme_procedure_fk foreign key (procedure_code) references access.procedure (code),
    constraint programme_texts_check check (length(title_ru) between 1 and 1000 and length(title_ky) between 1 and 1000 and length(title_en) between 1 and 1000 and length(source) between 1 and 1000
        and sector ~ '^[A-Z][A-Z0-9_]{0,31}$'),
    constraint programme_entry_point_check check (entry_point in ('BEFORE_DECISION', 'AFTER_CONTRACT', 'EITHER')),
    constraint programme_policy_check check (duplicate_policy in ('BLOCK', 'FLAG')),
    constraint programme_active_check check (active_from <= active_to)
);
create trigger never_deleted before delete or truncate on loans.programme for each statement execute function access.refuse_change();
grant select, insert on loans.programme to "${application_role}";
grant update (duplicate_policy) on loans.programme to "${application_role}";

-- One version of the rules of a programme's stage (LOAN-80): proposed, then approved by the methodology's owner, who is not who proposed it, or rejected; decided once and never edited. The newest
-- approved version of a stage holds.
create table loans.rule_set (
    id               uuid        not null default gen_random_uuid(),
    programme        text        not null,
    -- 0 where the programme has none.
    stage            smallint    not null,
    version          integer     not null,
    -- The days on which a contract may be made: they decide the stage (LOAN-60).
    issued_from      date        not null,
    issued_to        date,
    applied_from     date,
    applied_to       date,
    -- Null: the application's day (LOAN-51).
    snapshot_on      date,
    -- Maximum = wage × factor × headcount × months, capped; sums in kopecks. Null: none is calculated.
    wage             bigint,
    factor_percent   integer,
    months           integer,
    months_until     date,
    cap              bigint,
    -- [{"from": day, "to": day, "month": month, "metric": …, "asserted": …}], null where unbounded, or where the month follows from the application's day.
    month_rules      jsonb       not null default '[]',
    -- [{"name": …, "conditions": [{"item": "C01", "test": …, "values": […]}]}]: alternatives.
    eligibility      jsonb       not null default '[]',
    on_fail          text        not null default 'FLAG',
    on_over_maximum  text        not null default 'FLAG',
    keep_percent     integer     not null default 0,
    refresh_cutoff   integer     not null default 15,
    refresh_day      integer     not null default 25,
    asserted         boolean     not null default false,
    source           text        not null,
    reason           text        not null,
    proposed_at      timestamptz not null,
    -- Null: of a release.
    proposed_by      uuid,
    proposer_role    text,
    outcome          text,
    decided_at       timestamptz,
    decided_by       uuid,
    decider_role     text,
    remark           text,
    constraint rule_set_pk primary key (programme, stage, version),
    constraint rule_set_id_unique unique (id),
    constraint rule_set_programme_fk foreign key (programme) references loans.programme (code),
    constraint rule_set_stage_check check (stage between 0 and 9 and version >= 1),
    constraint rule_set_issued_check check (issued_from <= issued_to),
    constraint rule_set_applied_check check (applied_from <= applied_to),
    constraint rule_set_formula_check check (num_nulls(wage, factor_percent, months) in (0, 3) and (wage is not null or num_nonnulls(months_until, cap) = 0)
        and wage between 1 and 1000000000 and factor_percent between 1 and 1000 and months between 1 and 120 and cap between 1 and 999999999999999),
    constraint rule_set_rows_check check (jsonb_typeof(month_rules) = 'array' and jsonb_typeof(eligibility) = 'array' and (wage is null) = (month_rules = '[]')
        and length(month_rules::text) <= 20000 and length(eligibility::text) <= 100000),
    constraint rule_set_policies_check check (on_fail in ('FLAG', 'BLOCK') and on_over_maximum in ('FLAG', 'BLOCK')),
    constraint rule_set_keep_check check (keep_percent between 0 and 100),
    constraint rule_set_refresh_check check (refresh_cutoff between 1 and 31 and refresh_day between 1 and 31),
    constraint rule_set_texts_check check (length(source) between 1 and 1000 and length(reason) between 1 and 1000 and length(remark) between 1 and 1000),
    constraint rule_set_proposer_check check ((proposed_by is null) = (proposer_role is null)),
    constraint rule_set_outcome_check check (outcome in ('APPROVED', 'REJECTED')),
    constraint rule_set_decided_check check ((outcome is null) = (decided_at is null) and (decided_by is null) = (decider_role is null) and (outcome is not null or decided_by is null)),
    constraint rule_set_four_eyes_check check (outcome <> 'APPROVED' or decided_by <> proposed_by),
    constraint rule_set_approver_check check (outcome is null or decided_by is null or decider_role = 'METHODOLOGY_OWNER')
);
create unique index rule_set_open_unique on loans.rule_set (programme, stage) where outcome is null;
create trigger kept before delete or truncate on loans.rule_set for each statement execute function access.refuse_change();

-- A decision, and nothing else, by somebody, once. What is approved is newer than what holds, and no two stages of a programme are open on one day; the programme's row is held, so that this is so
-- whatever is approved at the same instant.
create function loans.require_decision() returns trigger language plpgsql as $$
begin
    if to_jsonb(new) - array['outcome', 'decided_at', 'decided_by', 'decider_role', 'remark'] <> to_jsonb(old) - array['outcome', 'decided_at', 'decided_by', 'decider_role', 'remark'] then
        raise exception 'a rule set is not edited: propose the next version' using errcode = 'check_violation', constraint = 'rule_set_not_edited';
    end if;
    if old.outcome is not null or new.decided_by is null then
        raise exception 'a rule set is decided once, by somebody' using errcode = 'check_violation', constraint = 'rule_set_decided_once';
    end if;
    if new.outcome = 'APPROVED' then
        perform from loans.programme where code = new.programme for no key update;
        if exists (select from loans.rule_set where programme = new.programme and stage = new.stage and version > new.version and outcome = 'APPROVED') then
            raise exception 'a newer version holds' using errcode = 'check_violation', constraint = 'rule_set_newest';
        end if;
        if exists (select from (select distinct on (stage) stage, issued_from, issued_to from loans.rule_set where programme = new.programme and stage <> new.stage and outcome = 'APPROVED'
                                 order by stage, version desc) o
                    where 0 in (o.stage, new.stage) or daterange(o.issued_from, o.issued_to, '[]') && daterange(new.issued_from, new.issued_to, '[]')) then
            raise exception 'two stages on one day' using errcode = 'check_violation', constraint = 'rule_set_stages_apart';
        end if;
    end if;
    return new;
end $$;
create trigger decided before update on loans.rule_set for each row execute function loans.require_decision();
grant select on loans.rule_set to "${application_role}";
grant insert (id, programme, stage, version, issued_from, issued_to, applied_from, applied_to, snapshot_on, wage, factor_percent, months, months_until, cap, month_rules, eligibility, on_fail,
    on_over_maximum, keep_percent, refresh_cutoff, refresh_day, asserted, source, reason, proposed_at, proposed_by, proposer_role) on loans.rule_set to "${application_role}";
grant update (outcome, decided_at, decided_by, decider_role, remark) on loans.rule_set to "${application_role}";
-- Whoever proposes is somebody; drafts without one come with a release.
create function loans.require_proposer() returns trigger language plpgsql as $$
begin
    if new.proposed_by is null and not pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'usage') then
        raise exception 'somebody proposes' using errcode = 'check_violation', constraint = 'rule_set_proposer_check';
    end if;
    return new;
end $$;
create trigger proposed before insert on loans.rule_set for each row execute function loans.require_proposer();

-- From which day on, and until which, a bank may enter loans of a programme (LOAN-4). Given by the programme's regulator; ended once, by setting the last day. A last day before the first one is of an
-- accreditation that never began.
create table loans.accreditation (
    id          uuid           not null,
    contour     kernel.contour not null,
    bank_id     uuid           not null,
    programme   text           not null,
    first_day   date           not null,
    last_day    date,
    reason      text           not null,
    given_at    timestamptz    not null,
    given_by    uuid           not null,
    giver_role  text           not null,
    ended_at    timestamptz,
    ended_by    uuid,
    ender_role  text,
    end_reason  text,
    constraint accreditation_pk primary key (id),
    constraint accreditation_contour_unique unique (id, contour),
    constraint accreditation_bank_fk foreign key (bank_id, contour) references access.participation (participant_id, contour),
    constraint accreditation_programme_fk foreign key (programme) references loans.programme (code),
    constraint accreditation_period_check check (last_day >= first_day - 1),
    constraint accreditation_reason_check check (length(reason) between 1 and 1000 and length(end_reason) between 1 and 1000),
    constraint accreditation_ended_check check (num_nulls(ended_at, ended_by, ender_role, end_reason) in (0, 4) and (ended_at is null or last_day is not null)),
    constraint accreditation_once exclude using gist (bank_id with =, (contour::text) with =, programme with =, daterange(first_day, last_day + 1, '[)') with &&)
);
create index accreditation_programme_index on loans.accreditation (programme, contour, first_day);
create trigger never_deleted before delete or truncate on loans.accreditation for each statement execute function access.refuse_change();
create function loans.require_end() returns trigger language plpgsql as $$
begin
    if old.ended_at is not null or new.ended_at is null or new.last_day > old.last_day
            or to_jsonb(new) - array['last_day', 'ended_at', 'ended_by', 'ender_role', 'end_reason'] <> to_jsonb(old) - array['last_day', 'ended_at', 'ended_by', 'ender_role', 'end_reason'] then
        raise exception 'an accreditation is ended once, and never prolonged: give another one' using errcode = 'check_violation', constraint = 'accreditation_ended_once';
    end if;
    return new;
end $$;
create trigger ended before update on loans.accreditation for each row execute function loans.require_end();
grant select, insert on loans.accreditation to "${application_role}";
grant update (last_day, ended_at, ended_by, ender_role, end_reason) on loans.accreditation to "${application_role}";

-- Whose people an account with the role REGULATOR is of, as long as the row is not ended (LOAN-135). Of one body at a time.
create table loans.regulator_account (
    id              uuid           not null,
    regulator_code  text           not null,
    account_id      uuid           not null,
    contour         kernel.contour not null,
    added_at        timestamptz    not null,
    added_by        uuid           not null,
    adder_role      text           not null,
    ended_at        timestamptz,
    ended_by        uuid,
    ender_role      text,
    constraint regulator_account_pk primary key (id),
    constraint regulator_account_regulator_fk foreign key (regulator_code) references loans.regulator (code),
    constraint regulator_account_account_fk foreign key (account_id, contour) references accounts.account (id, contour),
    constraint regulator_account_ended_check check (num_nulls(ended_at, ended_by, ender_role) in (0, 3))
);
create unique index regulator_account_once on loans.regulator_account (account_id) where ended_at is null;
create trigger never_deleted before delete or truncate on loans.regulator_account for each statement execute function access.refuse_change();
create trigger ended_for_good before update on loans.regulator_account for each row when (old.ended_at is not null) execute function accounts.refuse_revival();
create function loans.require_regulators_role() returns trigger language plpgsql as $$
begin
    if not exists (select from accounts.account where id = new.account_id and role = 'REGULATOR' union all select from accounts.account_role where account_id = new.account_id and role = 'REGULATOR') then
        raise exception 'the account has not the role' using errcode = 'check_violation', constraint = 'regulator_account_role';
    end if;
    return new;
end $$;
create trigger role_held before insert on loans.regulator_account for each row execute function loans.require_regulators_role();
grant select, insert on loans.regulator_account to "${application_role}";
grant update (ended_at, ended_by, ender_role) on loans.regulator_account to "${application_role}";

insert into loans.regulator (code, name_ru, name_ky, name_en) values
    ('MINEC',      'Министерство экономического развития Российской Федерации',                        'Россия Федерациясынын Экономикалык өнүктүрүү министрлиги',
     'Ministry of Economic Development of the Russian Federation'),
    ('MINSELKHOZ', 'Министерство сельского хозяйства Российской Федерации',                            'Россия Федерациясынын Айыл чарба министрлиги',
     'Ministry of Agriculture of the Russian Federation'),
    ('MINTSIFRY',  'Министерство цифрового развития, связи и массовых коммуникаций Российской Федерации', 'Россия Федерациясынын Санариптик өнүктүрүү, байланыш жана массалык коммуникациялар министрлиги',
     'Ministry of Digital Development, Communications and Mass Media of the Russian Federation'),
    ('MINPROMTORG', 'Министерство промышленности и торговли Российской Федерации',                     'Россия Федерациясынын Өнөр жай жана соода министрлиги',
     'Ministry of Industry and Trade of the Russian Federation'),
    ('MINENERGO',  'Министерство энергетики Российской Федерации',                                     'Россия Федерациясынын Энергетика министрлиги',
     'Ministry of Energy of the Russian Federation'),
    ('MINTRANS',   'Министерство транспорта Российской Федерации',                                     'Россия Федерациясынын Транспорт министрлиги',
     'Ministry of Transport of the Russian Federation'),
    ('MINSTROY',   'Министерство строительства и жилищно-коммунального хозяйства Российской Федерации', 'Россия Федерациясынын Курулуш жана турак жай-коммуналдык чарба министрлиги',
     'Ministry of Construction, Housing and Utilities of the Russian Federation');

-- LOAN-P1 to LOAN-P13. Entry points as LOAN-12, policies as LOAN-42; an entry under 422 and 696 may come before or after the contract, as nothing is said of it.
insert into loans.programme (code, title_ru, title_ky, title_en, sector, regulator_code, entry_point, duplicate_policy, stages_apart, active_from, procedure_code, source)
select p.code, p.title_ru, p.title_ky, p.title_en, p.sector, p.regulator, p.entry_point, p.policy, false, d.adopted_on, p.procedure_code, p.source
  from (values
    ('1528', 'Кредиты сельскохозяйственным товаропроизводителям, на переработку и реализацию продукции', 'Айыл чарба өндүрүүчүлөрүнө, продукцияны кайра иштетүүгө жана сатууга кредиттер',
     'Loans to agricultural producers, and for processing and sale of their products', 'AGRICULTURE', 'MINSELKHOZ', 'EITHER', 'FLAG', 'RU-1221', '000 §1.2'),
    ('1598', 'Цифровая трансформация на основе российских решений в сфере ИТ', 'Маалыматтык технологиялар чөйрөсүндөгү россиялык чечимдердин негизинде санариптик трансформация',
     'Digital transformation on Russian IT solutions', 'DIGITAL_TRANSFORMATION', 'MINTSIFRY', 'EITHER', 'FLAG', 'RU-1221', '000 §1.3'),
    ('375', 'Системообразующие организации агропромышленного комплекса и их дочерние общества: операционная деятельность',
     'Агроөнөр жай комплексинин система түзүүчү уюмдары жана алардын туунду коомдору: операциялык ишмердик', 'Systemic organisations of the agro-industrial complex and their subsidiaries: operations',
     'AGRO_INDUSTRY', 'MINSELKHOZ', 'EITHER', 'FLAG', 'RU-1221', '000 §1.4'),
    ('393', 'Системообразующие организации промышленности и торговли и их группы лиц', 'Өнөр жайдын жана сооданын система түзүүчү уюмдары жана алардын топтору',
     'Systemic organisations of industry and trade, and their groups', 'INDUSTRY_AND_TRADE', 'MINPROMTORG', 'EITHER', 'FLAG', 'RU-1221', '000 §1.5'),
    ('469', 'МСП Банк: высокотехнологичные и инновационные субъекты МСП, кредиты 2022–2024 годов', 'ЧОБ Банкы: жогорку технологиялуу жана инновациялык чакан жана орто ишканалар, 2022–2024-жылдардагы кредиттер',
     'SME Bank: high-technology and innovative SMEs, loans of 2022–2024', 'HIGH_TECHNOLOGY_SME', 'MINEC', 'EITHER', 'FLAG', 'RU-1221', '000 §1.6'),
    ('574', 'Системообразующие организации топливно-энергетического комплекса и их группы лиц', 'Отун-энергетика комплексинин система түзүүчү уюмдары жана алардын топтору',
     'Systemic organisations of fuel and energy, and their groups', 'FUEL_AND_ENERGY', 'MINENERGO', 'EITHER', 'FLAG', 'RU-1221', '000 §1.8'),
    ('745', 'Системообразующие организации транспортного комплекса и их группы лиц', 'Транспорт комплексинин система түзүүчү уюмдары жана алардын топтору',
     'Systemic organisations of transport, and their groups', 'TRANSPORT', 'MINTRANS', 'EITHER', 'FLAG', 'RU-1221', '000 §1.7'),
    ('754', 'Аккредитованные системообразующие организации в сфере ИТ и их группы лиц', 'Маалыматтык технологиялар чөйрөсүндөгү аккредитацияланган система түзүүчү уюмдар жана алардын топтору',
     'Accredited systemic IT organisations, and their groups', 'INFORMATION_TECHNOLOGY', 'MINTSIFRY', 'EITHER', 'FLAG', 'RU-1221', '000 §1.9'),
    ('804', 'Системообразующие организации в сфере строительства коммерческой недвижимости и их группы лиц', 'Коммерциялык кыймылсыз мүлктү куруудагы система түзүүчү уюмдар жана алардын топтору',
     'Systemic organisations of commercial property construction, and their groups', 'COMMERCIAL_CONSTRUCTION', 'MINSTROY', 'EITHER', 'FLAG', 'RU-1221', '000 §1.10'),
    ('835', 'Системообразующие организации жилищно-коммунального хозяйства и их группы лиц', 'Турак жай-коммуналдык чарбанын система түзүүчү уюмдары жана алардын топтору',
     'Systemic organisations of housing and utilities, and their groups', 'HOUSING_AND_UTILITIES', 'MINSTROY', 'EITHER', 'FLAG', 'RU-1221', '000 §1.11'),
    ('422', 'Субъекты МСП: неотложные нужды, поддержка и сохранение занятости', 'Чакан жана орто ишканалар: кечиктирилгис муктаждыктар, жумуш менен камсыз болууну колдоо жана сактоо',
     'SMEs: urgent needs, keeping employment', 'EMPLOYMENT', 'MINEC', 'EITHER', 'BLOCK', 'RU-422-696', '001 §1.1'),
    ('696', 'Юридические лица и индивидуальные предприниматели: возобновление деятельности', 'Юридикалык жактар жана жеке ишкерлер: ишмердикти кайра баштоо',
     'Legal entities and sole proprietors: resuming activity', 'RESUMPTION', 'MINEC', 'EITHER', 'BLOCK', 'RU-422-696', '001 §1.2, 002 §1'),
    ('279', 'ФОТ 3.0: восстановление предпринимательской деятельности, два этапа', 'ФОТ 3.0: ишкердик ишмердикти калыбына келтирүү, эки этап', 'FOT 3.0: restoring business, two stages',
     'RESTORATION', 'MINEC', 'BEFORE_DECISION', 'BLOCK', 'RU-422-696', '002 §1, §4.3; decree 1850 of 28.10.2021')
  ) p (code, title_ru, title_ky, title_en, sector, regulator, entry_point, policy, procedure_code, source)
  join access.decree d on d.code = p.code;

-- Without a formula: nothing is calculated, everybody may apply. Of 469 the source names the years of loans; else loans may be given from the decree's day on.
insert into loans.rule_set (programme, stage, version, issued_from, issued_to, source, reason, proposed_at)
select p.code, 0, 1, case p.code when '469' then date '2022-01-01' else p.active_from end, case p.code when '469' then date '2024-12-31' end, p.source, 'Ships with the system.', now()
  from loans.programme p where p.code <> '279';

-- 279 in its two stages (LOAN-51 to LOAN-53, LOAN-60 to LOAN-65). The stages' days, their months and metrics are the sources'; wage, months, caps, thresholds, lists of OKVED and conditions are data. Of
-- applications of 1 to 18 November 2021 the sources say neither month nor metric. A borrower needs an employee, and no bankruptcy, whatever else he is.
insert into loans.rule_set (programme, stage, version, issued_from, issued_to, snapshot_on, wage, factor_percent, months, cap, month_rules, eligibility, keep_percent, source, reason, proposed_at)
select '279', s.stage, 1, s.issued_from, s.issued_to, s.snapshot_on, 1279200, 100, 12, s.cap, s.month_rules, s.eligibility, 90, s.source, 'Ships with the system.', now()
  from (select jsonb_build_object('item', 'C10', 'test', 'PASSES', 'values', '[]'::jsonb) employs, jsonb_build_object('item', 'C06', 'test', 'PASSES', 'values', '[]'::jsonb) solvent,
               jsonb_build_object('item', 'C09', 'test', 'PASSES', 'values', '[]'::jsonb) former,
               jsonb_build_object('item', 'C05', 'test', 'OKVED_IN', 'values', jsonb_build_array('32.99.8', '47.19.1', '47.4', '47.5', '47.7', '47.82', '47.89', '47.99.2', '49.1', '49.3', '49.4', '51.1',
                   '51.21', '52.21.21', '52.23', '55', '56', '59.14', '60', '63.12.1', '63.91', '77.22', '79', '82.3', '85.41', '86.23', '86.90.4', '88.91', '90', '91', '93', '95', '96.01', '96.02',
                   '96.04')) listed,
               jsonb_build_object('item', 'C05', 'test', 'OKVED_IN', 'values', jsonb_build_array('56', '59.14', '90', '91')) catering_or_culture) c
  cross join lateral (values
    (1, date '2021-03-09', date '2021-07-01', null::date, 50000000000,
     '[{"from": null, "to": "2021-05-24", "month": "2020-12", "metric": "TRIPLE_WITH_GPC", "asserted": true},
       {"from": "2021-05-25", "to": null, "month": "2021-03", "metric": "TRIPLE_WITH_GPC", "asserted": true}]'::jsonb,
     jsonb_build_array(jsonb_build_object('name', 'FORMER_696_IN_LISTED_SECTOR', 'conditions', jsonb_build_array(former, listed, employs, solvent))),
     '002 §4.3.1; decree 279'),
    (2, '2021-11-01', '2021-12-30', '2021-07-01', 30000000000,
     '[{"from": null, "to": "2021-11-18", "month": null, "metric": "TRIPLE_WITH_GPC", "asserted": false},
       {"from": "2021-11-19", "to": null, "month": null, "metric": "SNILS_WITH_CATEGORY", "asserted": true}]',
     jsonb_build_array(
         jsonb_build_object('name', 'FORMER_696_IN_LISTED_SECTOR', 'conditions', jsonb_build_array(former, listed, employs, solvent)),
         jsonb_build_object('name', 'NEW_SME', 'conditions', jsonb_build_array(jsonb_build_object('item', 'C07', 'test', 'PASSES', 'values', '[]'::jsonb),
             jsonb_build_object('item', 'C04', 'test', 'DATE_WITHIN', 'values', jsonb_build_array('2020-07-01', '2021-07-01')), employs, solvent)),
         jsonb_build_object('name', 'NGO_AND_FORMER_696', 'conditions', jsonb_build_array(jsonb_build_object('item', 'C11', 'test', 'ON_REGISTER', 'values', jsonb_build_array('906', '847')), former,
             employs, solvent)),
         jsonb_build_object('name', 'LARGE_FORMER_696_IN_CATERING_OR_CULTURE', 'conditions', jsonb_build_array(jsonb_build_object('item', 'C08', 'test', 'IS', 'values', jsonb_build_array('LARGE')),
             former, catering_or_culture, employs, solvent))),
     '002 §2.4, §3, §4.3.2; decree 279 as amended by 1850')) s (stage, issued_from, issued_to, snapshot_on, cap, month_rules, eligibility, source);

-- What ships is approved by shipping: the decision names nobody, which only a migration can write.
alter table loans.rule_set disable trigger decided;
update loans.rule_set set outcome = 'APPROVED', decided_at = proposed_at;
alter table loans.rule_set enable trigger decided;

-- Formulas that nobody has confirmed are proposals, and calculate nothing until the methodology's owner approves them (LOAN-67).
insert into loans.rule_set (programme, stage, version, issued_from, wage, factor_percent, months, months_until, month_rules, keep_percent, source, reason, proposed_at)
select p.code, 0, 2, p.active_from, 1213000, f.factor_percent, 6, f.months_until, '[{"from": null, "to": null, "month": null, "metric": "PFR_INSURED", "asserted": false}]', 90,
       'Published terms of decree ' || p.code, 'A draft: wage, months, factor and metric are to be confirmed.', now()
  from loans.programme p join (values ('422', 100, null::date), ('696', 130, '2020-12-01')) f (code, factor_percent, months_until) on f.code = p.code;
