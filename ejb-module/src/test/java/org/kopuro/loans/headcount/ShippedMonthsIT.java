package org.kopuro.loans.headcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.loans.programmes.Programmes;
import org.kopuro.loans.programmes.RuleSet.Metric;
import org.kopuro.loans.programmes.Rulebook;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** Month and metric as sheets are calculated by them, under the rules of 279 that ship (LOAN-63, LOAN-150). */
class ShippedMonthsIT {

    private final Rulebook rulebook = new TestApplication("TEST,PRODUCTION", Scene.NOON).with(Programmes.class, Programmes::rulebook);

    @ParameterizedTest
    @CsvSource({
        "2021-05-24T20:59:00Z, 1, 2020-12, TRIPLE_WITH_GPC, true", // 24.05.2021 23:59
        "2021-05-24T21:00:00Z, 1, 2021-03, TRIPLE_WITH_GPC, true", // 25.05.2021 00:00
        "2021-03-09T09:00:00Z, 1, 2020-12, TRIPLE_WITH_GPC, true",
        "2021-07-01T20:59:59Z, 1, 2021-03, TRIPLE_WITH_GPC, true",
        "2021-11-01T09:00:00Z, 2, 2021-09, TRIPLE_WITH_GPC, false",
        "2021-11-18T20:59:59Z, 2, 2021-09, TRIPLE_WITH_GPC, false",
        "2021-11-18T21:00:00Z, 2, 2021-09, SNILS_WITH_CATEGORY, true",
        "2021-12-30T20:59:59Z, 2, 2021-09, SNILS_WITH_CATEGORY, true"})
    void followFromTheApplicationsDayInMoscow(Instant appliedAt, int stage, YearMonth month, Metric metric, boolean asserted) {
        LocalDate day = Rulebook.day(appliedAt);
        Rulebook.Chosen chosen = rulebook.choose("279", day, Optional.empty());
        assertEquals(stage, chosen.rules().stage());
        assertEquals(new ChosenMonth(month, metric, asserted), ChosenMonth.of(chosen.rules(), day));
        assertFalse(chosen.outsideStage());
    }

    /** The application's day alone: a contract of the other stage's days changes the cap, and neither month nor metric of a stage. */
    @ParameterizedTest
    @CsvSource({"2021-05-24, 2021-06-30, 2020-12, TRIPLE_WITH_GPC", "2021-05-25, 2021-06-30, 2021-03, TRIPLE_WITH_GPC", "2021-11-18, 2021-12-30, 2021-09, TRIPLE_WITH_GPC",
        "2021-11-19, 2021-12-30, 2021-09, SNILS_WITH_CATEGORY"})
    void stayWhenThereIsAContract(LocalDate appliedOn, LocalDate contractOn, YearMonth month, Metric metric) {
        ChosenMonth chosen = ChosenMonth.of(rulebook.choose("279", appliedOn, Optional.of(contractOn)).rules(), appliedOn);
        assertEquals(month + " " + metric, chosen.month() + " " + chosen.metric());
    }
}
