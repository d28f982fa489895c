package org.kopuro.loans.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.Admissions;
import org.kopuro.loans.LoanRefusal;
import org.kopuro.loans.Placer;
import org.kopuro.loans.Viewer;
import org.kopuro.loans.programmes.Regulators;

/** Whoever has signed in, as the register of loans knows people. */
@RequestScoped
public class LoanPerson {

    @Inject
    private Person person;
    @Inject
    private Regulators regulators;
    @Inject
    private Admissions admissions;
    private boolean admitted;

    /** Anybody; of a bank's systems those that have a right to the service of any procedure. */
    public SignedIn signedIn() {
        SignedIn who = person.signedIn();
        if (who.machine() && !admitted) {
            who.participant().ifPresent(bank -> admissions.viewer(bank, who.contour(), who.actor()));
            admitted = true;
        }
        return who;
    }

    /** Whose files and proposals alone are seen; empty for whoever sees all of the bank's, or of all banks. */
    public Optional<UUID> ownAlone() {
        SignedIn who = signedIn();
        return who.machine() ? who.participant().flatMap(bank -> admissions.ownAlone(bank, who.contour(), who.actor())) : Optional.empty();
    }

    /** A bank's. */
    public Placer placer() {
        SignedIn who = signedIn();
        return Placer.api(who.participant().orElseThrow(() -> Refusal.of(LoanRefusal.BANK_NOT_CONNECTED, "programme", "-")), who.contour(), who.actor());
    }

    /** Anybody's: how far it sees. */
    public Viewer viewer() {
        SignedIn who = person.signedIn();
        if (who.participant().isPresent()) {
            return admissions.viewer(who.participant().get(), who.contour(), who.actor());
        }
        return who.role() == Role.REGULATOR ? Viewer.regulator(regulators.programmesOf(who.account()), who.contour(), who.actor()) : Viewer.official(who.contour(), who.actor());
    }
}
