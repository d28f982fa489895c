package org.kopuro.loans;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.loans.headcount.JobsLost;
import org.kopuro.loans.headcount.JobsWatched;
import org.kopuro.loans.headcount.LateReports;
import org.kopuro.loans.headcount.Monitoring;
import org.kopuro.loans.headcount.RefreshDates;
import org.kopuro.loans.programmes.Programmes;
import org.kopuro.loans.programmes.RuleSet;
import org.kopuro.loans.programmes.Rulebook;

/** Which borrowers no longer keep the jobs of their contracts, and which reports are not shown in time (LOAN-72, LOAN-78, LOAN-136, LOAN-137): numbers, never names. */
@Stateless
public class JobAlerts {

    /** Looked at with one question; who wants the others asks again. */
    public static final int LOOKED_AT_MAX = 1000;

    @Inject
    private CardStore cards;
    @Inject
    private Programmes programmes;
    @Inject
    private Monitoring monitoring;
    @Inject
    private Admissions admissions;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /**
     * @param looked how many contracts were looked at
     * @param next   behind which the others begin; empty where these were all
     */
    public record Page(List<JobsLost> lost, int looked, Optional<UUID> next) {
        public Page {
            lost = List.copyOf(lost);
        }
    }

    /** Of the contracts that the viewer sees, those whose borrower's latest month is below the smallest headcount that the rules allow. */
    public Page lost(Viewer viewer, Optional<UUID> after) {
        List<Loan> contracted = cards.contracted(admissions.lookingUp(viewer), after, LOOKED_AT_MAX);
        Rulebook rulebook = programmes.rulebook();
        Instant at = clock.instant();
        List<JobsWatched> watched = contracted.stream().flatMap(loan -> rulebook.version(loan.programme(), loan.stage(), loan.judged().ruleSetVersion()).map(RuleSet::keepPercent)
                .filter(percent -> percent > 0).map(percent -> new JobsWatched(loan.id(), loan.inn(), (Integer) loan.stated().get(LoanField.CONTRACT_HEADCOUNT), percent, loan.judged().sheet())).stream()).toList();
        List<JobsLost> lost = monitoring.lost(watched, viewer.contour(), at);
        read(viewer, "loans", lost.size(), at);
        return new Page(lost, contracted.size(), contracted.size() < LOOKED_AT_MAX ? Optional.empty() : Optional.of(contracted.get(contracted.size() - 1).id()));
    }

    /**
     * Accepted reports that are not here in time, the oldest first: for the authority of all employers, for a regulator of the borrowers of its programmes. Of a borrower the earliest day counts that the
     * rules of its loans have; of an employer that is none, the usual one.
     *
     * @param after {@link LateReports#next} of the page before
     */
    public LateReports overdue(Viewer viewer, Optional<String> after) {
        Instant at = clock.instant();
        Rulebook rulebook = programmes.rulebook();
        Set<RefreshDates> all = Stream.concat(Stream.of(RefreshDates.USUAL), rulebook.ruleSets().map(JobAlerts::dates)).collect(Collectors.toSet());
        LateReports page = monitoring.overdue(viewer.contour(), all, inns -> dates(inns, viewer, rulebook), after, at);
        read(viewer, "reports", page.reports().size(), at);
        return page;
    }

    private Map<String, Set<RefreshDates>> dates(Set<String> inns, Viewer viewer, Rulebook rulebook) {
        Map<String, Set<RefreshDates>> dates = new HashMap<>();
        cards.rulesOf(inns, viewer).forEach(one -> rulebook.version(one.programme(), one.stage(), one.version())
                .ifPresent(rules -> dates.computeIfAbsent(one.inn(), inn -> new HashSet<>()).add(dates(rules))));
        if (!viewer.regulator()) {
            inns.forEach(inn -> dates.putIfAbsent(inn, Set.of(RefreshDates.USUAL)));
        }
        return dates;
    }

    private static RefreshDates dates(RuleSet rules) {
        return new RefreshDates(rules.refreshCutoff(), rules.refreshDay());
    }

    /** What a regulator reads is recorded (LOAN-137). */
    private void read(Viewer viewer, String what, int number, Instant at) {
        if (viewer.regulator()) {
            ledger.record(LedgerEvent.itself("loans.alerts_read", 1, Optional.of(viewer.contour()), "reading", UUID.randomUUID(), at).with("actorRole", viewer.actor().role())
                    .personal("actor", viewer.actor().account()).personal(what, number));
        }
    }
}
