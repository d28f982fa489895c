package org.kopuro.loans.headcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Contour;
import org.kopuro.loans.programmes.Programmes;
import org.kopuro.loans.programmes.RuleSet;
import org.kopuro.registers.payroll.PayrollRows;
import org.kopuro.testing.Rows;
import org.kopuro.testing.TestApplication;

/** LOAN-86. */
class RecomputingSheetsIT {

    private static final YearMonth SEPTEMBER = YearMonth.of(2021, 9);
    /** 01:59:59 in Moscow. */
    private static final Instant TOO_EARLY = Instant.parse("2031-05-10T22:59:59Z");

    private final TestApplication application = new TestApplication("TEST,PRODUCTION", TOO_EARLY);
    private final String inn = PayrollRows.freshInn();

    @Test
    void eachNightASampleIsComputedAgainFromTheRecordsAndDifferencesAreTold() {
        PayrollRows.aReport(Contour.PRODUCTION, inn, SEPTEMBER).workers(SEPTEMBER, 5).worker(SEPTEMBER, "X", "", "", true, true).worker(SEPTEMBER, "Y", "S1", "", true, false).stored();
        Rows.change("insert into registers.pfr_insured (contour, inn, month, number, loaded_at) values ('PRODUCTION', ?, '2020-04-01', 20, ?)", inn, Timestamp.from(Instant.parse("2020-06-01T00:00:00Z")));
        Sheet sound = kept(shipped("2021-11-19"), "2021-11-19T09:00:00Z");
        Sheet triple = kept(shipped("2021-11-02"), "2021-11-02T09:00:00Z");
        Sheet unruled = kept(Rules.of696(), "2020-07-02T09:00:00Z");
        Sheet nothing = kept(shipped("2021-04-01"), "2021-04-01T09:00:00Z");
        assertEquals(Optional.empty(), round(), "the night has not begun");

        application.clock().set(Instant.parse("2031-05-10T23:00:00Z"));
        Recomputed first = round().orElseThrow();
        assertTrue(first.compared() >= Math.min(4, Recomputing.SAMPLE));
        assertEquals(Optional.empty(), round(), "once a night");
        assertEquals(Set.of(unruled.id()), differing(sound, triple, unruled, nothing), "nobody approved these rules");
        String told = Rows.of("select content from ledger.entry where record_id = ?", first.id()).get(0);
        assertTrue(told.contains("\"type\":\"loans.sheets_recomputed\"") && told.contains("\"compared\":" + first.compared()), told);

        // Somebody with the owner's rights adds a record to the report.
        Rows.change("""
                do $$ begin
                    alter table registers.payroll_worker disable trigger open_report;
                    insert into registers.payroll_worker select report_id, contour, month, 1000, sha256('forged'), sha256('forged'), true, false from registers.payroll_worker where report_id = '%s' limit 1;
                    alter table registers.payroll_worker enable trigger open_report;
                end $$""".formatted(sound.report().orElseThrow()));
        application.clock().set(Instant.parse("2031-05-11T23:00:00Z"));
        assertEquals(Set.of(sound.id(), triple.id()), differing(sound, triple, nothing));
        Recomputed second = round().orElseThrow();
        assertEquals(List.of("2031-05-12"), Rows.of("select day::text from loans.sheet_recomputation where id = ?", second.id()));
        assertEquals(List.of(second, first), application.with(Recomputing.class, recomputing -> recomputing.found(Contour.PRODUCTION)).subList(0, 2), "whoever has to find out why is told, the latest night first");
        assertEquals(second.differing().stream().map(UUID::toString).toList(), Rows.of("select unnest(differing)::text from loans.sheet_recomputation where id = ?", second.id()));
    }

    private RuleSet shipped(String appliedOn) {
        return application.with(Programmes.class, Programmes::rulebook).choose("279", LocalDate.parse(appliedOn), Optional.empty()).rules();
    }

    private Set<UUID> differing(Sheet... sheets) {
        return application.with(Recomputing.class, recomputing -> recomputing.differing(Arrays.stream(sheets).map(Sheet::id).toList(), Contour.PRODUCTION));
    }

    private Optional<Recomputed> round() {
        return application.with(Recomputing.class, recomputing -> recomputing.round(Contour.PRODUCTION));
    }

    private Sheet kept(RuleSet rules, String appliedAt) {
        return application.with(Sheets.class, sheets -> {
            Sheet sheet = sheets.compute(List.of(new SheetWish(UUID.randomUUID(), inn, rules, Instant.parse(appliedAt), Optional.<LocalDate>empty())), Contour.PRODUCTION,
                    application.clock().instant()).get(0);
            sheets.add(List.of(sheet), Contour.PRODUCTION);
            return sheet;
        });
    }
}
