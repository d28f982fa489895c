package org.kopuro.access.procedures;

/** What the authority may do to a connection of its own accord, or whom it may leave outside the procedure, each on grounds that the procedure lists. */
public enum Measure {
    SUSPENSION, DISCONNECTION, TERMINATION, EXEMPTION
}
