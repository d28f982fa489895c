package org.kopuro.loans.headcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.programmes.RuleSet;
import org.kopuro.loans.programmes.RuleSet.Metric;
import org.kopuro.loans.programmes.Rulebook;

/** LOAN-63. */
class MonthByApplicationDayTest {

    @ParameterizedTest
    @CsvSource({
        // 24.05.2021 23:59 and 25.05.2021 00:00 in Moscow.
        "1, 2021-05-24T20:59:00Z, 2020-12, TRIPLE_WITH_GPC",
        "1, 2021-05-24T21:00:00Z, 2021-03, TRIPLE_WITH_GPC",
        "1, 2021-03-09T09:00:00Z, 2020-12, TRIPLE_WITH_GPC",
        "2, 2021-10-31T21:00:00Z, 2021-09, TRIPLE_WITH_GPC",
        "2, 2021-11-18T20:59:59Z, 2021-09, TRIPLE_WITH_GPC",
        "2, 2021-11-18T21:00:00Z, 2021-09, SNILS_WITH_CATEGORY",
        "2, 2021-12-31T20:59:59Z, 2021-09, SNILS_WITH_CATEGORY",
        "2, 2021-12-31T21:00:00Z, 2021-12, SNILS_WITH_CATEGORY",
        // Before the stage's first rule: provisionally by it.
        "2, 2021-08-15T09:00:00Z, 2021-09, TRIPLE_WITH_GPC"})
    void isChosenInMoscow(int stage, Instant appliedAt, YearMonth month, Metric metric) {
        ChosenMonth chosen = ChosenMonth.of(stage == 1 ? Rules.stageOne() : Rules.stageTwo(), Rulebook.day(appliedAt));
        assertEquals(month, chosen.month());
        assertEquals(metric, chosen.metric());
    }

    @ParameterizedTest
    @CsvSource({"2021-01-01, 2020-12", "2021-03-31, 2020-12", "2021-04-01, 2021-03", "2021-06-30, 2021-03", "2021-09-30, 2021-06", "2021-10-01, 2021-09", "2024-02-29, 2023-12"})
    void lastQuarterIsTheOneThatEndedBefore(LocalDate appliedOn, YearMonth month) {
        RuleSet rules = Rules.rules("279", 2, Rules.formula(100, 12, Optional.empty(), Optional.empty()),
                List.of(new RuleSet.MonthRule(Optional.empty(), Optional.empty(), Optional.empty(), Metric.SNILS_WITH_CATEGORY, true)));
        assertEquals(month, ChosenMonth.of(rules, appliedOn).month());
    }

    @Test
    void tellsWhatTheSourcesSayFromWhatIsData() {
        assertEquals(false, ChosenMonth.of(Rules.stageTwo(), LocalDate.of(2021, 11, 18)).asserted());
        assertEquals(true, ChosenMonth.of(Rules.stageTwo(), LocalDate.of(2021, 11, 19)).asserted());
    }

    @Test
    void isRefusedWhereNoRuleIs() {
        RuleSet rules = Rules.rules("422", 0, Rules.formula(100, 6, Optional.empty(), Optional.empty()), List.of());
        Refusal refusal = assertThrows(Refusal.class, () -> ChosenMonth.of(rules, LocalDate.of(2020, 5, 1)));
        assertEquals(HeadcountRefusal.MONTH_NOT_RULED, refusal.code());
    }
}
