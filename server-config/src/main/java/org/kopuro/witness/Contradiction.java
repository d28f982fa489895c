package org.kopuro.witness;

/** The ledger contradicts what it signed before, or shows what it did not sign. */
final class Contradiction extends Exception {

    private static final long serialVersionUID = 1L;

    private final String evidence;

    /** @param evidence whatever a third person needs to see it, too */
    Contradiction(String sentence, String evidence) {
        super(sentence);
        this.evidence = evidence;
    }

    String evidence() {
        return evidence;
    }
}
