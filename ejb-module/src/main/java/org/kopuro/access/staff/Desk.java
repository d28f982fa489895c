package org.kopuro.access.staff;

/** Who of a unit. */
public enum Desk {
    UNIT, HEAD
}
