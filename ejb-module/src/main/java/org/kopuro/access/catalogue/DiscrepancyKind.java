package org.kopuro.access.catalogue;

/** What a service's owner has to look into. */
public enum DiscrepancyKind {
    /** Offered here, and not listed there. */
    MISSING_IN_EXCHANGE,
    /** Listed there, and unknown here. */
    MISSING_HERE,
    /** Listed there, and switched off here. */
    DISABLED_HERE,
    /** Listed there as of another kind. */
    PROTOCOL_DIFFERS,
    /** Listed there under another title. */
    TITLE_DIFFERS,
    /** Listed there with the digest of another contract than any contour has published. */
    CONTRACT_DIFFERS,
    /** The exchange's catalogue could not be read: about no service. */
    SOURCE_UNUSABLE
}
