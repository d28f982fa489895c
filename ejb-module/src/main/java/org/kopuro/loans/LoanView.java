package org.kopuro.loans;

import java.util.List;
import java.util.Optional;

/**
 * A loan's card as it is shown.
 *
 * @param duplicate   whether its borrower has another active loan of the programme that nobody has found to be a different one (LOAN-45)
 * @param newerReport whether a report came after the maximum was calculated; never after the contract (LOAN-70)
 * @param error       what the bank says of this version, if it was entered in error (LOAN-T09)
 * @param sayings     what was told with the change that led here; nothing where it was only looked at
 */
public record LoanView(Loan loan, boolean duplicate, boolean newerReport, Optional<ErrorReport> error, List<Saying> sayings) {

    public LoanView {
        sayings = List.copyOf(sayings);
    }
}
