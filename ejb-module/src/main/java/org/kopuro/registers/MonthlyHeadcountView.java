package org.kopuro.registers;

import java.time.YearMonth;

/** For how many insured persons an employer reported in a month; a month without a report has no view. */
public record MonthlyHeadcountView(YearMonth month, int insuredPersons) {
}
