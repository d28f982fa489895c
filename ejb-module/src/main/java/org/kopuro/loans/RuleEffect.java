package org.kopuro.loans;

import java.util.Optional;
import java.util.UUID;
import org.kopuro.loans.checks.CheckResult.Verdict;

/**
 * What a proposed version of the rules would change of an open application (LOAN-81).
 *
 * @param maximumNow in kopecks
 */
public record RuleEffect(UUID loan, UUID bank, Verdict verdictNow, Verdict verdictThen, Optional<Long> maximumNow, Optional<Long> maximumThen) {

    boolean changes() {
        return verdictNow != verdictThen || !maximumNow.equals(maximumThen);
    }
}
