package org.kopuro.consent;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.consent.events.ConsentEventKind;
import org.kopuro.consent.events.ConsentEvents;
import org.kopuro.kernel.Actor;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/** What every change of a token brings with it, whoever makes it. */
@Dependent
class TokenChanges {

    /** Whoever did it himself needs no telling. */
    private static final String TAXPAYER = "TAXPAYER";

    @Inject
    private TokenStore store;
    @Inject
    private TidingStore tidings;
    @Inject
    private ConsentEvents events;
    @Inject
    private Ledger ledger;

    void apply(HeldToken token, TokenEvent event, TokenState to, Instant at, Actor by, String text) {
        store.addEvent(token, event, to, at, by, text);
        ledger.record(LedgerEvent.of("consent.token_changed", 1, token.contour(), "token", token.id().value(), at).personal("subject", token.taxpayerInn())
                .with("event", event).with("state", to).with("cause", Optional.ofNullable(event.cause())).with("actor", by.account()).with("actorRole", by.role()).personal("text", text));
        if (event == TokenEvent.CONFIRM_AS_OWN) {
            // Nothing changes for whoever holds it.
            return;
        }
        List<UUID> one = List.of(token.id().value());
        events.tell(one, told(to), Optional.ofNullable(event.cause()), at);
        if (to.isTerminal() && !by.role().equals(TAXPAYER)) {
            tidings.add(TidingKind.valueOf(to.name()), one, at, Optional.ofNullable(event.cause()), text);
        } else if (event == TokenEvent.FREEZE && by.role().equals(Actor.REPRESENTATIVE)) {
            tidings.add(TidingKind.FROZEN, one, at, Optional.empty(), text, String.valueOf(token.events() + 1));
        }
    }

    /** A representative made it. */
    void issuedFor(UUID token, Instant at) {
        tidings.add(TidingKind.ISSUED, List.of(token), at, Optional.empty(), "");
    }

    /** Expired by one statement, with its events. */
    void expired(Collection<UUID> tokens, Instant at) {
        events.tell(tokens, ConsentEventKind.EXPIRED, Optional.empty(), at);
        tidings.add(TidingKind.EXPIRED, tokens, at, Optional.empty(), "");
    }

    /** Revoked by one statement, with its events. */
    void revoked(Collection<UUID> tokens, TokenEvent event, Instant at) {
        events.tell(tokens, ConsentEventKind.REVOKED, Optional.of(event.cause()), at);
        tidings.add(TidingKind.REVOKED, tokens, at, Optional.of(event.cause()), "");
    }

    /** P05. */
    void budgetLow(UUID token, Instant at) {
        events.tell(List.of(token), ConsentEventKind.BUDGET_LOW, Optional.empty(), at);
        tidings.add(TidingKind.BUDGET_LOW, List.of(token), at, Optional.empty(), "");
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
