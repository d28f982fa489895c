package org.kopuro.documents;

import java.util.EnumSet;
import java.util.Set;

/**
 * What one purpose accepts.
 *
 * @param sizeMaxMegabytes of 1024 × 1024 octets, from 1 to {@value #MEGABYTES_MAX}
 */
public record DocumentLimits(int sizeMaxMegabytes, Set<DocumentType> types) {

    /** [data] Whatever its purpose. The database knows the same number. */
    static final int MEGABYTES_MAX = 100;

    /** Any document that people read. [data] A hundred scanned pages of a readable quality. */
    public static final DocumentLimits USUAL = new DocumentLimits(20, EnumSet.complementOf(EnumSet.of(DocumentType.SIGNED_TEXT, DocumentType.SIGNED_DOCUMENT)));
    /** What a program signed for a program. */
    public static final DocumentLimits SIGNED_TEXT = new DocumentLimits(SignatureCheck.MEGABYTES_MAX, EnumSet.of(DocumentType.SIGNED_TEXT));
    /** [data] CON-93: what a person has signed, for people and programs to read. */
    public static final DocumentLimits STATEMENT = new DocumentLimits(10, EnumSet.of(DocumentType.PDF, DocumentType.XML));
    /** The same inside its signature. */
    public static final DocumentLimits SIGNED_STATEMENT = new DocumentLimits(SignatureCheck.AROUND_DOCUMENT_MEGABYTES_MAX, EnumSet.of(DocumentType.SIGNED_DOCUMENT));
    /** Beside what it signs. */
    public static final DocumentLimits SIGNATURE = new DocumentLimits(SignatureCheck.MEGABYTES_MAX, EnumSet.of(DocumentType.SIGNATURE));

    public DocumentLimits {
        if (sizeMaxMegabytes < 1 || sizeMaxMegabytes > MEGABYTES_MAX) {
            throw new IllegalArgumentException("A document has at most " + MEGABYTES_MAX + " MB, not " + sizeMaxMegabytes + ".");
        }
        types = Set.copyOf(types);
    }

    /** The same types, of another size. */
    public DocumentLimits upTo(int megabytes) {
        return new DocumentLimits(megabytes, types);
    }

    long sizeMax() {
        return sizeMaxMegabytes * 1024L * 1024;
    }
}
