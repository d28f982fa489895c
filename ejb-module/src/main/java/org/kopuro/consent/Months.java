package org.kopuro.consent;

import java.time.LocalDate;
import java.time.YearMonth;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** The tax months that a token covers, both inclusive (CON-63). */
public record Months(YearMonth first, YearMonth last) {

    public Months {
        if (last.isBefore(first)) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "periodTo");
        }
    }

    /** Whether all the days are in these months; nothing is ever trimmed. */
    public boolean cover(LocalDate from, LocalDate to) {
        return !YearMonth.from(from).isBefore(first) && !YearMonth.from(to).isAfter(last);
    }
}
