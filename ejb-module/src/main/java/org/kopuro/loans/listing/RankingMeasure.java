package org.kopuro.loans.listing;

/** By what places are given, the most first. */
public enum RankingMeasure {
    CONTRACT_SUM("contract_sum"), LOANS("loans"), ISSUED("issued"), LAST_BALANCE("last_balance");

    private final String column;

    RankingMeasure(String column) {
        this.column = column;
    }

    String column() {
        return column;
    }
}
