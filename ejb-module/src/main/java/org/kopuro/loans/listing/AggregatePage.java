package org.kopuro.loans.listing;

import java.util.List;
import java.util.Optional;

/** @param next the cursor behind the last row; empty where nothing is left */
public record AggregatePage(List<AggregateRow> rows, Optional<String> next) {

    public AggregatePage {
        rows = List.copyOf(rows);
    }
}
