package org.kopuro.exchange.rest;

import java.util.Optional;

/** What a caller wrote is a text to a spreadsheet, too, never a formula. */
public final class SpreadsheetCell {

    private SpreadsheetCell() {
    }

    /** Empty for what is absent. */
    public static String of(Object value) {
        String text = value instanceof Optional<?> optional ? optional.map(Object::toString).orElse("") : value.toString();
        return !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
