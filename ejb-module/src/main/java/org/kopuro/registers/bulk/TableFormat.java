package org.kopuro.registers.bulk;

import java.time.LocalDate;
import java.util.List;
import org.kopuro.registers.TaxpayerKind;

/**
 * How the rows of one extract reach its table: by way of the temporary table {@code staging}, whose first
 * columns are the line and the contour.
 *
 * @param stagingColumns what {@code staging} holds, as in {@code create table}
 * @param reading        takes a row's values, in the order of the file, into the order of {@code staging}
 * @param key            what must be different in each row of a file
 * @param checks         asked in this order; a row is refused by the first that applies
 * @param merges         statements from {@code staging} into the table; their counts add up to the rows written
 */
record TableFormat(String stagingColumns, Reading reading, String key, List<SetCheck> checks, List<String> merges) {

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
