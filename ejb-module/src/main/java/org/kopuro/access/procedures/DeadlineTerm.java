package org.kopuro.access.procedures;

/**
 * A number of working days, counted as ACC-31 (AFTER an event) or ACC-32 (BEFORE a day) says.
 *
 * @param source a paragraph of the order, or “data” where the order names no number
 */
public record DeadlineTerm(Direction direction, int workingDays, String source) {

    /** Which way days are counted. */
    public enum Direction {
        AFTER, BEFORE
    }
}
