package org.kopuro.loans.programmes;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A bank's accreditation to a programme.
 *
 * @param bank     the participant
 * @param bankName as participants are named
 * @param period   its days; one that ends before it begins never held
 */
public record AccreditationView(UUID id, UUID bank, String bankName, String programme, Period period, String reason, Instant givenAt, UUID givenBy, Optional<Instant> endedAt, Optional<UUID> endedBy,
        Optional<String> endReason) {
}
