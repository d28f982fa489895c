package org.kopuro.loans;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.EntryView;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.ledger.LedgerRefusal;
import org.kopuro.ledger.Receipts;
import org.kopuro.ledger.proof.Receipt;
import org.kopuro.loans.checks.CheckResult;
import org.kopuro.loans.checks.CheckWish;
import org.kopuro.loans.checks.Checks;
import org.kopuro.loans.headcount.Monitoring;
import org.kopuro.loans.headcount.Outlook;
import org.kopuro.loans.headcount.Sheet;
import org.kopuro.loans.headcount.Sheets;
import org.kopuro.loans.programmes.Accreditations;
import org.kopuro.loans.programmes.Programme;
import org.kopuro.loans.programmes.Programmes;
import org.kopuro.loans.programmes.RuleSet;
import org.kopuro.loans.programmes.Rulebook;
import org.kopuro.registers.borrowers.Identifier;

/** One loan at a time: entered, changed, looked at (LOAN-15 to LOAN-22). What a regulator looks at is recorded (LOAN-137). */
@Stateless
public class Loans {

    private static final String CHANGED = "loans.loan_changed";
    private static final int TWINS_MAX = 200;
    /** Told at once; who wants the others asks again. */
    public static final int REPORTS_MAX = 200;

    @Inject
    private Placing placing;
    @Inject
    private Confirmations confirmations;
    @Inject
    private Replacing replacing;
    @Inject
    private LoanStore loans;
    @Inject
    private CardStore cards;
    @Inject
    private TwinStore twins;
    @Inject
    private Admissions admissions;
    @Inject
    private Programmes programmes;
    @Inject
    private Accreditations accreditations;
    @Inject
    private Checks checks;
    @Inject
    private Sheets sheets;
    @Inject
    private Monitoring monitoring;
    @Inject
    private Ledger ledger;
    @Inject
    private Receipts receipts;
    @Inject
    private Clock clock;

    /**
     * Enters a loan, once for each key of the bank's.
     *
     * @param key the same with the same body is answered as the first time
     */
    public LoanView enter(Wish wish, Placer placer, RequestKey key) {
        cards.holdKey(placer.bank(), placer.contour(), key.key());
        Optional<LoanView> first = answered(placer, key);
        if (first.isPresent()) {
            return first.get();
        }
        replacing.require(wish, placer);
        requireNoConfirmation(wish, placer);
        confirmations.requireNotProposed(placer, key);
        Instant at = clock.instant();
        LoanView entered = placed(wish, placer, at);
        cards.addAnswer(placer.bank(), placer.contour(), key.key(), key.bodySha256(), entered, at);
        return entered;
    }

    /** What the wish changes; refuses a version that is not the newest, and says what differs. */
    public LoanView change(Wish wish, Placer placer) {
        if (wish.event().equals(Optional.of(LoanEvent.WITHDRAW_ERROR))) {
            // The bank reports, and the regulator decides.
            throw Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", own(wish.loan().orElseThrow(), placer).milestone(), LoanEvent.WITHDRAW_ERROR);
        }
        requireNoConfirmation(wish, placer);
        return placed(wish, placer, clock.instant());
    }

    /** What has to be confirmed is proposed, and comes by {@link Confirmations#confirm}. */
    private void requireNoConfirmation(Wish wish, Placer placer) {
        if (confirmations.waits(wish, placer)) {
            throw Refusal.of(LoanRefusal.CONFIRMATION_NEEDED, "event");
        }
    }

    /** Before the contract an edit, afterwards a correction, which needs a reason (LOAN-T08, LOAN-75). */
    public Wish editing(UUID loan, int version, Map<LoanField, Object> stated, Set<LoanField> cleared, Optional<String> reason, Placer placer) {
        LoanEvent event = own(loan, placer).contracted() ? LoanEvent.CORRECT : LoanEvent.EDIT;
        return Wish.change(loan, event, stated, version, reason).clearing(cleared);
    }

