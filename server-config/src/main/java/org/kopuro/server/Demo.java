package org.kopuro.server;

import java.io.PrintStream;

/** Fills a fresh system with a synthetic demo and says who can sign in. Called at every start, so it has to be repeatable. */
public final class Demo {

    /** Prints one line per account. There is nothing to load yet. */
    public void load(Running running, PrintStream out) {
        out.println("  accounts  none yet");
    }
}
