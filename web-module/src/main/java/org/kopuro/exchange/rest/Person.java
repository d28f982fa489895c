package org.kopuro.exchange.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import jakarta.ws.rs.ForbiddenException;
import java.util.Collection;
import java.util.List;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.accounts.SignedInPrincipal;

/** Who has signed in, however that was done: the seam where OpenID Connect will join. */
@RequestScoped
public class Person {

    @Inject
    private SecurityContext security;
    private SignedIn acting;

    /** In the role in which the person was let through to this method. */
    public SignedIn signedIn() {
        return acting == null ? principal() : acting;
    }

    /** In the first of these roles that the person has; refuses whoever has none. For methods that ask for different roles by what they are asked. */
    public SignedIn signedIn(Role... permitted) {
        return actAs(List.of(permitted));
    }

    SignedIn actAs(Collection<Role> permitted) {
        acting = principal().as(permitted).orElseThrow(ForbiddenException::new);
        return acting;
    }

    private SignedIn principal() {
        return security.getPrincipalsByType(SignedInPrincipal.class).stream().findFirst().map(SignedInPrincipal::person)
                .orElseThrow(ForbiddenException::new);
    }
}
