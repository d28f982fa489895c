package org.kopuro.access.duties;

/** What happens to an incident. A MEASURE is something that was done about it; CLOSE says how it ended. */
public enum IncidentEvent {
    OPEN, MEASURE, CLOSE
}
