package org.kopuro.access.procedures;

/**
 * A number of working days, counted as ACC-31 (AFTER an event) or ACC-32 (BEFORE a day) says.
 *
 * @param source a paragraph of the order, or “data” where the order names no number
 * @param fromAgreement whether they are counted from the signed agreement instead of the receipt of what is decided (§6); of a decision on PRODUCTION only
 */
public record DeadlineTerm(Direction direction, int workingDays, String source, boolean fromAgreement) {

    /** Which way days are counted. */
    public enum Direction {
        AFTER, BEFORE
    }
}
