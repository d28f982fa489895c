package org.kopuro.loans.listing;

import java.util.Optional;

/**
 * A place in a ranking; who has the same shares it. Withdrawn loans are not counted.
 *
 * @param key         the programme's code, the INN, the OKVED code, or the loan's id
 * @param inn         of a borrower and of a contract
 * @param contractSum in kopecks, as the following
 * @param lastBalance sum of the loans' last average balances
 */
public record RankingRow(int place, String key, Optional<String> inn, Optional<String> borrowerName, long loans, long contracts, long contractSum, long issued, long lastBalance) {
}
