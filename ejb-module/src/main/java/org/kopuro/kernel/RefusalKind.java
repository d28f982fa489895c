package org.kopuro.kernel;

/** What sort of no a refusal is, for whoever has to put it into the terms of a protocol. */
public enum RefusalKind {
    /** The question cannot be read, or a field of it. */
    MALFORMED,
    TOO_LARGE,
    NOT_THERE,
    /** This caller may not. */
    FORBIDDEN,
    /** Not as things stand now. */
    CONFLICT,
    /** It has changed since the caller read it. */
    STALE,
    /** The caller does not say which version it read. */
    UNCONDITIONAL,
    /** It was there, and is no more. */
    GONE,
    TOO_MANY,
    /** Well asked, and against a rule. */
    RULE,
    /** Nobody is asked for now. */
    UNAVAILABLE,
    /** Somebody else, who was asked, failed. */
    PEER_FAILED,
    TIMED_OUT
}
