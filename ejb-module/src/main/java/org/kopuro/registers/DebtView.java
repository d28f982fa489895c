package org.kopuro.registers;

import java.time.LocalDate;
import org.kopuro.kernel.Money;

/**
 * The debts of one taxpayer, over all taxes.
 *
 * @param asOf  the day to which the debts of the whole contour were last brought; an absent debt is absent on that day
 * @param total zero when there is no debt
 */
public record DebtView(LocalDate asOf, Money total) {

    public boolean hasDebt() {
        return total.minorUnits() > 0;
    }
}
