package org.kopuro.consent.forms.batches;

import org.kopuro.kernel.RefusalCode;

/** Why an archive is no batch. */
public enum BatchRefusal implements RefusalCode {
    /** Without {@code consents.csv}, or it cannot be read: UTF-8, the columns, quotation marks. */
    BATCH_LIST_UNREADABLE,
    BATCH_ROWS_TOO_MANY,
    /** Two rows name the same file. */
    BATCH_FILE_NAMED_TWICE,
    /** No row names a file that is there. */
    BATCH_FILE_NAMED_BY_NONE
}
