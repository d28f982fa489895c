package org.kopuro.consent;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.notices.NoticeKind;
import org.kopuro.participants.ParticipantId;

/**
 * What taxpayers and participants do not want to be told (CON-156). Only warnings can be switched off; a choice counts for what happens from then on.
 */
@Stateless
public class NoticeChoices {

    /** Letters about consents that a participant may do without: it has events, too. */
    private static final Set<NoticeKind> SWITCHABLE_LETTERS = Set.of(NoticeKind.N26);

    @Inject
    private NoticeChoiceStore store;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** What the taxpayer has switched off. */
    public Set<TidingKind> of(Taxpayer taxpayer) {
        return store.muted(taxpayer);
    }

    /** These are off from now on, and all others on. */
    public void choose(Taxpayer taxpayer, Collection<TidingKind> off, Actor by) {
        off.stream().filter(kind -> !kind.switchable()).findFirst().ifPresent(kind -> {
            throw Refusal.of(ConsentRefusal.NOTICE_NOT_SWITCHABLE, "off", kind.name());
        });
        store.put(taxpayer, off);
        ledger.record(chosen(taxpayer.contour(), off, by).personal("subject", taxpayer.inn().digits()));
    }

    /** What the participant has switched off. */
    public Set<NoticeKind> of(ParticipantId participant, Contour contour) {
        return store.muted(participant, contour);
    }

    /** As {@link #choose(Taxpayer, Collection, Actor)}, of letters about consents. */
    public void choose(ParticipantId participant, Contour contour, Collection<NoticeKind> off, Actor by) {
        off.stream().filter(kind -> !SWITCHABLE_LETTERS.contains(kind)).findFirst().ifPresent(kind -> {
            throw Refusal.of(ConsentRefusal.NOTICE_NOT_SWITCHABLE, "off", kind.name());
        });
        store.put(participant, contour, off);
        ledger.record(chosen(contour, off, by).with("participant", participant.value()));
    }

    private LedgerEvent chosen(Contour contour, Collection<? extends Enum<?>> off, Actor by) {
        return LedgerEvent.itself("consent.notices_chosen", 1, Optional.of(contour), "notice_choice", UUID.randomUUID(), clock.instant())
                .with("off", new TreeSet<>(off.stream().map(Enum::name).toList())).with("actor", by.account()).with("actorRole", by.role());
    }
}
