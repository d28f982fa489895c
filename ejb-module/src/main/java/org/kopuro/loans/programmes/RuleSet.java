package org.kopuro.loans.programmes;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * One version of the rules of a programme's stage (LOAN-80). Immutable once approved.
 *
 * @param stage         0 where the programme has no stages
 * @param version       from 1 on within the programme's stage
 * @param issuedFrom    first day on which a contract may be made; a contract's day decides the stage (LOAN-60)
 * @param issuedTo      last day; empty is no end
 * @param appliedFrom   first day of applications; empty is no bound; one of another day is marked OUTSIDE_APPLICATION_DAYS
 * @param appliedTo     last day of applications
 * @param snapshotOn    as of which the registers are read; empty is the application's day (LOAN-51)
 * @param formula       empty: no maximum is calculated
 * @param months        which month is counted how, by the application's day; empty without a formula
 * @param eligibility   alternatives: one that is met is enough; none: every borrower meets them
 * @param keepPercent   smallest headcount that is kept, in percent of the one in the contract (LOAN-78); 0 is no threshold
 * @param refreshCutoff reports accepted until this day of a month are shown until {@code refreshDay} of it, later ones of the next month (LOAN-71)
 * @param asserted      whether the sources say so; else it is data of this installation
 */
public record RuleSet(String programme, int stage, int version, LocalDate issuedFrom, Optional<LocalDate> issuedTo, Optional<LocalDate> appliedFrom, Optional<LocalDate> appliedTo,
        Optional<LocalDate> snapshotOn, Optional<Formula> formula, List<MonthRule> months, List<Alternative> eligibility, OnBreach onFail, OnBreach onOverMaximum, int keepPercent,
        int refreshCutoff, int refreshDay, boolean asserted) {

    public RuleSet {
        months = List.copyOf(months);
        eligibility = List.copyOf(eligibility);
    }

    /** Whether applications of that day in Moscow are what these rules are made for; of other days they are judged by them too, and marked. */
    public boolean takes(LocalDate appliedOn) {
        return appliedFrom.filter(appliedOn::isBefore).isEmpty() && appliedTo.filter(appliedOn::isAfter).isEmpty();
    }

    /** The same rules, with the registers as of that day. */
    public RuleSet asOf(LocalDate day) {
        return new RuleSet(programme, stage, version, issuedFrom, issuedTo, appliedFrom, appliedTo, Optional.of(day), formula, months, eligibility, onFail, onOverMaximum, keepPercent, refreshCutoff,
                refreshDay, asserted);
    }

    /** What follows where a borrower fails, or a sum is over the maximum. */
    public enum OnBreach {
        /** Told and marked; the bank decides (002 §8). */
        FLAG,
        BLOCK
    }

    /**
     * Maximum = wage × factor × headcount × months, capped (LOAN-65, LOAN-67).
     *
     * @param wageKopecks   the minimum wage
     * @param factorPercent 100, or 130 where contributions come on top
     * @param months        at most
     * @param monthsUntil   where set, only full months from the contract (or the application) until this day count
     * @param capKopecks    empty is none
     */
    public record Formula(long wageKopecks, int factorPercent, int months, Optional<LocalDate> monthsUntil, Optional<Long> capKopecks) {
    }

    /**
     * Of which month which headcount counts, for applications of these days, both included (LOAN-63).
     *
     * @param month   its first day; empty is the last month of the last quarter that ended before the application
     * @param asserted whether the sources say so
     */
    public record MonthRule(Optional<LocalDate> from, Optional<LocalDate> to, Optional<LocalDate> month, Metric metric, boolean asserted) {
    }

    /** How people are counted; never mixed (LOAN-62). */
    public enum Metric {
        /** Distinct (full name, SNILS, INN), with those under civil-law contracts. */
        TRIPLE_WITH_GPC,
        /** Distinct SNILS of records that have an insured person's category. */
        SNILS_WITH_CATEGORY,
        /** Insured persons as the pension fund was told. */
        PFR_INSURED
    }

    /** Conditions that have to be met together (LOAN-52). */
    public record Alternative(String name, List<Condition> conditions) {
        public Alternative {
            conditions = List.copyOf(conditions);
        }
    }

    /**
     * @param item   of the check, C01 to C11
     * @param test   what is asked of it
     * @param values what it is compared with: sizes for IS, codes for OKVED_IN, two days for DATE_WITHIN, register numbers for ON_REGISTER; none else
     */
    public record Condition(String item, Test test, List<String> values) {
        public Condition {
            values = List.copyOf(values);
        }
    }

    public enum Test {
        PASSES,
        IS,
        /** Micro and small ones by main or additional code, others by the main one; lower levels are covered (LOAN-53). */
        OKVED_IN,
        DATE_WITHIN,
        ON_REGISTER
    }
}
