package org.kopuro.loans;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.loans.LoanEvent.Milestone;
import org.kopuro.loans.checks.CheckResult;
import org.kopuro.registers.borrowers.IdentifierProblem;

/**
 * A loan at one of its versions.
 *
 * @param stated       what the bank stated, by field
 * @param stage        0 where the programme has none
 * @param outsideStage the contract, or before it the application, is of no stage's days (LOAN-60)
 * @param replaces     the withdrawn loan that it follows
 */
public record Loan(UUID id, Contour contour, UUID bank, int version, LoanStatus status, Instant statusAt, Map<LoanField, Object> stated, int stage, boolean outsideStage, Judged judged,
        List<Warning> warnings, Optional<UUID> replaces, Instant createdAt, Change last) {

    public Loan {
        Map<LoanField, Object> copy = new EnumMap<>(LoanField.class);
        copy.putAll(stated);
        stated = Collections.unmodifiableMap(copy);
        warnings = List.copyOf(warnings);
    }

    /**
     * What the system found of the borrower, last.
     *
     * @param borrower     as JSON
     * @param ruleSetVersion by which it was judged
     * @param headcount    as calculated; empty where there is no sheet or no report
     * @param maximum      in kopecks
     */
    public record Judged(Optional<String> name, Optional<String> region, Optional<String> okved, Optional<String> borrower, CheckResult.Verdict verdict, UUID check, int ruleSetVersion,
            Optional<UUID> sheet, Optional<Integer> headcount, Optional<Long> maximum) {
    }

    /** What stays to be looked at: the code of the refusal that PRODUCTION would give, or of a flag, and the field. */
    public record Warning(String code, String field) {

        private static final Map<String, RefusalCode> CODES = Stream.of(LoanRefusal.values(), IdentifierProblem.values()).<RefusalCode>flatMap(Stream::of)
                .collect(Collectors.toUnmodifiableMap(RefusalCode::name, code -> code));

        /** A warning whose text nobody would find again is none. */
        public Warning {
            if (!CODES.containsKey(code)) {
                throw new IllegalArgumentException(code);
            }
        }
    }

    /** A warning with its text (LOAN-131), its numbers being those of this version: of a sum above the maximum the excess (LOAN-66). */
    public Saying told(Warning warning) {
        RefusalCode code = Warning.CODES.get(warning.code());
        Object[] numbers = {};
        if (code == LoanRefusal.OVER_MAXIMUM) {
            numbers = new Object[] {LoanJson.roubles((Long) stated.get(LoanField.CONTRACT_SUM) - judged.maximum().orElseThrow())};
        } else if (code == LoanRefusal.HEADCOUNT_DIFFERS) {
            numbers = new Object[] {judged.headcount().orElseThrow().toString()};
        }
        return new Saying(Saying.Severity.WARNING, Refusal.of(code, warning.field(), numbers));
    }

    /**
     * How this version came about.
     *
     * @param row of the last import that changed it
     */
    public record Change(List<LoanEvent> events, Instant at, Actor actor, Placer.Source source, Optional<UUID> importing, Optional<Integer> row, Optional<String> reason) {
        public Change {
            events = List.copyOf(events);
        }
    }

    public Milestone milestone() {
        return switch (status) {
            case FORMED -> Milestone.FORMED;
            case APPROVED -> stated.containsKey(LoanField.CONTRACT_DATE) ? Milestone.CONTRACTED : Milestone.APPROVED;
            case REJECTED -> Milestone.REJECTED;
            case WITHDRAWN -> Milestone.WITHDRAWN;
        };
    }

    public boolean contracted() {
        return stated.containsKey(LoanField.CONTRACT_DATE);
    }

    public String programme() {
        return (String) stated.get(LoanField.PROGRAMME);
    }

    public String inn() {
        return (String) stated.get(LoanField.INN);
    }

    public Instant appliedAt() {
        return (Instant) stated.get(LoanField.APPLIED_AT);
    }

    /** All that was issued, in kopecks. */
    public long issued() {
        return sum(LoanField.ISSUES);
    }

    @SuppressWarnings("unchecked")
    List<DatedSum> sums(LoanField field) {
        return (List<DatedSum>) stated.getOrDefault(field, List.of());
    }

    private long sum(LoanField field) {
        return sums(field).stream().mapToLong(DatedSum::kopecks).sum();
    }
}
