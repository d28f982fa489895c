package org.kopuro.loans.listing;

/** By what loans are added up (LOAN-137). */
public enum AggregateDimension {
    PROGRAMME("l.programme"),
    BANK("l.bank_id::text"),
    REGION("coalesce(l.region, '')"),
    /** Main codes, cut to a level of the classifier. */
    OKVED(null),
    /** Of the application, in Moscow. */
    MONTH("to_char(date_trunc('month', l.applied_at at time zone 'Europe/Moscow'), 'YYYY-MM')"),
    /** Of the contract; empty where there is none. */
    CONTRACT_MONTH("coalesce(to_char(l.contract_date, 'YYYY-MM'), '')");

    private final String key;

    AggregateDimension(String key) {
        this.key = key;
    }

    String key(int okvedLevel) {
        return this == OKVED ? Okved.cut(okvedLevel) : key;
    }

    String name(String of) {
        return this == BANK ? "(select p.full_name from participants.participant p where p.id = " + of + "::uuid)" : "null::text";
    }
}
