package org.kopuro.kernel;

/**
 * One of two separate worlds: TEST for learning and joint testing, PRODUCTION for real work (ACC-15, ACC-16).
 * The contour of a call is decided by the credential that was used, never by a request field. Every row that belongs to
 * a contour carries it, and every reference between such rows includes it, so that the database refuses a crossing.
 */
public enum Contour {
    TEST('T'),
    PRODUCTION('P');

    private final char letter;

    Contour(char letter) {
        this.letter = letter;
    }

    /** The letter inside a token's text (CON-25). */
    public char letter() {
        return letter;
    }
}
