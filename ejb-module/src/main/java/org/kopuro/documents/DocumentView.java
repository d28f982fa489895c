package org.kopuro.documents;

import java.time.Instant;
import java.util.UUID;

/**
 * What is known of a stored document.
 *
 * @param fileName   as the person who uploaded it called it; fit to be shown and to be offered for saving
 * @param type       as found in the content
 * @param sha256     of the content, in lower-case hexadecimal
 * @param uploadedBy an account's id, or {@code system}
 */
public record DocumentView(UUID id, String fileName, DocumentType type, int size, String sha256, Instant uploadedAt, String uploadedBy) {
}
