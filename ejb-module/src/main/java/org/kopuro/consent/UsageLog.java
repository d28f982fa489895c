package org.kopuro.consent;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.participants.ParticipantId;
import org.kopuro.representation.Acting;
import org.kopuro.representation.Authority;
import org.kopuro.representation.MandateRight;
import org.kopuro.representation.Mandates;

/**
 * “Who saw my data”: a taxpayer reads every use about himself, refused ones and the authority's own reading included; nothing is hidden (CON-113). A participant
 * reads its own (CON-115).
 */
@Stateless
public class UsageLog {

    private static final int PAGE_MAX = 1000;

    @Inject
    private UsageStore store;
    @Inject
    private Mandates mandates;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** The newest first; {@code before} is the last number of the page that was read. */
    public List<UsageView> of(Taxpayer taxpayer, UsageFilter filter, Optional<Long> before, int limit) {
        return store.about(taxpayer, Optional.empty(), filter, before.orElse(Long.MAX_VALUE), page(limit));
    }

    /** As {@link #of(Taxpayer, UsageFilter, Optional, int)}, by whom the taxpayer lets see it: uses of the services that the mandate covers. */
    public List<UsageView> of(Acting acting, UsageFilter filter, Optional<Long> before, int limit) {
        Authority authority = mandates.exercise(acting, MandateRight.VIEW);
        return store.about(new Taxpayer(authority.contour(), authority.taxpayer()), authority.services(), filter, before.orElse(Long.MAX_VALUE), page(limit));
    }

    public List<UsageView> by(ParticipantId participant, Contour contour, UsageFilter filter, Optional<Long> before, int limit) {
        return store.by(participant, contour, filter, before.orElse(Long.MAX_VALUE), page(limit));
    }

    /** As {@link #of}, by an official, who says why; the taxpayer will see that it was read. */
    public List<UsageView> inspect(Taxpayer taxpayer, UsageFilter filter, Optional<Long> before, int limit, String reason, Actor by) {
        String why = Input.text(reason, "reason", 1000);
        UUID id = UUID.randomUUID();
        store.addInspection(id, taxpayer, why, clock.instant(), by);
        ledger.record(LedgerEvent.itself("consent.usage_inspected", 1, Optional.of(taxpayer.contour()), "usage_inspection", id, clock.instant())
                .personal("subject", taxpayer.inn().digits()).personal("reason", why).with("actor", by.account()).with("actorRole", by.role()));
        return store.about(taxpayer, Optional.empty(), filter, before.orElse(Long.MAX_VALUE), page(limit));
    }

    /** When the authority itself has read the log about the taxpayer, and why; the newest first. */
    public List<UsageInspection> inspectionsOf(Taxpayer taxpayer) {
        return store.inspections(taxpayer, PAGE_MAX);
    }

    private static int page(int limit) {
        return Math.max(1, Math.min(limit, PAGE_MAX));
    }
}
