package org.kopuro.ledger.proof;

/** Something does not prove what it should. The message is one sentence in English that names the part and the place. */
public class Unproven extends Exception {

    private static final long serialVersionUID = 1L;

    public Unproven(String sentence) {
        super(sentence);
    }
}
