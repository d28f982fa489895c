package org.kopuro.conformance;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/** What a request gets. */
sealed interface Reply {

    /** TEST's own answer, unchanged. */
    record Forwarded() implements Reply {
    }

    /** @param answer made from the request: it repeats its header */
    record Sent(Duration after, Function<Request, Outgoing> answer) implements Reply {
    }

    /** The connection breaks before a word is said. */
    record Broken() implements Reply {
    }

    /** The connection stays and nothing comes. */
    record Silent() implements Reply {
    }

    static Reply of(Function<Request, Outgoing> answer) {
        return new Sent(Duration.ZERO, answer);
    }

    static Reply raw(int status, String type, String text) {
        return of(unused -> new Outgoing(status, Map.of(Outgoing.CONTENT_TYPE, type), text.getBytes(StandardCharsets.UTF_8)));
    }

    static Reply redirect(int status, String location) {
        return of(unused -> new Outgoing(status, Map.of("Location", location), new byte[0]));
    }
}
