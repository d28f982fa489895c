package org.kopuro.ledger;

import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;

/**
 * An entry.
 *
 * @param secret  the number of the secret behind its keyed hashes
 * @param content canonical JSON
 * @param index   empty until the sequencer has seen it, for less than a second
 */
public record EntryView(UUID id, Optional<Contour> contour, short secret, String content, Optional<Long> index) {
}
