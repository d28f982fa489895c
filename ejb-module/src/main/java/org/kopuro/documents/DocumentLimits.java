package org.kopuro.documents;

import java.util.EnumSet;
import java.util.Set;

/**
 * What one purpose accepts.
 *
 * @param sizeMaxMegabytes of 1024 × 1024 octets, from 1 to {@value #MEGABYTES_MAX}
 */
public record DocumentLimits(int sizeMaxMegabytes, Set<DocumentType> types) {

    /** [data] A hundred scanned pages of a readable quality. The database knows the same number. */
    static final int MEGABYTES_MAX = 20;

    /** Any document that people read. */
    public static final DocumentLimits USUAL = new DocumentLimits(MEGABYTES_MAX, EnumSet.complementOf(EnumSet.of(DocumentType.SIGNED_TEXT)));
    /** What a program signed for a program. */
    public static final DocumentLimits SIGNED_TEXT = new DocumentLimits(SignatureCheck.MEGABYTES_MAX, EnumSet.of(DocumentType.SIGNED_TEXT));

    public DocumentLimits {
        if (sizeMaxMegabytes < 1 || sizeMaxMegabytes > MEGABYTES_MAX) {
            throw new IllegalArgumentException("A document has at most " + MEGABYTES_MAX + " MB, not " + sizeMaxMegabytes + ".");
        }
        types = Set.copyOf(types);
    }

    long sizeMax() {
        return sizeMaxMegabytes * 1024L * 1024;
    }
}
