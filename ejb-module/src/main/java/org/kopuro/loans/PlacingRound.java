package org.kopuro.loans;

import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.loans.checks.CheckJson;
import org.kopuro.loans.checks.CheckResult;
import org.kopuro.loans.checks.CheckResult.Mark;
import org.kopuro.loans.checks.CheckResult.Verdict;
import org.kopuro.loans.checks.CheckWish;
import org.kopuro.loans.checks.Checks;
import org.kopuro.loans.checks.Kept;
import org.kopuro.loans.headcount.Sheet;
import org.kopuro.loans.headcount.SheetWish;
import org.kopuro.loans.headcount.Sheets;
import org.kopuro.loans.programmes.DuplicatePolicy;
import org.kopuro.loans.programmes.EntryPoint;
import org.kopuro.loans.programmes.Period;
import org.kopuro.loans.programmes.Programme;
import org.kopuro.loans.programmes.RuleSet;
import org.kopuro.loans.programmes.RuleSet.OnBreach;
import org.kopuro.loans.programmes.Rulebook;

/** One round of judging: what the wishes need is read for all of them together, each is judged, and what is allowed is written together. */
final class PlacingRound {

    /** What hangs on the borrower's registers, and stays with the card until they are asked again. */
    private static final Set<LoanRefusal> FOUND = EnumSet.of(LoanRefusal.INN_UNKNOWN, LoanRefusal.NOT_ELIGIBLE, LoanRefusal.IDENTIFIERS_DISAGREE, LoanRefusal.OKVED_UNCLASSIFIED);
    /** What hangs on programme and application's day, and stays until one of them is another. */
    private static final Set<LoanRefusal> OF_ENTRY = EnumSet.of(LoanRefusal.NOT_ACCREDITED, LoanRefusal.PROGRAMME_NOT_ACTIVE);
    /** A doubt of the check's, and what the card is marked with for it (LOAN-130). */
    private static final Map<String, LoanRefusal> DOUBTS = Map.of("C02", LoanRefusal.IDENTIFIERS_DISAGREE, "C05", LoanRefusal.OKVED_UNCLASSIFIED);

    private static final String REGULATOR = "REGULATOR";

    record Means(LoanStore store, Rulebook rulebook, Map<String, List<Period>> accredited, Checks checks, Sheets sheets, Ledger ledger) {
    }

    private final Means means;
    private final Placer placer;
    private final Instant at;
    private final boolean storing;
    private final Admission admission;

    /** A wish on its way. */
    private static final class Case {
        private final Draft draft;
        private final UUID id;
        private Programme programme;
        private RuleSet rules;
        private boolean outsideStage;
        private boolean flagged;
        private Optional<CheckResult> check = Optional.empty();
        private Optional<Sheet> sheet = Optional.empty();
        private Loan after;

        Case(Draft draft) {
            this.draft = draft;
            this.id = draft.before.map(Loan::id).orElseGet(UUID::randomUUID);
        }

        boolean open() {
            return !draft.refused() && !draft.unchanged();
        }

        int stage() {
            return rules.stage();
        }
    }

    PlacingRound(Means means, Placer placer, Instant at, boolean storing) {
        this.means = means;
        this.placer = placer;
        this.at = at;
        this.storing = storing;
        this.admission = means.store().admission(placer.bank(), placer.contour(), placer.actor(), at);
    }

    List<Judgement> judge(List<Wish> wishes) {
        List<Case> cases = cases(wishes);
        open(cases).forEach(this::chooseRules);
        check(open(cases).filter(one -> one.draft.toBeJudged()).toList());
        calculate(open(cases).filter(one -> one.draft.toBeJudged() && one.draft.before.filter(Loan::contracted).isEmpty()).toList());
        open(cases).forEach(this::judgeFound);
        judgeDuplicates(open(cases).toList());
        open(cases).forEach(one -> one.after = after(one));
        List<Case> allowed = open(cases).toList();
        if (storing) {
            write(allowed);
        }
        return cases.stream().map(this::judgement).toList();
    }

    private static Stream<Case> open(List<Case> cases) {
        return cases.stream().filter(Case::open);
    }

