package org.kopuro.consent.rest;

import java.util.Optional;

/** What a caller wrote is a text to a spreadsheet, too, never a formula. */
final class SpreadsheetCell {

    private SpreadsheetCell() {
    }

    /** Empty for what is absent. */
    static String of(Object value) {
        String text = value instanceof Optional<?> optional ? optional.map(Object::toString).orElse("") : value.toString();
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
