package org.kopuro.loans.headcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.programmes.RuleSet.Formula;

/** LOAN-65 and LOAN-67. */
class MaximumTest {

    @ParameterizedTest
    @CsvSource({"0, 0, 0, 0", "1, 153504, 153504, 153504", "100, 15350400, 15350400, 15350400", "1954, 299946816, 299946816, 299946816", "1955, 300100320, 300100320, 300000000",
        "3257, 499962528, 499962528, 300000000", "3258, 500116032, 500000000, 300000000", "3, 460512, 460512, 460512", "5, 767520, 767520, 767520"})
    void followsFromTheHeadcountByStage(int headcount, long uncapped, long first, long second) {
        LocalDate start = LocalDate.of(2021, 11, 19);
        Maximum one = Maximum.of("279", Rules.stageOne().formula().orElseThrow(), headcount, start);
        assertEquals(uncapped * 100, one.uncapped());
        assertEquals(first * 100, one.result());
        assertEquals(second * 100, Maximum.of("279", Rules.stageTwo().formula().orElseThrow(), headcount, start).result());
    }

    @ParameterizedTest
    @CsvSource({"2020-05-16, 6", "2020-06-01, 6", "2020-06-02, 5", "2020-11-01, 1", "2020-11-02, 0", "2021-03-01, 0"})
    void countsFullMonthsUntilADayAndAtMostSoMany(LocalDate start, int months) {
        Maximum maximum = Maximum.of("696", Rules.of696().formula().orElseThrow(), 10, start);
        assertEquals(months, maximum.months());
        assertEquals(Rules.WAGE * 10 * months * 130 / 100, maximum.result());
    }

    @Test
    void dropsWhatAFactorLeavesOfAKopeck() {
        assertEquals(150, Maximum.of(1, 149, 101, 1, Optional.empty()).uncapped(), "of 150.49");
    }

    @ParameterizedTest
    @CsvSource({"9223372036854775807, 100, 1, 1", "1279200, 1000, 10000000, 2147483647", "999999999999999, 100, 2, 1"})
    void isRefusedBeforeItOverflows(long wage, int factor, int headcount, int months) {
        Refusal refusal = assertThrows(Refusal.class, () -> Maximum.of("279", new Formula(wage, factor, months, Optional.empty(), Optional.empty()), headcount, LocalDate.of(2021, 1, 1)));
        assertEquals(HeadcountRefusal.MAXIMUM_TOO_LARGE, refusal.code());
    }
}