    private List<Case> cases(List<Wish> wishes) {
        Map<UUID, Loan> byId = new HashMap<>();
        Map<List<String>, Loan> byNumber = new HashMap<>();
        List<Wish> numbered = wishes.stream().filter(wish -> wish.loan().isEmpty() && wish.stated().containsKey(LoanField.PROGRAMME) && wish.stated().containsKey(LoanField.APPLICATION_NUMBER)).toList();
        means.store().hold(wishes.stream().flatMap(wish -> wish.loan().stream()).toList(), placer.bank(), placer.contour(), storing).stream().filter(this::sees)
                .forEach(loan -> byId.put(loan.id(), loan));
        means.store().holdNumbered(numbered.stream().map(wish -> (String) wish.stated().get(LoanField.PROGRAMME)).toList(),
                numbered.stream().map(wish -> (String) wish.stated().get(LoanField.APPLICATION_NUMBER)).toList(), placer.bank(), placer.contour(), storing).stream().filter(this::sees)
                .forEach(loan -> byNumber.put(key(loan.stated()), loan));
        List<Wish> rows = numbered.stream().filter(wish -> wish.row().isPresent() && !byNumber.containsKey(key(wish.stated()))).toList();
        means.store().withdrawn(rows.stream().map(wish -> (String) wish.stated().get(LoanField.PROGRAMME)).toList(), rows.stream().map(wish -> (String) wish.stated().get(LoanField.APPLICATION_NUMBER))
                .toList(), placer.bank(), placer.contour()).stream().filter(this::sees).forEach(loan -> byNumber.put(key(loan.stated()), loan));
        Set<Object> taken = new HashSet<>();
        List<Case> cases = new ArrayList<>();
        for (Wish wish : wishes) {
            Optional<Loan> before = wish.loan().isPresent() ? Optional.ofNullable(byId.get(wish.loan().get())) : Optional.ofNullable(byNumber.get(key(wish.stated())));
            if (wish.loan().isPresent() && before.isEmpty()) {
                throw Refusal.of(InputRefusal.NOT_FOUND, "loan");
            }
            boolean entering = wish.loan().isEmpty() && wish.event().isPresent();
            Draft draft = new Draft(entering ? Optional.empty() : before, wish, placer.contour(), at);
            if (entering && before.isPresent() || !taken.add(before.<Object>map(Loan::id).orElseGet(() -> key(wish.stated())))) {
                draft.refuse(LoanRefusal.APPLICATION_NUMBER_TAKEN, LoanField.APPLICATION_NUMBER.json());
            }
            cases.add(new Case(draft));
        }
        return cases;
    }

    /** To a bank's system its bank's loans under other procedures are not there: their rows are refused by the programme that they name. */
    private boolean sees(Loan loan) {
        return !placer.actor().isSubsystem() || means.rulebook().programme(loan.programme()).filter(admission::entitled).isPresent();
    }

    private static List<String> key(Map<LoanField, Object> stated) {
        return List.of(String.valueOf(stated.get(LoanField.PROGRAMME)), String.valueOf(stated.get(LoanField.APPLICATION_NUMBER)));
    }

    private void chooseRules(Case one) {
        Draft draft = one.draft;
        Optional<Programme> programme = means.rulebook().programme(draft.text(LoanField.PROGRAMME));
        if (programme.isEmpty()) {
            draft.refuse(LoanRefusal.PROGRAMME_UNKNOWN, LoanField.PROGRAMME.json());
            return;
        }
        one.programme = programme.get();
        Optional<Loan> kept = draft.before.filter(loan -> loan.contracted() || !draft.toBeJudged());
        Rulebook.Chosen chosen;
        try {
            chosen = means.rulebook().choose(one.programme.code(), draft.appliedOn(), draft.contractOn());
        } catch (Refusal refusal) {
            // A programme whose rules nobody has approved yet stops its own loans, and nobody else's.
            draft.sayings.add(new Saying(Saying.Severity.REFUSAL, refusal));
            return;
        }
        if (kept.isPresent()) {
            Loan loan = kept.get();
            one.rules = means.rulebook().version(loan.programme(), loan.stage(), loan.judged().ruleSetVersion()).orElseThrow();
            one.outsideStage = loan.outsideStage();
            if (loan.contracted() && draft.changed.contains(LoanField.CONTRACT_DATE) && (chosen.rules().stage() != loan.stage() || chosen.outsideStage() != loan.outsideStage())) {
                draft.refuse(LoanRefusal.FIELD_LOCKED, LoanField.CONTRACT_DATE.json());
            }
        } else {
            one.rules = chosen.rules();
            one.outsideStage = chosen.outsideStage();
        }
        judgeAccess(one);
    }

