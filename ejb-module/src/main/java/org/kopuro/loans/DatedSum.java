package org.kopuro.loans;

import java.time.LocalDate;

/**
 * A sum that was issued on a day, or the average balance of a month (LOAN-F21, LOAN-F22).
 *
 * @param on      of a balance the month's first day
 * @param kopecks more than 0 where it was issued, 0 or more as a balance
 */
public record DatedSum(LocalDate on, long kopecks) {
}
