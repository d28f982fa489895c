package org.kopuro.loans.checks;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kopuro.loans.checks.CheckResult.Item;
import org.kopuro.loans.checks.CheckResult.Mark;
import org.kopuro.loans.checks.CheckResult.Verdict;
import org.kopuro.loans.programmes.RuleSet;
import org.kopuro.registers.borrowers.Borrower;
import org.kopuro.registers.borrowers.BorrowerRegister;
import org.kopuro.registers.borrowers.Borrowers;
import org.kopuro.registers.borrowers.Identifier;
import org.kopuro.registers.borrowers.Okved;
import org.kopuro.registers.payroll.Employment;
import org.kopuro.registers.payroll.ReportView;

/** What the items of one borrower are, and what follows from them by a rule set. Knows three answers: yes, no, and that nobody can say. */
final class Judging {

    /** As of which the lists of non-profit organisations are provided (002 §2.5), whatever the snapshot is (LOAN-C11). */
    static final LocalDate LISTS_AS_OF = LocalDate.of(2021, 7, 1);
    /** Not on the register of small and medium enterprises (LOAN-C08). */
    static final String LARGE = "LARGE";

    private static final Set<String> SMALLEST = Set.of(Borrower.Size.MICRO.name(), Borrower.Size.SMALL.name());
    private static final Map<String, BorrowerRegister> LISTS = Map.of("906", BorrowerRegister.NGO_906, "847", BorrowerRegister.NGO_847);

    private final Seen seen;
    private final Map<String, Item> items;

    Judging(Seen seen) {
        this.seen = seen;
        this.items = Stream.of(name(), identifiers(), legalForm(), life(), activities(), bankruptcy(), enterprise(), size(), former(), employer(), lists())
                .collect(Collectors.toMap(Item::code, Function.identity()));
    }

    List<Item> items() {
        return items.values().stream().sorted((one, other) -> one.code().compareTo(other.code())).toList();
    }

    /**
     * One alternative that is met is enough; where none is and one might be, nobody can say (LOAN-52, LOAN-54). Of a borrower that the register does not know nothing is established, also where a
     * programme asks for nothing.
     */
    Verdict verdict(List<RuleSet.Alternative> alternatives) {
        if (seen.either().isEmpty()) {
            return Verdict.NOT_ESTABLISHED;
        }
        List<Answer> answers = alternatives.stream().map(one -> Answer.all(one.conditions().stream().map(this::answer).toList())).toList();
        if (answers.isEmpty() || answers.contains(Answer.YES)) {
            return Verdict.MEETS;
        }
        return answers.contains(Answer.UNKNOWN) ? Verdict.NOT_ESTABLISHED : Verdict.DOES_NOT_MEET;
    }

    private Item name() {
        return companyItem("C01", SourceKind.TAXPAYER_FILING, seen.atSnapshot().map(it -> joined(List.of(it.name(), it.head().orElse("")))), Mark.PASS);
    }

    /** They agree when each is what a borrower of this kind has, and its check digits are right. */
    private Item identifiers() {
        return companyItem("C02", SourceKind.TAXPAYER_FILING, seen.atSnapshot().map(it -> joined(List.of(it.inn(), it.kpp().orElse(""), it.ogrn()))),
                seen.atSnapshot().filter(it -> !agree(it)).isPresent() ? Mark.WARN : Mark.PASS);
    }

    private static boolean agree(Borrower it) {
        boolean company = it.inn().length() == 10;
        return (company ? Identifier.COMPANY_INN : Identifier.PERSON_INN).problemsOf(it.inn()).isEmpty() && (company ? Identifier.OGRN : Identifier.OGRNIP).problemsOf(it.ogrn()).isEmpty()
                && it.kpp().isPresent() == company;
    }

    private Item legalForm() {
        return companyItem("C03", SourceKind.TAXPAYER_FILING, seen.atSnapshot().map(Borrower::legalForm), Mark.PASS);
    }

