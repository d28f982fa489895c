package org.kopuro.registers.borrowers;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.kopuro.kernel.Contour;
import org.kopuro.testing.Rows;

/** Rows of the borrowers' registers for tests, written under the owner's role because the application may only read. */
public final class BorrowerRows {

    private static final AtomicInteger NUMBER = new AtomicInteger(new SecureRandom().nextInt(500_000_000));

    private BorrowerRows() {
    }

    /** A company's INN that is nobody's yet, its check digit right. */
    public static String freshCompanyInn() {
        String digits = "%09d".formatted(100_000_000 + NUMBER.incrementAndGet());
        int[] weights = {2, 4, 10, 3, 5, 9, 4, 6, 8};
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += (digits.charAt(i) - '0') * weights[i];
        }
        return digits + sum % 11 % 10;
    }

    /** As the register of companies has it from that day on: registered 2015-03-02, in catering. */
    public static void aCompany(Contour contour, String inn, String validFrom) {
        aCompany(contour, inn, validFrom, "2015-03-02", null, "56.10.1", "56.29,47.11", null);
    }

    public static void aCompany(Contour contour, String inn, String validFrom, String registeredOn, String liquidatedOn, String okvedMain, String okved, String bankruptcyOn) {
        Rows.change("""
                insert into registers.company (contour, inn, valid_from, revision, name, head, kpp, ogrn, legal_form, region, registered_on, liquidated_on, okved_main, okved, bankruptcy_on)
                values (?, ?, ?::date, 1 + (select count(*)::int from registers.company o where (o.contour, o.inn, o.valid_from) = (?, ?, ?::date)), 'ООО «Пример»', 'Иванов Иван Иванович', '770701001',
                        '1027700132195', 'Общество с ограниченной ответственностью', '77', ?::date, ?::date, ?, string_to_array(?, ','), ?::date)""", contour.name(), inn, validFrom, contour.name(), inn,
                validFrom, registeredOn, liquidatedOn, okvedMain, okved, bankruptcyOn);
        loaded(contour, BorrowerRegister.COMPANY, validFrom);
    }

    public static void anEnterprise(Contour contour, String inn, String validFrom, String size, String includedOn, String excludedOn) {
        Rows.change("insert into registers.sme (contour, inn, valid_from, revision, size, included_on, excluded_on) values (?, ?, ?::date, 1, ?, ?::date, ?::date)", contour.name(), inn, validFrom, size,
                includedOn, excludedOn);
        loaded(contour, BorrowerRegister.SME, validFrom);
    }

    public static void onList(Contour contour, String register, String asOf, String inn) {
        Rows.change("insert into registers.ngo (contour, register, as_of, inn, revision, listed) values (?, ?, ?::date, ?, 1, true)", contour.name(), register, asOf, inn);
        loaded(contour, BorrowerRegister.valueOf("NGO_" + register), asOf);
    }

    public static void aContract(Contour contour, String inn, String number, String concludedOn) {
        Rows.change("insert into registers.contract_696 (contour, inn, number, revision, concluded_on) values (?, ?, ?, 1, ?::date)", contour.name(), inn, number, concludedOn);
        loaded(contour, BorrowerRegister.CONTRACT_696, concludedOn);
    }

    /** As if an extract had been loaded. */
    public static void loaded(Contour contour, BorrowerRegister register, String firstDay) {
        Rows.change("insert into registers.borrower_load (contour, register, loaded_at, first_day, records) values (?, ?, clock_timestamp(), ?::date, 1)", contour.name(), register.name(), firstDay);
    }
}
