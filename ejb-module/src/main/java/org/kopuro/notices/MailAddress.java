package org.kopuro.notices;

import java.net.IDN;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address that any mail server takes: ASCII before the at sign, a domain behind it, which may be written in any script (IDNA).
 * Stricter than RFC 5322, whose quoted forms and comments nobody has and attackers like.
 */
final class MailAddress {

    static final int LENGTH_MAX = 254;
    private static final Pattern POSSIBLE = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@"
            + "([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    private MailAddress() {
    }

    /** The address as it goes over the wire. */
    static Optional<String> of(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1 || at > 64 || text.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        try {
            String address = text.substring(0, at + 1) + IDN.toASCII(text.substring(at + 1), IDN.USE_STD3_ASCII_RULES);
            return Optional.of(address).filter(ascii -> ascii.length() <= LENGTH_MAX && POSSIBLE.matcher(ascii).matches());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
