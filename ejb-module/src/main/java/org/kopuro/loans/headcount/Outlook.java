package org.kopuro.loans.headcount;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.loans.programmes.RuleSet.Metric;

/**
 * How a borrower's headcount goes on (LOAN-77, LOAN-78; 002 §5): numbers alone, for information. It is counted by another metric than the headcount in the contract, so both metrics are named wherever both
 * numbers are shown.
 *
 * @param metric       that the months are counted by
 * @param fixedMetric  that the sheet counted by, on which the contract's headcount is fixed; empty before a headcount is fixed, or where no sheet is calculated
 * @param months       oldest first
 * @param kept         the jobs to be kept; empty before a headcount is fixed, or where the rules have no threshold
 * @param mayStillLose from the latest month on; empty where there is no month, or nothing to be kept
 * @param nextRefresh  the day by which the next reports are shown
 * @param overdue      the borrower's own reports that were accepted and are not here in time
 */
public record Outlook(Metric metric, Optional<Metric> fixedMetric, List<Month> months, Optional<KeptJobs> kept, Optional<Integer> mayStillLose, LocalDate nextRefresh, List<Overdue> overdue, Set<Alert> alerts) {

    public Outlook {
        months = List.copyOf(months);
        overdue = List.copyOf(overdue);
        alerts = Set.copyOf(alerts);
    }

    /** Workers with accruals in a month, and the report that says so. */
    public record Month(YearMonth month, int workers, UUID report, int correction, Instant acceptedAt) {
    }

    public enum Alert {
        /** The latest month is below the smallest headcount. */
        BELOW_THRESHOLD,
        /** An accepted report is not shown within a month of filing (LOAN-70). */
        MONTH_PASSED,
        /** An accepted report is not shown by its refresh date (LOAN-71). */
        REFRESH_PASSED
    }
}
