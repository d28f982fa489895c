package org.kopuro.consent.forms;

import org.kopuro.kernel.RefusalCode;

/** Why a form version or a settlement is not accepted. */
public enum FormRefusal implements RefusalCode {
    FORM_VERSION_NAMED_ALREADY,
    NO_AGREEMENT_IN_FORCE,
    WITHDRAWN_IN_THE_FUTURE
}
