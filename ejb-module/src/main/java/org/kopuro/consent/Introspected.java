package org.kopuro.consent;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kopuro.access.AccessRefusal;
import org.kopuro.kernel.RefusalCode;

/**
 * A token as its rightful holder may know it (CON-50, CON-51).
 *
 * @param subsystem identifier of the subsystem, as in the exchange
 * @param services  for which a call would be let through at present
 * @param closed    where there is none, why: no connection that lets calls through, no access right, or all are switched off for a while
 * @param paused    whether its taxpayer has paused all
 * @param keptMonths for how long its participant has to keep it, from its end, by the agreement (CON-145); empty where there is none, as in TEST
 */
public record Introspected(TokenId id, String taxpayerInn, String subsystem, List<String> services, Optional<AccessRefusal> closed, Instant issuedAt, Instant expiresAt, Optional<Months> period, Optional<Integer> callsLeft,
        TokenState state, boolean paused, Optional<Instant> endedAt, Optional<Integer> keptMonths) {

    /** Why a call on it would be refused, in the words of calls; empty while it works. */
    public Optional<RefusalCode> reason() {
        return switch (state) {
            case ACTIVE -> paused ? Optional.of(ConsentRefusal.CONSENT_FROZEN) : closed.map(RefusalCode.class::cast);
            case FROZEN -> Optional.of(ConsentRefusal.CONSENT_FROZEN);
            case REVOKED -> Optional.of(ConsentRefusal.CONSENT_REVOKED);
            case EXPIRED -> Optional.of(ConsentRefusal.CONSENT_EXPIRED);
            case EXHAUSTED -> Optional.of(ConsentRefusal.CONSENT_EXHAUSTED);
        };
    }
}