    /** There on the snapshot's day, and not gone since. */
    private Item life() {
        Optional<Borrower> last = seen.now().or(seen::atSnapshot);
        Optional<LocalDate> liquidated = last.flatMap(Borrower::liquidatedOn);
        boolean there = last.filter(it -> !it.registeredOn().isAfter(seen.snapshotOn())).isPresent() && liquidated.filter(day -> !day.isAfter(later())).isEmpty()
                && seen.atSnapshot().flatMap(Borrower::liquidatedOn).filter(day -> !day.isAfter(seen.snapshotOn())).isEmpty();
        // Who was registered afterwards was not there then, though the register has no row of that day to say so.
        Optional<String> value = last.filter(it -> seen.atSnapshot().isPresent() || it.registeredOn().isAfter(seen.snapshotOn()))
                .map(it -> it.registeredOn() + liquidated.map(day -> "/" + day).orElse(""));
        return companyItem("C04", SourceKind.REGISTRAR_DECISION, value, there ? Mark.PASS : Mark.FAIL);
    }

    private LocalDate later() {
        return seen.today().isAfter(seen.snapshotOn()) ? seen.today() : seen.snapshotOn();
    }

    private Item activities() {
        return companyItem("C05", SourceKind.TAXPAYER_FILING, seen.atSnapshot().map(it -> joined(List.of(it.okvedMain(), String.join(", ", it.okved())))),
                seen.unclassified().isEmpty() ? Mark.PASS : Mark.WARN);
    }

    private Item bankruptcy() {
        Optional<LocalDate> initiated = seen.atSnapshot().flatMap(Borrower::bankruptcyOn).or(() -> seen.now().flatMap(Borrower::bankruptcyOn));
        // Who is bankrupt is so whatever he was on the snapshot's day; who was registered after it was not bankrupt on it.
        Optional<String> value = seen.either().filter(it -> initiated.isPresent() || seen.atSnapshot().isPresent() || it.registeredOn().isAfter(seen.snapshotOn()))
                .map(it -> initiated.map(LocalDate::toString).orElse(""));
        return companyItem("C06", SourceKind.REGISTRAR_DECISION, value, initiated.isPresent() ? Mark.FAIL : Mark.PASS);
    }

    private Item companyItem(String code, SourceKind source, Optional<String> value, Mark mark) {
        return new Item(code, value.isPresent() ? mark : Mark.UNKNOWN, value.orElse(""), source.name(), seen.snapshotOn(), seen.loadedOn(BorrowerRegister.COMPANY));
    }

    private Optional<Borrower.Sme> sme() {
        return seen.atSnapshot().flatMap(Borrower::sme);
    }

    /** Who is not known at all is not known to be absent. */
    private boolean smeTold() {
        return sme().isPresent() || seen.atSnapshot().isPresent() && seen.tellsOf(BorrowerRegister.SME, seen.snapshotOn());
    }

    private Item enterprise() {
        return new Item("C07", !smeTold() ? Mark.UNKNOWN : sme().isPresent() ? Mark.PASS : Mark.FAIL, sme().map(it -> it.includedOn().toString()).orElse(""),
                SourceKind.INTER_AGENCY.name(), seen.snapshotOn(), seen.loadedOn(BorrowerRegister.SME));
    }

    private Item size() {
        return new Item("C08", smeTold() ? Mark.PASS : Mark.UNKNOWN, smeTold() ? sme().map(it -> it.size().name()).orElse(LARGE) : "", SourceKind.INTER_AGENCY.name(), seen.snapshotOn(),
                seen.loadedOn(BorrowerRegister.SME));
    }

    /** The number is told: the source names it (002 §3.3). The bank of that contract is not. */
    private Item former() {
        Optional<String> number = seen.now().flatMap(Borrower::contract696);
        boolean told = seen.now().isPresent() && seen.tellsOf(BorrowerRegister.CONTRACT_696, seen.today());
        return new Item("C09", number.isPresent() ? Mark.PASS : told ? Mark.FAIL : Mark.UNKNOWN, number.orElse(""), SourceKind.BANK_ENTRY.name(), seen.today(),
                seen.loadedOn(BorrowerRegister.CONTRACT_696));
    }

