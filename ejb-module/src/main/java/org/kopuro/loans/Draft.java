package org.kopuro.loans;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.loans.LoanEvent.Milestone;
import org.kopuro.registers.borrowers.Identifier;
import org.kopuro.registers.borrowers.IdentifierProblem;

/**
 * A wish laid over the loan as it is: which events it comes to, what the card states afterwards, and what is wrong with that by itself, without any register. Pure.
 */
final class Draft {

    private static final long KOPECKS_MAX = 999_999_999_999_999L;
    private static final int SUMS_MAX = 1000;
    private static final Set<LoanField> OF_CONTRACT = EnumSet.of(LoanField.CONTRACT_NUMBER, LoanField.CONTRACT_DATE, LoanField.CONTRACT_SUM, LoanField.RATE, LoanField.TERM_MONTHS,
            LoanField.END_DATE, LoanField.CONTRACT_HEADCOUNT);
    private static final Set<LoanField> OF_RECORD = EnumSet.of(LoanField.ISSUES, LoanField.BALANCES);
    private static final Set<LoanField> OF_APPROVAL = EnumSet.of(LoanField.APPROVED, LoanField.DECIDED_ON);
    private static final Set<LoanField> OF_REJECTION = EnumSet.of(LoanField.REJECTION_CODE, LoanField.DECIDED_ON);
    private static final Set<LoanField> OF_APPLICATION = EnumSet.of(LoanField.PROGRAMME, LoanField.BORROWER_KIND, LoanField.INN, LoanField.APPLICATION_NUMBER, LoanField.APPLIED_AT,
            LoanField.REQUESTED);
    /** What rules and registers are asked by. */
    private static final Set<LoanField> JUDGED_BY = EnumSet.of(LoanField.PROGRAMME, LoanField.INN, LoanField.APPLIED_AT);

    final Optional<Loan> before;
    final Wish wish;
    final Map<LoanField, Object> after = new EnumMap<>(LoanField.class);
    final Set<LoanField> changed = EnumSet.noneOf(LoanField.class);
    final List<LoanEvent> events = new ArrayList<>();
    final List<Saying> sayings = new ArrayList<>();
    private final Contour contour;
    private final Instant at;

    Draft(Optional<Loan> before, Wish wish, Contour contour, Instant at) {
        this.before = before;
        this.wish = wish;
        this.contour = contour;
        this.at = at;
        before.ifPresent(loan -> after.putAll(loan.stated()));
        lay();
        name();
        if (!refused()) {
            judgeShape();
        }
    }

    boolean refused() {
        return sayings.stream().anyMatch(Saying::refuses);
    }

    /** Nothing that is stated differs, and nothing else is asked for. */
    boolean unchanged() {
        return before.isPresent() && events.isEmpty();
    }

    /** Whether the borrower has to be looked at (anew): what it is judged by is other than before, or that was asked for. */
    boolean toBeJudged() {
        return before.isEmpty() || events.contains(LoanEvent.RECHECK) || !before.get().contracted() && (changed.stream().anyMatch(JUDGED_BY::contains) || changed.contains(LoanField.CONTRACT_DATE));
    }

    Optional<LoanStatus> status() {
        return events.stream().flatMap(event -> event.status().stream()).reduce((first, last) -> last);
    }

    String text(LoanField field) {
        return (String) after.get(field);
    }

    LocalDate day(LoanField field) {
        return (LocalDate) after.get(field);
    }

    LocalDate appliedOn() {
        return LocalDate.ofInstant((Instant) after.get(LoanField.APPLIED_AT), Installation.MOSCOW);
    }

    Optional<LocalDate> contractOn() {
        return Optional.ofNullable(day(LoanField.CONTRACT_DATE));
    }

    LocalDate today() {
        return LocalDate.ofInstant(at, Installation.MOSCOW);
    }

    private Milestone milestone() {
        return before.map(Loan::milestone).orElse(Milestone.NONE);
    }

