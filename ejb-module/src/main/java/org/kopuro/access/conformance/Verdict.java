package org.kopuro.access.conformance;

/** How a scenario ended. */
public enum Verdict {
    PASSED,
    FAILED,
    /** Demanded only of products that present tokens, and no service was named that takes one. */
    NOT_APPLICABLE
}
