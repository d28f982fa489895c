package org.kopuro.loans.rest;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.exchange.rest.StreamedBody;
import org.kopuro.exchange.rest.Table;

/** Keeps one participant's programs from taking the node from all others: behind the gate, before any of the body is read. What is open to everybody is not counted. */
@Provider
@Priority(Priorities.AUTHORIZATION + 1)
public class LoanRateLimit implements ContainerRequestFilter {

    private static final Set<String> FILES = Set.of(bare(Table.CSV), bare(Table.XLSX));

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
        LoanRates.Asker asker = LoanRates.Asker.of(who);
        Instant now = clock.instant();
        rates.admit(asker, now);
        if (isFile(resource.getResourceMethod())) {
            turn.take(asker, now);
        }
    }

    /** By what is called, not by its address: that has many spellings. A template is no file of loans, and of a few lines. */
    static boolean isFile(Method method) {
        if (method.getDeclaringClass() == LoanTemplatesResource.class) {
            return false;
        }
        Produces produces = method.getAnnotation(Produces.class);
        return method.isAnnotationPresent(StreamedBody.class) || produces != null && Stream.of(produces.value()).map(LoanRateLimit::bare).anyMatch(FILES::contains);
    }

    private static String bare(String type) {
        return type.substring(0, type.indexOf(';') < 0 ? type.length() : type.indexOf(';'));
    }
}
