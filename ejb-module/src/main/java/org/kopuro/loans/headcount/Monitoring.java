package org.kopuro.loans.headcount;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.kopuro.kernel.Contour;
import org.kopuro.loans.programmes.RuleSet;
import org.kopuro.loans.programmes.RuleSet.Metric;
import org.kopuro.loans.programmes.Rulebook;
import org.kopuro.registers.payroll.AcceptedReport;
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

    /** Late reports looked at with one question; who wants the others asks again. */
    public static final int LATE_LOOKED_AT_MAX = 1000;

    /** What months are counted by here (002 §5). */
    private static final Metric COUNTED = Metric.TRIPLE_WITH_GPC;

    @Inject
    private Payrolls payrolls;
    @Inject
    private SheetStore sheets;

    /**
     * @param fixed headcount in the contract; empty before there is one
     * @param sheet by which the maximum was calculated
     */
    public Outlook outlook(String inn, Contour contour, Optional<Integer> fixed, Optional<UUID> sheet, RuleSet rules, Instant at) {
        List<Outlook.Month> months = payrolls.months(inn, contour, at, MONTHS_MAX).stream().map(Monitoring::month).toList();
        Optional<KeptJobs> kept = fixed.filter(number -> rules.keepPercent() > 0).map(number -> KeptJobs.of(number, rules.keepPercent()));
        Optional<Integer> latest = months.isEmpty() ? Optional.empty() : Optional.of(months.get(months.size() - 1).workers());
        RefreshDates dates = new RefreshDates(rules.refreshCutoff(), rules.refreshDay());
        List<Overdue> overdue = payrolls.accepted(inn, contour, at.minus(MISSED_LISTED), at.minus(LATE_LISTED), at).stream()
                .flatMap(report -> Overdue.of(report, dates, Rulebook.day(at)).stream()).toList();
        Set<Outlook.Alert> alerts = EnumSet.noneOf(Outlook.Alert.class);
        overdue.stream().filter(late -> late.report().loadedAt().isEmpty()).forEach(late -> alerts.addAll(late.alerts()));
        if (kept.isPresent() && latest.isPresent() && latest.get() < kept.get().smallest()) {
            alerts.add(Outlook.Alert.BELOW_THRESHOLD);
        }
        Optional<Metric> fixedBy = fixed.flatMap(number -> sheet).flatMap(id -> Optional.ofNullable(metrics(List.of(id), contour).get(id)));
        return new Outlook(COUNTED, fixedBy, months, kept, kept.flatMap(jobs -> latest.map(jobs::mayStillLose)), dates.next(Rulebook.day(at)), overdue, alerts);
    }

    /** Of these loans those whose borrower's latest month is below the smallest headcount that keeps the jobs, in their order. */
    public List<JobsLost> lost(List<JobsWatched> watched, Contour contour, Instant at) {
        Map<String, MonthCounted> latest = payrolls.latestMonths(watched.stream().map(JobsWatched::inn).toList(), contour, at);
        Map<UUID, Metric> metrics = metrics(watched.stream().flatMap(one -> one.sheet().stream()).toList(), contour);
        return watched.stream().flatMap(one -> Optional.ofNullable(latest.get(one.inn())).map(month -> new JobsLost(one.loan(), month.month(), month.triples(), COUNTED,
                KeptJobs.of(one.fixed(), one.keepPercent()), one.sheet().map(metrics::get))).filter(lost -> lost.workers() < lost.kept().smallest()).stream()).toList();
    }

    private Map<UUID, Metric> metrics(List<UUID> of, Contour contour) {
        return of.isEmpty() ? Map.of() : sheets.bases(of, contour).stream().collect(Collectors.toMap(SheetStore.Basis::sheet, SheetStore.Basis::metric));
    }

    /**
     * Reports of all employers that are not here in time, and those of the last months that came late; the oldest first.
     *
     * @param rules  the refresh dates of all rule sets there are
     * @param dates  by which dates each of these employers is to be shown; whoever is not in its answer is left out
     * @param after  {@link LateReports#next()} of the page before
     */
    public LateReports overdue(Contour contour, Set<RefreshDates> rules, Function<Set<String>, Map<String, Set<RefreshDates>>> dates, Optional<String> after, Instant at) {
        LateReports.Place place = after.map(LateReports.Place::read).orElse(LateReports.Place.START);
        List<AcceptedReport> looked = payrolls.late(contour, at.minus(MISSED_LISTED), at.minus(LATE_LISTED), rules.stream().map(RefreshDates::rule).collect(Collectors.toSet()), place.at(), place.skipped(),
                LATE_LOOKED_AT_MAX, at);
        Map<String, Set<RefreshDates>> each = dates.apply(looked.stream().map(AcceptedReport::inn).collect(Collectors.toSet()));
        List<Overdue> late = looked.stream().flatMap(report -> each.getOrDefault(report.inn(), Set.of()).stream().min(Comparator.comparing(one -> one.shownBy(Rulebook.day(report.acceptedAt()))))
                .flatMap(earliest -> Overdue.of(report, earliest, Rulebook.day(at))).stream()).toList();
        return new LateReports(late, looked.size(), looked.size() < LATE_LOOKED_AT_MAX ? Optional.empty() : Optional.of(place.behind(looked).next()));
    }

    private static Outlook.Month month(MonthCounted counted) {
        return new Outlook.Month(counted.month(), counted.triples(), counted.report().id(), counted.report().correction(), counted.report().acceptedAt());
    }
}
