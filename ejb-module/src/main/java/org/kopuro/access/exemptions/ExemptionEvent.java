package org.kopuro.access.exemptions;

/** What happens to an exemption. */
public enum ExemptionEvent {
    RECORD, CONFIRM, REJECT, END
}
