package org.kopuro.consent.events;

/** What a consent event tells. */
public enum ConsentEventKind {
    REVOKED("revoked"), EXPIRED("expired"), EXHAUSTED("exhausted"), BUDGET_LOW("budget-low"), FROZEN("frozen"), UNFROZEN("unfrozen"),
    /** Of form consents only, these three. */
    WITHDRAWN("withdrawn"), DISPUTED("disputed"), SETTLED("settled");

    private final String name;

    ConsentEventKind(String name) {
        this.name = name;
    }

    /** Its name in a Security Event Token. */
    public String uri() {
        return "urn:kopuro:consent:" + name;
    }
}
