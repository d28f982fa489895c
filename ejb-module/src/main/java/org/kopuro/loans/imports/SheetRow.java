package org.kopuro.loans.imports;

import java.util.List;

/**
 * A row as it stands in the file.
 *
 * @param number as a spreadsheet numbers it, from 1
 * @param cells  from the first column on
 * @param whole  false where it has not as many as its file's format demands
 */
record SheetRow(int number, List<Cell> cells, boolean whole) {

    SheetRow {
        cells = List.copyOf(cells);
    }

    Cell cell(int column) {
        return column < cells.size() ? cells.get(column) : Cell.EMPTY;
    }
}
