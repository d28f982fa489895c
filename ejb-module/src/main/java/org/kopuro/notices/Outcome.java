package org.kopuro.notices;

import java.util.Optional;

/** What became of one attempt. */
record Outcome(Kind kind, Optional<String> problem) {

    enum Kind {
        SENT,
        /** For another time. */
        DEFERRED,
        /** For good. */
        REJECTED,
        /** For another time, and over this connection there is no next one. */
        BROKEN
    }

    static final Outcome SENT = new Outcome(Kind.SENT, Optional.empty());

    static Outcome of(Kind kind, String problem) {
        return new Outcome(kind, Optional.of(problem));
    }
}
