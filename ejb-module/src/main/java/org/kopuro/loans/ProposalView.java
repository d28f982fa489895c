package org.kopuro.loans;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What one of a bank's people wants of a loan, and another one confirms (§2 of the requirements on loans).
 *
 * @param loan    empty for a new one
 * @param version that was read of it
 * @param cleared fields that are to be empty
 * @param replaces the withdrawn loan that a new one follows
 * @param decided empty while it waits
 */
public record ProposalView(UUID id, UUID bank, Optional<UUID> loan, Optional<Integer> version, LoanEvent event, Map<LoanField, Object> stated, Set<LoanField> cleared,
        Optional<UUID> replaces, Optional<String> reason, Instant proposedAt, UUID proposedBy,
        Optional<Decision> decided) {

    public enum Outcome {
        CONFIRMED, REJECTED
    }

    /**
     * @param remark of a rejection
     * @param made   the new loan, if it was one
     */
    public record Decision(Outcome outcome, Instant at, UUID by, Optional<String> remark, Optional<UUID> made) {
    }

    public ProposalView {
        Map<LoanField, Object> copy = new EnumMap<>(LoanField.class);
        copy.putAll(stated);
        stated = Collections.unmodifiableMap(copy);
        cleared = Set.copyOf(cleared);
    }

    Wish wish() {
        return loan.map(id -> Wish.change(id, event, stated, version.orElseThrow(), reason).clearing(cleared)).orElseGet(() -> Wish.enter(event, stated, replaces));
    }
}
