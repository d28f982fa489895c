package org.kopuro.consent.forms.batches;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A batch and what its rows came to.
 *
 * @param rows    how many there are
 * @param results in the order of the list; fewer than {@code rows} where the batch was interrupted
 */
public record BatchReport(UUID id, Instant receivedAt, int rows, List<RowResult> results) {

    /** And with these, which are kept nowhere. */
    BatchReport with(List<RowResult> others) {
        return new BatchReport(id, receivedAt, rows, Stream.concat(results.stream(), others.stream()).sorted(Comparator.comparingInt(RowResult::number)).toList());
    }
}
