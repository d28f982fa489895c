package org.kopuro.exchange.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import jakarta.ws.rs.ForbiddenException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.accounts.SignedInPrincipal;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;

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

    /** Whose records are meant: a participant's people's own, whatever they name; for officials those of whom they name, or everybody's. */
    public Optional<ParticipantId> among(UUID named) {
        return signedIn().participant().or(() -> Optional.ofNullable(named)).map(ParticipantId::new);
    }

    /** The same where officials must name one. */
    public ParticipantId one(UUID named) {
        return among(named).orElseThrow(() -> Refusal.of(InputRefusal.FIELD_MISSING, "participant"));
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
