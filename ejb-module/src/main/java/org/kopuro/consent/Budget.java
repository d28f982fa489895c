package org.kopuro.consent;

/**
 * How many disclosures a token is good for (CON-64).
 *
 * @param left of {@code calls}
 */
public record Budget(int calls, int left) {
}
