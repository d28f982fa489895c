package org.kopuro.loans.listing;

/** What is ranked (LOAN-102). */
public enum RankingLevel {
    PROGRAMME("l.programme", "null::text"),
    INN("l.inn", "l.inn"),
    /** Main codes, cut to a level of the classifier; empty where there is none. */
    OKVED(null, "null::text"),
    /** Contracts, each for itself. */
    CONTRACT("l.id", "l.inn");

    private final String key;
    private final String inn;

    RankingLevel(String key, String inn) {
        this.key = key;
        this.inn = inn;
    }

    String key(int okvedLevel) {
        return this == OKVED ? Okved.cut(okvedLevel) : key;
    }

    String inn() {
        return inn;
    }

    String among() {
        return this == CONTRACT ? " and l.contract_date is not null" : "";
    }
}
