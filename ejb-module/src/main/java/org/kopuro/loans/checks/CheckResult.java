package org.kopuro.loans.checks;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.registers.borrowers.Borrower;

/**
 * What a check found, for good (LOAN-55).
 *
 * @param borrower as the register of companies has it on the snapshot's day, or where it has nothing of that day, on the check's; its lists and its contract under 696 are as of their own days.
 *                 Empty where the register does not know the number
 */
public record CheckResult(UUID id, String programme, int stage, int ruleSetVersion, LocalDate snapshotOn, Instant at, Verdict verdict, List<Item> items, Optional<Borrower> borrower) {

    public CheckResult {
        items = List.copyOf(items);
    }

    /** LOAN-54. */
    public enum Verdict {
        MEETS,
        DOES_NOT_MEET,
        /** An item that it hangs on is unknown. */
        NOT_ESTABLISHED
    }

    public enum Mark {
        PASS,
        FAIL,
        WARN,
        UNKNOWN
    }

    /**
     * @param code     C01 to C11
     * @param value    as seen, days as in ISO 8601 and no words of ours: it reads the same in every language; empty text where there is nothing
     * @param source   a {@link SourceKind}
     * @param asOf     the day it is read for
     * @param loadedOn when that register was last loaded
     */
    public record Item(String code, Mark mark, String value, String source, LocalDate asOf, Optional<LocalDate> loadedOn) {
    }
}
