package org.kopuro.notices;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a mail system did with a letter, as RFC 3464 names it; what is worse comes later. */
public enum ReportAction {
    DELIVERED,
    /** Handed on to a system that reports nothing. */
    RELAYED,
    /** To several mailboxes behind one address. */
    EXPANDED,
    DELAYED,
    /** It came back. */
    FAILED;

    static Optional<ReportAction> named(String text) {
        return Arrays.stream(values()).filter(action -> action.name().equals(text.strip().toUpperCase(Locale.ROOT))).findFirst();
    }
}
