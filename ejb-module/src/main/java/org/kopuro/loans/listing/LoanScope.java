package org.kopuro.loans.listing;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.kopuro.kernel.Contour;
import org.kopuro.loans.Viewer;

/**
 * What somebody may see at all, whatever is asked (LOAN-135, LOAN-155).
 *
 * @param bank       whose own loans; empty for those who see all banks'
 * @param programmes that are seen, in order; empty Optional for all
 */
record LoanScope(Contour contour, Optional<UUID> bank, Optional<List<String>> programmes) {

    static LoanScope of(Viewer viewer) {
        return new LoanScope(viewer.contour(), viewer.bank(), viewer.programmes().map(codes -> List.copyOf(new TreeSet<>(codes))));
    }

    static LoanScope ofProgrammes(Collection<String> programmes, Contour contour) {
        return new LoanScope(contour, Optional.empty(), Optional.of(List.copyOf(new TreeSet<>(programmes))));
    }

    boolean regulators() {
        return bank.isEmpty() && programmes.isPresent();
    }
}
