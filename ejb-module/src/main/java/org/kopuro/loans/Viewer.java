package org.kopuro.loans;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;

/**
 * Who looks at loans, and how far: a bank at its own, a regulator at those of its programmes, the authority's people at all of the contour (LOAN-135, LOAN-155).
 *
 * @param bank       empty for officials and regulators
 * @param programmes a regulator's, or those to which a bank is confined; empty for everybody else
 */
public record Viewer(Contour contour, Optional<UUID> bank, Optional<Set<String>> programmes, Actor actor) {

    public static Viewer bank(UUID bank, Contour contour, Actor actor) {
        return new Viewer(contour, Optional.of(bank), Optional.empty(), actor);
    }

    /** Of its bank's, what is under these programmes ({@link Admissions}). */
    static Viewer confined(UUID bank, Set<String> programmes, Contour contour, Actor actor) {
        return new Viewer(contour, Optional.of(bank), Optional.of(Set.copyOf(programmes)), actor);
    }

    public static Viewer regulator(Set<String> programmes, Contour contour, Actor actor) {
        return new Viewer(contour, Optional.empty(), Optional.of(Set.copyOf(programmes)), actor);
    }

    public static Viewer official(Contour contour, Actor actor) {
        return new Viewer(contour, Optional.empty(), Optional.empty(), actor);
    }

    boolean sees(Loan loan) {
        return loan.contour() == contour && bank.map(loan.bank()::equals).orElse(true) && programmes.map(own -> own.contains(loan.programme())).orElse(true);
    }

    boolean regulator() {
        return bank.isEmpty() && programmes.isPresent();
    }
}
