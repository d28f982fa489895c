package org.kopuro.loans.listing;

import java.util.List;
import java.util.Optional;

/** @param next the cursor behind the last row; empty where nothing is left */
public record LoanPage(List<LoanRow> rows, Optional<String> next) {

    public LoanPage {
        rows = List.copyOf(rows);
    }
}
