package org.kopuro.access.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.kopuro.kernel.Language;

/** A published text in one language. */
public record TextView(TextKind kind, int version, LocalDate dated, Language language, String title, UUID document, String fileName, int size, String sha256, Instant publishedAt) {
}
