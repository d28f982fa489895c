package org.kopuro.consent.forms.batches;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A batch and what its rows came to.
 *
 * @param rows    how many there are
 * @param results in the order of the list; fewer than {@code rows} where the batch was interrupted
 */
public record BatchReport(UUID id, Instant receivedAt, int rows, List<RowResult> results) {
}
