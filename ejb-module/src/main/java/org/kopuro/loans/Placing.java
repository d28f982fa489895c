package org.kopuro.loans;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.kopuro.ledger.Ledger;
import org.kopuro.loans.checks.Checks;
import org.kopuro.loans.headcount.Sheets;
import org.kopuro.loans.programmes.Accreditations;
import org.kopuro.loans.programmes.Programmes;

/** Where loans are entered and changed: one or thousands in the caller's transaction, each judged by itself. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class Placing {

    @Inject
    private LoanStore store;
    @Inject
    private Programmes programmes;
    @Inject
    private Accreditations accreditations;
    @Inject
    private Checks checks;
    @Inject
    private Sheets sheets;
    @Inject
    private Ledger ledger;

    /**
     * Stores whatever of the wishes is allowed; what is refused is told and leaves nothing.
     *
     * <p>Throws only what stops all of them, such as {@link LoanRefusal#BUSY} where another one holds a loan or a borrower for too long: the transaction is then to be begun anew.
     *
     * @return a judgement for each wish, in their order
     */
    public List<Judgement> place(List<Wish> wishes, Placer placer, Instant at) {
        store.bePatient();
        return round(placer, at, true).judge(wishes);
    }

    /** What {@link #place} would answer now; nothing is stored and nobody waits. */
    public List<Judgement> rehearse(List<Wish> wishes, Placer placer, Instant at) {
        return round(placer, at, false).judge(wishes);
    }

    private PlacingRound round(Placer placer, Instant at, boolean storing) {
        return new PlacingRound(new PlacingRound.Means(store, programmes.rulebook(), accreditations.of(placer.bank(), placer.contour()), checks, sheets, ledger), placer, at, storing);
    }
}
