package org.kopuro.registers.payroll;

import java.time.Instant;
import java.util.UUID;

/**
 * A calculation of insurance contributions.
 *
 * @param inn        the employer's
 * @param quarter    1 to 4
 * @param correction 0 is the first report of the quarter; a greater one replaces it whole
 * @param loadedAt   since when it counts here
 */
public record ReportView(UUID id, String inn, int year, int quarter, int correction, Instant filedAt, Instant acceptedAt, Instant loadedAt) {
}
