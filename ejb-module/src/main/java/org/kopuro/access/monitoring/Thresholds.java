package org.kopuro.access.monitoring;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.AccessRightState;
import org.kopuro.access.AccessRights;
import org.kopuro.access.Catalogue;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.participants.Participants;
import org.kopuro.participants.SubsystemId;

/** Dated thresholds on the use of services (ACC-96). What was set is never edited: the next one replaces it from its moment on. */
@Stateless
public class Thresholds {

    private static final int PAGE_MAX = 200;

    @Inject
    private ThresholdStore store;
    @Inject
    private Catalogue catalogue;
    @Inject
    private AccessRights rights;
    @Inject
    private Participants participants;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    public ThresholdView set(NewThreshold threshold, Contour contour, Actor by) {
        Instant at = clock.instant();
        Instant from = threshold.effectiveFrom().orElse(at);
        if (from.isBefore(at)) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "effectiveFrom");
        }
        if (Limits.APPLICANTS.equals(threshold.service()) || Limits.REFUSED_TRANSFERS.equals(threshold.service())) {
            threshold.subsystem().ifPresent(participants::get);
        } else if (catalogue.services().stream().noneMatch(service -> service.code().equals(threshold.service()))) {
            throw Refusal.of(AccessRefusal.SERVICE_UNKNOWN, "service");
        } else {
            threshold.subsystem().ifPresent(subsystem -> requireRight(subsystem, threshold.service(), contour));
        }
        UUID id = UUID.randomUUID();
        store.add(id, threshold, contour, from, at, by);
        Ceilings ceilings = threshold.ceilings();
        ledger.record(LedgerEvent.of("access.threshold_set", 1, contour, "threshold", id, at).with("service", threshold.service())
                .with("subsystem", threshold.subsystem().map(SubsystemId::value)).with("effectiveFrom", from).with("callsPerSecond", ceilings.callsPerSecond())
                .with("callsPerHour", ceilings.callsPerHour()).with("callsPerDay", ceilings.callsPerDay()).with("taxpayersPerDay", ceilings.taxpayersPerDay())
                .with("actor", by.account()).with("actorRole", by.role()).personal("reason", threshold.reason()));
        return store.get(id);
    }

    private void requireRight(SubsystemId subsystem, String service, Contour contour) {
        participants.get(subsystem);
        if (rights.of(subsystem, contour).stream().noneMatch(right -> right.serviceCode().equals(service) && right.state() != AccessRightState.REVOKED)) {
            throw Refusal.of(AccessRefusal.ACCESS_RIGHT_MISSING, "accessRight.service");
        }
    }

    /** What holds now for whoever calls a service and has no threshold of its own (ACC-85). */
    public Ceilings defaultOf(String service, Contour contour) {
        return store.inForce(clock.instant()).stream().filter(threshold -> threshold.contour() == contour && threshold.service().equals(service) && threshold.subsystem().isEmpty())
                .map(ThresholdView::ceilings).findFirst().orElse(Ceilings.NONE);
    }

    /** The newest first; {@code before} is the last number of the page that was read. */
    public List<ThresholdView> list(Contour contour, Optional<String> service, Optional<Long> before, int limit) {
        return store.list(contour, service, before.orElse(Long.MAX_VALUE), Math.max(1, Math.min(limit, PAGE_MAX)));
    }
}
