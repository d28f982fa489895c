package org.kopuro.registers;

import java.time.YearMonth;
import java.util.Optional;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Money;

/**
 * A person's income in a month from one source.
 *
 * @param employer who reported it; empty when the person declared it
 */
public record MonthlyIncomeView(YearMonth month, Optional<Inn> employer, Money amount) {
}
