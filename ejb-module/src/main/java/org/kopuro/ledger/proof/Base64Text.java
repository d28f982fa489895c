package org.kopuro.ledger.proof;

import java.util.Base64;

/** Base 64 in its one canonical spelling: what decodes to the same octets but is written otherwise has been altered. */
final class Base64Text {

    private Base64Text() {
    }

    static byte[] decode(String text, String where) throws Unproven {
        try {
            byte[] octets = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(octets).equals(text)) {
                return octets;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new Unproven(where + " is not base 64 as RFC 4648 §4 writes it.");
    }
}
