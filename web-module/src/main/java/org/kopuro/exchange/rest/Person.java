package org.kopuro.exchange.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import jakarta.ws.rs.ForbiddenException;
import java.util.List;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.accounts.SignedInPrincipal;

/** Who has signed in, however that was done: the seam where OpenID Connect will join. */
@RequestScoped
public class Person {

    @Inject
    private SecurityContext security;

    public SignedIn signedIn() {
        return security.getPrincipalsByType(SignedInPrincipal.class).stream().findFirst().map(SignedInPrincipal::person)
                .orElseThrow(ForbiddenException::new);
    }

    /** Of one of these roles, or nobody. */
    public SignedIn signedIn(Role... permitted) {
        SignedIn person = signedIn();
        if (!List.of(permitted).contains(person.role())) {
            throw new ForbiddenException();
        }
        return person;
    }
}