    private void lay() {
        wish.stated().forEach((field, value) -> {
            Object now = after.get(field);
            Object wanted = switch (field.type()) {
                case ISSUES, BALANCES -> inOrder(field, value);
                // As the database keeps it: rounded up, it could be of another day.
                case MOMENT -> ((Instant) value).truncatedTo(ChronoUnit.MICROS);
                default -> value;
            };
            // A file has days: the moment that is known is of that day.
            boolean same = Objects.equals(now, wanted) || wish.row().isPresent() && field == LoanField.APPLIED_AT && now != null && wanted.equals(startOfDay((Instant) now));
            if (!same && !(now == null && wanted instanceof List<?> list && list.isEmpty())) {
                changed.add(field);
                after.put(field, wanted);
            }
        });
        wish.cleared().forEach(field -> {
            if (after.remove(field) != null) {
                changed.add(field);
            }
        });
        if (!after.containsKey(LoanField.BORROWER_KIND) || changed.contains(LoanField.INN) && !wish.stated().containsKey(LoanField.BORROWER_KIND)) {
            Optional.ofNullable(text(LoanField.INN)).ifPresent(inn -> after.put(LoanField.BORROWER_KIND, BorrowerKind.of(inn).name()));
        }
    }

    private static Instant startOfDay(Instant moment) {
        return LocalDate.ofInstant(moment, Installation.MOSCOW).atStartOfDay(Installation.MOSCOW).toInstant();
    }

    @SuppressWarnings("unchecked")
    private List<DatedSum> inOrder(LoanField field, Object value) {
        List<DatedSum> sums = new ArrayList<>((List<DatedSum>) value);
        sums.sort(Comparator.comparing(DatedSum::on).thenComparing(DatedSum::kopecks));
        return List.copyOf(sums);
    }

    /** Which events it comes to. */
    private void name() {
        wish.version().filter(version -> before.isPresent() && version != before.get().version()).ifPresent(version -> refuse(LoanRefusal.VERSION_CONFLICT, "version", before.get().version()));
        wish.event().ifPresentOrElse(this::asAsked, this::asStated);
    }

