package org.kopuro.consent;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.kopuro.access.monitoring.Caller;
import org.kopuro.access.monitoring.Limits;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/**
 * What a participant's program asks, and does, about a token that it was handed (CON-50 to CON-54). Nothing is told, or done, for anybody but the subsystem that the
 * token is bound to, and nobody else can tell from the answer whether there is such a token.
 */
@Stateless
public class HeldTokens {

    /** In place of a service's code, where limits are kept by callers. */
    private static final String ASKING = "introspect";

    @Inject
    private TokenStore store;
    @Inject
    private TokenChanges changes;
    @Inject
    private Tidings tidings;
    @Inject
    private Peppers peppers;
    @Inject
    private Limits limits;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** Empty for whatever is not the holder's own: unknown, of another participant, subsystem or contour, misspelt (CON-52). No disclosure; the ledger knows of it (CON-54). */
    public Optional<Introspected> introspect(String text, Holder holder) {
        Instant now = clock.instant();
        Optional<TokenStore.Bound> found = find(text, holder, now);
        return found.filter(of(holder)).map(bound -> {
            Introspected token = store.introspect(bound.id(), now);
            ledger.record(LedgerEvent.of("consent.token_introspected", 1, bound.contour(), "token", bound.id(), now).personal("subject", token.taxpayerInn())
                    .with("reason", token.reason().map(code -> code.name())).with("participant", holder.participant()).with("subsystem", holder.subsystem()).with("actor", holder.by().account())
                    .with("actorRole", holder.by().role()));
            return token;
        });
    }

    /** The rightful holder's token ends for good (CON-T05), and its taxpayer is told; of what has ended, and is anybody else's, nothing changes (CON-53). */
    public void giveUp(String text, Holder holder) {
        Optional<HeldToken> held = find(text, holder, clock.instant()).filter(of(holder)).flatMap(bound -> store.hold(new TokenId(bound.id())));
        // Once it is held: no disclosure that the stop waited for is of a later moment.
        Instant now = clock.instant();
        held.filter(token -> token.allows(TokenEvent.GIVE_UP, now)).ifPresent(token -> changes.apply(token, TokenEvent.GIVE_UP, TokenState.REVOKED, now, holder.by(), ""));
    }

    /**
     * The look-up is done for whatever is rightly spelt. A stranger's is told to the taxpayer; it is counted as an unknown one is (CON-45), so that the limit tells
     * nobody which of the two it was.
     */
    private Optional<TokenStore.Bound> find(String text, Holder holder, Instant now) {
        Optional<List<byte[]>> lookups = TokenText.read(text).map(peppers::candidates);
        if (lookups.isEmpty()) {
            return Optional.empty();
        }
        limits.admitToken(new Caller(holder.contour(), holder.subsystem(), ASKING), now);
        Optional<TokenStore.Bound> found = store.bound(lookups.get()).filter(bound -> bound.contour() == holder.contour());
        if (found.filter(of(holder)).isEmpty()) {
            limits.sawUnknownToken(holder.contour(), holder.subsystem(), now);
            presented(found, holder, now);
        }
        return found;
    }

    /** Its taxpayer, if there is one, is told; the ledger, which everybody reads, does not say whether there is. The limit on unknown tokens bounds these entries. */
    private void presented(Optional<TokenStore.Bound> found, Holder holder, Instant now) {
        UUID presentation = UUID.randomUUID();
        ledger.record(LedgerEvent.itself("consent.stranger_presented", 2, Optional.of(holder.contour()), "presentation", presentation, now)
                .with("participant", holder.participant()).with("subsystem", holder.subsystem())
                .personal("subject", found.map(TokenStore.Bound::taxpayerInn).orElse("")).personal("presented", found.map(bound -> bound.id().toString()).orElse("")));
        tidings.stranger(presentation, found.map(TokenStore.Bound::id), holder.participant(), holder.subsystem(), now);
    }

    private static Predicate<TokenStore.Bound> of(Holder holder) {
        return bound -> bound.participant().equals(holder.participant()) && bound.subsystem().equals(holder.subsystem());
    }
}
