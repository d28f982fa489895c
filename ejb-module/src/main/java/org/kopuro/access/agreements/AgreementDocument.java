package org.kopuro.access.agreements;

import java.time.Instant;
import java.util.UUID;

/**
 * A file of an agreement.
 *
 * @param document its id among documents
 * @param sha256   of its content when it was attached
 * @param signed   whether a version of the agreement is this file
 */
public record AgreementDocument(UUID document, String fileName, String sha256, Instant attachedAt, boolean signed) {
}
