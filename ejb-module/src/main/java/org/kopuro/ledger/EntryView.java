package org.kopuro.ledger;

import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.ledger.proof.Entry;
import org.kopuro.ledger.proof.Unproven;

/**
 * An entry.
 *
 * @param secret  the number of the secret behind its keyed hashes
 * @param content canonical JSON
 * @param index   empty until the sequencer has seen it, for less than a second
 */
public record EntryView(UUID id, Optional<Contour> contour, short secret, String content, Optional<Long> index) {

    /** Whether it tells of such an event. */
    public boolean isOf(String type) {
        return told().type().equals(type);
    }

    Entry told() {
        try {
            return Entry.parse(content, "The entry");
        } catch (Unproven e) {
            throw new IllegalStateException(e);
        }
    }
}