    /** Whether this bank may enter under this programme now. */
    private void judgeAccess(Case one) {
        Draft draft = one.draft;
        // The regulator does not act for itself.
        if (!placer.actor().role().equals(REGULATOR)) {
            admission.refusal(one.programme).ifPresent(code -> draft.refuse(code, LoanField.PROGRAMME.json(), one.programme.procedure()));
        }
        boolean entering = draft.before.isEmpty();
        if (entering || draft.changed.contains(LoanField.PROGRAMME)) {
            boolean contract = draft.contractOn().isPresent();
            boolean formed = draft.status().or(() -> draft.before.map(Loan::status)).orElseThrow() == LoanStatus.FORMED;
            if (one.programme.entryPoint() == EntryPoint.BEFORE_DECISION && !formed || one.programme.entryPoint() == EntryPoint.AFTER_CONTRACT && !contract) {
                draft.refuse(LoanRefusal.ENTRY_POINT, LoanField.PROGRAMME.json(), one.programme.entryPoint());
            }
        }
        if (entryJudged(draft)) {
            if (means.accredited().getOrDefault(one.programme.code(), List.of()).stream().noneMatch(period -> period.covers(draft.appliedOn()))) {
                draft.say(draft.doubt(), LoanRefusal.NOT_ACCREDITED, LoanField.PROGRAMME.json());
            }
            if (draft.appliedOn().isBefore(one.programme.activeFrom()) || one.programme.activeTo().filter(draft.appliedOn()::isAfter).isPresent()) {
                draft.say(draft.doubt(), LoanRefusal.PROGRAMME_NOT_ACTIVE, LoanField.APPLIED_AT.json());
            }
        }
    }

    private static boolean entryJudged(Draft draft) {
        return draft.before.isEmpty() || draft.changed.contains(LoanField.PROGRAMME) || draft.changed.contains(LoanField.APPLIED_AT);
    }

    private void check(List<Case> cases) {
        List<CheckResult> results = means.checks().judge(cases.stream().map(one -> new CheckWish(one.id, one.draft.text(LoanField.INN), one.rules, (Instant) one.draft.after.get(LoanField.APPLIED_AT))).toList(),
                placer.contour(), at);
        for (int i = 0; i < cases.size(); i++) {
            cases.get(i).check = Optional.of(results.get(i));
        }
    }

    private void calculate(List<Case> cases) {
        Map<UUID, Sheet> sheets = new HashMap<>();
        List<Case> wanting = cases.stream().filter(one -> one.rules.formula().isPresent()).toList();
        means.sheets().compute(wanting.stream().map(one -> new SheetWish(one.id, one.draft.text(LoanField.INN), one.rules, (Instant) one.draft.after.get(LoanField.APPLIED_AT), one.draft.contractOn()))
                .toList(), placer.contour(), at).forEach(sheet -> sheets.put(sheet.loan(), sheet));
        wanting.forEach(one -> one.sheet = Optional.ofNullable(sheets.get(one.id)));
    }