    /** What the key's first request was answered, if there was one and it entered a loan at once. */
    public Optional<LoanView> answered(Placer placer, RequestKey key) {
        return cards.answered(placer.bank(), placer.contour(), key.key(), key.bodySha256()).map(first -> {
            LoanView now = view(cards.version(first.loan(), 1).orElseThrow(), first.sayings());
            return new LoanView(now.loan(), first.duplicate().orElse(now.duplicate()), first.newerReport().orElse(now.newerReport()), Optional.empty(), first.sayings());
        });
    }

    /** What was issued besides what is known; and balances, each in place of the one of its month (LOAN-T07). */
    public LoanView record(UUID loan, int version, List<DatedSum> issues, List<DatedSum> balances, Placer placer) {
        Loan before = own(loan, placer);
        Map<LoanField, Object> stated = new EnumMap<>(LoanField.class);
        if (!issues.isEmpty()) {
            stated.put(LoanField.ISSUES, Stream.concat(before.sums(LoanField.ISSUES).stream(), issues.stream()).toList());
        }
        if (!balances.isEmpty()) {
            stated.put(LoanField.BALANCES, Stream.concat(before.sums(LoanField.BALANCES).stream().filter(known -> balances.stream().noneMatch(balance -> balance.on().equals(known.on()))),
                    balances.stream()).toList());
        }
        return change(Wish.change(loan, LoanEvent.RECORD, stated, version, Optional.empty()), placer);
    }

    private Loan own(UUID loan, Placer placer) {
        return seen(loan, admissions.viewer(placer.bank(), placer.contour(), placer.actor()), "card");
    }

    private LoanView placed(Wish wish, Placer placer, Instant at) {
        Judgement judgement = placing.place(List.of(wish), placer, at).get(0);
        judgement.sayings().stream().filter(Saying::refuses).findFirst().ifPresent(saying -> {
            throw cards.refusal(saying, wish, placer.contour());
        });
        return view(cards.find(judgement.loan().orElseThrow(), placer.contour()).orElseThrow(), judgement.sayings());
    }

    /** Withdraws an application and enters it anew in one step, while there is no contract (LOAN-38). */
    public LoanView reenter(UUID loan, int version, String reason, Map<LoanField, Object> stated, Placer placer) {
        Instant at = clock.instant();
        Wish withdrawing = Wish.change(loan, LoanEvent.WITHDRAW, Map.of(), version, Optional.of(reason));
        // Else one pair of eyes undid what two have decided.
        requireNoConfirmation(withdrawing, placer);
        LoanView withdrawn = placed(withdrawing, placer, at);
        Map<LoanField, Object> all = new EnumMap<>(LoanField.class);
        List.of(LoanField.PROGRAMME, LoanField.BORROWER_KIND, LoanField.INN, LoanField.APPLICATION_NUMBER, LoanField.APPLIED_AT, LoanField.REQUESTED)
                .forEach(field -> all.put(field, withdrawn.loan().stated().get(field)));
        all.putAll(stated);
        return placed(Wish.enter(LoanEvent.FORM, all, Optional.of(loan)), placer, at);
    }

    public LoanView get(UUID loan, Viewer viewer) {
        return view(seen(loan, viewer, "card"), List.of());
    }

