package org.kopuro.participants;

/** What the participant is before the law (ACC-3, ACC-10). */
public enum ParticipantKind {
    LEGAL_PERSON, SOLE_PROPRIETOR, NATURAL_PERSON, STATE_BODY
}
