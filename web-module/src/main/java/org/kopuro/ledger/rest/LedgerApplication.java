package org.kopuro.ledger.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.kopuro.exchange.rest.BodyLimit;
import org.kopuro.exchange.rest.Failures;
import org.kopuro.exchange.rest.Gate;

/** {@code /ledger}: for everybody, without signing in. */
@ApplicationPath("/ledger")
public class LedgerApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(PublishedTreeResource.class, Failures.class, BodyLimit.class, Gate.class);
    }
}
