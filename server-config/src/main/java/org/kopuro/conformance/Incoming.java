package org.kopuro.conformance;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as it came over HTTP.
 *
 * @param path   as it was sent, percent-encoded
 * @param query  without its question mark
 * @param fields by names in lower case
 * @param body   no more than {@link #LENGTH_MAX} octets and one
 */
record Incoming(String method, String path, Optional<String> query, Map<String, List<String>> fields, byte[] body) {

    static final int LENGTH_MAX = 1024 * 1024;

    static Incoming of(HttpExchange exchange) throws IOException {
        Map<String, List<String>> fields = new TreeMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> fields.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        return new Incoming(exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(), Optional.ofNullable(exchange.getRequestURI().getRawQuery()), fields,
                exchange.getRequestBody().readNBytes(LENGTH_MAX + 1));
    }

    /** A field's value as a signature sees it (RFC 9421 §2.1). */
    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name)).map(values -> String.join(", ", values.stream().map(String::strip).toList()));
    }

    boolean is(String method, String mediaType, int lengthMax) {
        return this.method.equals(method) && body.length <= lengthMax && field("content-type").orElse("").toLowerCase(Locale.ROOT).startsWith(mediaType);
    }

    /** Without what it carries. */
    @Override
    public String toString() {
        return method + " of " + body.length + " octets";
    }
}
