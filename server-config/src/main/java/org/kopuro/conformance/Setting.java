package org.kopuro.conformance;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the participant named for the run.
 *
 * @param takingTokens the services of TEST that take a token
 * @param token of the virtual taxpayer, for calls that reach TEST
 * @param connectionCertificate whom the product trusts to be at the other end; empty without TLS
 */
record Setting(List<String> services, Set<String> takingTokens, String inn, String token, Path testCertificate, Path playedCertificate, Optional<Path> connectionCertificate) {

    boolean takesToken(String service) {
        return takingTokens.contains(service);
    }

    boolean presentsTokens() {
        return services.stream().anyMatch(this::takesToken);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return services.toString();
    }
}
