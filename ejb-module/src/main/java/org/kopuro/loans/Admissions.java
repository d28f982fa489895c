package org.kopuro.loans;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.programmes.Programme;
import org.kopuro.loans.programmes.Programmes;

/**
 * Who is let in to the loan service, and how far (ACC-58, ACC-66; decision 0047). While a bank's connection passes no calls it reads what it has, and neither enters anything nor has a borrower's record looked up
 * anew. A system of a bank's sees what it might enter, whether or not the connection passes calls at the moment.
 */
@Stateless
public class Admissions {

    @Inject
    private LoanStore loans;
    @Inject
    private Programmes programmes;
    @Inject
    private Clock clock;

    /** A bank's person sees all of its loans; its system those under the procedures to whose service its subsystem has a right, and is refused where that is none. */
    public Viewer viewer(UUID bank, Contour contour, Actor actor) {
        if (!actor.isSubsystem()) {
            return Viewer.bank(bank, contour, actor);
        }
        Admission admission = admission(bank, contour, actor);
        Set<String> seen = programmes(admission::entitled);
        if (seen.isEmpty()) {
            throw refusal(LoanRefusal.SYSTEM_WITHOUT_RIGHT);
        }
        return Viewer.confined(bank, seen, contour, actor);
    }

    /**
     * Files and proposals may be of any procedure: a system without the right under each of those by which its bank is connected sees its own alone.
     *
     * @return whose; empty for whoever sees all of the bank's
     */
    public Optional<UUID> ownAlone(UUID bank, Contour contour, Actor actor) {
        return actor.account().filter(system -> actor.isSubsystem() && !admission(bank, contour, actor).entitledThroughout());
    }

    /** Refuses whoever could enter loans under no programme at the moment. */
    public void require(UUID bank, Contour contour, Actor actor) {
        admitted(bank, contour, actor);
    }

    /** Never none. */
    private Set<String> admitted(UUID bank, Contour contour, Actor actor) {
        Admission admission = admission(bank, contour, actor);
        Set<String> admitted = programmes(programme -> admission.refusal(programme).isEmpty());
        if (admitted.isEmpty()) {
            throw refusal(programmes(admission::passing).isEmpty() ? LoanRefusal.BANK_NOT_CONNECTED : LoanRefusal.SYSTEM_WITHOUT_RIGHT);
        }
        return admitted;
    }

    /** The same of one programme; one that is not there is nobody's. */
    public void require(String programme, UUID bank, Contour contour, Actor actor) {
        Programme asked = programmes.rulebook().programme(programme).orElseThrow(() -> Refusal.of(LoanRefusal.PROGRAMME_UNKNOWN, LoanField.PROGRAMME.json()));
        admission(bank, contour, actor).refusal(asked).ifPresent(code -> {
            throw Refusal.of(code, LoanField.PROGRAMME.json(), asked.procedure());
        });
    }

    /** Of a bank's view what is left where borrowers are looked up anew; everybody else's stays. */
    public Viewer lookingUp(Viewer viewer) {
        return viewer.bank().map(bank -> Viewer.confined(bank, admitted(bank, viewer.contour(), viewer.actor()), viewer.contour(), viewer.actor())).orElse(viewer);
    }

    private Admission admission(UUID bank, Contour contour, Actor actor) {
        return loans.admission(bank, contour, actor, clock.instant());
    }

    private Set<String> programmes(Predicate<Programme> wanted) {
        return programmes.rulebook().programmes().stream().filter(wanted).map(Programme::code).collect(Collectors.toSet());
    }

    private Refusal refusal(LoanRefusal code) {
        return Refusal.of(code, LoanField.PROGRAMME.json(), programmes.rulebook().programmes().stream().map(Programme::procedure).distinct().sorted().collect(Collectors.joining(", ")));
    }
}
