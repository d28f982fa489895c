package org.kopuro.access.requests;

import java.time.Instant;
import java.util.UUID;

/**
 * A file that came with a request.
 *
 * @param document its id among documents
 * @param sha256   of its content when it was attached
 */
public record AttachedDocument(UUID document, Attachment attachment, String fileName, String sha256, Instant attachedAt) {
}
