package org.kopuro.verify;

import java.io.PrintStream;

/** One line that counts, for a person who waits. */
final class Progress {

    private static final long EVERY_NANOSECONDS = 500_000_000;

    private final PrintStream terminal;
    private final boolean shown;
    private long told = System.nanoTime();
    private boolean begun;

    /** @param shown false where nobody looks: in a pipe or a file */
    Progress(PrintStream terminal, boolean shown) {
        this.terminal = terminal;
        this.shown = shown;
    }

    void at(long entries, long of) {
        if (shown && System.nanoTime() - told > EVERY_NANOSECONDS) {
            told = System.nanoTime();
            begun = true;
            terminal.print("\rchecked " + entries + " of " + of + " entries");
            terminal.flush();
        }
    }

    void end() {
        if (begun) {
            terminal.print("\r" + " ".repeat(60) + "\r");
        }
    }
}
