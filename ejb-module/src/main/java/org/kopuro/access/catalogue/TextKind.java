package org.kopuro.access.catalogue;

/** What is published for everybody: the order (ACC-84), and what the procedures refer to (ACC-88). */
public enum TextKind {
    ORDER, API_DESCRIPTION, GUIDE_FOR_BANKS, GUIDE_FOR_AGENCIES, REQUEST_FORM
}
