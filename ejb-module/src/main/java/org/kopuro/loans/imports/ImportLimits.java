package org.kopuro.loans.imports;

import java.time.Duration;
import org.kopuro.documents.ArchiveLimits;

/**
 * How much of everything (LOAN-96) [data].
 *
 * @param rowsMax           without the heading and empty rows
 * @param charactersMax     of a cell, but of those that list sums: what is longer is an error of its row
 * @param chunkRows         rows in one transaction
 * @param unfinishedMax     imports of a bank at a time
 * @param kept              after the end of its last import, until a file's content is removed
 */
public record ImportLimits(int megabytesMax, int unpackedMegabytesMax, int entriesMax, int rowsMax, int columnsMax, int charactersMax, int chunkRows, int unfinishedMax, Duration kept) {

    /** Characters of any cell, as spreadsheets bound it: a table with a longer one is refused whole. */
    static final int CELL_MAX = 32_767;
    /** Characters of a cell that lists sums by their days: a loan is issued in hundreds of parts, and its export is a file for us. */
    static final int SUMS_CELL_MAX = 32_000;
    /** Of all texts that cells of a workbook share, in multiples of rows: what is longer stands in cells, not in the table. */
    private static final int SHARED_CHARACTERS_PER_ROW = 320;

    ArchiveLimits archive() {
        return new ArchiveLimits(megabytesMax, entriesMax, unpackedMegabytesMax);
    }

    long sharedCharactersMax() {
        return (long) rowsMax * SHARED_CHARACTERS_PER_ROW;
    }
}
