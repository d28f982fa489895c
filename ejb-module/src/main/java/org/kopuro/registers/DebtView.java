package org.kopuro.registers;

import java.time.LocalDate;
import java.util.Optional;
import org.kopuro.kernel.Money;

/**
 * The debts of one taxpayer, over all taxes.
 *
 * @param asOf  the day to which the debts of the whole contour were last brought; an absent debt is absent on that day. Empty while
 *              they were never loaded: then nobody can say whether there is a debt
 * @param total zero when there is no debt
 */
public record DebtView(Optional<LocalDate> asOf, Money total) {

    public boolean hasDebt() {
        return total.minorUnits() > 0;
    }
}
