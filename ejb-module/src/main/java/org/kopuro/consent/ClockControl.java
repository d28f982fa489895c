package org.kopuro.consent;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.participants.ParticipantId;

/**
 * The clock of TEST for one token at a time (CON-161): whoever holds a virtual taxpayer's token brings it to its expiry, and sees what its product makes of that without waiting
 * for days. The token expires as by time; there is nothing of the kind in PRODUCTION, which the database holds to.
 */
@Stateless
public class ClockControl {

    @Inject
    private TokenStore store;
    @Inject
    private TokenChanges changes;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** The moment at which it has expired. Another's token is as unknown as one that does not exist. */
    public Instant expire(TokenId id, ParticipantId holder, Contour contour, Actor by) {
        if (contour != Contour.TEST) {
            throw Refusal.of(ConsentRefusal.CLOCK_OF_TEST_ONLY, "token");
        }
        HeldToken token = store.hold(id).filter(held -> held.contour() == contour && held.participant().equals(holder.value()))
                .orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "token"));
        Instant now = clock.instant();
        TokenState to = token.after(TokenEvent.REACH_EXPIRY, now);
        store.bringForward(token, now, by);
        ledger.record(LedgerEvent.of("consent.expiry_brought_forward", 1, contour, "token", id.value(), now).with("formerExpiry", token.expiresAt()).with("participant", holder.value())
                .with("actor", by.account()).with("actorRole", by.role()));
        changes.apply(token, TokenEvent.REACH_EXPIRY, to, now, Actor.SYSTEM, "");
        return now;
    }
}
