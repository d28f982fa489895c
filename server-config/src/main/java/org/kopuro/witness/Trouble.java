package org.kopuro.witness;

/** A round cannot be finished now; another try may succeed. Says nothing against the ledger. */
final class Trouble extends Exception {

    private static final long serialVersionUID = 1L;

    Trouble(String sentence) {
        super(sentence);
    }
}