    private void judgeFound(Case one) {
        Draft draft = one.draft;
        boolean recheck = draft.events.contains(LoanEvent.RECHECK);
        one.check.ifPresent(check -> {
            if (check.borrower().isEmpty()) {
                draft.say(recheck ? Saying.Severity.WARNING : draft.doubt(), LoanRefusal.INN_UNKNOWN, LoanField.INN.json());
            }
            if (check.verdict() == Verdict.DOES_NOT_MEET) {
                draft.say(one.rules.onFail() == OnBreach.BLOCK && !recheck ? draft.doubt() : Saying.Severity.WARNING, LoanRefusal.NOT_ELIGIBLE, LoanField.INN.json());
            }
            check.items().stream().filter(item -> item.mark() == Mark.WARN && DOUBTS.containsKey(item.code()))
                    .forEach(item -> draft.say(Saying.Severity.WARNING, DOUBTS.get(item.code()), LoanField.INN.json()));
        });
        if (one.outsideStage) {
            draft.say(Saying.Severity.WARNING, LoanRefusal.OUTSIDE_STAGE, (draft.contractOn().isPresent() ? LoanField.CONTRACT_DATE : LoanField.APPLIED_AT).json());
        }
        if (!one.rules.takes(draft.appliedOn())) {
            draft.say(Saying.Severity.WARNING, LoanRefusal.OUTSIDE_APPLICATION_DAYS, LoanField.APPLIED_AT.json());
        }
        if (draft.contractOn().isPresent() && one.rules.formula().isPresent() && !draft.after.containsKey(LoanField.CONTRACT_HEADCOUNT)) {
            draft.refuse(LoanRefusal.CONTRACT_INCOMPLETE, LoanField.CONTRACT_HEADCOUNT.json());
        }
        Optional<Integer> counted = headcount(one);
        if (draft.after.get(LoanField.CONTRACT_HEADCOUNT) instanceof Integer stated && counted.filter(number -> !number.equals(stated)).isPresent()) {
            draft.say(Saying.Severity.WARNING, LoanRefusal.HEADCOUNT_DIFFERS, LoanField.CONTRACT_HEADCOUNT.json(), counted.get().toString());
        }
        if (draft.contractOn().isPresent() && one.rules.formula().isPresent() && maximum(one).isEmpty()) {
            // The contract locks sheet and headcount: this is the last moment to be told.
            draft.say(Saying.Severity.WARNING, LoanRefusal.MAXIMUM_UNKNOWN, LoanField.CONTRACT_SUM.json());
        }
        if (draft.after.get(LoanField.CONTRACT_SUM) instanceof Long sum && maximum(one).filter(maximum -> sum > maximum).isPresent()) {
            boolean stating = draft.changed.contains(LoanField.CONTRACT_SUM) || draft.events.contains(LoanEvent.CONTRACT);
            draft.say(one.rules.onOverMaximum() == OnBreach.BLOCK && stating ? draft.doubt() : Saying.Severity.WARNING, LoanRefusal.OVER_MAXIMUM, LoanField.CONTRACT_SUM.json(),
                    LoanJson.roubles(sum - maximum(one).get()));
        }
    }

    private Optional<Integer> headcount(Case one) {
        return one.sheet.isPresent() ? one.sheet.get().counted() : one.draft.before.filter(loan -> kept(one)).flatMap(loan -> loan.judged().headcount());
    }

    private Optional<Long> maximum(Case one) {
        return one.sheet.isPresent() ? one.sheet.get().maximum() : one.draft.before.filter(loan -> kept(one)).flatMap(loan -> loan.judged().maximum());
    }

    /** Whether the sheet of before still is the loan's. */
    private static boolean kept(Case one) {
        return !one.draft.toBeJudged() || one.draft.before.filter(Loan::contracted).isPresent();
    }

    private ApplicantKey key(Programme programme, String inn, int stage) {
        return new ApplicantKey(programme.code(), inn, programme.stagesApart() ? stage : 0);
    }

    private Optional<ApplicantKey> keyBefore(Case one) {
        return one.draft.before.filter(loan -> loan.status().counted()).flatMap(loan -> means.rulebook().programme(loan.programme()).map(programme -> key(programme, loan.inn(), loan.stage())));
    }

    private Optional<ApplicantKey> keyAfter(Case one) {
        LoanStatus status = one.draft.status().or(() -> one.draft.before.map(Loan::status)).orElseThrow();
        return status.counted() ? Optional.of(key(one.programme, one.draft.text(LoanField.INN), one.stage())) : Optional.empty();
    }

