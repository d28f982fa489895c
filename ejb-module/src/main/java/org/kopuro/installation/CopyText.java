package org.kopuro.installation;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.StringJoiner;
import org.postgresql.copy.CopyIn;

/** Rows in the text format of PostgreSQL's COPY, gathered in memory until they are sent. */
public final class CopyText {

    private static final String SPECIAL = "\\\t\n\r";
    private static final String WRITTEN = "\\tnr";

    private final StringBuilder text = new StringBuilder(1 << 16);
    private boolean insideRow;

    /** @param value null for what is absent */
    public CopyText value(String value) {
        separate();
        if (value == null) {
            text.append("\\N");
        } else {
            escape(value);
        }
        return this;
    }

    public CopyText value(long value) {
        separate();
        text.append(value);
        return this;
    }

    /** @param value null for what is absent */
    public CopyText value(LocalDate value) {
        return value(value == null ? null : value.toString());
    }

    public void endRow() {
        text.append('\n');
        insideRow = false;
    }

    public int length() {
        return text.length();
    }

    public void cutTo(int length) {
        text.setLength(length);
        insideRow = false;
    }

    public void sendTo(CopyIn copy) throws SQLException {
        byte[] octets = text.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(octets, 0, octets.length);
        text.setLength(0);
    }

    /** Values as a statement's parameters are given. */
    void row(Object[] values) {
        for (Object value : values) {
            Object plain = SqlValue.plain(value);
            if (plain instanceof byte[] octets) {
                value("\\x" + HexFormat.of().formatHex(octets));
            } else if (plain instanceof Collection<?> elements) {
                value(array(elements));
            } else {
                value(plain == null ? null : plain.toString());
            }
        }
        endRow();
    }

    private static String array(Collection<?> elements) {
        StringJoiner array = new StringJoiner(",", "{", "}");
        elements.forEach(element -> array.add('"' + SqlValue.plain(element).toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"'));
        return array.toString();
    }

    private void separate() {
        if (insideRow) {
            text.append('\t');
        }
        insideRow = true;
    }

    private void escape(String value) {
        int from = 0;
        for (int i = 0; i < value.length(); i++) {
            int special = SPECIAL.indexOf(value.charAt(i));
            if (special >= 0) {
                text.append(value, from, i).append('\\').append(WRITTEN.charAt(special));
                from = i + 1;
            }
        }
        text.append(value, from, value.length());
    }
}
