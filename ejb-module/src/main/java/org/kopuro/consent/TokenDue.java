package org.kopuro.consent;

import java.util.Locale;

/** What time brings about for a token. */
enum TokenDue {
    EXPIRED(TokenEvent.REACH_EXPIRY, TokenState.EXPIRED),
    USED_UP(TokenEvent.USE_LAST_UNIT, TokenState.EXHAUSTED),
    /** Its overlap with its successor is over. */
    REPLACED(TokenEvent.REPLACE, TokenState.REVOKED),
    OF_ENDED_TAXPAYER(TokenEvent.END_SUBJECT, TokenState.REVOKED);

    private final TokenEvent event;
    private final TokenState state;

    TokenDue(TokenEvent event, TokenState state) {
        this.event = event;
        this.state = state;
    }

    TokenEvent event() {
        return event;
    }

    TokenState state() {
        return state;
    }

    /** Under which name it waits after a failure. */
    String matter(String id) {
        return "token " + name().toLowerCase(Locale.ROOT) + " " + id;
    }
}
