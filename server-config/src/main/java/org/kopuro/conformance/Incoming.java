package org.kopuro.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * A request as it came over HTTP.
 *
 * @param path   as it was sent, percent-encoded
 * @param query  without its question mark
 * @param fields by names in lower case
 * @param shown  the certificate of the connection, if it showed one
 * @param body   no more than {@link #LENGTH_MAX} octets and one
 */
record Incoming(String method, String path, Optional<String> query, Map<String, List<String>> fields, Optional<X509Certificate> shown, byte[] body) {

    static final int LENGTH_MAX = 1024 * 1024;

    static Incoming of(HttpExchange exchange) throws IOException {
        Map<String, List<String>> fields = new TreeMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> fields.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        return new Incoming(exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(), Optional.ofNullable(exchange.getRequestURI().getRawQuery()), fields, shown(exchange),
                exchange.getRequestBody().readNBytes(LENGTH_MAX + 1));
    }

    private static Optional<X509Certificate> shown(HttpExchange exchange) {
        try {
            return exchange instanceof HttpsExchange secure && secure.getSSLSession().getPeerCertificates()[0] instanceof X509Certificate certificate ? Optional.of(certificate)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
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
