package org.kopuro.loans;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What became of a wish, or would become of it.
 *
 * @param flagged whether another bank has, or the same one, an active loan with the same key (LOAN-41)
 * @param loan    empty where a new one is refused
 * @param sayings refusals, and warnings
 * @param changes what it changes; nothing where it is refused
 */
public record Judgement(Outcome outcome, boolean flagged, Optional<UUID> loan, int version, List<Saying> sayings, List<FieldChange> changes) {

    public enum Outcome {
        CREATED, UPDATED, UNCHANGED, REFUSED
    }

    public Judgement {
        sayings = List.copyOf(sayings);
        changes = List.copyOf(changes);
    }

    public boolean refused() {
        return outcome == Outcome.REFUSED;
    }
}
