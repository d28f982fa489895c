package org.kopuro.loans.imports;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why a file is not taken, or a cell or a row of it. */
public enum ImportRefusal implements RefusalCode {
    /** Neither a workbook nor a text in UTF-8. */
    TABLE_NOT_TEXT,
    /** A quotation mark that does not end, or something behind it: often half a file. */
    TABLE_QUOTES_BROKEN,
    /** The last row ends in the middle. */
    TABLE_CUT_OFF,
    TABLE_EMPTY,
    TABLE_ROWS_TOO_MANY,
    TABLE_COLUMNS_TOO_MANY,
    TABLE_CELL_TOO_LONG,
    TABLE_TEXTS_TOO_MANY,
    TABLE_MERGED_CELLS,
    TABLE_COLUMN_MISSING,
    TABLE_COLUMN_TWICE,
    /** A formula is what somebody computes, not what somebody states. */
    CELL_FORMULA,
    CELL_ERROR,
    CELL_NOT_TEXT,
    /** A number of one digit less than it must have: a zero was lost at its beginning. */
    CELL_ZERO_LOST,
    CELL_NOT_DATE,
    CELL_NOT_MONEY,
    CELL_NOT_NUMBER,
    CELL_NOT_RATE,
    CELL_NOT_DATED_SUMS,
    /** More or fewer cells than the heading has. */
    ROW_CELLS,
    /** An application number that a row before has. */
    ROW_REPEATED,
    /** A defect of ours: the row should have been refused with a reason. */
    ROW_NOT_STORABLE,
    IMPORTS_TOO_MANY,
    /** A node is at it this moment. */
    IMPORT_BUSY,
    /** Removed some time after the end. */
    IMPORT_FILE_REMOVED,
    IMPORT_WATCHERS_TOO_MANY;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case IMPORTS_TOO_MANY, IMPORT_WATCHERS_TOO_MANY -> RefusalKind.TOO_MANY;
            case IMPORT_BUSY -> RefusalKind.CONFLICT;
            case IMPORT_FILE_REMOVED -> RefusalKind.GONE;
            default -> RefusalKind.RULE;
        };
    }
}
