package org.kopuro.exchange.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Nothing that a caller wrote is computed, and each text can be had back (LOAN-104). */
class SpreadsheetCellTest {

    @Test
    void hasAnApostropheBeforeWhatWouldBeComputedAndBeforeWhatLooksLikeThat() {
        for (String text : List.of("=1+1", "+7", "-1", "@sum", "\tx", "\rx", "\nx", "\0x", "'=1", "''@x")) {
            assertEquals("'" + text, SpreadsheetCell.of(text));
        }
        for (String text : List.of("", "x", "'x", "'", "''", "1=1", " =1")) {
            assertEquals(text, SpreadsheetCell.of(text));
        }
        assertEquals("", SpreadsheetCell.of(Optional.empty()));
    }

    @Test
    void isHadBackByTakingOneApostropheFromWhateverLooksSo() {
        for (String text : List.of("=1", "'=1", "''=1", "'x", "''", "x", "'", "-")) {
            String cell = SpreadsheetCell.of(text);
            String back = cell.matches("(?s)'+[=+\\-@\\t\\r\\n\\x00].*") ? cell.substring(1) : cell;
            assertEquals(text, back);
            assertFalse(cell.startsWith("="));
        }
    }
}
