package org.kopuro.loans.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.loans.checks.CheckResult.Verdict;
import org.kopuro.loans.checks.JudgingABorrowerTest.Situation;
import org.kopuro.loans.programmes.Programmes;
import org.kopuro.loans.programmes.Rulebook;
import org.kopuro.registers.borrowers.Borrower;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** The rows that ship for 279 (LOAN-52, LOAN-53), with every kind of borrower that they name. Whoever it is, an employee is asked for, and no bankruptcy. */
class BorrowersByTheShippedRulesIT {

    private static final LocalDate SINCE = LocalDate.of(2021, 9, 1);

    private final Rulebook rulebook = new TestApplication("TEST,PRODUCTION", Scene.NOON).with(Programmes.class, Programmes::rulebook);

    @ParameterizedTest
    @CsvSource({"56.10.11, MEETS", "47.71.1, MEETS", "47.82.1, MEETS", "47.81, DOES_NOT_MEET", "90.01, MEETS", "01.11, DOES_NOT_MEET", "85.41.1, MEETS", "85.42, DOES_NOT_MEET"})
    void aFormerBorrowerMeetsInAListedSector(String okved, Verdict expected) {
        assertEquals(expected, second(employer().sme(Borrower.Size.MEDIUM).okved(okved).contract("696-1")));
        assertEquals(expected, first(employer().sme(Borrower.Size.MEDIUM).okved(okved).contract("696-1")));
        assertEquals(Verdict.DOES_NOT_MEET, second(employer().sme(Borrower.Size.MEDIUM).okved(okved)), "without a contract under 696");
    }

    @ParameterizedTest
    @CsvSource({"MICRO, MEETS", "SMALL, MEETS", "MEDIUM, DOES_NOT_MEET"})
    void additionalCodesCountOfTheSmallestAlone(Borrower.Size size, Verdict expected) {
        assertEquals(expected, second(employer().sme(size).okved("01.11", "56.10").contract("696-1")));
    }

    @ParameterizedTest
    @CsvSource({"2020-06-30, DOES_NOT_MEET", "2020-07-01, MEETS", "2021-07-01, MEETS"})
    void anEnterpriseCreatedWithinTheYearMeetsInStageTwoAlone(LocalDate registeredOn, Verdict expected) {
        Situation created = employer().sme(Borrower.Size.MICRO).registeredOn(registeredOn);
        assertEquals(expected, second(created));
        assertEquals(Verdict.DOES_NOT_MEET, first(created));
    }

    @ParameterizedTest
    @CsvSource({"906", "847"})
    void aNonProfitFormerBorrowerMeetsOnEitherList(String list) {
        assertEquals(Verdict.MEETS, second(employer().okved("88.10").contract("1").lists(list)));
        assertEquals(Verdict.DOES_NOT_MEET, second(employer().okved("88.10").lists(list)));
        assertEquals(Verdict.DOES_NOT_MEET, second(employer().okved("88.10").contract("1")));
    }

    @Test
    void aLargeFormerBorrowerMeetsInCateringOrCultureByItsMainCode() {
        assertEquals(Verdict.MEETS, second(employer().okved("56.29").contract("1")));
        assertEquals(Verdict.MEETS, second(employer().okved("91.02").contract("1")));
        assertEquals(Verdict.DOES_NOT_MEET, second(employer().okved("01.11", "56.29").contract("1")));
    }

    @Test
    void nobodyMeetsWithoutAnEmployeeOrInBankruptcy() {
        for (Situation one : new Situation[] {former(), former().sme(Borrower.Size.SMALL).registeredOn(LocalDate.of(2021, 1, 15)), former().lists("906")}) {
            assertEquals(Verdict.MEETS, second(one.employing(true)));
            assertEquals(Verdict.DOES_NOT_MEET, second(one.employing(false)));
            assertEquals(Verdict.DOES_NOT_MEET, second(one.employing(true).nowBankruptSince(SINCE)));
        }
        assertEquals(Verdict.NOT_ESTABLISHED, second(former()), "without a report nobody can say");
    }

    @Test
    void whoWasRegisteredAfterTheSnapshotAndIsBankruptNowDoesNotMeet() {
        Situation later = employer().contract("1").registeredOn(LocalDate.of(2021, 8, 1)).notAtSnapshot().nowBankruptSince(SINCE);
        assertEquals(Verdict.DOES_NOT_MEET, second(later));
    }

    private static Situation former() {
        return new Situation().okved("56.10").contract("696-1");
    }

    private static Situation employer() {
        return new Situation().employing(true);
    }

    private Verdict first(Situation situation) {
        return situation.verdict(rulebook.version("279", 1, 1).orElseThrow().eligibility());
    }

    private Verdict second(Situation situation) {
        return situation.verdict(rulebook.version("279", 2, 1).orElseThrow().eligibility());
    }
}
