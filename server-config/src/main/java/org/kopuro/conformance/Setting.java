package org.kopuro.conformance;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the participant named for the run.
 *
 * @param token of the virtual taxpayer, for calls that reach TEST
 * @param connectionCertificate whom the product trusts to be at the other end; empty without TLS
 */
record Setting(List<String> services, String inn, String token, Path testCertificate, Path playedCertificate, Optional<Path> connectionCertificate) {

    /** Without the token. */
    @Override
    public String toString() {
        return services.toString();
    }
}
