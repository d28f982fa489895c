package org.kopuro.loans.listing;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.kopuro.kernel.Contour;

/**
 * What somebody may see at all, whatever is asked (LOAN-135, LOAN-155).
 *
 * @param bank       whose own loans; empty for those who see all banks'
 * @param programmes that are seen, in order; empty Optional for all
 */
public record LoanScope(Contour contour, Optional<UUID> bank, Optional<List<String>> programmes) {

    public static LoanScope ofBank(UUID bank, Contour contour) {
        return new LoanScope(contour, Optional.of(bank), Optional.empty());
    }

    /** A regulator's: what it lists is remembered. */
    public static LoanScope ofProgrammes(Collection<String> programmes, Contour contour) {
        return new LoanScope(contour, Optional.empty(), Optional.of(List.copyOf(new TreeSet<>(programmes))));
    }

    /** Of officials and auditors. */
    public static LoanScope everything(Contour contour) {
        return new LoanScope(contour, Optional.empty(), Optional.empty());
    }

    boolean regulators() {
        return programmes.isPresent();
    }
}
