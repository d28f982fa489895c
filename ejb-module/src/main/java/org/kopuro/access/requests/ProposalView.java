package org.kopuro.access.requests;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.agreements.AgreementId;
import org.kopuro.participants.SubsystemId;

/**
 * What one official wants and another one decides (ACC-2).
 *
 * @param request    to grant; or
 * @param connection to which {@code event} is to happen; or
 * @param agreement  from before the order, whose services {@code subsystem} is to be given
 * @param proposedRole  in which it was proposed; {@code NOT_RECORDED} from before that was kept
 */
public record ProposalView(UUID id, Optional<RequestId> request, Optional<ConnectionId> connection, Optional<AgreementId> agreement, Optional<SubsystemId> subsystem,
        String event, Optional<String> ground, Optional<LocalDate> firstDay, String reason, UUID proposedBy, String proposedRole, Instant proposedAt, Optional<UUID> decidedBy, Optional<String> decidedRole, Optional<Outcome> outcome) {

    /** How a proposal ended. */
    public enum Outcome {
        APPROVED, REJECTED, WITHDRAWN
    }
}
