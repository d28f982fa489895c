package org.kopuro.consent;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
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
        ledger.record(inspected(id, InspectionKind.LOG, taxpayer.contour(), by).personal("subject", taxpayer.inn().digits()).personal("reason", why));
        return store.about(taxpayer, Optional.empty(), filter, before.orElse(Long.MAX_VALUE), page(limit));
    }

    /** Evidence of a call was read: whom the call was about will see it. The ledger does not say whether it was about anybody. */
    public void evidenceRead(UUID occurrence, Contour contour, Actor by) {
        UUID id = UUID.randomUUID();
        Optional<String> taxpayer = store.addEvidenceReading(id, occurrence, contour, clock.instant(), by);
        ledger.record(inspected(id, InspectionKind.EVIDENCE, contour, by).with("occurrence", occurrence).personal("subject", taxpayer.orElse("")));
    }

    /** A form consent of the taxpayer was read by the authority. */
    public void formRead(UUID form, Taxpayer taxpayer, Actor by) {
        UUID id = UUID.randomUUID();
        store.addFormReading(id, form, taxpayer, clock.instant(), by);
        ledger.record(inspected(id, InspectionKind.FORM, taxpayer.contour(), by).with("form", form).personal("subject", taxpayer.inn().digits()));
    }

    /** Operational records of a time were read by the authority; of one participant's calls, or of all. */
    public void recordsRead(Contour contour, Instant from, Instant to, Optional<ParticipantId> participant, Actor by) {
        UUID id = UUID.randomUUID();
        store.addRecordsReading(id, contour, from, to, participant, clock.instant(), by);
        ledger.record(inspected(id, InspectionKind.RECORDS, contour, by).with("from", from).with("to", to).personal("participant", participant.map(ParticipantId::value)));
    }

    private LedgerEvent inspected(UUID id, InspectionKind kind, Contour contour, Actor by) {
        return LedgerEvent.itself("consent.usage_inspected", 2, Optional.of(contour), "usage_inspection", id, clock.instant()).with("kind", kind)
                .with("actor", by.account()).with("actorRole", by.role());
    }

    /** What the authority itself has read about the taxpayer, when, and why; the newest first, one page after {@code before}. */
    public List<UsageInspection> inspectionsOf(Taxpayer taxpayer, Optional<UUID> before, int limit) {
        return store.inspections(taxpayer, before, page(limit));
    }

    private static int page(int limit) {
        return Math.max(1, Math.min(limit, PAGE_MAX));
    }
}
