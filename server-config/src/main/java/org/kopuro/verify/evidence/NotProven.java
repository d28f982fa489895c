package org.kopuro.verify.evidence;

/** What is wrong with a container, in one sentence. */
public final class NotProven extends Exception {

    NotProven(String sentence) {
        super(sentence);
    }

    NotProven(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
