package org.kopuro.loans.listing;

import java.util.List;
import java.util.Optional;

/** @param next the cursor behind the last row; empty where nothing is left */
public record RankingPage(List<RankingRow> rows, Optional<String> next) {

    public RankingPage {
        rows = List.copyOf(rows);
    }
}
