package org.kopuro.access;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.kopuro.installation.Installation;
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
    private Participants participants;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** Grants while the connection is CONNECTED, not otherwise (ACC-58). */
    public AccessRightView grant(NewAccessRight grant) {
        SubsystemView subsystem = participants.get(grant.subsystem());
        // Locked, so that a disconnection cannot slip between this check and the new right.
        Optional<Connection> connection = store.connectionForChange(subsystem.participant().value(), grant.contour());
        if (connection.isEmpty()) {
            throw Refusal.of(AccessRefusal.PARTICIPANT_NOT_CONNECTED, "subsystem");
        }
        switch (connection.get().state) {
            case CONNECTED -> { }
            case SUSPENDED -> throw Refusal.of(AccessRefusal.PARTICIPANT_SUSPENDED, "subsystem");
            case DISCONNECTED -> throw Refusal.of(AccessRefusal.PARTICIPANT_DISCONNECTED, "subsystem");
        }
        AccessRight right = new AccessRight(grant, subsystem.participant().value(), clock.instant());
        store.add(right);
        ledger.record(LedgerEvent.of("access.right_granted", 1, right.contour, "access_right", right.id, right.grantedAt).with("participant", right.participantId)
                .with("subsystem", right.subsystemId).with("service", right.serviceCode).with("validFrom", right.validFrom).with("validTo", grant.validTo()));
        return AccessRightView.of(right, today());
    }

    public AccessRightView apply(AccessRightEvent event, AccessRightId id, Contour contour, String reason) {
        AccessRight right = store.rightForChange(id.value(), contour);
        right.apply(event, Input.text(reason, "reason", 1000), today(), clock.instant());
        ledger.record(LedgerEvent.of("access.right_changed", 1, right.contour, "access_right", right.id, right.revokedAt).with("event", event)
                .personal("reason", right.revokedReason));
        return AccessRightView.of(right, today());
    }

    public List<AccessRightView> of(SubsystemId subsystem, Contour contour) {
        return store.rights(subsystem.value(), contour).stream().map(right -> AccessRightView.of(right, today())).toList();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Installation.ZONE);
    }
}
