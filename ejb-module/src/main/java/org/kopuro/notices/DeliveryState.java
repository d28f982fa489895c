package org.kopuro.notices;

/** How far a notice is on its way to one address. */
public enum DeliveryState {
    /** Not taken yet; tried again and again. */
    PENDING,
    /** The mail server took it. */
    SENT,
    /** The mail server refused it for good, the address is none, or an officer replaced it. */
    REJECTED
}
