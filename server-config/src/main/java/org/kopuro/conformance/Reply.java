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

    /** @param body made from the request: an answer repeats its header */
    record Sent(int status, Map<String, String> headers, Duration after, Function<Request, byte[]> body) implements Reply {
    }

    /** The connection breaks before a word is said. */
    record Broken() implements Reply {
    }

    /** The connection stays and nothing comes. */
    record Silent() implements Reply {
    }

    String XML = "text/xml; charset=UTF-8";

    static Reply answer(Function<Request, byte[]> body) {
        return new Sent(200, Map.of("Content-Type", XML), Duration.ZERO, body);
    }

    static Reply fault(Function<Request, byte[]> body) {
        return new Sent(500, Map.of("Content-Type", XML), Duration.ZERO, body);
    }

    static Reply raw(int status, String type, String text) {
        return new Sent(status, Map.of("Content-Type", type), Duration.ZERO, unused -> text.getBytes(StandardCharsets.UTF_8));
    }

    static Reply redirect(int status, String location) {
        return new Sent(status, Map.of("Location", location), Duration.ZERO, unused -> new byte[0]);
    }
}
