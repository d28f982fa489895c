package org.kopuro.loans.headcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.TestApplication;

/** Late reports of all employers come page by page, each of them once (LOAN-72). */
class PagesOfLateReportsIT {

    /** Years before any other test's reports. */
    private static final Instant NOW = Instant.parse("2010-06-01T09:00:00Z");
    private static final Function<Set<String>, Map<String, Set<RefreshDates>>> USUAL = inns -> inns.stream().collect(Collectors.toMap(inn -> inn, inn -> Set.of(RefreshDates.USUAL)));

    private final TestApplication application = new TestApplication("TEST,PRODUCTION", NOW);

    @Test
    void nothingIsLeftOutAndNothingComesTwice() {
        Rows.change("""
                insert into registers.payroll_accepted (contour, inn, year, quarter, correction, filed_at, accepted_at, told_at)
                select 'PRODUCTION', (3000000000 + n)::text, 2017, 1, 0, t.moment, t.moment, t.moment
                  from generate_series(1, 1203) n cross join lateral (select timestamptz '2010-03-01 09:00:00Z' + n / 100 * interval '1 second' as moment) t""");
        List<String> inns = new ArrayList<>();
        List<Integer> looked = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            LateReports page = page(after);
            page.reports().forEach(late -> inns.add(late.report().inn()));
            looked.add(page.looked());
            after = page.next();
        } while (after.isPresent());
        assertEquals(List.of(1000, 203), looked);
        assertEquals(1203, inns.size());
        assertEquals(1203, Set.copyOf(inns).size());
        assertEquals(inns.stream().sorted().toList(), inns, "by acceptance, then by number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "2010-03-01T09:00:00Z", "2010-03-01T09:00:00Z,1,2017,1,0", "2010-03-01T09:00:00Z,3000000001,2017,5,0", "9999999999999999999999,3000000001,2017,1,0"})
    void whatIsNoEndOfAPageIsRefused(String after) {
        InputRefusal expected = after.isEmpty() ? InputRefusal.FIELD_MISSING : InputRefusal.FIELD_INVALID;
        Refusal refusal = assertThrows(Refusal.class, () -> page(Optional.of(after)));
        assertEquals(expected + " after", refusal.code() + " " + refusal.field());
    }

    /** Whoever asks of many and whoever asks of one have one answer. */
    @ParameterizedTest
    @CsvSource({"15, 25", "5, 1", "31, 31", "1, 30", "28, 29"})
    void theRegisterKnowsTheSameDaysAsTheRules(int cutoff, int day) {
        RefreshDates dates = new RefreshDates(cutoff, day);
        LocalDate from = LocalDate.of(2023, 12, 1);
        List<String> expected = from.datesUntil(from.plusMonths(6)).map(dates::shownBy).map(LocalDate::toString).toList();
        assertEquals(expected, Rows.of("select registers.shown_by(d::date, ?, ?)::text from generate_series(date '2023-12-01', date '2024-05-31', interval '1 day') d order by d", cutoff, day));
    }

    private LateReports page(Optional<String> after) {
        return application.with(Monitoring.class, monitoring -> monitoring.overdue(Contour.PRODUCTION, Set.of(RefreshDates.USUAL), USUAL, after, NOW));
    }
}
