package org.kopuro.access.procedures;

import java.util.Optional;

/**
 * By which way requests come.
 *
 * @param address empty where the order names none
 */
public record Channel(Kind kind, Optional<String> address) {

    /** An official letter, or mail. */
    public enum Kind {
        LETTER, EMAIL
    }
}
