package org.kopuro.consent.forms.batches;

import org.kopuro.consent.forms.Signing;
import org.kopuro.documents.ArchiveLimits;
import org.kopuro.documents.DocumentLimits;

/** What a batch may hold [data] (CON-93). */
public record BatchLimits(int rowsMax, int megabytesMax, int documentMegabytes) {

    /** Much more than anybody's documents grow by; small against a disk. */
    private static final int INFLATED_TIMES = 5;
    /** A signature and the ends of a container. */
    private static final int AROUND_MEGABYTES = 1;

    /** A file and a signature a row, and the list. */
    ArchiveLimits archive() {
        return new ArchiveLimits(megabytesMax, 2 * rowsMax + 1, INFLATED_TIMES * megabytesMax);
    }

    DocumentLimits of(Signing signing) {
        DocumentLimits usual = signing.fileLimits(documentMegabytes);
        int around = signing == Signing.CMS_EMBEDDED ? AROUND_MEGABYTES : 0;
        return new DocumentLimits(Math.min(usual.sizeMaxMegabytes(), documentMegabytes + around), usual.types());
    }
}
