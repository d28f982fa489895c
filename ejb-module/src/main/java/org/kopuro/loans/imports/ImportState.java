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
    /** Nothing is placed: it was to be all or nothing and came to nothing, or its file cannot be read any more. */
    REFUSED,
    /** By the bank; or its file cannot be read any more, where something is placed by then. That stays. */
    CANCELLED;

    public boolean ended() {
        return this == DONE || this == REFUSED || this == CANCELLED;
    }
}
