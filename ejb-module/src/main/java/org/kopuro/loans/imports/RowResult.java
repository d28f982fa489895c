package org.kopuro.loans.imports;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.FieldChange;
import org.kopuro.loans.Judgement;

/**
 * What became of a row (LOAN-94).
 *
 * @param row     as a spreadsheet numbers it
 * @param flagged whether the borrower has another active loan under the programme
 * @param loan    empty where there is none: refused, or it would be a new one
 * @param changes what it changes of a loan that was there, or would
 */
public record RowResult(int row, Optional<String> applicationNumber, RowOutcome outcome, boolean flagged, Optional<UUID> loan, Optional<Integer> version, List<RowMessage> messages,
        List<FieldChange> changes) {

    public RowResult {
        messages = List.copyOf(messages);
        changes = List.copyOf(changes);
    }

    static RowResult refused(FileRow row, List<Refusal> refusals) {
        return new RowResult(row.number(), row.applicationNumber(), RowOutcome.REFUSED, false, Optional.empty(), Optional.empty(), refusals.stream().map(RowMessage::of).toList(), List.of());
    }

    static RowResult of(FileRow row, Judgement judgement, boolean stored) {
        RowOutcome outcome = RowOutcome.valueOf(judgement.outcome().name());
        boolean there = stored || outcome != RowOutcome.CREATED;
        return new RowResult(row.number(), row.applicationNumber(), outcome, judgement.flagged(), judgement.loan().filter(loan -> there),
                judgement.loan().filter(loan -> there).map(loan -> judgement.version()), judgement.sayings().stream().map(RowMessage::of).toList(),
                outcome == RowOutcome.UPDATED ? judgement.changes() : List.of());
    }

    boolean isRefused() {
        return outcome == RowOutcome.REFUSED;
    }
}
