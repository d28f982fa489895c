package org.kopuro.loans.checks;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kopuro.kernel.Contour;
import org.kopuro.registers.borrowers.Asked;
import org.kopuro.registers.borrowers.Borrower;
import org.kopuro.registers.borrowers.BorrowerRegister;
import org.kopuro.registers.borrowers.Borrowers;
import org.kopuro.registers.borrowers.CodeOn;
import org.kopuro.registers.borrowers.Loaded;
import org.kopuro.registers.payroll.Employers;
import org.kopuro.registers.payroll.Employment;

/** Checks borrowers, in the transaction that enters their loans; any number of them costs five questions to the database. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class Checks {

    @Inject
    private Borrowers borrowers;
    @Inject
    private Employers employers;
    @Inject
    private CheckStore store;

    /** A result for each wish, in their order. Nothing is stored. */
    public List<CheckResult> judge(List<CheckWish> wishes, Contour contour, Instant at) {
        if (wishes.isEmpty()) {
            return List.of();
        }
        LocalDate today = at.atZone(Borrowers.ZONE).toLocalDate();
        Set<Asked> asked = wishes.stream().flatMap(wish -> Stream.of(snapshotOn(wish), today).map(day -> new Asked(wish.inn(), day))).collect(Collectors.toSet());
        Map<Asked, Borrower> known = borrowers.seen(asked, contour);
        Map<BorrowerRegister, Loaded> loaded = borrowers.loaded(contour);
        Set<CodeOn> unclassified = loaded.containsKey(BorrowerRegister.OKVED) ? borrowers.unclassified(codes(wishes, known)) : Set.of();
        Set<String> inns = wishes.stream().map(CheckWish::inn).collect(Collectors.toSet());
        Map<String, List<String>> lists = borrowers.listed(inns, Judging.LISTS_AS_OF, contour);
        Map<String, Employment> employing = employers.latest(inns, contour, at);
        return wishes.stream().map(wish -> {
            LocalDate day = snapshotOn(wish);
            Optional<Borrower> atSnapshot = Optional.ofNullable(known.get(new Asked(wish.inn(), day)));
            Set<String> odd = codesOf(atSnapshot).filter(code -> unclassified.contains(new CodeOn(code, day))).collect(Collectors.toSet());
            return result(wish, at, new Seen(day, today, atSnapshot, Optional.ofNullable(known.get(new Asked(wish.inn(), today))), lists.getOrDefault(wish.inn(), List.of()), loaded, odd,
                    Optional.ofNullable(employing.get(wish.inn()))));
        }).toList();
    }

    private static LocalDate snapshotOn(CheckWish wish) {
        return wish.rules().snapshotOn().orElseGet(() -> wish.appliedAt().atZone(Borrowers.ZONE).toLocalDate());
    }

    private static Collection<CodeOn> codes(List<CheckWish> wishes, Map<Asked, Borrower> known) {
        Set<CodeOn> codes = new HashSet<>();
        for (CheckWish wish : wishes) {
            LocalDate day = snapshotOn(wish);
            codesOf(Optional.ofNullable(known.get(new Asked(wish.inn(), day)))).forEach(code -> codes.add(new CodeOn(code, day)));
        }
        return codes;
    }

    private static Stream<String> codesOf(Optional<Borrower> borrower) {
        return borrower.stream().flatMap(it -> Stream.concat(Stream.of(it.okvedMain()), it.okved().stream()));
    }

    private static CheckResult result(CheckWish wish, Instant at, Seen seen) {
        Judging judging = new Judging(seen);
        return new CheckResult(UUID.randomUUID(), wish.rules().programme(), wish.rules().stage(), wish.rules().version(), seen.snapshotOn(), at, judging.verdict(wish.rules().eligibility()),
                judging.items(), seen.either().map(it -> asJudged(it, seen)));
    }

    /** The lists and the contract under 696 are of their own days (LOAN-C09, LOAN-C11). */
    private static Borrower asJudged(Borrower it, Seen seen) {
        return new Borrower(it.inn(), it.name(), it.head(), it.kpp(), it.ogrn(), it.legalForm(), it.region(), it.registeredOn(), it.liquidatedOn(), it.okvedMain(), it.okved(), it.bankruptcyOn(),
                it.sme(), seen.lists(), seen.now().flatMap(Borrower::contract696));
    }

    /** Stores results, thousands at once. */
    public void add(List<Kept> results, Contour contour) {
        store.add(results, contour);
    }

    /** All checks of a loan, the newest first. */
    public List<CheckResult> of(UUID loan, Contour contour) {
        return store.of(loan, contour);
    }
}
