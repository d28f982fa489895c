package org.kopuro.conformance;

/** Texts of others, for the report. */
final class Shortened {

    private Shortened() {
    }

    /** Its beginning; half a character outside the first plane would be no JSON. */
    static String to(int lengthMax, String text) {
        if (text.length() <= lengthMax) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(lengthMax - 1)) ? lengthMax - 1 : lengthMax);
    }
}
