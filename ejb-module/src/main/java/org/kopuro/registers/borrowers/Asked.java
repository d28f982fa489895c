package org.kopuro.registers.borrowers;

import java.time.LocalDate;

/** Of whom, as of which day. */
public record Asked(String inn, LocalDate on) {
}