    /** By its latest report, which the value names. Without one nobody can say: who employs nobody reports nothing, and neither does who is late. */
    private Item employer() {
        Optional<ReportView> report = seen.employment().map(Employment::report);
        return new Item("C10", seen.employment().map(it -> it.employs() ? Mark.PASS : Mark.FAIL).orElse(Mark.UNKNOWN), report.map(it -> it.year() + " Q" + it.quarter() + "/" + it.correction()).orElse(""),
                SourceKind.TAXPAYER_FILING.name(), report.map(it -> day(it.acceptedAt())).orElse(seen.today()), report.map(it -> day(it.loadedAt())));
    }

    private static LocalDate day(Instant moment) {
        return moment.atZone(Borrowers.ZONE).toLocalDate();
    }

    private Item lists() {
        List<String> on = seen.lists();
        boolean told = LISTS.keySet().stream().allMatch(this::listTold);
        return new Item("C11", on.isEmpty() ? told ? Mark.FAIL : Mark.UNKNOWN : Mark.PASS, String.join(", ", on), SourceKind.NGO_REGISTER.name(), LISTS_AS_OF,
                Stream.of(BorrowerRegister.NGO_906, BorrowerRegister.NGO_847).flatMap(list -> seen.loadedOn(list).stream()).max(LocalDate::compareTo));
    }

    private boolean listTold(String list) {
        return seen.tellsOf(LISTS.get(list), LISTS_AS_OF);
    }

    private Answer answer(RuleSet.Condition condition) {
        Item item = items.get(condition.item());
        if (item == null || item.mark() == Mark.UNKNOWN && condition.test() != RuleSet.Test.ON_REGISTER) {
            return Answer.UNKNOWN;
        }
        return switch (condition.test()) {
            case PASSES -> Answer.of(item.mark() != Mark.FAIL);
            case IS -> Answer.of(condition.values().contains(item.value()));
            case OKVED_IN -> okvedIn(condition.values());
            case DATE_WITHIN -> within(condition);
            case ON_REGISTER -> onRegister(condition.values());
        };
    }

    /** LOAN-53. Where the size is not known, the main code may be enough. */
    private Answer okvedIn(List<String> wanted) {
        Optional<Borrower> borrower = seen.atSnapshot();
        if (borrower.isEmpty()) {
            return Answer.UNKNOWN;
        }
        if (covered(wanted, List.of(borrower.get().okvedMain()))) {
            return Answer.YES;
        }
        Item size = items.get("C08");
        boolean additionalCounts = size.mark() == Mark.UNKNOWN || SMALLEST.contains(size.value());
        if (!additionalCounts || !covered(wanted, borrower.get().okved())) {
            return Answer.NO;
        }
        return size.mark() == Mark.UNKNOWN ? Answer.UNKNOWN : Answer.YES;
    }

    private static boolean covered(List<String> wanted, Collection<String> codes) {
        return wanted.stream().anyMatch(level -> codes.stream().anyMatch(code -> Okved.covers(level, code)));
    }

    /** Of the items that are days: registration, bankruptcy, inclusion. Both ends belong to it. */
    private Answer within(RuleSet.Condition condition) {
        Optional<LocalDate> day = switch (condition.item()) {
            case "C04" -> seen.either().map(Borrower::registeredOn);
            case "C06" -> seen.either().flatMap(Borrower::bankruptcyOn);
            case "C07" -> sme().map(Borrower.Sme::includedOn);
            default -> Optional.empty();
        };
        return Answer.of(day.filter(it -> !it.isBefore(LocalDate.parse(condition.values().get(0))) && !it.isAfter(LocalDate.parse(condition.values().get(1)))).isPresent());
    }

    private Answer onRegister(List<String> wanted) {
        if (seen.lists().stream().anyMatch(wanted::contains)) {
            return Answer.YES;
        }
        return wanted.stream().filter(LISTS::containsKey).allMatch(this::listTold) ? Answer.NO : Answer.UNKNOWN;
    }

    private static String joined(List<String> parts) {
        return String.join("; ", parts.stream().filter(part -> !part.isEmpty()).toList());
    }

    /** What can be said of a condition. */
    private enum Answer {
        YES,
        NO,
        UNKNOWN;

        static Answer of(boolean met) {
            return met ? YES : NO;
        }

        /** One no is enough, whatever is unknown beside it. */
        static Answer all(List<Answer> answers) {
            return answers.contains(NO) ? NO : answers.contains(UNKNOWN) ? UNKNOWN : YES;
        }
    }
}
