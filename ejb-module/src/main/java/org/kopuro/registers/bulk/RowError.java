package org.kopuro.registers.bulk;

import org.kopuro.kernel.Refusal;

/**
 * A row of an extract that was not loaded, or in TEST was loaded with something that PRODUCTION refuses (ACC-15).
 *
 * @param line    the line of the file, counted from 1; the header is line 1
 * @param refusal what is wrong with the row; its field is the column. Of one that was not loaded, the first thing
 * @param loaded  whether it is a warning only
 */
public record RowError(long line, Refusal refusal, boolean loaded) {
}
