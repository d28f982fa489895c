package org.kopuro.exchange.metaservices;

import org.kopuro.kernel.RefusalCode;

/** Why there is no description of a service, or no records. */
public enum MetaserviceRefusal implements RefusalCode {
    /** It is not said of which service. */
    SERVICE_CODE_MISSING,
    /** Which operational records are wanted cannot be read. */
    CRITERIA_INVALID
}
