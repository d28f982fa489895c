package org.kopuro.loans.imports;

import java.io.IOException;
import java.util.List;
import org.kopuro.documents.TableFile;
import org.kopuro.kernel.Refusal;

/** A table's rows, one after another, within its limits; those in which nothing stands are left out. */
final class SheetRows {

    static final String FIELD = "file";

    private final ImportLimits limits;
    private final Taking taking;
    private int count;
    private boolean enough;

    /** Takes a row; says whether it wants another. */
    @FunctionalInterface
    interface Taking {
        boolean take(SheetRow row) throws IOException;
    }

    private SheetRows(ImportLimits limits, Taking taking) {
        this.limits = limits;
        this.taking = taking;
    }

    /** The heading is the first of them. */
    static void each(TableFile file, ImportLimits limits, Taking taking) throws IOException {
        SheetRows rows = new SheetRows(limits, taking);
        switch (file.format()) {
            case XLSX -> new WorkbookTable(file, limits).read(rows);
            case CSV -> CsvTable.read(file, rows);
        }
        if (rows.count < 2 && !rows.enough) {
            throw Refusal.of(ImportRefusal.TABLE_EMPTY, FIELD);
        }
    }

    /** @return whether more is wanted */
    boolean add(int number, List<Cell> cells, boolean whole) throws IOException {
        if (cells.stream().allMatch(Cell::empty)) {
            return true;
        }
        if (count++ > limits.rowsMax()) {
            throw Refusal.of(ImportRefusal.TABLE_ROWS_TOO_MANY, FIELD, limits.rowsMax());
        }
        enough = !taking.take(new SheetRow(number, cells, whole));
        return !enough;
    }

    void requireColumn(int column) {
        if (column >= limits.columnsMax()) {
            throw Refusal.of(ImportRefusal.TABLE_COLUMNS_TOO_MANY, FIELD, limits.columnsMax());
        }
    }

    Refusal tooLong(int row, int column) {
        return Refusal.of(ImportRefusal.TABLE_CELL_TOO_LONG, FIELD, address(row, column), ImportLimits.CELL_MAX);
    }

    /** Such as AB12. */
    static String address(int row, int column) {
        StringBuilder letters = new StringBuilder();
        for (int left = column; left >= 0; left = left / 26 - 1) {
            letters.insert(0, (char) ('A' + left % 26));
        }
        return letters.append(row).toString();
    }
}
