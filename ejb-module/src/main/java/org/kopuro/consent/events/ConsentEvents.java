package org.kopuro.consent.events;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;

/** Tells participants what became of consents, and lets them fetch and acknowledge it. */
@Stateless
public class ConsentEvents {

    /** [data] CON-121. */
    static final Duration PUSHED_FOR = Duration.ofHours(72);
    private static final Duration BETWEEN_LETTERS = Duration.ofDays(1);
    /** [data] CON-55. */
    private static final int PAGE_MAX = 5_000;
    private static final int ACKNOWLEDGED_AT_ONCE = 5_000;

    @Inject
    private EventStore store;
    @Inject
    private Clock clock;

    /** In the caller's transaction, of consents by tokens. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void tell(Collection<UUID> tokens, ConsentEventKind kind, Optional<String> cause, Instant at) {
        store.add(tokens, kind, cause, at);
    }

    /** In the caller's transaction, of consents by application form. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void tellForms(Collection<UUID> forms, ConsentEventKind kind, Optional<String> cause, Instant at) {
        store.addOfForms(forms, kind, cause, at);
    }

    /** In the caller's transaction, of all that a taxpayer has paused, or lets work again: his ACTIVE tokens and REGISTERED forms. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void tellPause(Contour contour, Inn taxpayer, ConsentEventKind kind, Instant at) {
        store.addOfWorking(contour, taxpayer, kind, at);
        store.addOfWorkingForms(contour, taxpayer, kind, at);
    }

    /** The participant's own, oldest first, after a number; what was acknowledged, too. */
    public List<ConsentEventView> after(ParticipantId participant, Contour contour, long sequence, int limit) {
        store.number(participant, contour);
        return store.after(participant, contour, Math.max(0, sequence), page(limit));
    }

    /** The participant's own that are not acknowledged, oldest first. */
    public List<ConsentEventView> waiting(ParticipantId participant, Contour contour, int limit) {
        store.number(participant, contour);
        return store.waiting(participant, contour, page(limit));
    }

    /** Ids of others are passed over; how many were acknowledged now. */
    public int acknowledge(ParticipantId participant, Contour contour, Collection<UUID> ids) {
        if (ids.size() > ACKNOWLEDGED_AT_ONCE) {
            throw Refusal.of(InputRefusal.FIELD_TOO_LONG, "ack", ACKNOWLEDGED_AT_ONCE);
        }
        return store.acknowledge(participant, contour, ids, clock.instant());
    }

    /** What a receiver says of events that it could not use, for the staff to see: they wait on, as not acknowledged. */
    public void unusable(ParticipantId participant, Contour contour, Map<UUID, String> errors) {
        errors.forEach((id, error) -> store.unusable(participant, contour, id, Input.text(error, "err", 100)));
    }

    /** What no participant has acknowledged in {@link #PUSHED_FOR}, oldest first: for the authority's staff. */
    public List<ConsentEventView> overdue(Contour contour, int limit) {
        return store.overdue(contour, clock.instant().minus(PUSHED_FOR), page(limit));
    }

    /** Who has events that are overdue and that no letter told of, and had no such letter for a day. */
    public List<Receiver> withUntoldOverdue() {
        Instant now = clock.instant();
        return store.withUntoldOverdue(now.minus(PUSHED_FOR), now.minus(BETWEEN_LETTERS));
    }

    /** In the caller's transaction, which writes the letter: the events that it tells of; none where another node has written it. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public List<UUID> overdueTold(Receiver receiver) {
        Instant now = clock.instant();
        return store.overdueTold(receiver, now.minus(PUSHED_FOR), now.minus(BETWEEN_LETTERS), now);
    }

    private static int page(int limit) {
        return Math.max(1, Math.min(limit, PAGE_MAX));
    }
}
