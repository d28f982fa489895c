package org.kopuro.registers.bulk;

import java.time.LocalDate;
import java.util.List;
import org.kopuro.installation.CopyText;
import org.kopuro.kernel.Refusal;
import org.kopuro.registers.TaxpayerKind;
import org.kopuro.registers.borrowers.Identifier;

/**
 * How the rows of one extract reach its table: by way of the temporary table {@code staging}, whose first
 * columns are the line and the contour.
 *
 * @param stagingColumns what {@code staging} holds, as in {@code create table}
 * @param reading        takes a row's values, in the order of the file, into the order of {@code staging}
 * @param key            what must be different in each row of a file
 * @param checks         asked in this order; a row is refused by the first that applies
 * @param merges         statements from {@code staging} into the table; their counts add up to the rows written
 * @param notes          statements after them that write down that the load was; not counted
 */
record TableFormat(String stagingColumns, Reading reading, String key, List<SetCheck> checks, List<String> merges, List<String> notes) {

    /** Whose loads are not noted down. */
    TableFormat(String stagingColumns, Reading reading, String key, List<SetCheck> checks, List<String> merges) {
        this(stagingColumns, reading, key, checks, merges, List.of());
    }

    /**
     * @param condition over {@code s}, a row of {@code staging}
     * @param storable  whether such a row can be stored, though it is not clean
     */
    record SetCheck(LoadRefusal code, String column, String condition, boolean storable) {

        SetCheck(LoadRefusal code, String column, String condition) {
            this(code, column, condition, false);
        }
    }

    @FunctionalInterface
    interface Reading {
        void read(ExtractRow row, CopyText staging);
    }

    private static final int COMPANY_INN_LENGTH = 10;
    private static final int NAME_LIMIT = 1_000;
    private static final int CONTRACT_NUMBER_LIMIT = 64;

    private static final SetCheck TAXPAYER_KNOWN = new SetCheck(LoadRefusal.TAXPAYER_UNKNOWN, "inn",
            "not exists (select from registers.taxpayer t where t.contour = s.contour and t.inn = s.inn)");

    static TableFormat of(RegisterTable table) {
        return switch (table) {
            case TAXPAYER -> TAXPAYER;
            case TAX_DEBT -> TAX_DEBT;
            case TAX_PAYMENT -> TAX_PAYMENT;
            case INCOME -> INCOME;
            case HEADCOUNT -> HEADCOUNT;
            case HEAD -> HEAD;
            case COMPANY -> COMPANY;
            case SME -> SME;
            case NGO -> NGO;
            case CONTRACT_696 -> CONTRACT_696;
            case OKVED -> OKVED;
        };
    }

    // The merges sort by key, so that the index grows at its end instead of everywhere.

    private static final TableFormat TAXPAYER = new TableFormat("""
            inn text, kind text, full_name text, district_code text, postcode text, address text, activity_code text,
            registered_on date, ended_on date""",
            TableFormat::readTaxpayer, "inn",
            List.of(new SetCheck(LoadRefusal.DISTRICT_UNKNOWN, "district_code",
                    "not exists (select from registers.district d where d.code = s.district_code)")),
            List.of("""
            insert into registers.taxpayer as t (contour, inn, kind, full_name, district_code, postcode, address,
                   activity_code, registered_on, ended_on)
            select contour, inn, kind, full_name, district_code, postcode, address, activity_code, registered_on, ended_on
              from staging order by inn
            on conflict (contour, inn) do update
               set kind = excluded.kind, full_name = excluded.full_name, district_code = excluded.district_code,
                   postcode = excluded.postcode, address = excluded.address, activity_code = excluded.activity_code,
                   registered_on = excluded.registered_on, ended_on = excluded.ended_on
             where (t.kind, t.full_name, t.district_code, t.postcode, t.address, t.activity_code, t.registered_on, t.ended_on)
                   is distinct from (excluded.kind, excluded.full_name, excluded.district_code, excluded.postcode,
                   excluded.address, excluded.activity_code, excluded.registered_on, excluded.ended_on)"""));

