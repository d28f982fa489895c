package org.kopuro.loans.imports;

import java.time.Duration;
import org.kopuro.documents.ArchiveLimits;

/**
 * How much of everything (LOAN-96) [data].
 *
 * @param rowsMax           without the heading and empty rows
 * @param charactersMax     of a cell
 * @param chunkRows         rows in one transaction
 * @param unfinishedMax     imports of a bank at a time
 * @param kept              after the end of its last import, until a file's content is removed
 */
public record ImportLimits(int megabytesMax, int unpackedMegabytesMax, int entriesMax, int rowsMax, int columnsMax, int charactersMax, int chunkRows, int unfinishedMax, Duration kept) {

    /** Of all texts that cells of a workbook share, in multiples of rows: what is longer stands in cells, not in the table. */
    private static final int SHARED_CHARACTERS_PER_ROW = 320;

    ArchiveLimits archive() {
        return new ArchiveLimits(megabytesMax, entriesMax, unpackedMegabytesMax);
    }

    long sharedCharactersMax() {
        return (long) rowsMax * SHARED_CHARACTERS_PER_ROW;
    }
}
