package org.kopuro.consent;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.kopuro.consent.events.ConsentEventKind;
import org.kopuro.consent.events.ConsentEvents;
import org.kopuro.kernel.Actor;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/** What every change of a token brings with it, whoever makes it. */
@Dependent
class TokenChanges {

    @Inject
    private TokenStore store;
    @Inject
    private ConsentEvents events;
    @Inject
    private Ledger ledger;

    void apply(HeldToken token, TokenEvent event, TokenState to, Instant at, Actor by, String text) {
        store.addEvent(token, event, to, at, by, text);
        ledger.record(LedgerEvent.of("consent.token_changed", 1, token.contour(), "token", token.id().value(), at).personal("subject", token.taxpayerInn())
                .with("event", event).with("state", to).with("cause", Optional.ofNullable(event.cause())).with("actor", by.account()).with("actorRole", by.role()).personal("text", text));
        events.tell(List.of(token.id().value()), told(to), Optional.ofNullable(event.cause()), at);
    }

    private static ConsentEventKind told(TokenState to) {
        return switch (to) {
            case ACTIVE -> ConsentEventKind.UNFROZEN;
            case FROZEN -> ConsentEventKind.FROZEN;
            case REVOKED -> ConsentEventKind.REVOKED;
            case EXPIRED -> ConsentEventKind.EXPIRED;
            case EXHAUSTED -> ConsentEventKind.EXHAUSTED;
        };
    }
}
