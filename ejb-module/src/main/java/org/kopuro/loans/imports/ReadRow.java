package org.kopuro.loans.imports;

import java.util.List;
import org.kopuro.kernel.Refusal;

/**
 * A row on its way to be judged.
 *
 * @param refused why it is not, whatever the register says: its cells, or a row before it
 */
record ReadRow(FileRow row, List<Refusal> refused) {
}
