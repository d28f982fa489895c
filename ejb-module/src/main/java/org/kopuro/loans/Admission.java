package org.kopuro.loans;

import java.util.Map;
import java.util.Optional;
import org.kopuro.loans.programmes.Programme;

/**
 * Who is let in at a moment: a bank by its connection under a programme's procedure, as by it to any service (ACC-66); a system of the bank's besides by a right to the direct service of the procedure (ACC-58).
 *
 * @param procedures those under which the bank is connected
 */
record Admission(Map<String, Standing> procedures) {

    private static final Standing NONE = new Standing(false, false);

    /**
     * @param passing  whether the connection passes calls: it is not suspended
     * @param entitled whether whoever acts is: a person of the bank is
     */
    record Standing(boolean passing, boolean entitled) {
    }

    boolean passing(Programme programme) {
        return procedures.getOrDefault(programme.procedure(), NONE).passing();
    }

    boolean entitled(Programme programme) {
        return procedures.getOrDefault(programme.procedure(), NONE).entitled();
    }

    boolean entitledThroughout() {
        return procedures.values().stream().allMatch(Standing::entitled);
    }

    Optional<LoanRefusal> refusal(Programme programme) {
        if (!passing(programme)) {
            return Optional.of(LoanRefusal.BANK_NOT_CONNECTED);
        }
        return entitled(programme) ? Optional.empty() : Optional.of(LoanRefusal.SYSTEM_WITHOUT_RIGHT);
    }
}
