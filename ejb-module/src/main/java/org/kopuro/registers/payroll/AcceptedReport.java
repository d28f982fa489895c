package org.kopuro.registers.payroll;

import java.time.Instant;
import java.util.Optional;

/**
 * A report that the authority has accepted, whether or not it is here.
 *
 * @param loadedAt empty while it is not
 */
public record AcceptedReport(String inn, int year, int quarter, int correction, Instant filedAt, Instant acceptedAt, Optional<Instant> loadedAt) {
}
