package org.kopuro.access.decrees;

/** What an official decides of a connection whose decree was changed. */
public enum DecreeOutcome {
    KEEP,
    /** That it is disconnected, which another official decides. */
    PROPOSE
}