    /**
     * What leaves its key does so first, so that whoever comes under it in the same file finds it free, whichever stands before the other. Whoever may not go to its new key stays in its old one, which
     * then is not free after all: hence again, until nobody else is refused.
     */
    private void judgeDuplicates(List<Case> cases) {
        TreeSet<ApplicantKey> keys = new TreeSet<>();
        cases.forEach(one -> Stream.concat(keyBefore(one).stream(), keyAfter(one).stream()).forEach(keys::add));
        Map<ApplicantKey, Integer> stored = means.store().counts(keys, placer.contour(), storing);
        Map<ApplicantKey, String> months = means.store().months(stored.entrySet().stream().filter(entry -> entry.getValue() > 0 && blocks(entry.getKey())).map(Map.Entry::getKey).toList(), placer.contour());
        Map<ApplicantKey, Integer> active = new HashMap<>();
        boolean settled = false;
        while (!settled) {
            active.clear();
            active.putAll(stored);
            settled = true;
            List<Case> moving = open(cases).filter(one -> !keyBefore(one).equals(keyAfter(one))).toList();
            moving.forEach(one -> keyBefore(one).ifPresent(key -> active.merge(key, -1, Integer::sum)));
            for (Case one : moving) {
                Optional<ApplicantKey> key = keyAfter(one);
                if (key.isPresent() && active.getOrDefault(key.get(), 0) > 0 && one.programme.duplicatePolicy() == DuplicatePolicy.BLOCK) {
                    one.draft.refuse(LoanRefusal.DUPLICATE_BLOCKED, LoanField.INN.json(), one.programme.code(), months.getOrDefault(key.get(), month(one)));
                    settled = false;
                } else {
                    key.ifPresent(taken -> active.merge(taken, 1, Integer::sum));
                }
            }
        }
        Map<UUID, Optional<ApplicantKey>> moved = open(cases).filter(one -> !keyBefore(one).equals(keyAfter(one))).collect(Collectors.toMap(one -> one.id, this::keyAfter, (first, then) -> then));
        flag(open(cases).filter(one -> keyAfter(one).filter(key -> active.getOrDefault(key, 0) > 1).isPresent()).toList(), moved, active);
    }

    /** Whom the regulator has found to be different from all others of its key is marked no more (LOAN-45). */
    private void flag(List<Case> crowded, Map<UUID, Optional<ApplicantKey>> moved, Map<ApplicantKey, Integer> active) {
        Map<UUID, Integer> different = means.store().different(crowded.stream().collect(Collectors.toMap(one -> one.id, one -> keyAfter(one).orElseThrow(), (first, then) -> then)), moved, placer.contour());
        crowded.stream().filter(one -> active.get(keyAfter(one).orElseThrow()) - 1 > different.getOrDefault(one.id, 0)).forEach(one -> {
            one.flagged = true;
            one.draft.say(Saying.Severity.WARNING, LoanRefusal.DUPLICATE_FLAGGED, LoanField.INN.json(), one.programme.code());
        });
    }

    private boolean blocks(ApplicantKey key) {
        return means.rulebook().programme(key.programme()).filter(programme -> programme.duplicatePolicy() == DuplicatePolicy.BLOCK).isPresent();
    }

    /** Of another one in the same file: its own stands for it. */
    private static String month(Case one) {
        return YearMonth.from(one.draft.appliedOn()).toString();
    }

    private Loan after(Case one) {
        Draft draft = one.draft;
        Optional<Loan> before = draft.before;
        LoanStatus status = draft.status().or(() -> before.map(Loan::status)).orElseThrow();
        Loan.Judged old = before.map(Loan::judged).orElse(null);
        CheckResult check = one.check.orElse(null);
        Optional<UUID> sheet = kept(one) && old != null ? old.sheet() : one.sheet.map(Sheet::id);
        Loan.Judged judged = check == null ? old : new Loan.Judged(check.borrower().map(found -> found.name()), check.borrower().map(found -> found.region()), check.borrower().map(found -> found.okvedMain()),
                check.borrower().map(CheckJson::borrower), check.verdict(), check.id(), one.rules.version(), sheet, headcount(one), maximum(one));
        Loan.Change change = new Loan.Change(draft.events, at, placer.actor(), placer.source(), placer.importing().or(() -> before.flatMap(loan -> loan.last().importing())),
                draft.wish.row().or(() -> before.flatMap(loan -> loan.last().row())), draft.wish.reason());
        return new Loan(one.id, placer.contour(), placer.bank(), before.map(Loan::version).orElse(0) + 1, status,
                before.filter(loan -> loan.status() == status).map(Loan::statusAt).orElse(at), draft.after, one.stage(), one.outsideStage, judged, warnings(one),
                before.isPresent() ? before.get().replaces() : draft.wish.replaces(), before.map(Loan::createdAt).orElse(at), change);
    }

