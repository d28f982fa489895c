package org.kopuro.consent.forms;

import org.kopuro.documents.DocumentLimits;

/** How a form was signed (CON-92), and what file comes of it. */
public enum Signing {
    /** By hand; the file is a scan. */
    HANDWRITTEN(true),
    /** Electronically; the signature is a file of its own. */
    CMS_DETACHED(true),
    /** Electronically; the file is inside the signature. */
    CMS_EMBEDDED(false);

    /** Of the signature that lies beside a file. */
    public static final DocumentLimits SIGNATURE_LIMITS = DocumentLimits.SIGNATURE;

    private final boolean beside;

    Signing(boolean beside) {
        this.beside = beside;
    }

    /**
     * Of the file. What is inside its signature is read into memory, so that its own limit stands.
     *
     * @param megabytes [data] of a form
     */
    public DocumentLimits fileLimits(int megabytes) {
        return beside ? DocumentLimits.STATEMENT.upTo(megabytes) : DocumentLimits.SIGNED_STATEMENT;
    }
}
