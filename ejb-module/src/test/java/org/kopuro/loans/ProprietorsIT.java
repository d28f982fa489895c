package org.kopuro.loans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.kopuro.loans.LifeOfALoanIT.assertRefused;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kopuro.kernel.Contour;
import org.kopuro.loans.checks.CheckResult;
import org.kopuro.registers.borrowers.IdentifierProblem;
import org.kopuro.testing.Rows;

/** Sole proprietors apply too: by twelve digits, found in EGRIP, with OGRNIP and without KPP (LOAN-15, LOAN-F04 to LOAN-F07). */
class ProprietorsIT {

    @ParameterizedTest
    @EnumSource(Contour.class)
    void areCheckedAndEnteredAsCompaniesAre(Contour contour) {
        LoanScene scene = new LoanScene(contour, "FLAG");
        String inn = inn();
        known(contour, inn, "399990000001238");
        LoanView formed = scene.form(scene.application(inn));
        assertEquals("SOLE_PROPRIETOR", formed.loan().stated().get(LoanField.BORROWER_KIND));
        assertEquals(Optional.of("Петров Пётр Петрович"), formed.loan().judged().name());
        String borrower = formed.loan().judged().borrower().orElseThrow().replace("\": ", "\":");
        assertTrue(borrower.contains("\"ogrn\":\"399990000001238\"") && !borrower.contains("kpp") && !borrower.contains("head"), borrower);
        Set<String> warned = formed.loan().warnings().stream().map(Loan.Warning::code).collect(Collectors.toSet());
        assertFalse(warned.contains("INN_UNKNOWN") || warned.contains("IDENTIFIERS_DISAGREE"), warned::toString);
        CheckResult check = scene.application.with(Loans.class, loans -> loans.checks(formed.loan().id(), scene.viewer())).get(0);
        assertEquals(inn + "; 399990000001238 PASS", check.items().get(1).value() + " " + check.items().get(1).mark());
        LoanView contracted = scene.apply(scene.apply(formed, LoanEvent.APPROVE, LoanScene.approval()), LoanEvent.CONTRACT, LoanScene.contract());
        assertEquals("SOLE_PROPRIETOR", contracted.loan().stated().get(LoanField.BORROWER_KIND));
    }

    @ParameterizedTest
    @EnumSource(Contour.class)
    void areNeitherCompaniesNorOfAnyDigits(Contour contour) {
        LoanScene scene = new LoanScene(contour, "FLAG");
        String inn = inn();
        known(contour, inn, "399990000001238");
        Map<LoanField, Object> company = scene.application(inn);
        company.put(LoanField.BORROWER_KIND, "LEGAL_ENTITY");
        assertEquals("borrowerKind", assertRefused(LoanRefusal.BORROWER_KIND_DIFFERS, () -> scene.form(company)).field());
        String wrong = inn.substring(0, 11) + (inn.charAt(11) == '9' ? '0' : (char) (inn.charAt(11) + 1));
        if (contour == Contour.PRODUCTION) {
            assertRefused(IdentifierProblem.BORROWER_INN_CHECK_DIGIT, () -> scene.form(scene.application(wrong)));
            assertRefused(LoanRefusal.INN_UNKNOWN, () -> scene.form(scene.application(inn())));
        } else {
            List<String> warned = scene.form(scene.application(wrong)).loan().warnings().stream().map(Loan.Warning::code).toList();
            assertTrue(warned.containsAll(List.of("BORROWER_INN_CHECK_DIGIT", "INN_UNKNOWN")), warned::toString);
        }
    }

    @ParameterizedTest
    @EnumSource(Contour.class)
    void areMarkedWhereTheirOgrnipIsNone(Contour contour) {
        LoanScene scene = new LoanScene(contour, "FLAG");
        String inn = inn();
        known(contour, inn, "312500000000003");
        assertTrue(scene.form(scene.application(inn)).loan().warnings().contains(new Loan.Warning("IDENTIFIERS_DISAGREE", "inn")));
    }

    /** With both check digits. */
    private static String inn() {
        String ten = "77" + "%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
        String eleven = ten + digit(ten, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8);
        return eleven + digit(eleven, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8);
    }

    private static int digit(String digits, int... weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * (digits.charAt(i) - '0');
        }
        return sum % 11 % 10;
    }

    private static void known(Contour contour, String inn, String ogrnip) {
        Rows.change("""
                insert into registers.company (contour, inn, valid_from, revision, name, ogrn, legal_form, region, registered_on, okved_main)
                values (?, ?, date '2015-01-01', 1, 'Петров Пётр Петрович', ?, 'Индивидуальный предприниматель', '77', date '2015-01-01', '56')""", contour.name(), inn, ogrnip);
        Rows.change("insert into registers.borrower_load (contour, register, loaded_at, first_day, records) values (?, 'COMPANY', clock_timestamp(), date '2015-01-01', 1)", contour.name());
    }
}