    private List<Loan.Warning> warnings(Case one) {
        Map<String, Loan.Warning> warnings = new LinkedHashMap<>();
        Set<LoanRefusal> kept = EnumSet.noneOf(LoanRefusal.class);
        if (one.check.isEmpty()) {
            kept.addAll(FOUND);
        }
        if (!entryJudged(one.draft)) {
            kept.addAll(OF_ENTRY);
        }
        one.draft.before.ifPresent(loan -> loan.warnings().stream().filter(warning -> kept.stream().anyMatch(code -> code.name().equals(warning.code())))
                .forEach(warning -> warnings.put(warning.code() + warning.field(), warning)));
        one.draft.sayings.stream().filter(saying -> saying.refusal().code() != LoanRefusal.DUPLICATE_FLAGGED)
                .forEach(saying -> warnings.put(saying.code() + saying.field(), new Loan.Warning(saying.code(), saying.field())));
        return List.copyOf(warnings.values());
    }

    private void write(List<Case> cases) {
        means.checks().add(cases.stream().flatMap(one -> one.check.stream().map(check -> new Kept(one.id, check))).toList(), placer.contour());
        means.sheets().add(cases.stream().flatMap(one -> one.sheet.stream()).toList(), placer.contour());
        // What is changed first: a number that it leaves may be entered anew in the same round.
        means.store().update(cases.stream().filter(one -> one.draft.before.isPresent()).map(one -> one.after).toList());
        means.store().insert(cases.stream().filter(one -> one.draft.before.isEmpty()).map(one -> one.after).toList());
        if (!cases.isEmpty()) {
            Map<UUID, String> cards = means.store().cards(cases.stream().map(one -> one.after).toList());
            means.ledger().recordAll(cases.stream().map(one -> told(one, cards.get(one.id))).toList());
        }
    }

    /** Anybody may read the ledger: what a bank does and with whom stands in the card alone, which only a receipt opens (LOAN-44). */
    private LedgerEvent told(Case one, String card) {
        Loan loan = one.after;
        return LedgerEvent.of("loans.loan_changed", 2, loan.contour(), "loan", loan.id(), at).with("version", loan.version()).personal("sheetSha256", one.sheet.map(Sheet::sha256))
                .personal("actor", placer.actor().account()).personal("card", card);
    }

    private Judgement judgement(Case one) {
        Draft draft = one.draft;
        Optional<UUID> loan = draft.before.map(Loan::id).or(() -> draft.refused() ? Optional.empty() : Optional.of(one.id));
        int version = draft.before.map(Loan::version).orElse(0);
        if (draft.refused()) {
            return new Judgement(Judgement.Outcome.REFUSED, false, loan, version, draft.sayings, List.of());
        }
        if (draft.unchanged()) {
            return new Judgement(Judgement.Outcome.UNCHANGED, false, loan, version, draft.sayings, List.of());
        }
        List<FieldChange> changes = draft.changed.stream().map(field -> new FieldChange(field.json(), told(field, draft.before.map(Loan::stated).orElse(Map.of())), told(field, draft.after))).toList();
        return new Judgement(draft.before.isEmpty() ? Judgement.Outcome.CREATED : Judgement.Outcome.UPDATED, one.flagged, loan, version + 1, draft.sayings, changes);
    }

    private static Optional<String> told(LoanField field, Map<LoanField, Object> stated) {
        return Optional.ofNullable(stated.get(field)).map(value -> LoanJson.told(field, value).toString());
    }
}
