package org.kopuro.conformance;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What answers a request over HTTP.
 *
 * @param fields names are as sent
 */
record Outgoing(int status, Map<String, String> fields, byte[] body) {

    static final String CONTENT_TYPE = "Content-Type";

    Optional<String> field(String name) {
        return fields.entrySet().stream().filter(field -> field.getKey().toLowerCase(Locale.ROOT).equals(name)).map(Map.Entry::getValue).findFirst();
    }

    @Override
    public String toString() {
        return status + " of " + body.length + " octets";
    }
}
