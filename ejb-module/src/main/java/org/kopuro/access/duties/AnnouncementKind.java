package org.kopuro.access.duties;

/** What can be announced. */
public enum AnnouncementKind {
    OUTAGE, CHANGE
}
