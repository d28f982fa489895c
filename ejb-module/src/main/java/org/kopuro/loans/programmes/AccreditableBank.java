package org.kopuro.loans.programmes;

import java.util.UUID;

/** A participant that is or was connected under the procedure of a programme. */
public record AccreditableBank(UUID id, String name) {
}
