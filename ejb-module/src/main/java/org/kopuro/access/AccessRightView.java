package org.kopuro.access;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.SubsystemId;

/**
 * An access right and its state on the day it is shown; who granted it, and who revoked it (ACC-1).
 *
 * @param revoked empty while it is not
 */
public record AccessRightView(
        AccessRightId id, SubsystemId subsystem, String serviceCode, Contour contour, LocalDate validFrom, Optional<LocalDate> validTo, Optional<String> purpose,
        AccessRightState state, Decision granted, Optional<Decision> revoked) {

    /**
     * What somebody decided about a right.
     *
     * @param actor     empty for the system, and where nobody recorded it yet
     * @param actorRole the role in which it was done; {@code NOT_RECORDED} of what is older than its recording
     * @param reason    empty of grants that are as old
     */
    public record Decision(Instant at, Optional<UUID> actor, String actorRole, String reason) {
    }

    static AccessRightView of(AccessRight right, LocalDate day) {
        return new AccessRightView(new AccessRightId(right.id), new SubsystemId(right.subsystemId), right.serviceCode, right.contour,
                right.validFrom, Optional.ofNullable(right.validTo), Optional.ofNullable(right.purpose), right.stateOn(day),
                new Decision(right.grantedAt, Optional.ofNullable(right.grantedBy).map(UUID::fromString), right.grantedRole, right.grantedReason),
                Optional.ofNullable(right.revokedAt).map(at -> new Decision(at, Optional.ofNullable(right.revokedBy).map(UUID::fromString), right.revokedRole, right.revokedReason)));
    }
}
