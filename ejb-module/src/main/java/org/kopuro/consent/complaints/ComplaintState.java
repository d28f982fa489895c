package org.kopuro.consent.complaints;

/** Where a complaint stands. */
public enum ComplaintState {
    RECEIVED, ANSWERED
}
