package org.kopuro.access.conformance;

import java.time.Instant;
import java.util.Collection;

/** Which services take a token (CON-2): the catalogue's rules, which change from day to day. */
@FunctionalInterface
public interface TokenRules {

    /** By the rule of the moment's day. */
    boolean takesToken(String service, Instant at);

    default boolean anyTakesToken(Collection<String> services, Instant at) {
        return services.stream().anyMatch(service -> takesToken(service, at));
    }
}
