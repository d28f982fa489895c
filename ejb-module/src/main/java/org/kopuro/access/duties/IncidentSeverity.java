package org.kopuro.access.duties;

/** How bad an incident is. */
public enum IncidentSeverity {
    LOW, MEDIUM, HIGH, CRITICAL
}
