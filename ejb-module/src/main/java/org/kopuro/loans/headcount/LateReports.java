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

    private static final Pattern NEXT = Pattern.compile("(?<at>[^,]{20,40}),(?<skipped>[0-9]{1,6})");
    private static final int NEXT_MAX = 100;

    public LateReports {
        reports = List.copyOf(reports);
    }

    /** A moment of acceptance, and how many of that moment are behind: who was the last one looked at need be nobody whom the reader may know of. */
    record Place(Instant at, int skipped) {

        static final Place START = new Place(Instant.EPOCH, 0);

        /** Behind these, which began here. */
        Place behind(List<AcceptedReport> looked) {
            Instant last = looked.get(looked.size() - 1).acceptedAt();
            int same = (int) looked.stream().filter(report -> report.acceptedAt().equals(last)).count();
            return new Place(last, last.equals(at) ? skipped + same : same);
        }

        String next() {
            return at + "," + skipped;
        }

        /** What {@link #next} has written; whatever else it is, is refused. */
        static Place read(String next) {
            Matcher parts = NEXT.matcher(Input.text(next, "after", NEXT_MAX));
            if (!parts.matches()) {
                throw Refusal.of(InputRefusal.FIELD_INVALID, "after");
            }
            return new Place(Input.instant(parts.group("at"), "after"), Integer.parseInt(parts.group("skipped")));
        }
    }
}
