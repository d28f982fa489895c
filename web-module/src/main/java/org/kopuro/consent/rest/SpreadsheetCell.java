package org.kopuro.consent.rest;

import java.util.Optional;

/** What a caller wrote is a text to a spreadsheet, too, never a formula. */
final class SpreadsheetCell {

    private SpreadsheetCell() {
    }

    /** Of a file in which a cell is what it looks like. */
    static String of(Object value) {
        String text = text(value);
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    /** Of one in which a cell says what it is. Empty for what is absent. */
    static String text(Object value) {
        return value instanceof Optional<?> optional ? optional.map(Object::toString).orElse("") : value.toString();
    }
}
