package org.kopuro.loans.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Contour;
import org.kopuro.loans.checks.CheckResult.Item;
import org.kopuro.loans.checks.CheckResult.Mark;
import org.kopuro.loans.checks.CheckResult.Verdict;
import org.kopuro.loans.programmes.RuleSet;
import org.kopuro.loans.programmes.RuleSet.Alternative;
import org.kopuro.loans.programmes.RuleSet.Condition;
import org.kopuro.registers.borrowers.BorrowerRegister;
import org.kopuro.registers.borrowers.BorrowerRows;
import org.kopuro.registers.payroll.PayrollRows;
import org.kopuro.testing.Rows;
import org.kopuro.testing.TestApplication;

class CheckingBorrowersIT {

    private static final Instant AT = Instant.parse("2021-11-22T09:00:00Z");
    private static final TestApplication APPLICATION = new TestApplication("TEST,PRODUCTION", AT);
    private static final Contour TEST = Contour.TEST;

    private final String inn = BorrowerRows.freshCompanyInn();

    @BeforeAll
    static void theRegistersAreLoaded() {
        for (BorrowerRegister register : BorrowerRegister.values()) {
            if (register != BorrowerRegister.OKVED) {
                BorrowerRows.loaded(TEST, register, "2011-01-01");
            }
        }
    }

    @Test
    void seesTheSnapshotsRowAndTodays() {
        BorrowerRows.aCompany(TEST, inn, "2021-01-01");
        BorrowerRows.anEnterprise(TEST, inn, "2021-01-01", "SMALL", "2018-08-10", null);
        BorrowerRows.aContract(TEST, inn, "К-17/2020", "2020-06-20");
        BorrowerRows.aCompany(TEST, inn, "2021-09-01", "2015-03-02", "2021-08-30", "47.11", "", "2021-07-05");
        PayrollRows.aReport(TEST, inn, YearMonth.of(2021, 9)).workers(YearMonth.of(2021, 9), 1).stored();
        CheckResult result = judge(LocalDate.of(2021, 7, 1), List.of(new Alternative("sector", List.of(condition("C09", RuleSet.Test.PASSES),
                condition("C05", RuleSet.Test.OKVED_IN, "56.1"))))).get(0);
        assertEquals(Verdict.MEETS, result.verdict());
        assertEquals("56.10.1", result.borrower().orElseThrow().okvedMain());
        assertEquals(Optional.of("К-17/2020"), result.borrower().orElseThrow().contract696());
        assertEquals(List.of("PASS", "PASS", "PASS", "FAIL", "PASS", "FAIL", "PASS", "PASS", "PASS", "PASS", "FAIL"), result.items().stream().map(item -> item.mark().name()).toList());
        assertEquals("2015-03-02/2021-08-30", result.items().get(3).value());
        assertEquals(LocalDate.of(2021, 7, 1), result.items().get(3).asOf());
        assertEquals(LocalDate.of(2021, 11, 22), result.items().get(8).asOf());
    }

    @Test
    void readsTheRegistersForTheApplicationsDayWhereTheRulesNameNone() {
        BorrowerRows.aCompany(TEST, inn, "2021-01-01");
        CheckResult result = judge(null, List.of()).get(0);
        // 2021-04-30T21:30Z is the first of May in Moscow.
        assertEquals(LocalDate.of(2021, 5, 1), result.snapshotOn());
        assertEquals(Verdict.MEETS, result.verdict());
    }

    @Test
    void establishesNothingOfAnUnknownBorrower() {
        CheckResult result = judge(LocalDate.of(2021, 7, 1), List.of()).get(0);
        assertEquals(Verdict.NOT_ESTABLISHED, result.verdict());
        assertEquals(Optional.empty(), result.borrower());
        assertEquals(Mark.UNKNOWN, result.items().get(0).mark());
    }

