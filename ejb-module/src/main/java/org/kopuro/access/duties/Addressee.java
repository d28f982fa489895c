package org.kopuro.access.duties;

import java.util.List;
import java.util.Optional;
import org.kopuro.kernel.Language;

/** Somebody affected, and how to tell. */
record Addressee(Affected affected, Optional<String> inn, Optional<String> ogrn, Language language, List<String> addresses) {
}
