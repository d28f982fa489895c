package org.kopuro.exchange;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.ConnectionState;
import org.kopuro.access.ServiceRule;
import org.kopuro.consent.Presented;
import org.kopuro.kernel.Contour;

/** Everything that decides a call, as it stood at one instant; read by {@link AdmissionStore} in one statement. */
record AdmissionFacts(
        boolean replayed,
        Optional<Caller> caller,
        Optional<Certificate> certificate,
        Optional<ConnectionState> connection,
        Optional<Offered> service,
        Rights rights,
        Optional<Presented> token) {

    /** The member named in the header, and its subsystem if it has one of that code. */
    record Caller(UUID participant, Optional<UUID> subsystem, Optional<String> inn, Correspondent correspondent) {
    }

    /** The certificate that signed (or the gateway's), and what it is bound to; a gateway is bound to no subsystem. */
    record Certificate(Contour contour, Optional<UUID> subsystem, Instant notBefore, Instant notAfter, boolean blocked, boolean ended) {
    }

    /**
     * The service in the catalogue.
     *
     * @param version          that the contour serves and the call means: the one it names, or the one served longest; empty where there is none
     * @param untestedMajor    the major version of that, where the right demands a joint test of it and the participant has passed none (ACC-18)
     * @param unavailableUntil the end of the outage that is on in the contour
     */
    record Offered(boolean enabled, Optional<String> version, Optional<String> untestedMajor, Optional<String> disabledNotice, Optional<Instant> unavailableUntil,
            ServiceRule rule) {
    }

    /** How far the subsystem's rights reach towards this call: each part presupposes the one before. */
    record Rights(boolean any, boolean toService, boolean inContour, boolean today) {
    }
}
