package org.kopuro.loans.programmes;

import java.time.Instant;
import java.util.UUID;

/** An account of a regulator's people. */
public record RegulatorAccount(UUID account, String login, String fullName, Instant addedAt, UUID addedBy) {
}
