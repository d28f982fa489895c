package org.kopuro.consent;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.consent.events.ConsentEvents;
import org.kopuro.consent.events.Receiver;
import org.kopuro.notices.NoticeKind;

/**
 * Tells what is to be told before, and after, its time: tokens that expire in seven, three days, or one, to their taxpayers and in a letter to who holds them
 * (CON-123); events that nobody acknowledged, in a letter to who should have (CON-121);
 * that somebody presented tokens of others, in letters to the authority's unit, one an hour at most for each caller, that count every presentation once (CON-45). Any node may do it at any time; what one has told no other tells.
 */
@Stateless
public class ConsentWarnings {

    private static final int LETTER_MAX = 1000;

    @Inject
    private TidingStore tidings;
    @Inject
    private NoticeChoiceStore choices;
    @Inject
    private ConsentEvents events;
    @Inject
    private ConsentLetters letters;
    @Inject
    private Clock clock;

    /** To whom, or of whom, there is something to tell. */
    public Set<Receiver> due() {
        Set<Receiver> receivers = new LinkedHashSet<>(tidings.toldSoon(clock.instant()));
        receivers.addAll(events.withUntoldOverdue());
        receivers.addAll(tidings.strangersUntold(clock.instant()));
        return receivers;
    }

    /** In a transaction of its own; how much was told. Of more than a letter holds, another turn tells the rest. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public int tell(Receiver receiver) {
        List<TidingStore.Expiring> soon = tidings.addSoon(receiver, clock.instant(), LETTER_MAX);
        if (!soon.isEmpty() && !choices.muted(receiver.participant(), receiver.contour()).contains(NoticeKind.N26)) {
            letters.expiring(receiver, soon);
        }
        List<UUID> overdue = events.overdueTold(receiver);
        if (!overdue.isEmpty()) {
            letters.overdue(receiver, overdue);
        }
        Optional<TidingStore.Strange> strange = tidings.addStrangersTold(receiver, clock.instant());
        strange.ifPresent(presented -> letters.strangers(receiver, presented));
        return soon.size() + overdue.size() + (strange.isPresent() ? 1 : 0);
    }
}