    @Test
    void seesTheListsOfTheirOwnDayWhateverTheSnapshotIs() {
        BorrowerRows.aCompany(TEST, inn, "2020-01-01");
        BorrowerRows.onList(TEST, "906", "2021-07-01", inn);
        Item lists = judge(LocalDate.of(2021, 4, 1), List.of()).get(0).items().get(10);
        assertEquals(new Item("C11", Mark.PASS, "906", "NGO_REGISTER", LocalDate.of(2021, 7, 1), lists.loadedOn()), lists);
    }

    @Test
    void keepsEveryResultAndTellsTheNewestFirst() {
        BorrowerRows.aCompany(TEST, inn, "2020-01-01");
        BorrowerRows.anEnterprise(TEST, inn, "2021-01-01", "SMALL", "2018-08-10", null);
        UUID loan = UUID.randomUUID();
        CheckResult first = judge(LocalDate.of(2021, 7, 1), List.of()).get(0);
        CheckResult second = APPLICATION.with(Checks.class, checks -> checks.judge(List.of(wish(loan, LocalDate.of(2021, 7, 1), List.of())), TEST, AT.plusSeconds(60))).get(0);
        APPLICATION.run(Checks.class, checks -> checks.add(List.of(new Kept(loan, first), new Kept(loan, second)), TEST));
        assertEquals(List.of(second, first), APPLICATION.with(Checks.class, checks -> checks.of(loan, TEST)));
        assertEquals(List.of(), APPLICATION.with(Checks.class, checks -> checks.of(loan, Contour.PRODUCTION)));
        assertThrows(IllegalStateException.class, () -> Rows.change("update loans.eligibility_check set verdict = 'DOES_NOT_MEET' where loan_id = ?", loan));
    }

    @Test
    void keepsAnUnknownBorrowersToo() {
        UUID loan = UUID.randomUUID();
        CheckResult unknown = judge(LocalDate.of(2021, 7, 1), List.of()).get(0);
        APPLICATION.run(Checks.class, checks -> checks.add(List.of(new Kept(loan, unknown)), TEST));
        assertEquals(List.of(unknown), APPLICATION.with(Checks.class, checks -> checks.of(loan, TEST)));
    }

    @Test
    void checksThousandsInTheirOrder() {
        BorrowerRows.aCompany(TEST, inn, "2020-01-01");
        List<CheckWish> wishes = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            wishes.add(new CheckWish(UUID.randomUUID(), i % 2 == 0 ? inn : BorrowerRows.freshCompanyInn(), rules(LocalDate.of(2021, 7, 1), List.of()), AT));
        }
        APPLICATION.run(Checks.class, checks -> {
            List<CheckResult> results = checks.judge(wishes, TEST, AT);
            List<Kept> kept = new ArrayList<>();
            for (int i = 0; i < results.size(); i++) {
                assertEquals(i % 2 == 0, results.get(i).borrower().isPresent());
                kept.add(new Kept(wishes.get(i).loan(), results.get(i)));
            }
            checks.add(kept, TEST);
        });
        assertEquals(1, APPLICATION.with(Checks.class, checks -> checks.of(wishes.get(1_999).loan(), TEST)).size());
    }

    private List<CheckResult> judge(LocalDate snapshot, List<Alternative> alternatives) {
        return APPLICATION.with(Checks.class, checks -> checks.judge(List.of(wish(UUID.randomUUID(), snapshot, alternatives)), TEST, AT));
    }

    private CheckWish wish(UUID loan, LocalDate snapshot, List<Alternative> alternatives) {
        return new CheckWish(loan, inn, rules(snapshot, alternatives), Instant.parse("2021-04-30T21:30:00Z"));
    }

    private static RuleSet rules(LocalDate snapshot, List<Alternative> alternatives) {
        return new RuleSet("279", 2, 1, LocalDate.of(2021, 11, 1), Optional.of(LocalDate.of(2021, 12, 30)), Optional.empty(), Optional.empty(), Optional.ofNullable(snapshot), Optional.empty(),
                List.of(), alternatives, RuleSet.OnBreach.FLAG, RuleSet.OnBreach.FLAG, 0, 15, 25, false);
    }

    private static Condition condition(String item, RuleSet.Test test, String... values) {
        return new Condition(item, test, List.of(values));
    }
}
