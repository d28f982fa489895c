package org.kopuro.loans;

import java.util.List;

/**
 * A version of a loan, and what it changed (LOAN-110).
 *
 * @param changes against the version before; of the first one, all that it states
 */
public record HistoryEntry(int version, Loan.Change change, int ruleSetVersion, List<FieldChange> changes) {

    public HistoryEntry {
        changes = List.copyOf(changes);
    }
}
