package org.kopuro.loans.rest;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.time.Clock;
import java.time.Instant;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;

/** Keeps one participant's programs from taking the node from all others: behind the gate, before any of the body is read. What is open to everybody is not counted. */
@Provider
@Priority(Priorities.AUTHORIZATION + 1)
public class LoanRateLimit implements ContainerRequestFilter {

    @Context
    private ResourceInfo resource;
    @Inject
    private Person person;
    @Inject
    private LoanRates rates;
    @Inject
    private FileTurn turn;
    @Inject
    private Clock clock;

    @Override
    public void filter(ContainerRequestContext request) {
        if (!resource.getResourceClass().getPackageName().equals(LoanRateLimit.class.getPackageName()) || resource.getResourceMethod().getAnnotation(Permitted.class).everybody()) {
            return;
        }
        SignedIn who = person.signedIn();
        LoanRates.Asker asker = new LoanRates.Asker(who.contour(), who.participant().orElse(who.account()));
        Instant now = clock.instant();
        rates.admit(asker, now);
        String path = request.getUriInfo().getPath();
        if (path.startsWith("loan-exports") || path.equals("loan-imports") && request.getMethod().equals("POST")) {
            turn.take(asker, now);
        }
    }
}
