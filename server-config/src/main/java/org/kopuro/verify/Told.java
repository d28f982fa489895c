package org.kopuro.verify;

import java.io.PrintStream;

/** Lines for people. What others wrote may stand in them, and must not command the terminal. */
public final class Told {

    private final PrintStream stream;

    public Told(PrintStream stream) {
        this.stream = stream;
    }

    public void line(String text) {
        stream.println(text.replaceAll("[\\p{Cc}\\p{Cf}]", "?"));
    }
}
