package org.kopuro.loans;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Actor;
import org.kopuro.loans.headcount.LateReports;
import org.kopuro.loans.headcount.Outlook;
import org.kopuro.loans.headcount.Overdue;
import org.kopuro.testing.Rows;

/** Reports that are not shown by the day that the rules of the borrower's loans have: the authority is told of all of them, a regulator of its programmes' borrowers (LOAN-71, LOAN-72, LOAN-80, LOAN-137). */
class LateReportsIT {

    /** In time by the usual days until 25 March, within a month of filing until 16 March. */
    private static final Instant ACCEPTED = Instant.parse("2026-02-16T09:00:00Z");

    private final LoanScene scene = new LoanScene("FLAG");

    @Test
    void areThoseOfTheRulesOfTheBorrowersLoans() {
        String borrower = scene.aBorrower();
        String other = scene.aBorrower();
        accepted(borrower);
        accepted(other);
        Viewer authority = Viewer.official(scene.contour, Actor.of(UUID.randomUUID(), "OPERATOR"));
        assertEquals(List.of(), late(authority, borrower), "of an employer without a loan the usual days count");
        scene.form(scene.application(other));
        Rows.change("""
                insert into loans.rule_set (programme, stage, version, issued_from, refresh_cutoff, refresh_day, source, reason, proposed_at, outcome, decided_at)
                values (?, 0, 2, date '2020-01-01', 5, 1, 'a test', 'x', now(), 'APPROVED', now())""", scene.programme);
        scene.form(scene.application(borrower));
        assertEquals(List.of(), late(authority, other), "judged by the rules of before");
        Overdue late = late(authority, borrower).get(0);
        assertEquals(LocalDate.of(2026, 3, 1) + " " + Set.of(Outlook.Alert.REFRESH_PASSED), late.shownBy() + " " + late.alerts());
        assertEquals(List.of(late), late(scene.watching(), borrower));
        Viewer stranger = Viewer.regulator(Set.of("1528"), scene.contour, Actor.of(UUID.randomUUID(), "REGULATOR"));
        assertEquals(List.of(), late(stranger, borrower));
        List<String> told = Rows.of("select content from ledger.entry where content::json ->> 'type' = 'loans.alerts_read' and content not like '%' || ? || '%' order by number desc limit 1", borrower);
        assertEquals(1, told.size(), "what a regulator reads is recorded, and no number of a borrower with it");
    }

    private void accepted(String inn) {
        Timestamp at = Timestamp.from(ACCEPTED);
        Rows.change("insert into registers.payroll_accepted values (?, ?, 2025, 4, 0, ?, ?, ?)", scene.contour.name(), inn, at, at, at);
    }

    private List<Overdue> late(Viewer viewer, String inn) {
        List<Overdue> all = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Optional<String> behind = after;
            LateReports page = scene.application.with(JobAlerts.class, alerts -> alerts.overdue(viewer, behind));
            page.reports().stream().filter(late -> late.report().inn().equals(inn)).forEach(all::add);
            after = page.next();
        } while (after.isPresent());
        return all;
    }
}
