package org.kopuro.exchange.rest;

import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** What is about a person stands in bodies: addresses are logged by every server on the way, and remembered by browsers. */
public final class NotInTheAddress {

    private NotInTheAddress() {
    }

    /** @param value of the query, or {@code null} */
    public static void require(String field, String value) {
        if (value != null) {
            throw Refusal.of(InputRefusal.NOT_IN_THE_ADDRESS, field);
        }
    }
}
