package org.kopuro.loans.checks;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kopuro.registers.borrowers.Borrower;
import org.kopuro.registers.borrowers.BorrowerRegister;
import org.kopuro.registers.borrowers.Loaded;
import org.kopuro.registers.payroll.Employment;

/**
 * What the registers say of one borrower: all that is judged.
 *
 * @param snapshotOn   the day that the rule set reads them for
 * @param today        of the check, in Moscow
 * @param atSnapshot   empty where the register of companies does not know it on that day
 * @param now          the same of today
 * @param lists        of non-profit organisations that it is on, as of their own day
 * @param unclassified its codes that the classifier does not have; empty where no classifier is loaded
 * @param employment   what its latest accepted report of insurance contributions says; empty without one
 */
record Seen(LocalDate snapshotOn, LocalDate today, Optional<Borrower> atSnapshot, Optional<Borrower> now, List<String> lists, Map<BorrowerRegister, Loaded> loaded,
        Set<String> unclassified, Optional<Employment> employment) {

    /** The snapshot's, else today's. */
    Optional<Borrower> either() {
        return atSnapshot.or(() -> now);
    }

    Optional<LocalDate> loadedOn(BorrowerRegister register) {
        return Optional.ofNullable(loaded.get(register)).map(Loaded::lastOn);
    }

    /** Whether the register says anything of that day, so that who is not in it is absent. */
    boolean tellsOf(BorrowerRegister register, LocalDate day) {
        Loaded until = loaded.get(register);
        return until != null && !until.firstDay().isAfter(day);
    }
}
