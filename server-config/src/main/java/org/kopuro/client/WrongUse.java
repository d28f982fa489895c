package org.kopuro.client;

/** The command line asks for something that does not exist; the message says what. */
final class WrongUse extends Exception {

    WrongUse(String sentence) {
        super(sentence);
    }
}
