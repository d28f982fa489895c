package org.kopuro.loans.headcount;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.kopuro.loans.programmes.RuleSet;
import org.kopuro.loans.programmes.RuleSet.Formula;
import org.kopuro.loans.programmes.RuleSet.Metric;
import org.kopuro.loans.programmes.RuleSet.MonthRule;
import org.kopuro.loans.programmes.RuleSet.OnBreach;

/** Rule sets as the sources and the drafts have them (LOAN-60, LOAN-63, LOAN-65, LOAN-67). */
final class Rules {

    static final long WAGE = 1_279_200;

    private Rules() {
    }

    static RuleSet stageOne() {
        return rules("279", 1, formula(100, 12, Optional.empty(), Optional.of(50_000_000_000L)), List.of(
                new MonthRule(Optional.empty(), Optional.of(LocalDate.of(2021, 5, 24)), Optional.of(LocalDate.of(2020, 12, 1)), Metric.TRIPLE_WITH_GPC, true),
                new MonthRule(Optional.of(LocalDate.of(2021, 5, 25)), Optional.empty(), Optional.of(LocalDate.of(2021, 3, 1)), Metric.TRIPLE_WITH_GPC, true)));
    }

    static RuleSet stageTwo() {
        return rules("279", 2, formula(100, 12, Optional.empty(), Optional.of(30_000_000_000L)), List.of(
                new MonthRule(Optional.of(LocalDate.of(2021, 11, 1)), Optional.of(LocalDate.of(2021, 11, 18)), Optional.of(LocalDate.of(2021, 9, 1)), Metric.TRIPLE_WITH_GPC, false),
                new MonthRule(Optional.of(LocalDate.of(2021, 11, 19)), Optional.empty(), Optional.empty(), Metric.SNILS_WITH_CATEGORY, true)));
    }

    /** 696: × 1.3, full months to 01.12.2020, at most 6. */
    static RuleSet of696() {
        return rules("696", 0, formula(130, 6, Optional.of(LocalDate.of(2020, 12, 1)), Optional.empty()),
                List.of(new MonthRule(Optional.empty(), Optional.empty(), Optional.of(LocalDate.of(2020, 4, 1)), Metric.PFR_INSURED, false)));
    }

    static RuleSet without() {
        return rules("1528", 0, Optional.empty(), List.of());
    }

    static Optional<Formula> formula(int factor, int months, Optional<LocalDate> until, Optional<Long> cap) {
        return Optional.of(new Formula(WAGE, factor, months, until, cap));
    }

    static RuleSet rules(String programme, int stage, Optional<Formula> formula, List<MonthRule> months) {
        return new RuleSet(programme, stage, 1, LocalDate.of(2020, 1, 1), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), formula, months, List.of(), OnBreach.FLAG,
                OnBreach.FLAG, 90, 15, 25, true);
    }
}
