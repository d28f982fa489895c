package org.kopuro.consent;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Refusal;

/**
 * Steps 4 to 10 of CON-42 for one presented token; the first failure is the answer. Steps 4 to 6 give strangers one
 * indistinguishable answer; only the rightful participant and subsystem learn anything about the token.
 *
 * @param participant who calls, as authenticated by the exchange, never a field of the body
 */
public record TokenCheck(Contour contour, UUID participant, UUID subsystem, Inn asked, Instant now) {

    private static final String FIELD = "securityToken";

    public Optional<Refusal> refusalOf(Optional<Presented> found) {
        if (found.isEmpty() || found.get().contour() != contour || !found.get().participant().equals(participant)) {
            return refuse(ConsentRefusal.TOKEN_NOT_ACCEPTED);
        }
        Presented token = found.get();
        if (!token.subsystem().equals(subsystem)) {
            return refuse(ConsentRefusal.SUBSYSTEM_MISMATCH);
        }
        switch (token.stateAt(now)) {
            case ACTIVE -> { }
            case FROZEN -> {
                return refuse(ConsentRefusal.CONSENT_FROZEN);
            }
            case REVOKED -> {
                return refuse(ConsentRefusal.CONSENT_REVOKED);
            }
            case EXPIRED -> {
                return refuse(ConsentRefusal.CONSENT_EXPIRED);
            }
            case EXHAUSTED -> {
                return refuse(ConsentRefusal.CONSENT_EXHAUSTED);
            }
        }
        if (!token.listsService()) {
            return refuse(ConsentRefusal.SERVICE_NOT_COVERED);
        }
        if (!token.taxpayerInn().equals(asked.digits())) {
            return Optional.of(Refusal.of(ConsentRefusal.SUBJECT_MISMATCH, "inn"));
        }
        return Optional.empty();
    }

    /** Whether the caller may be told which consent it was and since when it is as it is (CON-44). */
    public boolean isRightful(Presented token) {
        return token.contour() == contour && token.participant().equals(participant) && token.subsystem().equals(subsystem);
    }

    private static Optional<Refusal> refuse(ConsentRefusal code) {
        return Optional.of(Refusal.of(code, FIELD));
    }
}
