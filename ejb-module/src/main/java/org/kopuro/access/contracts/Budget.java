package org.kopuro.access.contracts;

import org.kopuro.kernel.Refusal;

/** Counts the steps of reading a contract. Groups in groups say in a kilobyte what fills a computer, and a type may be said to extend itself. */
final class Budget {

    private static final int STEPS_MAX = 500_000;
    private static final int DEPTH_MAX = 250;

    private int steps;

    /** @param depth of whatever is inside one another by name */
    void step(int depth) {
        if (++steps > STEPS_MAX || depth > DEPTH_MAX) {
            throw Refusal.of(ContractRefusal.CONTRACT_TOO_COMPLEX, "file");
        }
    }
}
