package org.kopuro.accounts;

import jakarta.security.enterprise.CallerPrincipal;

/** Carries who signed in from the identity store to the resources. */
public class SignedInPrincipal extends CallerPrincipal {

    private final transient SignedIn person;

    SignedInPrincipal(SignedIn person) {
        super(person.login());
        this.person = person;
    }

    public SignedIn person() {
        return person;
    }
}
