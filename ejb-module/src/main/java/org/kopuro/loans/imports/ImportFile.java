package org.kopuro.loans.imports;

import java.util.UUID;

/** What a bank sent, by its digest in lower-case hexadecimal. */
record ImportFile(UUID id, String sha256) {
}
