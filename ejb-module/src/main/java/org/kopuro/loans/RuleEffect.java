package org.kopuro.loans;

import java.util.Optional;
import java.util.UUID;
import org.kopuro.loans.checks.CheckResult.Verdict;

/** What a proposed version of the rules would change of an open application (LOAN-81). */
public record RuleEffect(UUID loan, UUID bank, Outcome now, Outcome then) {

    /**
     * What rules come to for an application.
     *
     * @param outsideStage whether its day falls into no stage
     * @param maximum      in kopecks; empty where none is calculated
     */
    public record Outcome(int stage, boolean outsideStage, Verdict verdict, Optional<Long> maximum) {
    }

    boolean changes() {
        return !now.equals(then);
    }
}
