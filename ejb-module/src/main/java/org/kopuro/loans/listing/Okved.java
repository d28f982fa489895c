package org.kopuro.loans.listing;

import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** Levels of the classifier: 56, 56.1, 56.10, 56.10.1, 56.10.11. */
final class Okved {

    private static final int[] LENGTHS = {2, 4, 5, 7, 8};

    private Okved() {
    }

    static int level(int level) {
        if (level < 1 || level > LENGTHS.length) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "okvedLevel");
        }
        return level;
    }

    static String cut(int level) {
        return "coalesce(left(l.okved, " + LENGTHS[level(level) - 1] + "), '')";
    }
}
