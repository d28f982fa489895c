package org.kopuro.access.monitoring;

/** What a rule looks for; V020 says how its numbers are meant, V077 of the last one. */
public enum SignalKind {
    EXCESSIVE_LOAD, SEQUENTIAL_IDENTIFIERS, REFUSAL_SHARE, NIGHT_READS, NO_BUSINESS_EVENT
}
