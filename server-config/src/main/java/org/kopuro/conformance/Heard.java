package org.kopuro.conformance;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One request of the product, as it came.
 *
 * @param arrived  when, in nanoseconds of this process
 * @param answered when its reply had left; until then as arrived
 * @param request  empty when it could not be read
 * @param flaws    as what follows "because"
 */
record Heard(long arrived, AtomicLong answered, Optional<Request> request, List<String> flaws) {
}
