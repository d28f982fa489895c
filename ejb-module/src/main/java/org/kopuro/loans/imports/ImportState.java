package org.kopuro.loans.imports;

/** How far an import is. */
public enum ImportState {
    /** The bank wants four eyes, and its controller has not confirmed it. */
    PROPOSED,
    RECEIVED,
    /** Rows are judged, and nothing is placed. */
    CHECKING,
    APPLYING,
    DONE,
    /** All or nothing, and it came to nothing. */
    REFUSED,
    /** By the bank; or its file cannot be read any more. What is placed stays. */
    CANCELLED;

    public boolean ended() {
        return this == DONE || this == REFUSED || this == CANCELLED;
    }
}