    /** As it was at a moment; not there where it was entered later. What others entered and filed since is no part of it. */
    public Loan asOf(UUID loan, Instant moment, Viewer viewer) {
        seen(loan, viewer, "card");
        return cards.asOf(loan, viewer.contour(), moment).filter(viewer::sees).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "asOf"));
    }

    /** The oldest first. */
    public List<HistoryEntry> history(UUID loan, Viewer viewer) {
        seen(loan, viewer, "history");
        return LoanArchive.history(cards.versions(loan, viewer.contour()).stream().filter(viewer::sees).toList());
    }

    /** All checks of the borrower, the newest first. */
    public List<CheckResult> checks(UUID loan, Viewer viewer) {
        seen(loan, viewer, "check");
        return checks.of(loan, viewer.contour()).stream().filter(check -> viewer.programmes().map(own -> own.contains(check.programme())).orElse(true)).toList();
    }

    /** The check by the loan's own rules, with the registers as of another day; nothing is stored (LOAN-50). */
    public CheckResult checkAsOf(UUID loan, LocalDate day, Viewer viewer) {
        Loan found = lookedUp(loan, viewer, "check");
        RuleSet rules = rules(found).asOf(day);
        return checks.judge(List.of(new CheckWish(loan, found.inn(), rules, found.appliedAt())), viewer.contour(), clock.instant()).get(0);
    }

    /** How its maximum came about; not there where the programme calculates none. */
    public Sheet sheet(UUID loan, Viewer viewer) {
        return seen(loan, viewer, "sheet").judged().sheet().flatMap(sheet -> sheets.find(sheet, viewer.contour())).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "sheet"));
    }

    /** The borrower's headcount month by month, and whether the jobs of the contract are kept: numbers only (LOAN-77, LOAN-78, LOAN-136). */
    public Outlook headcount(UUID loan, Viewer viewer) {
        Loan found = lookedUp(loan, viewer, "headcount");
        return monitoring.outlook(found.inn(), viewer.contour(), Optional.ofNullable((Integer) found.stated().get(LoanField.CONTRACT_HEADCOUNT)), found.judged().sheet(), rules(found),
                clock.instant());
    }

    /** The loan, whose borrower is about to be looked up anew. */
    private Loan lookedUp(UUID loan, Viewer viewer, String what) {
        Loan found = seen(loan, viewer, what);
        viewer.bank().ifPresent(bank -> admissions.require(found.programme(), bank, viewer.contour(), viewer.actor()));
        return found;
    }

    private RuleSet rules(Loan loan) {
        return programmes.rulebook().version(loan.programme(), loan.stage(), loan.judged().ruleSetVersion()).orElseThrow();
    }

    /** The loan, for whoever is about to look at a part of it named {@code what}. */
    public Loan seen(UUID loan, Viewer viewer, String what) {
        Loan found = there(loan, viewer);
        read(found, viewer, what, Optional.empty());
        return found;
    }

    private Loan there(UUID loan, Viewer viewer) {
        return cards.find(loan, viewer.contour()).filter(viewer::sees).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "loan"));
    }

    /** @param twins whose cards are shown beside it: in one entry that names none of them, as else everybody saw which loans are a pair */
    private void read(Loan loan, Viewer viewer, String what, Optional<List<Twin>> twins) {
        if (viewer.regulator()) {
            ledger.record(LedgerEvent.of("loans.card_read", 2, viewer.contour(), "loan", loan.id(), clock.instant()).with("what", what).with("version", loan.version())
                    .with("actorRole", viewer.actor().role()).personal("actor", viewer.actor().account())
                    .personal("twins", twins.map(all -> all.stream().flatMap(twin -> twin.loan().stream()).map(twin -> twin.id().toString()).sorted().collect(Collectors.joining(" ")))));
        }
    }

    private LoanView view(Loan loan, List<Saying> sayings) {
        boolean active = loan.status().counted();
        boolean newer = active && !loan.contracted() && loan.judged().sheet().filter(sheet -> sheets.outdated(List.of(sheet), loan.contour()).contains(sheet)).isPresent();
        return new LoanView(loan, active && twins.flagged(loan, part(loan)), newer, active && loan.contracted() ? cards.errorReport(loan) : Optional.empty(), sayings);
    }

    /** The stage, where stages are keys apart (LOAN-42). */
    private Optional<Integer> part(Loan loan) {
        return programmes.rulebook().programme(loan.programme()).filter(Programme::stagesApart).map(programme -> loan.stage());
    }

    /**
     * The others with its key, while it counts itself; whoever asks of one that does not has no business with them. Of other banks' a bank sees that there are, the newest month, and what was found; a
     * regulator both sides (LOAN-44).
     */
    public Twins duplicates(UUID loan, Viewer viewer) {
        Loan one = there(loan, viewer);
        Twins shown = shown(one, viewer);
        read(one, viewer, "duplicates", Optional.of(shown.told()));
        return shown;
    }

    private Twins shown(Loan loan, Viewer viewer) {
        if (!loan.status().counted()) {
            return new Twins(List.of(), false);
        }
        List<Twin> all = twins.list(loan, part(loan), viewer.bank(), TWINS_MAX + 1);
        List<Twin> told = all.stream().limit(TWINS_MAX).toList();
        Optional<Twin> others = viewer.bank().flatMap(bank -> twins.ofOthers(loan, part(loan)));
        return new Twins(Stream.concat(told.stream(), others.stream()).toList(), all.size() > TWINS_MAX);
    }

    /** Whether there is an active loan with the key, and its month; nothing is stored but that it was asked (LOAN-46). */
    public Optional<YearMonth> duplicateCheck(String programme, String inn, Placer placer) {
        requireTakingPart(programme, placer);
        Identifier kind = BorrowerKind.of(inn) == BorrowerKind.LEGAL_ENTITY ? Identifier.COMPANY_INN : Identifier.PERSON_INN;
        kind.refusalOf(inn, LoanField.INN.json(), placer.contour()).ifPresent(refusal -> {
            throw refusal;
        });
        Rulebook rulebook = programmes.rulebook();
        // Where stages are keys apart, what would be entered today is of today's.
        Optional<Integer> part = rulebook.programme(programme).filter(Programme::stagesApart)
                .map(apart -> rulebook.choose(programme, Rulebook.day(clock.instant()), Optional.empty()).rules().stage());
        Optional<YearMonth> month = twins.month(programme, inn, part, placer.contour());
        UUID asked = UUID.randomUUID();
        ledger.record(LedgerEvent.itself("loans.duplicates_asked", 2, Optional.of(placer.contour()), "question", asked, clock.instant()).personal("bank", placer.bank())
                .personal("programme", programme).personal("found", month.isPresent() ? 1 : 0).with("actorRole", placer.actor().role()).personal("actor", placer.actor().account()).personal("inn", inn));
        return month;
    }

    /** Whoever may not enter loans of a programme learns nothing of those that are there. */
    private void requireTakingPart(String programme, Placer placer) {
        admissions.require(programme, placer.bank(), placer.contour(), placer.actor());
        LocalDate today = LocalDate.ofInstant(clock.instant(), Installation.MOSCOW);
        if (placer.contour() == Contour.PRODUCTION && accreditations.of(placer.bank(), placer.contour()).getOrDefault(programme, List.of()).stream().noneMatch(period -> period.covers(today))) {
            throw Refusal.of(LoanRefusal.NOT_ACCREDITED, LoanField.PROGRAMME.json());
        }
    }

    /** By the programme's regulator, of two loans that are active with one key. */
    public Twins review(UUID loan, UUID other, DuplicateReview.Outcome outcome, String reason, Viewer viewer) {
        String text = Input.text(reason, "reason", 1000);
        Loan one = there(loan, viewer);
        if (!one.status().counted() || !twins.pair(one, other, part(one))) {
            throw Refusal.of(LoanRefusal.NO_PAIR, "other");
        }
        UUID id = UUID.randomUUID();
        Instant at = clock.instant();
        twins.addReview(id, one, other, outcome, text, at, viewer.actor());
        // One entry that names neither side: two, written together, would show everybody which loans are a pair.
        ledger.record(LedgerEvent.itself("loans.duplicate_reviewed", 2, Optional.of(viewer.contour()), "duplicate_review", id, at).with("actorRole", viewer.actor().role()).personal("loan", loan)
                .personal("other", other).personal("outcome", outcome).personal("actor", viewer.actor().account()).personal("reason", text));
        Twins shown = shown(one, viewer);
        read(one, viewer, "duplicates", Optional.of(shown.told()));
        return shown;
    }

    /** What was found of the pairs that the loan was of: part of its history (LOAN-45). */
    public List<DuplicateReview> reviews(UUID loan, Viewer viewer) {
        return twins.reviews(seen(loan, viewer, "history"), viewer);
    }

    /** The bank says that a loan with a contract, of which nothing was issued, was entered in error; the regulator decides (LOAN-T09). */
    public LoanView reportError(UUID loan, int version, String reason, Placer placer) {
        String text = Input.text(reason, "reason", 1000);
        Loan found = own(loan, placer);
        admissions.require(found.programme(), placer.bank(), placer.contour(), placer.actor());
        if (found.version() != version) {
            throw cards.stale(Wish.change(loan, LoanEvent.WITHDRAW_ERROR, Map.of(), version, Optional.of(text)), placer.contour());
        }
        if (!LoanEvent.WITHDRAW_ERROR.possible(found.milestone()) || cards.everIssued(loan)) {
            throw Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", found.milestone(), LoanEvent.WITHDRAW_ERROR);
        }
        Instant at = clock.instant();
        cards.addErrorReport(found, text, at, placer.actor());
        ledger.record(LedgerEvent.of("loans.error_reported", 1, placer.contour(), "loan", loan, at).with("version", version).with("actorRole", placer.actor().role())
                .personal("actor", placer.actor().account()).personal("reason", text));
        return view(found, List.of());
    }

    /** The regulator confirms what the bank has reported of the version. */
    public LoanView confirmError(UUID loan, int version, Viewer viewer) {
        Loan found = reported(loan, viewer);
        ErrorReport report = waiting(found);
        return placed(Wish.change(loan, LoanEvent.WITHDRAW_ERROR, Map.of(), version, Optional.of(report.reason())), forBank(found, viewer), clock.instant());
    }

    /** The regulator leaves it as it is. */
    public LoanView declineError(UUID loan, int version, String reason, Viewer viewer) {
        String text = Input.text(reason, "reason", 1000);
        Loan found = reported(loan, viewer);
        if (found.version() != version) {
            throw cards.stale(Wish.change(loan, LoanEvent.WITHDRAW_ERROR, Map.of(), version, Optional.of(text)), viewer.contour());
        }
        waiting(found);
        Instant at = clock.instant();
        cards.decline(found, text, at, viewer.actor());
        ledger.record(LedgerEvent.of("loans.error_declined", 1, viewer.contour(), "loan", loan, at).with("version", version).with("actorRole", viewer.actor().role())
                .personal("actor", viewer.actor().account()).personal("reason", text));
        return view(found, List.of());
    }

    /** Kept from others until the transaction ends: it is confirmed or declined. */
    private Loan reported(UUID loan, Viewer viewer) {
        Loan found = seen(loan, viewer, "card");
        loans.bePatient();
        return loans.hold(List.of(loan), found.bank(), found.contour(), true).get(0);
    }

    private ErrorReport waiting(Loan loan) {
        return cards.errorReport(loan).filter(report -> report.declined().isEmpty()).orElseThrow(() -> Refusal.of(LoanRefusal.ERROR_NOT_REPORTED, "loan"));
    }

    /** What waits for the regulator, the oldest first; behind {@code after} where one is named. */
    public List<ErrorReport> errorReports(Viewer viewer, Optional<String> after) {
        return cards.errorReports(viewer, after.map(ErrorReport.Place::read), REPORTS_MAX);
    }

    /** The regulator withdraws what has no contract, with a reason (LOAN-37). */
    public LoanView withdraw(UUID loan, int version, String reason, Viewer viewer) {
        Loan found = seen(loan, viewer, "card");
        return placed(Wish.change(loan, LoanEvent.WITHDRAW, Map.of(), version, Optional.of(Input.text(reason, "reason", 1000))), forBank(found, viewer), clock.instant());
    }

    private static Placer forBank(Loan loan, Viewer viewer) {
        return Placer.api(loan.bank(), loan.contour(), viewer.actor());
    }

    /** That the newest version stands in the ledger, with the card opened: a file that {@code bin/verify} checks offline (LOAN-112). */
    public Receipt receipt(UUID loan, Viewer viewer) {
        Loan found = seen(loan, viewer, "receipt");
        String card = cards.card(found);
        EntryView entry = receipts.about(loan, viewer.contour()).stream().filter(one -> one.isOf(CHANGED) && receipts.tells(one, "card", card)).findFirst()
                .orElseThrow(() -> Refusal.of(LedgerRefusal.ENTRY_NOT_YET_IN_TREE, "entry"));
        return receipts.receipt(entry, Map.of("card", card));
    }
}
