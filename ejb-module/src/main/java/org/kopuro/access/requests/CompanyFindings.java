package org.kopuro.access.requests;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import org.kopuro.kernel.Actor;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/** Keeps what registers said of applicants, in transactions of its own: nobody waits for a register with a request in hand. */
@Stateless
public class CompanyFindings {

    @Inject
    private ConsiderationStore store;
    @Inject
    private Ledger ledger;

    /** Of a request that is considered; of another one nothing is kept. */
    public void record(RequestView request, CompanyFinding finding, Actor by) {
        if (store.add(request.id().value(), finding, by)) {
            ledger.record(LedgerEvent.of("access.company_found", 1, request.contour(), "request", request.id().value(), finding.at()).with("outcome", finding.outcome())
                    .with("source", finding.source()).with("check", finding.check()).with("reason", finding.reason()).with("actor", by.account()).with("actorRole", by.role()));
        }
    }

    /** What was said last. */
    public Optional<CompanyFinding> of(RequestView request) {
        return store.finding(request.id().value());
    }
}
