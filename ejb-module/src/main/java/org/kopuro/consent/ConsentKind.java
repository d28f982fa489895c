package org.kopuro.consent;

/** On what ground a call was judged: a token, a form consent, the participant asking about itself, or a service that needs no consent. */
public enum ConsentKind {
    TOKEN, FORM, SELF, NONE
}
