package org.kopuro.loans.listing;

import java.util.Optional;

/**
 * Loans added up: how many there are, with which sums, and how many of them are flagged. Withdrawn ones are not counted.
 *
 * @param key         the programme's code, the bank's id, the region, the OKVED code, or the month; empty text where a loan has none
 * @param name        the bank's
 * @param contractSum in kopecks, as the following
 */
public record AggregateRow(String key, Optional<String> name, long loans, long contracts, long contractSum, long issued, long lastBalance, long notMeeting, long overMaximum, long outsideStage,
        long headcountDiffers, long duplicates) {
}
