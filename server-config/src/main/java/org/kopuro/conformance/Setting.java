package org.kopuro.conformance;

import java.nio.file.Path;
import java.util.List;

/**
 * What the participant named for the run.
 *
 * @param token of the virtual taxpayer, for calls that reach TEST
 */
record Setting(List<String> services, String inn, String token, Path testCertificate, Path playedCertificate) {

    /** Without the token. */
    @Override
    public String toString() {
        return services.toString();
    }
}
