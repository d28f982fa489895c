package org.kopuro.exchange.rest;

import java.util.Optional;

/** What a caller wrote is a text to a spreadsheet, too, never a formula: it has an apostrophe before it. So has what would be taken for such a text, that whoever reads a file can take one away from each. */
public final class SpreadsheetCell {

    private SpreadsheetCell() {
    }

    /** Empty for what is absent. */
    public static String of(Object value) {
        String text = value instanceof Optional<?> optional ? optional.map(Object::toString).orElse("") : value.toString();
        int first = 0;
        while (first < text.length() && text.charAt(first) == '\'') {
            first++;
        }
        return first < text.length() && "=+-@\t\r\n\0".indexOf(text.charAt(first)) >= 0 ? "'" + text : text;
    }
}
