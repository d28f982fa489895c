package org.kopuro.loans.rest;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.time.Instant;

/** A request's place among the files that its participant has coming or going: given back when the request is over, its answer written or broken off. */
@RequestScoped
class FileTurn {

    @Inject
    private LoanRates rates;
    private LoanRates.Asker holder;

    void take(LoanRates.Asker asker, Instant now) {
        rates.beginFile(asker, now);
        holder = asker;
    }

    @PreDestroy
    void giveBack() {
        if (holder != null) {
            rates.endFile(holder);
        }
    }
}
