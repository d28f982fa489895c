package org.kopuro.registers.borrowers;

/** The levels of OK 029-2014 (LOAN-126): {@code 56}, {@code 56.1}, {@code 56.10}, {@code 56.10.1}, {@code 56.10.11}, each in the one before. */
public final class Okved {

    private Okved() {
    }

    /**
     * Whether the code is that level or one below it. As each level but the first adds one digit, and points stand between pairs of digits, a level's text begins those of all below it; the
     * class of two digits is covered by none of one.
     */
    public static boolean covers(String level, String code) {
        return code.startsWith(level);
    }
}
