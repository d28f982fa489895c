package org.kopuro.installation;

import java.time.Instant;

/**
 * A matter that failed when its moment had come.
 *
 * @param matter   its kind and id, as whoever looks at due matters names it
 * @param failures in a row
 * @param nextAt   before which it is not tried again
 * @param problem  the kind of failure
 */
public record Setback(String matter, Instant since, int failures, Instant nextAt, String problem) {
}
