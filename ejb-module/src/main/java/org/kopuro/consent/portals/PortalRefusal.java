package org.kopuro.consent.portals;

import org.kopuro.kernel.RefusalCode;

/** Why nobody is told on a taxpayer's behalf, or nobody is named. */
public enum PortalRefusal implements RefusalCode {
    NO_PORTAL,
    PORTAL_NAMED_ALREADY
}
