package org.kopuro.access.credentials;

/** A link is OPEN until it is used, another one takes its place, or the node ends; EXPIRED it is by the clock alone. Whatever is not OPEN stays so. */
public enum LinkState {
    OPEN, EXPIRED, REDEEMED, REPLACED, ENDED
}
