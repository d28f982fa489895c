package org.kopuro.access.duties;

/** The end that is put to an announcement: once, and to an outage that has begun only ENDED. */
public enum AnnouncementEvent {
    WITHDRAWN, ENDED
}
