package org.kopuro.consent.forms;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Language;

/**
 * A wording of the form.
 *
 * @param agreement that names it; empty in TEST
 * @param sha256    of the text in each language that it is written in, in hexadecimal
 */
public record FormVersionView(UUID id, String version, Optional<UUID> agreement, Map<Language, String> sha256, Instant namedAt) {
}
