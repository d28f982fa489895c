package org.kopuro.access.duties;

/** Who noticed an incident first (ACC-98); a signal is the monitoring's. */
public enum IncidentSource {
    PARTICIPANT, OFFICER, SIGNAL, TAXPAYER
}
