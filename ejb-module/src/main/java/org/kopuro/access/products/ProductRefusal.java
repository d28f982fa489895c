package org.kopuro.access.products;

import org.kopuro.kernel.RefusalCode;
import org.kopuro.kernel.RefusalKind;

/** Why a product or its document is not taken, or why a product stops a grant. */
public enum ProductRefusal implements RefusalCode {
    /** An account of TEST does not change what a connection to PRODUCTION rests on, or a request for one. */
    PRODUCT_IN_PRODUCTION,
    PRODUCT_NAME_TAKEN,
    PRODUCTS_TOO_MANY,
    PRODUCT_DOCUMENTS_TOO_MANY,
    PRODUCT_DOCUMENT_NUMBER_TAKEN,
    PRODUCT_DOCUMENT_OVER,
    PRODUCT_DOCUMENT_ISSUED_IN_THE_FUTURE,
    PRODUCT_OF_ANOTHER_PARTICIPANT,
    /** The procedure wants documents of the products that a request is for, and it names none. */
    PRODUCT_MISSING,
    /** ACC-9. */
    PRODUCT_DOCUMENTS_MISSING;

    @Override
    public RefusalKind kind() {
        return switch (this) {
            case PRODUCT_IN_PRODUCTION -> RefusalKind.FORBIDDEN;
            case PRODUCT_NAME_TAKEN, PRODUCT_DOCUMENT_NUMBER_TAKEN, PRODUCT_MISSING, PRODUCT_DOCUMENTS_MISSING -> RefusalKind.CONFLICT;
            default -> RefusalKind.RULE;
        };
    }
}
