package org.kopuro.loans.headcount;

import java.time.YearMonth;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.loans.programmes.RuleSet.Metric;

/**
 * A loan whose borrower has fewer workers than the contract's jobs allow (LOAN-78).
 *
 * @param workers     in the latest month
 * @param metric      that the workers are counted by
 * @param fixedMetric that the headcount in the contract was calculated by; empty where none was calculated
 */
public record JobsLost(UUID loan, YearMonth month, int workers, Metric metric, KeptJobs kept, Optional<Metric> fixedMetric) {
}