    private static final TableFormat TAX_DEBT = new TableFormat(
            "inn text, tax_code text, amount_minor_units bigint, as_of date",
            (row, staging) -> staging.value(row.inn()).value(row.taxCode()).value(row.amountMinorUnits()).value(row.date()),
            "inn, tax_code",
            List.of(TAXPAYER_KNOWN, new SetCheck(LoadRefusal.AS_OF_DIFFERS, "as_of",
                    "s.as_of <> (select f.as_of from staging f order by f.line limit 1)", true)),
            List.of("""
            delete from registers.tax_debt t using staging s
             where t.contour = s.contour and t.inn = s.inn and t.tax_code = s.tax_code and s.amount_minor_units = 0""", """
            insert into registers.tax_debt as t (contour, inn, tax_code, amount_minor_units, as_of)
            select contour, inn, tax_code, amount_minor_units, as_of
              from staging where amount_minor_units > 0 order by inn, tax_code
            on conflict (contour, inn, tax_code) do update
               set amount_minor_units = excluded.amount_minor_units, as_of = excluded.as_of
             where (t.amount_minor_units, t.as_of) is distinct from (excluded.amount_minor_units, excluded.as_of)"""));

    private static final TableFormat TAX_PAYMENT = new TableFormat(
            "inn text, paid_on date, tax_code text, sequence_number integer, amount_minor_units bigint",
            (row, staging) -> staging.value(row.inn()).value(row.date()).value(row.taxCode()).value(row.number(1))
                    .value(row.positiveAmountMinorUnits()),
            "inn, paid_on, tax_code, sequence_number",
            List.of(TAXPAYER_KNOWN),
            List.of("""
            insert into registers.tax_payment as t (contour, inn, paid_on, tax_code, sequence_number, amount_minor_units)
            select contour, inn, paid_on, tax_code, sequence_number, amount_minor_units
              from staging order by inn, paid_on, tax_code, sequence_number
            on conflict (contour, inn, paid_on, tax_code, sequence_number) do update
               set amount_minor_units = excluded.amount_minor_units
             where t.amount_minor_units <> excluded.amount_minor_units"""));

    private static final TableFormat INCOME = new TableFormat(
            "inn text, month date, employer_inn text, amount_minor_units bigint",
            TableFormat::readIncome, "inn, month, employer_inn",
            List.of(TAXPAYER_KNOWN, new SetCheck(LoadRefusal.EMPLOYER_UNKNOWN, "employer_inn", """
                    s.employer_inn is not null
                    and not exists (select from registers.taxpayer t where t.contour = s.contour and t.inn = s.employer_inn)""")),
            List.of("""
            insert into registers.income as t (contour, inn, month, employer_inn, amount_minor_units)
            select contour, inn, month, employer_inn, amount_minor_units from staging order by inn, month, employer_inn
            on conflict (contour, inn, month, employer_inn) do update set amount_minor_units = excluded.amount_minor_units
             where t.amount_minor_units <> excluded.amount_minor_units"""));

    private static final TableFormat HEADCOUNT = new TableFormat(
            "inn text, month date, insured_persons integer",
            (row, staging) -> staging.value(row.inn()).value(row.month()).value(row.number(0)),
            "inn, month",
            List.of(TAXPAYER_KNOWN),
            List.of("""
            insert into registers.headcount as t (contour, inn, month, insured_persons)
            select contour, inn, month, insured_persons from staging order by inn, month
            on conflict (contour, inn, month) do update set insured_persons = excluded.insured_persons
             where t.insured_persons <> excluded.insured_persons"""));

    private static final TableFormat HEAD = new TableFormat(
            "inn text, head_inn text, since date, ended_on date",
            TableFormat::readHead, "inn, head_inn, since",
            List.of(TAXPAYER_KNOWN, new SetCheck(LoadRefusal.TAXPAYER_UNKNOWN, "head_inn",
                    "not exists (select from registers.taxpayer t where t.contour = s.contour and t.inn = s.head_inn)")),
            List.of("""
            insert into registers.head as t (contour, inn, head_inn, since, ended_on)
            select contour, inn, head_inn, since, ended_on from staging order by inn, head_inn, since
            on conflict (contour, inn, head_inn, since) do update set ended_on = excluded.ended_on
             where t.ended_on is distinct from excluded.ended_on"""));

