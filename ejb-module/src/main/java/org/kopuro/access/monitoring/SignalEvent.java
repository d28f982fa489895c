package org.kopuro.access.monitoring;

/** What happens to a signal. PROPOSE: an official has suspended the participant, or announced it, because of this signal. */
public enum SignalEvent {
    RAISE, PROPOSE, DISMISS
}
