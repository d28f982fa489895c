package org.kopuro.access;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.participants.Participants;
import org.kopuro.participants.SubsystemId;
import org.kopuro.participants.SubsystemView;

/** Grants and revokes access rights. Rights of a subsystem to one service in one contour never overlap. */
@Stateless
public class AccessRights {

    @Inject
    private AccessStore store;
    @Inject
    private CatalogueStore catalogue;
    @Inject
    private Connections connections;
    @Inject
    private Participants participants;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** Grants while the connection under the service's procedure passes calls, in PRODUCTION also only within an agreement where one is demanded (ACC-58). */
    public AccessRightView grant(NewAccessRight grant, String reason, Actor by) {
        if (!catalogue.knows(grant.serviceCode())) {
            throw Refusal.of(AccessRefusal.SERVICE_UNKNOWN, "service");
        }
        SubsystemView subsystem = participants.get(grant.subsystem());
        // Held, so that a disconnection cannot slip between this check and the new right.
        ConnectionView connection = connections.forService(subsystem.participant(), grant.contour(), grant.serviceCode(), "subsystem");
        AccessRight right = new AccessRight(grant, connection, clock.instant(), Input.text(reason, "reason", 1000), by);
        store.add(right);
        ledger.record(LedgerEvent.of("access.right_granted", 1, right.contour, "access_right", right.id, right.grantedAt).with("participant", right.participantId)
                .with("subsystem", right.subsystemId).with("service", right.serviceCode).with("validFrom", right.validFrom).with("validTo", grant.validTo())
                .with("actor", by.account()).with("actorRole", by.role()).personal("reason", right.grantedReason).personal("purpose", grant.purpose()));
        return AccessRightView.of(right, today());
    }

    public AccessRightView apply(AccessRightEvent event, AccessRightId id, Contour contour, String reason, Actor by) {
        AccessRight right = store.rightForChange(id.value(), contour);
        right.requireAllowed(event, today());
        store.revoke(right, Input.text(reason, "reason", 1000), clock.instant(), by);
        ledger.record(LedgerEvent.of("access.right_changed", 1, right.contour, "access_right", right.id, right.revokedAt).with("event", event)
                .with("actor", by.account()).with("actorRole", by.role()).personal("reason", right.revokedReason));
        return AccessRightView.of(right, today());
    }

    public List<AccessRightView> of(SubsystemId subsystem, Contour contour) {
        return store.rights(subsystem.value(), contour).stream().map(right -> AccessRightView.of(right, today())).toList();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Installation.ZONE);
    }
}
