package org.kopuro.consent.forms.batches;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A batch and what its rows came to.
 *
 * @param rows    how many there are
 * @param results in the order of the list; fewer than {@code rows} where the batch was interrupted
 */
public record BatchReport(UUID id, Instant receivedAt, int rows, List<RowResult> results) {

    /** And with these, which are kept nowhere, but where a row has come to a result meanwhile. */
    BatchReport with(List<RowResult> others) {
        Set<Integer> done = results.stream().map(RowResult::number).collect(Collectors.toSet());
        return new BatchReport(id, receivedAt, rows, Stream.concat(results.stream(), others.stream().filter(other -> !done.contains(other.number())))
                .sorted(Comparator.comparingInt(RowResult::number)).toList());
    }
}
