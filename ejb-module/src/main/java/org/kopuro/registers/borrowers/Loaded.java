package org.kopuro.registers.borrowers;

import java.time.LocalDate;

/**
 * How far a register of a contour is filled.
 *
 * @param firstDay the first day that it says anything of: whoever is not in it before that day is unknown, not absent
 * @param lastOn   the day of its last load, in Moscow
 */
public record Loaded(LocalDate firstDay, LocalDate lastOn) {
}
