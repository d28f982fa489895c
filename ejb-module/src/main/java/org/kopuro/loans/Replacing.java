package org.kopuro.loans;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** What a new loan may say of the one that it follows (LOAN-36, LOAN-38). */
@Dependent
class Replacing {

    @Inject
    private LoanStore loans;
    @Inject
    private CardStore cards;

    /** Refuses where what the wish replaces is not the bank's own, not withdrawn, of another borrower or programme, or followed by another one already; nobody else replaces it until the transaction ends. */
    void require(Wish wish, Placer placer) {
        wish.replaces().ifPresent(replaced -> requireReplaceable(replaced, wish, placer));
    }

    private void requireReplaceable(UUID replaced, Wish wish, Placer placer) {
        loans.bePatient();
        Loan old = loans.hold(List.of(replaced), placer.bank(), placer.contour(), true).stream().findFirst().orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "replaces"));
        if (old.status() != LoanStatus.WITHDRAWN) {
            throw Refusal.of(LoanRefusal.NOT_WITHDRAWN, "replaces");
        }
        boolean same = old.inn().equals(wish.stated().get(LoanField.INN)) && old.programme().equals(wish.stated().get(LoanField.PROGRAMME));
        if (!same || cards.isReplaced(replaced, placer.contour())) {
            throw Refusal.of(LoanRefusal.REPLACES_ANOTHER, "replaces");
        }
    }
}
