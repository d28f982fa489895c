package org.kopuro.registers.bulk;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import org.postgresql.copy.CopyIn;

/** Rows in the text format of COPY, gathered in memory until they are sent. */
final class CopyText {

    private final StringBuilder text = new StringBuilder(1 << 16);
    private boolean insideRow;

    CopyText value(String value) {
        if (value == null) {
            return raw("\\N");
        }
        separate();
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
        return this;
    }

    CopyText value(long value) {
        separate();
        text.append(value);
        return this;
    }

    CopyText value(LocalDate value) {
        return raw(value == null ? "\\N" : value.toString());
    }

    void endRow() {
        text.append('\n');
        insideRow = false;
    }

    int length() {
        return text.length();
    }

    void cutTo(int length) {
        text.setLength(length);
        insideRow = false;
    }

    void sendTo(CopyIn copy) throws SQLException {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        text.setLength(0);
    }

    private CopyText raw(String value) {
        separate();
        text.append(value);
        return this;
    }

    private void separate() {
        if (insideRow) {
            text.append('\t');
        }
        insideRow = true;
    }
}
