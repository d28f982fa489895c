package org.kopuro.loans.programmes;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/** Accredits banks to programmes, from a day on, and ends it; a programme's regulator does both (LOAN-4, LOAN-136). */
@Stateless
public class Accreditations {

    private static final int REASON_MAX = 1000;
    private static final int LISTED_MAX = 1000;

    @Inject
    private AccreditationStore store;
    @Inject
    private ProgrammeStore programmes;
    @Inject
    private Regulators regulators;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** When the bank was, is and will be accredited, by code of programme; days are compared with an application's day in Moscow. */
    public Map<String, List<Period>> of(UUID bank, Contour contour) {
        return store.of(bank, contour);
    }

    /** Of a programme, the latest first. A regulator is told of its own programmes only. */
    public List<AccreditationView> list(String programme, Contour contour, Actor by) {
        regulators.requireOwn(programme, by);
        programmes.idOf(programme);
        return store.list(programme, contour, LISTED_MAX);
    }

    /** Whom a regulator can accredit, by name: participants that are connected in the contour under the procedure of any programme, or were. */
    public List<AccreditableBank> banks(Contour contour) {
        return store.banks(contour, LISTED_MAX);
    }

    public AccreditationView accredit(UUID bank, String programme, Contour contour, Period period, String reason, Actor by) {
        regulators.requireOwn(programme, by);
        programmes.idOf(programme);
        RuleLimits.require(RuleLimits.plausible(period.from()), "from");
        RuleLimits.require(RuleLimits.ordered(Optional.of(period.from()), period.to()), "to");
        Instant at = clock.instant();
        String why = Input.text(reason, "reason", REASON_MAX);
        UUID id = store.add(bank, programme, contour, period, why, at, by);
        ledger.record(LedgerEvent.of("loans.accreditation_given", 2, contour, "accreditation", id, at).with("programme", programme).personal("bank", bank).with("from", period.from())
                .with("to", period.to()).with("actor", by.account()).with("actorRole", by.role()).personal("reason", why));
        return get(id, programme, contour);
    }

    /**
     * Ends it with a day, once. New entries are refused of applications after that day; loans that are there are kept up.
     *
     * @param lastDay the day before the first one where it is to never have held
     */
    public AccreditationView end(UUID id, String programme, Contour contour, LocalDate lastDay, String reason, Actor by) {
        regulators.requireOwn(programme, by);
        AccreditationView ending = get(id, programme, contour);
        RuleLimits.require(RuleLimits.plausible(lastDay) && !lastDay.isBefore(ending.period().from().minusDays(1)), "lastDay");
        Instant at = clock.instant();
        String why = Input.text(reason, "reason", REASON_MAX);
        store.end(id, contour, lastDay, why, at, by);
        ledger.record(LedgerEvent.of("loans.accreditation_ended", 2, contour, "accreditation", id, at).with("programme", programme).personal("bank", ending.bank()).with("lastDay", lastDay)
                .with("actor", by.account()).with("actorRole", by.role()).personal("reason", why));
        return get(id, programme, contour);
    }

    private AccreditationView get(UUID id, String programme, Contour contour) {
        return store.find(id, programme, contour).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "accreditation"));
    }
}
