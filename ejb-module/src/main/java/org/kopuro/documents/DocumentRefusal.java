package org.kopuro.documents;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why a file is not accepted, or a document not given out. */
public enum DocumentRefusal implements RefusalCode {
    DOCUMENT_TOO_LARGE,
    DOCUMENT_EMPTY,
    DOCUMENT_NAME_TOO_LONG,
    DOCUMENT_NAME_INVALID,
    DOCUMENT_EXTENSION_DIFFERS,
    DOCUMENT_TYPE_NOT_ALLOWED,
    DOCUMENT_TYPE_NOT_WANTED_HERE,
    DOCUMENT_EXECUTABLE,
    DOCUMENT_WEB_PAGE,
    DOCUMENT_ARCHIVE,
    DOCUMENT_OFFICE_TOO_OLD,
    DOCUMENT_ENCRYPTED,
    DOCUMENT_SEVERAL_FORMATS,
    DOCUMENT_DAMAGED,
    DOCUMENT_EXPANDS_TOO_FAR,
    DOCUMENT_ACTIVE_CONTENT,
    DOCUMENT_HOLDS_FILES,
    DOCUMENT_REFERS_OUTSIDE,
    DOCUMENT_IMAGE_TOO_LARGE,
    DOCUMENT_TEXT_NOT_UTF8,
    DOCUMENT_XML_DTD,
    DOCUMENT_SIGNATURE_NOT_DETACHED,
    DOCUMENT_ALTERED;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case DOCUMENT_TOO_LARGE -> RefusalKind.TOO_LARGE;
            default -> RefusalKind.RULE;
        };
    }
}
