package org.kopuro.loans.headcount;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Comparator;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.programmes.RuleSet;
import org.kopuro.loans.programmes.RuleSet.Metric;
import org.kopuro.loans.programmes.RuleSet.MonthRule;

/**
 * Which month is counted how. The application's day alone decides, in Moscow; the contract's has selected the rule set before (LOAN-63).
 *
 * @param asserted whether the sources say so
 */
record ChosenMonth(YearMonth month, Metric metric, boolean asserted) {

    /** By the rule of the day; on a day that no rule has, provisionally by the next one, after the last one by that (as a stage is chosen, LOAN-60). */
    static ChosenMonth of(RuleSet rules, LocalDate appliedOn) {
        MonthRule rule = rules.months().stream().filter(one -> covers(one, appliedOn)).findFirst()
                .or(() -> rules.months().stream().filter(one -> one.from().isPresent() && one.from().get().isAfter(appliedOn)).min(Comparator.comparing(one -> one.from().get())))
                .or(() -> rules.months().stream().max(Comparator.comparing(one -> one.to().orElse(LocalDate.MAX))))
                .orElseThrow(() -> Refusal.of(HeadcountRefusal.MONTH_NOT_RULED, "programme", rules.programme()));
        return new ChosenMonth(rule.month().map(YearMonth::from).orElseGet(() -> lastOfQuarterBefore(appliedOn)), rule.metric(), rule.asserted());
    }

    private static boolean covers(MonthRule rule, LocalDate day) {
        return rule.from().filter(day::isBefore).isEmpty() && rule.to().filter(day::isAfter).isEmpty();
    }

    private static YearMonth lastOfQuarterBefore(LocalDate day) {
        int monthsIntoQuarter = (day.getMonthValue() - 1) % 3;
        return YearMonth.from(day).minusMonths(monthsIntoQuarter + 1L);
    }
}
