-- The loan service as something of the catalogue: a participant asks for it, is granted it and is connected by it as by every other (ACC-23, ACC-41, ACC-58), and what only messages of the
-- exchange have does not come near it (decision 0047).

-- How a service is used. EXCHANGE: by messages that name it in their header, under a contract that the catalogue holds. DIRECT: at addresses of its own, by people's accounts and the
-- certificates of subsystems; it comes with a release, which describes it itself. Stated by a release: the application has no right to write this column, and adds services of the exchange.
alter table access.service add kind text not null default 'EXCHANGE',
    add constraint service_kind_check check (kind = 'EXCHANGE' or kind = 'DIRECT' and released),
    -- Nothing on the way to a direct service reads this switch.
    add constraint service_switch_check check (enabled or kind = 'EXCHANGE');
-- Whose connection a procedure's is, where it is that of a direct service.
create unique index service_direct_unique on access.service (procedure_code) where kind = 'DIRECT';

-- What is done to messages, their contracts, and tokens that they carry.
create function access.require_exchange_service() returns trigger language plpgsql as $$
begin
    if exists (select from access.service where code = new.service_code and kind <> 'EXCHANGE') then
        raise exception 'no message of the exchange calls %', new.service_code using errcode = 'check_violation', constraint = 'service_of_exchange';
    end if;
    return new;
end $$;
create trigger of_exchange before insert on access.service_version for each row execute function access.require_exchange_service();
create trigger of_exchange before insert on access.threshold for each row execute function access.require_exchange_service();
create trigger of_exchange before insert on access.conformance_service for each row execute function access.require_exchange_service();
create trigger of_exchange before insert on exchange.closure for each row execute function access.require_exchange_service();
create trigger of_exchange before insert on representation.mandate_service for each row execute function access.require_exchange_service();
-- A rule of tokens and what is disclosed by them. What a bank learns of its borrower it learns by the decrees, and not under a taxpayer's consent.
create trigger of_exchange before insert on access.service_rule for each row
    when (new.discloses_tax_secret or new.token_rule <> 'NOT_USED' or new.self_call
          or num_nonnulls(new.validity_days, new.data_age_months, new.data_range_months, new.calls_per_day, new.calls_per_token) > 0)
    execute function access.require_exchange_service();
create trigger of_exchange before insert on consent.token_service for each row execute function access.require_exchange_service();
create trigger of_exchange before insert on consent.form_service for each row execute function access.require_exchange_service();

-- One for each procedure under which programmes' banks are connected. Codes are this installation's; names are the sources': the service of 000 §2 and §4.1, which the procedure of decree 1221 connects to;
-- the platform of 001 §2, whose electronic services the form of its App. 1 asks for, and by which FOT 3.0 is run, too (002, title). KIT and KPE are its contours, not services (001 §3.1, §3.3).
-- The days are those from which the procedures hold here (V013).
insert into access.service (code, version, title_ru, title_ky, title_en, procedure_code, kind) values
    ('lendingMonitoring', 'v1', 'Мониторинг реализации программ льготного кредитования', 'Жеңилдетилген насыялоо программаларынын ишке ашырылышын мониторингдөө',
     'Monitoring of programmes of preferential lending', 'RU-1221', 'DIRECT'),
    ('lendingPlatform', 'v1', 'Цифровая платформа: кредиты по постановлениям № 422 и № 696 и «ФОТ 3.0»', 'Санариптик платформа: № 422 жана № 696 токтомдору жана «ФОТ 3.0» боюнча насыялар',
     'Digital platform: loans under decrees 422 and 696 and FOT 3.0', 'RU-422-696', 'DIRECT');
insert into access.service_rule (service_code, effective_from, discloses_tax_secret, token_rule, self_call)
select s.code, min(v.valid_from), false, 'NOT_USED', false
  from access.service s join access.procedure_version v on v.procedure_code = s.procedure_code where s.kind = 'DIRECT' group by s.code;
-- [data] Owner, protocol and words.
insert into access.catalogue_entry (service_code, revision, description_ru, description_ky, description_en, protocol, owner_unit, at, actor_role)
select v.code, 1, v.ru, v.ky, v.en, 'REST, JSON, OpenAPI 3.1', 'Федеральная налоговая служба', now(), 'SYSTEM'
  from (values
    ('lendingMonitoring', 'Банки размещают сведения о заявках и договорах по программам постановления № 1221 и видят дубликаты и численность; /api/v1/loans.',
     'Банктар № 1221 токтомдун программалары боюнча өтүнмөлөрдүн жана келишимдердин маалыматын жайгаштырат, кайталанууларды жана кызматкерлердин санын көрөт; /api/v1/loans.',
     'Banks enter applications and contracts under the programmes of decree 1221, and see duplicates and headcounts; /api/v1/loans.'),
    ('lendingPlatform', 'Банки проверяют заёмщиков и размещают сведения о заявках и договорах по постановлениям № 422, № 696 и № 279; /api/v1/loans.',
     'Банктар карыз алуучуларды текшерет жана № 422, № 696 жана № 279 токтомдору боюнча өтүнмөлөрдүн жана келишимдердин маалыматын жайгаштырат; /api/v1/loans.',
     'Banks have borrowers checked and enter applications and contracts under decrees 422, 696 and 279; /api/v1/loans.')) v (code, ru, ky, en);
