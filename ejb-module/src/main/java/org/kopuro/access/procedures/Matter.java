package org.kopuro.access.procedures;

/** What a procedure tells its participants in words, beside rules and times (ACC-20). */
public enum Matter {
    CONTOURS, APPLICANTS, CHANNEL, NOTICES_TO
}
