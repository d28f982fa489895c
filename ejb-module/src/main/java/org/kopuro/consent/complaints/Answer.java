package org.kopuro.consent.complaints;

import java.time.Instant;

/**
 * What the authority answered.
 *
 * @param text empty where it was erased
 */
public record Answer(Instant at, String text) {
}
