package org.kopuro.installation;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.kopuro.kernel.Id;

/** What the driver knows of a value, however it is sent. */
final class SqlValue {

    private SqlValue() {
    }

    static Object plain(Object value) {
        if (value instanceof Optional<?> optional) {
            return plain(optional.orElse(null));
        }
        if (value instanceof Instant instant) {
            return instant.atOffset(ZoneOffset.UTC);
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        return value instanceof Id id ? id.value() : value;
    }
}
