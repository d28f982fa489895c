package org.kopuro.loans.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.InputRefusal;
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
    private Optional<Viewer> bank = Optional.empty();

    /** Anybody; of a bank's systems those that have a right to the service of any procedure. */
    public SignedIn signedIn() {
        SignedIn who = person.signedIn();
        if (who.machine()) {
            ofBank(who);
        }
        return who;
    }

    /** Asked once: nothing changes within a request. */
    private Viewer ofBank(SignedIn who) {
        if (bank.isEmpty()) {
            bank = Optional.of(admissions.viewer(who.participant().orElseThrow(), who.contour(), who.actor()));
        }
        return bank.get();
    }

    /** Whose files and proposals alone are seen; empty for whoever sees all of the bank's, or of all banks. */
    public Optional<UUID> ownAlone() {
        SignedIn who = signedIn();
        return who.machine() ? admissions.ownAlone(who.participant().orElseThrow(), who.contour(), who.actor()) : Optional.empty();
    }

    /** What somebody else has sent is not there for whoever sees his own alone. */
    public void requireSeen(Optional<UUID> author, String what) {
        if (ownAlone().filter(own -> !author.equals(Optional.of(own))).isPresent()) {
            throw Refusal.of(InputRefusal.NOT_FOUND, what);
        }
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
            return ofBank(who);
        }
        return who.role() == Role.REGULATOR ? Viewer.regulator(regulators.programmesOf(who.account()), who.contour(), who.actor()) : Viewer.official(who.contour(), who.actor());
    }
}
