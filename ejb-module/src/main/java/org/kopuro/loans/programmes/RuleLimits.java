package org.kopuro.loans.programmes;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.programmes.RuleSet.Alternative;
import org.kopuro.loans.programmes.RuleSet.Condition;
import org.kopuro.loans.programmes.RuleSet.Formula;
import org.kopuro.loans.programmes.RuleSet.MonthRule;

/** What a proposed rule set must be before anybody reads it: within bounds, and such that every application finds one answer. */
final class RuleLimits {

    private static final int STAGE_MAX = 9;
    private static final int MONTH_RULES_MAX = 50;
    private static final int ALTERNATIVES_MAX = 50;
    private static final int CONDITIONS_MAX = 30;
    private static final int VALUES_MAX = 500;
    private static final long WAGE_MAX_KOPECKS = 1_000_000_000L;
    private static final long SUM_MAX_KOPECKS = 999_999_999_999_999L;
    private static final Set<String> SIZES = Set.of("MICRO", "SMALL", "MEDIUM", "LARGE");
    private static final Set<String> REGISTERS = Set.of("906", "847");

    private RuleLimits() {
    }

    static void require(RuleSet rules) {
        require(rules.stage() >= 0 && rules.stage() <= STAGE_MAX, "stage");
        require(plausible(rules.issuedFrom()), "issuedFrom");
        require(ordered(Optional.of(rules.issuedFrom()), rules.issuedTo()), "issuedTo");
        require(rules.appliedFrom().filter(day -> !plausible(day)).isEmpty(), "appliedFrom");
        require(ordered(rules.appliedFrom(), rules.appliedTo()), "appliedTo");
        require(rules.snapshotOn().filter(day -> !plausible(day)).isEmpty(), "snapshotOn");
        rules.formula().ifPresent(RuleLimits::require);
        requireMonths(rules.months(), rules.formula().isPresent());
        requireEligibility(rules.eligibility());
        require(rules.keepPercent() >= 0 && rules.keepPercent() <= 100, "keepPercent");
        require(rules.refreshCutoff() >= 1 && rules.refreshCutoff() <= 31, "refreshCutoff");
        require(rules.refreshDay() >= 1 && rules.refreshDay() <= 31, "refreshDay");
    }

    private static void require(Formula formula) {
        require(formula.wageKopecks() >= 1 && formula.wageKopecks() <= WAGE_MAX_KOPECKS, "formula.wage");
        require(formula.factorPercent() >= 1 && formula.factorPercent() <= 1000, "formula.factorPercent");
        require(formula.months() >= 1 && formula.months() <= 120, "formula.months");
        require(formula.monthsUntil().filter(day -> !plausible(day)).isEmpty(), "formula.monthsUntil");
        require(formula.capKopecks().filter(cap -> cap < 1 || cap > SUM_MAX_KOPECKS).isEmpty(), "formula.cap");
    }

    /** No day of applications is left out, none has two answers: the first is without beginning, the last without end, and each begins on the day after the one before. */
    private static void requireMonths(List<MonthRule> rules, boolean formula) {
        require(formula != rules.isEmpty() && rules.size() <= MONTH_RULES_MAX, "monthRules");
        for (int i = 0; i < rules.size(); i++) {
            MonthRule rule = rules.get(i);
            String field = "monthRules[" + i + "].";
            Optional<LocalDate> before = i == 0 ? Optional.empty() : rules.get(i - 1).to().map(day -> day.plusDays(1));
            require(rule.from().equals(before) && (i == 0 || before.isPresent()), field + "from");
            require(ordered(rule.from(), rule.to()) && rule.to().isPresent() == i < rules.size() - 1, field + "to");
            require(rule.month().filter(day -> day.getDayOfMonth() != 1 || !plausible(day)).isEmpty(), field + "month");
        }
    }

    private static void requireEligibility(List<Alternative> alternatives) {
        require(alternatives.size() <= ALTERNATIVES_MAX, "eligibility");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < alternatives.size(); i++) {
            Alternative alternative = alternatives.get(i);
            String field = "eligibility[" + i + "].";
            require(Input.text(alternative.name(), field + "name", 64).matches("[A-Z][A-Z0-9_]*") && names.add(alternative.name()), field + "name");
            require(!alternative.conditions().isEmpty() && alternative.conditions().size() <= CONDITIONS_MAX, field + "conditions");
            for (int j = 0; j < alternative.conditions().size(); j++) {
                requireCondition(alternative.conditions().get(j), field + "conditions[" + j + "].");
            }
        }
    }

    private static void requireCondition(Condition condition, String field) {
        List<String> values = condition.values();
        require(switch (condition.test()) {
            case PASSES -> condition.item().matches("C0[1-9]|C1[01]");
            case IS -> condition.item().equals("C08");
            case OKVED_IN -> condition.item().equals("C05");
            case DATE_WITHIN -> condition.item().equals("C04") || condition.item().equals("C07");
            case ON_REGISTER -> condition.item().equals("C11");
        }, field + "item");
        require(values.size() <= VALUES_MAX && values.size() == Set.copyOf(values).size() && switch (condition.test()) {
            case PASSES -> values.isEmpty();
            case IS -> !values.isEmpty() && SIZES.containsAll(values);
            case OKVED_IN -> !values.isEmpty() && values.stream().allMatch(code -> code.matches("[0-9]{2}(\\.[0-9]([0-9](\\.[0-9][0-9]?)?)?)?"));
            case DATE_WITHIN -> values.size() == 2 && ordered(Optional.of(Input.day(values.get(0), field + "values")), Optional.of(Input.day(values.get(1), field + "values")));
            case ON_REGISTER -> !values.isEmpty() && REGISTERS.containsAll(values);
        }, field + "values");
    }

    static boolean ordered(Optional<LocalDate> from, Optional<LocalDate> to) {
        return to.filter(day -> !plausible(day) || from.filter(day::isBefore).isPresent()).isEmpty();
    }

    /** What no typing error makes. */
    static boolean plausible(LocalDate day) {
        return day.getYear() >= 1990 && day.getYear() <= 2200;
    }

    static void require(boolean met, String field) {
        if (!met) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, field);
        }
    }
}
