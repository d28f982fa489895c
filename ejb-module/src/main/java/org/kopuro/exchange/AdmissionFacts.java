package org.kopuro.exchange;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.ConnectionState;
import org.kopuro.access.ServiceRule;
import org.kopuro.consent.Presented;
import org.kopuro.exchange.repetition.RepetitionPolicy;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;

/**
 * Everything that decides a call, as it stood at one instant; read by {@link AdmissionStore} in one statement.
 *
 * @param closed   the contour or the service, by an official
 * @param repeated the message's id was heard before, and what is done about it; empty where it was not, or that is not looked at
 */
record AdmissionFacts(
        boolean replayed,
        Optional<Caller> caller,
        Optional<Certificate> certificate,
        Optional<ConnectionState> connection,
        Optional<Offered> service,
        Rights rights,
        Optional<Presented> token,
        Optional<Closed> closed,
        Optional<RepetitionPolicy> repeated) {

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

    /** Calls are stopped by hand: with which notice, and until when if that is known. */
    record Closed(boolean wholeContour, Map<Language, String> notice, Optional<Instant> until) {
    }
}
