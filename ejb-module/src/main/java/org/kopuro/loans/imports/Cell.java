package org.kopuro.loans.imports;

/**
 * A cell as it stands in the file.
 *
 * @param text of a date ISO 8601 without a zone, of a number as it is stored; of a formula what it last came to
 */
record Cell(Kind kind, String text) {

    static final Cell EMPTY = new Cell(Kind.EMPTY, "");

    enum Kind {
        EMPTY, TEXT, NUMBER, PERCENT, DATE, BOOLEAN, ERROR, FORMULA
    }

    static Cell text(String text) {
        return text.isBlank() ? EMPTY : new Cell(Kind.TEXT, text);
    }

    boolean empty() {
        return kind == Kind.EMPTY;
    }
}
