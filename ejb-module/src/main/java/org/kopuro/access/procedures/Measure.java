package org.kopuro.access.procedures;

/** What the authority may do to a connection of its own accord, each on grounds that the procedure lists. */
public enum Measure {
    SUSPENSION, DISCONNECTION, TERMINATION
}
