package org.kopuro.loans;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.loans.checks.Checks;
import org.kopuro.loans.headcount.Sheets;
import org.kopuro.loans.programmes.Accreditations;
import org.kopuro.loans.programmes.Programmes;
import org.kopuro.loans.programmes.Rulebook;

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

    /**
     * Rows that say of a withdrawn loan of their number what it was, as an export says it (LOAN-104). They are about it and change nothing, whatever the number's other loans are by now; where the one
     * that is not withdrawn is the same to the letter, it is the one that is named.
     *
     * @param rows of a file
     * @return the judgements of those rows alone, by the rows' numbers; {@link #place} is not to be asked about them
     */
    public Map<Integer, Judgement> past(List<Wish> rows, Placer placer, Instant at) {
        Map<Wish, Loan> past = same(entitled(rows, placer, at), placer, at, store::allWithdrawn);
        Map<Wish, Loan> open = same(List.copyOf(past.keySet()), placer, at, (programmes, numbers, bank, contour) -> store.holdNumbered(programmes, numbers, bank, contour, false));
        Saying told = new Saying(Saying.Severity.WARNING, Refusal.of(LoanRefusal.ROW_OF_WITHDRAWN, LoanField.APPLICATION_NUMBER.json()));
        Map<Integer, Judgement> judgements = new HashMap<>();
        past.forEach((row, withdrawn) -> {
            Loan loan = open.getOrDefault(row, withdrawn);
            judgements.put(row.row().orElseThrow(), new Judgement(Judgement.Outcome.UNCHANGED, false, Optional.of(loan.id()), loan.version(), List.of(told), List.of()));
        });
        return judgements;
    }

    /** Under other procedures a bank's system sees none of its bank's loans. */
    private List<Wish> entitled(List<Wish> rows, Placer placer, Instant at) {
        if (!placer.actor().isSubsystem()) {
            return rows;
        }
        Admission admission = store.admission(placer.bank(), placer.contour(), placer.actor(), at);
        Rulebook rulebook = programmes.rulebook();
        return rows.stream().filter(row -> Optional.ofNullable((String) row.stated().get(LoanField.PROGRAMME)).flatMap(rulebook::programme).filter(admission::entitled).isPresent()).toList();
    }

    private interface Numbered {
        List<Loan> of(List<String> programmes, List<String> numbers, UUID bank, Contour contour);
    }

    /** The first of each row's number of which it states nothing else. */
    private static Map<Wish, Loan> same(List<Wish> rows, Placer placer, Instant at, Numbered loans) {
        List<Wish> numbered = rows.stream().filter(row -> row.stated().containsKey(LoanField.PROGRAMME) && row.stated().containsKey(LoanField.APPLICATION_NUMBER)).toList();
        Map<List<Object>, List<Loan>> byNumber = loans.of(numbered.stream().map(row -> (String) row.stated().get(LoanField.PROGRAMME)).toList(),
                numbered.stream().map(row -> (String) row.stated().get(LoanField.APPLICATION_NUMBER)).toList(), placer.bank(), placer.contour()).stream()
                .collect(Collectors.groupingBy(loan -> number(loan.stated())));
        Map<Wish, Loan> same = new IdentityHashMap<>();
        numbered.forEach(row -> byNumber.getOrDefault(number(row.stated()), List.of()).stream().filter(loan -> {
            Draft draft = new Draft(Optional.of(loan), row, placer.contour(), at);
            return draft.unchanged() && !draft.refused();
        }).findFirst().ifPresent(loan -> same.put(row, loan)));
        return same;
    }

    private static List<Object> number(Map<LoanField, Object> stated) {
        return List.of(stated.get(LoanField.PROGRAMME), stated.get(LoanField.APPLICATION_NUMBER));
    }

    private PlacingRound round(Placer placer, Instant at, boolean storing) {
        return new PlacingRound(new PlacingRound.Means(store, programmes.rulebook(), accreditations.of(placer.bank(), placer.contour()), checks, sheets, ledger), placer, at, storing);
    }
}