    // What borrowers' registers hold is never changed: a row that says something else of a key becomes its next revision, one that says the same is none.

    private static final TableFormat COMPANY = new TableFormat("""
            inn text, valid_from date, name text, head text, kpp text, ogrn text, legal_form text, region text, registered_on date, liquidated_on date, okved_main registers.okved_code,
            okved registers.okved_code[], bankruptcy_on date""", TableFormat::readCompany, "inn, valid_from", List.of(),
            List.of(nextRevisions("company", List.of("inn", "valid_from"), List.of("name", "head", "kpp", "ogrn", "legal_form", "region", "registered_on", "liquidated_on", "okved_main", "okved",
                    "bankruptcy_on"))), List.of(noteOf("'COMPANY'", "valid_from")));

    private static final TableFormat SME = new TableFormat("inn text, valid_from date, size text, included_on date, excluded_on date", TableFormat::readSme, "inn, valid_from", List.of(),
            List.of(nextRevisions("sme", List.of("inn", "valid_from"), List.of("size", "included_on", "excluded_on"))), List.of(noteOf("'SME'", "valid_from")));

    private static final TableFormat NGO = new TableFormat("register text, as_of date, inn text, listed boolean",
            (row, staging) -> staging.value(row.oneOf(LoadRefusal.REGISTER_UNKNOWN, "906", "847")).value(row.date()).value(row.borrowerInn()).value(row.oneOf(LoadRefusal.FLAG_FORMAT, "true", "false")),
            "register, as_of, inn", List.of(), List.of(nextRevisions("ngo", List.of("register", "as_of", "inn"), List.of("listed"))), List.of(noteOf("'NGO_' || register", "as_of")));

    private static final TableFormat CONTRACT_696 = new TableFormat("inn text, number text, concluded_on date, annulled_on date", TableFormat::readContract, "inn, number", List.of(),
            List.of(nextRevisions("contract_696", List.of("inn", "number"), List.of("concluded_on", "annulled_on"))), List.of(noteOf("'CONTRACT_696'", "concluded_on")));

    /** A classifier for both contours: loaded for one, it is for the other, too. */
    private static final TableFormat OKVED = new TableFormat("code text, title text, valid_from date, valid_to date", TableFormat::readOkved, "code, valid_from", List.of(), List.of("""
            insert into registers.okved as t (code, title, valid_from, valid_to)
            select code, title, valid_from, valid_to from staging order by code, valid_from
            on conflict (code, valid_from) do update set title = excluded.title, valid_to = excluded.valid_to
             where (t.title, t.valid_to) is distinct from (excluded.title, excluded.valid_to)"""), List.of("""
            insert into registers.borrower_load (contour, register, loaded_at, first_day, records)
            select c.contour, 'OKVED', clock_timestamp(), min(s.valid_from), count(*) from staging s cross join (values ('TEST'), ('PRODUCTION')) c (contour) group by 1"""));

    private static String nextRevisions(String table, List<String> key, List<String> values) {
        return """
                insert into registers.%1$s (contour, %2$s, revision, %3$s)
                select s.contour, %4$s, coalesce(o.revision, 0) + 1, %5$s
                  from staging s
                  left join lateral (select * from registers.%1$s t where t.contour = s.contour and (%6$s) = (%4$s) order by t.revision desc limit 1) o on true
                 where o.revision is null or (%7$s) is distinct from (%5$s)
                 order by %4$s""".formatted(table, String.join(", ", key), String.join(", ", values), of("s.", key), of("s.", values), of("t.", key), of("o.", values));
    }

    private static String of(String row, List<String> columns) {
        return row + String.join(", " + row, columns);
    }

    private static String noteOf(String register, String day) {
        return """
                insert into registers.borrower_load (contour, register, loaded_at, first_day, records)
                select contour, %s, clock_timestamp(), min(%s), count(*) from staging group by 1, 2""".formatted(register, day);
    }

