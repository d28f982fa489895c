package org.kopuro.loans.headcount;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kopuro.kernel.Contour;
import org.kopuro.loans.programmes.RuleSet;
import org.kopuro.loans.programmes.RuleSet.Metric;
import org.kopuro.loans.programmes.Rulebook;
import org.kopuro.registers.payroll.MonthCounted;
import org.kopuro.registers.payroll.Payrolls;

/** Headcounts after the contract, and whether reports are shown in time. Reads alone; what it shows never changes a sheet (LOAN-76). Asked within a transaction. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class Monitoring {

    /** Five years. */
    static final int MONTHS_MAX = 60;
    /** [data] A report that did come, late, is listed so long after it was accepted; one that did not, as long as anybody remembers. */
    static final Duration LATE_LISTED = Duration.ofDays(92);
    private static final Duration MISSED_LISTED = Duration.ofDays(1830);

    @Inject
    private Payrolls payrolls;

    /** @param fixed headcount in the contract; empty before there is one */
    public Outlook outlook(String inn, Contour contour, Optional<Integer> fixed, RuleSet rules, Instant at) {
        List<Outlook.Month> months = payrolls.months(inn, contour, at, MONTHS_MAX).stream().map(Monitoring::month).toList();
        Optional<KeptJobs> kept = fixed.filter(number -> rules.keepPercent() > 0).map(number -> KeptJobs.of(number, rules.keepPercent()));
        Optional<Integer> latest = months.isEmpty() ? Optional.empty() : Optional.of(months.get(months.size() - 1).workers());
        RefreshDates dates = new RefreshDates(rules.refreshCutoff(), rules.refreshDay());
        List<Overdue> overdue = overdue(Optional.of(inn), contour, dates, at);
        Set<Outlook.Alert> alerts = EnumSet.noneOf(Outlook.Alert.class);
        overdue.stream().filter(late -> late.report().loadedAt().isEmpty()).forEach(late -> alerts.addAll(late.alerts()));
        if (kept.isPresent() && latest.isPresent() && latest.get() < kept.get().smallest()) {
            alerts.add(Outlook.Alert.BELOW_THRESHOLD);
        }
        return new Outlook(Metric.TRIPLE_WITH_GPC, months, kept, kept.flatMap(jobs -> latest.map(jobs::mayStillLose)), dates.next(Rulebook.day(at)), overdue, alerts);
    }

    /** Of these loans those whose borrower's latest month is below the smallest headcount that keeps the jobs, in their order. */
    public List<JobsLost> lost(List<JobsWatched> watched, Contour contour, Instant at) {
        Map<String, MonthCounted> latest = payrolls.latestMonths(watched.stream().map(JobsWatched::inn).toList(), contour, at);
        return watched.stream().flatMap(one -> Optional.ofNullable(latest.get(one.inn())).map(month -> new JobsLost(one.loan(), month.month(), month.triples(), KeptJobs.of(one.fixed(), one.keepPercent())))
                .filter(lost -> lost.workers() < lost.kept().smallest()).stream()).toList();
    }

    /** Reports of all employers that are not here in time, and those of the last months that came late; the oldest first. */
    public List<Overdue> overdue(Contour contour, Instant at) {
        return overdue(Optional.empty(), contour, RefreshDates.USUAL, at);
    }

    private List<Overdue> overdue(Optional<String> inn, Contour contour, RefreshDates dates, Instant at) {
        LocalDate today = Rulebook.day(at);
        return payrolls.accepted(inn, contour, at.minus(MISSED_LISTED), at.minus(LATE_LISTED), at).stream().flatMap(report -> Overdue.of(report, dates, today).stream()).toList();
    }

    private static Outlook.Month month(MonthCounted counted) {
        return new Outlook.Month(counted.month(), counted.triples(), counted.report().id(), counted.report().correction(), counted.report().acceptedAt());
    }
}
