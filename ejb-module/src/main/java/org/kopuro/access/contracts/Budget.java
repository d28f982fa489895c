package org.kopuro.access.contracts;

import org.kopuro.kernel.Refusal;

/**
 * Counts the steps of reading a contract, and the characters that are kept of it on the way. Groups in groups say in a kilobyte what fills a computer, a type may be
 * said to extend itself, and what stands in many choices is known by all of them, as often as it stands there.
 */
final class Budget {

    private static final int STEPS_MAX = 500_000;
    private static final int DEPTH_MAX = 250;
    /** [data] Some four times the longest contract that is read; its memory is at most twice as many octets. */
    private static final int CHARACTERS_MAX = 32 * 1024 * 1024;

    private int steps;
    private long characters;

    /** @param depth of whatever is inside one another by name */
    void step(int depth) {
        if (++steps > STEPS_MAX || depth > DEPTH_MAX) {
            throw Refusal.of(ContractRefusal.CONTRACT_TOO_COMPLEX, "file");
        }
    }

    /** Before the text is made. */
    void keep(long length) {
        characters += length;
        if (characters > CHARACTERS_MAX) {
            throw Refusal.of(ContractRefusal.CONTRACT_TOO_COMPLEX, "file");
        }
    }
}