    private static void readCompany(ExtractRow row, CopyText staging) {
        String inn = row.borrowerInn();
        boolean company = inn.length() == COMPANY_INN_LENGTH;
        staging.value(inn).value(row.date()).value(row.text(NAME_LIMIT)).value(row.optionalText());
        String kpp = row.optional(Identifier.KPP);
        if (kpp != null && !company) {
            throw Refusal.of(LoadRefusal.KPP_OF_PROPRIETOR, "kpp");
        }
        staging.value(kpp).value(row.identifier(company ? Identifier.OGRN : Identifier.OGRNIP)).value(row.text()).value(row.regionCode());
        LocalDate registeredOn = row.date();
        LocalDate liquidatedOn = row.optionalDate();
        if (liquidatedOn != null && liquidatedOn.isBefore(registeredOn)) {
            row.doubt(LoadRefusal.ENDED_BEFORE_REGISTERED, "liquidated_on");
        }
        staging.value(registeredOn).value(liquidatedOn).value(row.identifier(Identifier.OKVED)).value("{" + String.join(",", row.okvedCodes()) + "}").value(row.optionalDate());
    }

    private static void readSme(ExtractRow row, CopyText staging) {
        staging.value(row.borrowerInn()).value(row.date()).value(row.oneOf(LoadRefusal.SIZE_UNKNOWN, "MICRO", "SMALL", "MEDIUM"));
        period(row, staging, true);
    }

    private static void readContract(ExtractRow row, CopyText staging) {
        staging.value(row.borrowerInn()).value(row.text(CONTRACT_NUMBER_LIMIT));
        period(row, staging, true);
    }

    private static void readOkved(ExtractRow row, CopyText staging) {
        staging.value(row.identifier(Identifier.OKVED)).value(row.text(NAME_LIMIT));
        period(row, staging, false);
    }

    /** @param doubted whether TEST takes a reversed one */
    private static void period(ExtractRow row, CopyText staging, boolean doubted) {
        LocalDate from = row.date();
        LocalDate to = row.optionalDate();
        if (to != null && to.isBefore(from)) {
            if (!doubted) {
                throw Refusal.of(LoadRefusal.PERIOD_REVERSED, row.column());
            }
            row.doubt(LoadRefusal.PERIOD_REVERSED, row.column());
        }
        staging.value(from).value(to);
    }

    private static void readTaxpayer(ExtractRow row, CopyText staging) {
        String inn = row.inn();
        TaxpayerKind kind = row.kind();
        if (kind == TaxpayerKind.ORGANISATION != (inn.charAt(0) == '0')) {
            row.doubt(LoadRefusal.KIND_AND_INN_DISAGREE, "kind");
        }
        staging.value(inn).value(kind.name()).value(row.text()).value(row.districtCode()).value(row.optionalPostcode())
                .value(row.optionalText()).value(row.optionalActivityCode());
        LocalDate registeredOn = row.date();
        LocalDate endedOn = row.optionalDate();
        if (endedOn != null && endedOn.isBefore(registeredOn)) {
            row.doubt(LoadRefusal.ENDED_BEFORE_REGISTERED, "ended_on");
        }
        staging.value(registeredOn).value(endedOn);
    }

    private static void readIncome(ExtractRow row, CopyText staging) {
        String inn = row.inn();
        if (inn.charAt(0) == '0') {
            row.doubt(LoadRefusal.INCOME_OF_ORGANISATION, "inn");
        }
        staging.value(inn).value(row.month()).value(row.optionalInn()).value(row.amountMinorUnits());
    }

    private static void readHead(ExtractRow row, CopyText staging) {
        String inn = row.inn();
        String head = row.inn();
        if (inn.charAt(0) != '0' || head.charAt(0) == '0') {
            row.doubt(LoadRefusal.HEAD_OF_PERSON, inn.charAt(0) != '0' ? "inn" : "head_inn");
        }
        LocalDate since = row.date();
        LocalDate endedOn = row.optionalDate();
        if (endedOn != null && endedOn.isBefore(since)) {
            row.doubt(LoadRefusal.ENDED_BEFORE_REGISTERED, "ended_on");
        }
        staging.value(inn).value(head).value(since).value(endedOn);
    }
}
