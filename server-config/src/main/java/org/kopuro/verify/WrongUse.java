package org.kopuro.verify;

/** The command line asks for what cannot be done; the message says what. */
public final class WrongUse extends Exception {

    private static final long serialVersionUID = 1L;

    public WrongUse(String sentence) {
        super(sentence);
    }
}
