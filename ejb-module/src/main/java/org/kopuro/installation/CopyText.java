package org.kopuro.installation;

import java.util.Collection;
import java.util.HexFormat;
import java.util.StringJoiner;

/** Rows in the text format of PostgreSQL's COPY. */
final class CopyText {

    private final StringBuilder text = new StringBuilder();

    void add(Object[] values) {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                text.append('\t');
            }
            add(SqlValue.plain(values[i]));
        }
        text.append('\n');
    }

    private void add(Object value) {
        if (value == null) {
            text.append("\\N");
        } else if (value instanceof byte[] octets) {
            text.append("\\\\x").append(HexFormat.of().formatHex(octets));
        } else if (value instanceof Collection<?> elements) {
            escape(array(elements));
        } else {
            escape(value.toString());
        }
    }

    private static String array(Collection<?> elements) {
        StringJoiner array = new StringJoiner(",", "{", "}");
        elements.forEach(element -> array.add('"' + SqlValue.plain(element).toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"'));
        return array.toString();
    }

    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(c);
            }
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
