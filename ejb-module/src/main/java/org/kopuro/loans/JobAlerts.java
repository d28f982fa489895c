package org.kopuro.loans;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.loans.headcount.JobsLost;
import org.kopuro.loans.headcount.JobsWatched;
import org.kopuro.loans.headcount.Monitoring;
import org.kopuro.loans.headcount.Overdue;
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
        List<Loan> contracted = cards.contracted(viewer, after, LOOKED_AT_MAX);
        Rulebook rulebook = programmes.rulebook();
        Instant at = clock.instant();
        List<JobsWatched> watched = contracted.stream().flatMap(loan -> rulebook.version(loan.programme(), loan.stage(), loan.judged().ruleSetVersion()).map(RuleSet::keepPercent)
                .filter(percent -> percent > 0).map(percent -> new JobsWatched(loan.id(), loan.inn(), (Integer) loan.stated().get(LoanField.CONTRACT_HEADCOUNT), percent)).stream()).toList();
        List<JobsLost> lost = monitoring.lost(watched, viewer.contour(), at);
        if (viewer.regulator()) {
            ledger.record(LedgerEvent.itself("loans.alerts_read", 1, Optional.of(viewer.contour()), "reading", UUID.randomUUID(), at).with("actorRole", viewer.actor().role())
                    .personal("actor", viewer.actor().account()).personal("loans", lost.size()));
        }
        return new Page(lost, contracted.size(), contracted.size() < LOOKED_AT_MAX ? Optional.empty() : Optional.of(contracted.get(contracted.size() - 1).id()));
    }

    /** Accepted reports that are not here in time, the oldest first: of all employers, for the authority alone. */
    public List<Overdue> overdue(Viewer viewer) {
        return monitoring.overdue(viewer.contour(), clock.instant());
    }
}