    private void asAsked(LoanEvent event) {
        if (!event.possible(milestone())) {
            sayings.add(new Saying(Saying.Severity.REFUSAL, Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", milestone(), event)));
            return;
        }
        Set<LoanField> allowed = allowed(event);
        wish.stated().keySet().stream().filter(field -> !allowed.contains(field)).forEach(field -> refuse(
                before.filter(Loan::contracted).isPresent() && field.fixedWithContract() ? LoanRefusal.FIELD_LOCKED : LoanRefusal.FIELD_NOT_OF_EVENT, field.json()));
        wish.cleared().stream().filter(field -> !allowed.contains(field)).forEach(field -> refuse(
                before.filter(Loan::contracted).isPresent() && field.fixedWithContract() ? LoanRefusal.FIELD_LOCKED : LoanRefusal.FIELD_NOT_OF_EVENT, field.json()));
        boolean nothing = (event == LoanEvent.EDIT || event == LoanEvent.CORRECT || event == LoanEvent.RECORD) && changed.isEmpty();
        if (!nothing) {
            events.add(event);
        }
        if (event == LoanEvent.ENTER && after.containsKey(LoanField.CONTRACT_DATE)) {
            events.add(LoanEvent.CONTRACT);
            if (OF_RECORD.stream().anyMatch(after::containsKey)) {
                events.add(LoanEvent.RECORD);
            }
        }
        if (Set.of(LoanEvent.WITHDRAW, LoanEvent.WITHDRAW_ERROR, LoanEvent.CORRECT).contains(event) && wish.reason().isEmpty()) {
            refuse(LoanRefusal.REASON_MISSING, "reason");
        }
    }

    private Set<LoanField> allowed(LoanEvent event) {
        Set<LoanField> allowed = EnumSet.noneOf(LoanField.class);
        switch (event) {
            case FORM -> allowed.addAll(OF_APPLICATION);
            case ENTER -> allowed.addAll(EnumSet.complementOf(EnumSet.of(LoanField.REJECTION_CODE)));
            case EDIT -> {
                allowed.addAll(OF_APPLICATION);
                if (milestone() == Milestone.APPROVED) {
                    allowed.addAll(OF_APPROVAL);
                } else if (milestone() == Milestone.REJECTED) {
                    allowed.addAll(OF_REJECTION);
                }
            }
            case APPROVE -> allowed.addAll(OF_APPROVAL);
            case REJECT -> allowed.addAll(OF_REJECTION);
            case CONTRACT -> allowed.addAll(OF_CONTRACT);
            case RECORD -> allowed.addAll(OF_RECORD);
            case CORRECT -> {
                allowed.addAll(EnumSet.allOf(LoanField.class));
                allowed.removeIf(field -> field.fixedWithContract() || field == LoanField.REJECTION_CODE);
            }
            case WITHDRAW, WITHDRAW_ERROR, RECHECK -> { }
        }
        return allowed;
    }

    /** A row of a file: it enters what is not there, and brings forward what is (LOAN-95). Where it corrects a contract, the file stands for the reason. */
    private void asStated() {
        if (before.isEmpty()) {
            events.add(after.containsKey(LoanField.APPROVED) || after.containsKey(LoanField.CONTRACT_DATE) ? LoanEvent.ENTER : LoanEvent.FORM);
            if (after.containsKey(LoanField.CONTRACT_DATE)) {
                events.add(LoanEvent.CONTRACT);
            }
            if (OF_RECORD.stream().anyMatch(after::containsKey)) {
                events.add(LoanEvent.RECORD);
            }
        } else if (!changed.isEmpty()) {
            bringForward(before.get());
        }
        Set<LoanField> allowed = EnumSet.noneOf(LoanField.class);
        events.forEach(event -> allowed.addAll(allowed(event)));
        if (!refused()) {
            changed.stream().filter(field -> !allowed.contains(field)).forEach(field -> refuse(LoanRefusal.FIELD_NOT_OF_EVENT, field.json()));
        }
    }

    private void bringForward(Loan loan) {
        Milestone from = loan.milestone();
        if (from == Milestone.REJECTED || from == Milestone.WITHDRAWN) {
            sayings.add(new Saying(Saying.Severity.REFUSAL, Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", from, "IMPORT")));
            return;
        }
        if (from == Milestone.CONTRACTED) {
            changed.stream().filter(LoanField::fixedWithContract).forEach(field -> refuse(LoanRefusal.FIELD_LOCKED, field.json()));
            if (changed.stream().anyMatch(field -> !OF_RECORD.contains(field))) {
                events.add(LoanEvent.CORRECT);
            }
        } else {
            if (changed.stream().anyMatch(OF_APPLICATION::contains)) {
                events.add(LoanEvent.EDIT);
            }
            if (from == Milestone.FORMED && after.containsKey(LoanField.APPROVED)) {
                events.add(LoanEvent.APPROVE);
            } else if (from == Milestone.APPROVED && changed.stream().anyMatch(OF_APPROVAL::contains) && !events.contains(LoanEvent.EDIT)) {
                events.add(LoanEvent.EDIT);
            }
            if (after.containsKey(LoanField.CONTRACT_DATE) && (from == Milestone.APPROVED || events.contains(LoanEvent.APPROVE))) {
                events.add(LoanEvent.CONTRACT);
            }
        }
        if (changed.stream().anyMatch(OF_RECORD::contains) && (from == Milestone.CONTRACTED || events.contains(LoanEvent.CONTRACT))) {
            events.add(LoanEvent.RECORD);
        }
    }

    private void judgeShape() {
        if (unchanged()) {
            return;
        }
        List.of(LoanField.PROGRAMME, LoanField.INN, LoanField.APPLICATION_NUMBER, LoanField.APPLIED_AT, LoanField.REQUESTED).stream().filter(field -> !after.containsKey(field))
                .forEach(field -> sayings.add(new Saying(Saying.Severity.REFUSAL, Refusal.of(InputRefusal.FIELD_MISSING, field.json()))));
        if (refused()) {
            return;
        }
        judgeInn();
        judgeSums();
        judgeDecision();
        judgeContract();
        judgeRecords();
        judgeDates();
    }

    private void judgeInn() {
        String inn = text(LoanField.INN);
        Identifier kind = BorrowerKind.of(inn) == BorrowerKind.LEGAL_ENTITY ? Identifier.COMPANY_INN : Identifier.PERSON_INN;
        for (IdentifierProblem problem : kind.problemsOf(inn)) {
            say(problem.refusedIn(contour) ? Saying.Severity.REFUSAL : Saying.Severity.WARNING, problem, LoanField.INN.json());
        }
        if (!BorrowerKind.of(inn).name().equals(text(LoanField.BORROWER_KIND))) {
            refuse(LoanRefusal.BORROWER_KIND_DIFFERS, LoanField.BORROWER_KIND.json());
        }
    }

    private void judgeSums() {
        for (LoanField field : List.of(LoanField.REQUESTED, LoanField.APPROVED, LoanField.CONTRACT_SUM)) {
            Long kopecks = (Long) after.get(field);
            if (kopecks != null && (kopecks < 1 || kopecks > KOPECKS_MAX)) {
                refuse(LoanRefusal.AMOUNT_RANGE, field.json());
            }
        }
        if (after.get(LoanField.APPROVED) instanceof Long approved && approved > (Long) after.get(LoanField.REQUESTED)) {
            say(Saying.Severity.WARNING, LoanRefusal.APPROVED_ABOVE_REQUESTED, LoanField.APPROVED.json());
        }
    }

    private void judgeDecision() {
        LoanStatus status = status().or(() -> before.map(Loan::status)).orElseThrow();
        if (status == LoanStatus.APPROVED) {
            require(LoanField.APPROVED);
            require(LoanField.DECIDED_ON);
        } else if (status == LoanStatus.REJECTED) {
            require(LoanField.REJECTION_CODE);
            require(LoanField.DECIDED_ON);
        }
    }

    private void require(LoanField field) {
        if (!after.containsKey(field)) {
            sayings.add(new Saying(Saying.Severity.REFUSAL, Refusal.of(InputRefusal.FIELD_MISSING, field.json())));
        }
    }

    private void judgeContract() {
        if (before.filter(Loan::contracted).isPresent() && !after.containsKey(LoanField.CONTRACT_DATE)) {
            refuse(LoanRefusal.FIELD_LOCKED, LoanField.CONTRACT_DATE.json());
            return;
        }
        if (OF_CONTRACT.stream().noneMatch(after::containsKey)) {
            return;
        }
        for (LoanField field : List.of(LoanField.CONTRACT_NUMBER, LoanField.CONTRACT_DATE, LoanField.CONTRACT_SUM, LoanField.RATE)) {
            if (!after.containsKey(field)) {
                refuse(LoanRefusal.CONTRACT_INCOMPLETE, field.json());
            }
        }
        if (!after.containsKey(LoanField.TERM_MONTHS) && !after.containsKey(LoanField.END_DATE)) {
            refuse(LoanRefusal.CONTRACT_INCOMPLETE, LoanField.TERM_MONTHS.json());
        }
        if (after.get(LoanField.RATE) instanceof BigDecimal rate && (rate.signum() < 0 || rate.compareTo(BigDecimal.valueOf(100)) > 0)) {
            refuse(LoanRefusal.AMOUNT_RANGE, LoanField.RATE.json());
        }
        if (after.get(LoanField.TERM_MONTHS) instanceof Integer months && (months < 1 || months > 600)) {
            refuse(LoanRefusal.AMOUNT_RANGE, LoanField.TERM_MONTHS.json());
        }
        if (after.get(LoanField.CONTRACT_HEADCOUNT) instanceof Integer people && (people < 0 || people > 10_000_000)) {
            refuse(LoanRefusal.AMOUNT_RANGE, LoanField.CONTRACT_HEADCOUNT.json());
        }
        if (day(LoanField.END_DATE) != null && day(LoanField.CONTRACT_DATE) != null && !day(LoanField.END_DATE).isAfter(day(LoanField.CONTRACT_DATE))) {
            refuse(LoanRefusal.DATE_ORDER, LoanField.END_DATE.json());
        } else if (after.get(LoanField.TERM_MONTHS) instanceof Integer months && day(LoanField.END_DATE) != null && day(LoanField.CONTRACT_DATE) != null && apart(months)) {
            say(Saying.Severity.WARNING, LoanRefusal.TERM_AND_END_DIFFER, LoanField.END_DATE.json());
        }
    }

    /** Whether the end is a month or more from where the term ends; a few days are what days off make of it. */
    private boolean apart(int months) {
        LocalDate ends = day(LoanField.CONTRACT_DATE).plusMonths(months);
        return !day(LoanField.END_DATE).isBefore(ends.plusMonths(1)) || !day(LoanField.END_DATE).isAfter(ends.minusMonths(1));
    }

    @SuppressWarnings("unchecked")
    private void judgeRecords() {
        List<DatedSum> issues = (List<DatedSum>) after.getOrDefault(LoanField.ISSUES, List.of());
        List<DatedSum> balances = (List<DatedSum>) after.getOrDefault(LoanField.BALANCES, List.of());
        if (issues.isEmpty() && balances.isEmpty()) {
            return;
        }
        if (!after.containsKey(LoanField.CONTRACT_DATE)) {
            refuse(LoanRefusal.CONTRACT_INCOMPLETE, LoanField.CONTRACT_DATE.json());
            return;
        }
        LocalDate contractOn = day(LoanField.CONTRACT_DATE);
        if (issues.size() > SUMS_MAX || issues.stream().anyMatch(issue -> issue.kopecks() < 1 || issue.kopecks() > KOPECKS_MAX)) {
            refuse(LoanRefusal.AMOUNT_RANGE, LoanField.ISSUES.json());
        } else if (issues.stream().mapToLong(DatedSum::kopecks).reduce(0, Draft::plus) > (Long) after.getOrDefault(LoanField.CONTRACT_SUM, 0L)) {
            refuse(LoanRefusal.ISSUED_ABOVE_CONTRACT, LoanField.ISSUES.json());
        }
        if (balances.size() > SUMS_MAX || balances.stream().anyMatch(balance -> balance.kopecks() < 0 || balance.kopecks() > KOPECKS_MAX || balance.on().getDayOfMonth() != 1)
                || balances.stream().map(DatedSum::on).distinct().count() < balances.size()) {
            refuse(LoanRefusal.AMOUNT_RANGE, LoanField.BALANCES.json());
        }
        if (issues.stream().anyMatch(issue -> issue.on().isBefore(contractOn)) || balances.stream().anyMatch(balance -> balance.on().isBefore(contractOn.withDayOfMonth(1)))) {
            refuse(LoanRefusal.DATE_ORDER, (issues.stream().anyMatch(issue -> issue.on().isBefore(contractOn)) ? LoanField.ISSUES : LoanField.BALANCES).json());
        }
        if (issues.stream().anyMatch(issue -> issue.on().isAfter(today()))) {
            say(doubt(), LoanRefusal.DATE_IN_FUTURE, LoanField.ISSUES.json());
        }
        if (balances.stream().anyMatch(balance -> balance.on().isAfter(today()))) {
            say(doubt(), LoanRefusal.DATE_IN_FUTURE, LoanField.BALANCES.json());
        }
    }

    /** Never more than fits: what is too much is too much. */
    private static long plus(long one, long other) {
        return Math.min(one + other, KOPECKS_MAX + 1);
    }

    private void judgeDates() {
        if (((Instant) after.get(LoanField.APPLIED_AT)).isAfter(at)) {
            say(doubt(), LoanRefusal.DATE_IN_FUTURE, LoanField.APPLIED_AT.json());
        }
        Map<LoanField, LocalDate> days = new TreeMap<>();
        List.of(LoanField.DECIDED_ON, LoanField.CONTRACT_DATE).forEach(field -> Optional.ofNullable(day(field)).ifPresent(day -> days.put(field, day)));
        days.forEach((field, day) -> {
            if (day.isAfter(today())) {
                say(doubt(), LoanRefusal.DATE_IN_FUTURE, field.json());
            } else if (day.isBefore(appliedOn())) {
                say(doubt(), LoanRefusal.DATE_ORDER, field.json());
            } else if (field == LoanField.CONTRACT_DATE && days.containsKey(LoanField.DECIDED_ON) && day.isBefore(days.get(LoanField.DECIDED_ON))) {
                say(doubt(), LoanRefusal.DATE_ORDER, field.json());
            }
        });
    }

    /** What PRODUCTION refuses and TEST warns of: how clean data is (LOAN-130). */
    Saying.Severity doubt() {
        return contour == Contour.PRODUCTION ? Saying.Severity.REFUSAL : Saying.Severity.WARNING;
    }

    void say(Saying.Severity severity, RefusalCode code, String field, Object... arguments) {
        sayings.add(new Saying(severity, Refusal.of(code, field, arguments)));
    }

    void refuse(RefusalCode code, String field, Object... arguments) {
        say(Saying.Severity.REFUSAL, code, field, arguments);
    }
}
