package org.kopuro.access.requests;

/** What happens to a request (ACC-T01 to ACC-T09). */
public enum RequestEvent {
    SUBMIT, CONFIRM, DECLINE, ASK, SUPPLY, GRANT, REFUSE, RETRACT, LAPSE
}
