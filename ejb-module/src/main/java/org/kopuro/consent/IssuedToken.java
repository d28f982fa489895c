package org.kopuro.consent;

/** A token at the one moment when its text is shown. {@code toString} shows the last four characters only. */
public record IssuedToken(String text, TokenView token) {

    @Override
    public String toString() {
        return "token …" + token.lastFour();
    }
}
