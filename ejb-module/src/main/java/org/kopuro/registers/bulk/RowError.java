package org.kopuro.registers.bulk;

import org.kopuro.kernel.Refusal;

/**
 * A row of an extract that was not loaded.
 *
 * @param line    the line of the file, counted from 1; the header is line 1
 * @param refusal the first thing that is wrong with the row; its field is the column
 */
public record RowError(long line, Refusal refusal) {
}
