package org.kopuro.loans.programmes;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/** Adds programmes, and tells all that is approved of them (LOAN-10); what changes of them, {@link ProgrammeChanges} decides. */
@Stateless
public class Programmes {

    @Inject
    private ProgrammeStore store;
    @Inject
    private Installation installation;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** Everything that is approved, as of now. */
    public Rulebook rulebook() {
        return new Rulebook(store.programmes(), store.approved());
    }

    public List<Programme> list() {
        return store.programmes();
    }

    public Programme get(String code) {
        return store.find(code).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "programme"));
    }

    /** Adds a programme; loans of it may be entered as soon as rules of it are approved. */
    public Programme add(NewProgramme programme, Contour contour, Actor by) {
        installation.requireForBoth(contour, ProgrammeRefusal.PROGRAMMES_NOT_OF_THIS_CONTOUR);
        UUID id = store.add(programme);
        ledger.record(LedgerEvent.of("loans.programme_added", 1, "programme", id, clock.instant()).with("programme", programme.code()).with("regulator", programme.regulator())
                .with("entryPoint", programme.entryPoint()).with("duplicatePolicy", programme.duplicatePolicy()).with("actor", by.account()).with("actorRole", by.role()));
        return get(programme.code());
    }
}
