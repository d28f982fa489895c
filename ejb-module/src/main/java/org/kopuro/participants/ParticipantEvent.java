package org.kopuro.participants;

/** What happens to a participant's record. */
public enum ParticipantEvent {
    REGISTER, CHANGE
}
