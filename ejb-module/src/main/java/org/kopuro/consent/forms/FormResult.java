package org.kopuro.consent.forms;

import org.kopuro.kernel.RefusalCode;

/** What the checks of a transfer came to, in their order (CON-94). The texts say it to people, in the words of refusals. */
public enum FormResult implements RefusalCode {
    REGISTERED,
    /** Another transfer of the participant with this number, or with this file, is registered. */
    ALREADY_REGISTERED,
    TAXPAYER_NOT_FOUND,
    NAME_MISMATCH,
    SERVICE_NOT_IN_AGREEMENT,
    FORM_VERSION_UNKNOWN,
    EXPIRED,
    DOCUMENT_MISSING,
    HASH_MISMATCH,
    /** {@link SignatureProblem} says why. */
    SIGNATURE_INVALID
}
