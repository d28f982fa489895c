package org.kopuro.access.duties;

import java.util.List;
import java.util.Optional;
import org.kopuro.kernel.Language;

/** Somebody affected, and how to tell. */
record Addressee(Affected affected, Optional<String> inn, Language language, List<String> addresses) {
}
