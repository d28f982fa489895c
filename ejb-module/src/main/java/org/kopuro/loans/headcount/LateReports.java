package org.kopuro.loans.headcount;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.registers.payroll.AcceptedReport;

/**
 * A page of reports that are not shown in time, or were not (LOAN-72).
 *
 * @param looked how many were looked at, of which these are late by their own rules
 * @param next   behind which the others begin; empty where these were all
 */
public record LateReports(List<Overdue> reports, int looked, Optional<String> next) {

    private static final Pattern NEXT = Pattern.compile("(?<at>[^,]{20,40}),(?<inn>[0-9]{10}|[0-9]{12}),(?<year>[0-9]{4}),(?<quarter>[1-4]),(?<correction>[0-9]{1,3})");
    private static final int NEXT_MAX = 100;

    public LateReports {
        reports = List.copyOf(reports);
    }

    static String next(AcceptedReport last) {
        return last.acceptedAt() + "," + last.inn() + "," + last.year() + "," + last.quarter() + "," + last.correction();
    }

    /** What {@link #next} has written; whatever else it is, is refused. */
    static AcceptedReport read(String next) {
        Matcher parts = NEXT.matcher(Input.text(next, "after", NEXT_MAX));
        if (!parts.matches()) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "after");
        }
        Instant at = Input.instant(parts.group("at"), "after");
        return new AcceptedReport(parts.group("inn"), Integer.parseInt(parts.group("year")), Integer.parseInt(parts.group("quarter")), Integer.parseInt(parts.group("correction")), at, at, Optional.empty());
    }
}
