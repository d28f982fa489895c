package org.kopuro.loans;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/**
 * A bank says that a version of its loan, with a contract of which nothing is issued, was entered in error (LOAN-T09). It waits for the regulator as long as the version is the newest.
 *
 * @param declined that the regulator leaves the loan as it is; the bank may report a later version
 */
public record ErrorReport(UUID loan, int version, UUID bank, String programme, String reason, Instant at, Optional<Declined> declined) {

    private static final int NEXT_MAX = 100;

    public record Declined(String reason, Instant at) {
    }

    /** Behind which the others begin: a loan alone would not do, as another version of it may be reported in the meantime. */
    public String next() {
        return at + "," + loan;
    }

    record Place(Instant at, UUID loan) {
        /** What {@link ErrorReport#next} has written; whatever else it is, is refused. */
        static Place read(String next) {
            String[] parts = Input.text(next, "after", NEXT_MAX).split(",", 2);
            if (parts.length < 2) {
                throw Refusal.of(InputRefusal.FIELD_INVALID, "after");
            }
            return new Place(Input.instant(parts[0], "after"), Input.uuid(parts[1], "after"));
        }
    }
}
