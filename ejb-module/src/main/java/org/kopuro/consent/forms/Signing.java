package org.kopuro.consent.forms;

import org.kopuro.documents.DocumentLimits;

/** How a form was signed (CON-92), and what file comes of it. */
public enum Signing {
    /** By hand; the file is a scan. */
    HANDWRITTEN(DocumentLimits.STATEMENT),
    /** Electronically; the signature is a file of its own. */
    CMS_DETACHED(DocumentLimits.STATEMENT),
    /** Electronically; the file is inside the signature. */
    CMS_EMBEDDED(DocumentLimits.SIGNED_STATEMENT);

    /** Of the signature that lies beside a file. */
    public static final DocumentLimits SIGNATURE_LIMITS = DocumentLimits.SIGNATURE;

    private final DocumentLimits fileLimits;

    Signing(DocumentLimits fileLimits) {
        this.fileLimits = fileLimits;
    }

    public DocumentLimits fileLimits() {
        return fileLimits;
    }
}
