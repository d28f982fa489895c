package org.kopuro.registers.payroll;

import java.time.Instant;
import java.time.YearMonth;
import java.util.UUID;

/** How many insured persons the pension fund was told of. */
public record Insured(UUID id, String inn, YearMonth month, int number, Instant loadedAt) {
}
