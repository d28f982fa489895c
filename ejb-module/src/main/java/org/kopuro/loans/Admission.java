package org.kopuro.loans;

import java.util.Map;
import java.util.Optional;
import org.kopuro.loans.programmes.Programme;

/**
 * Who is let in at a moment: a bank by its connection under a programme's procedure, as by it to any service (ACC-66); a system of the bank's besides by a right to the direct service of the procedure (ACC-58).
 *
 * @param procedures those under which the bank's connection passes calls, and whether whoever acts is entitled under them: a person of the bank is
 */
record Admission(Map<String, Boolean> procedures) {

    Optional<LoanRefusal> refusal(Programme programme) {
        if (!procedures.containsKey(programme.procedure())) {
            return Optional.of(LoanRefusal.BANK_NOT_CONNECTED);
        }
        return procedures.get(programme.procedure()) ? Optional.empty() : Optional.of(LoanRefusal.SYSTEM_WITHOUT_RIGHT);
    }
}
