package org.kopuro.loans;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;

/** Where borrowers have several active loans of a programme: what a regulator has to look at, and what was found (LOAN-19, LOAN-45, LOAN-135). */
@Stateless
public class Pairs {

    /** Of one page. */
    public static final int PAGE = 100;
    private static final Pattern POSITION = Pattern.compile("(?<first>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.(?<second>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})");

    @Inject
    private TwinStore store;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** @param next behind which the others begin; empty where these are all */
    public record Page(List<Pair> pairs, Optional<String> next) {
        public Page {
            pairs = List.copyOf(pairs);
        }
    }

    /**
     * By programme and borrower. Of a regulator's reading the ledger says whose cards were shown (LOAN-137), and tells it nobody.
     *
     * @param viewer no bank
     * @param after  of the page before
     */
    public Page list(Viewer viewer, Optional<String> programme, Optional<Pair.State> state, Optional<String> after) {
        if (viewer.bank().isPresent()) {
            throw Refusal.of(InputRefusal.NOT_FOUND, "loan");
        }
        Optional<Matcher> position = after.map(POSITION::matcher);
        if (position.filter(matcher -> !matcher.matches()).isPresent()) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "after");
        }
        List<Pair> found = store.pairs(viewer, programme, state, position.map(at -> UUID.fromString(at.group("first"))), position.map(at -> UUID.fromString(at.group("second"))), PAGE + 1);
        List<Pair> pairs = found.stream().limit(PAGE).toList();
        if (viewer.regulator()) {
            String loans = pairs.stream().flatMap(pair -> Stream.of(pair.first(), pair.second())).map(loan -> loan.id().toString()).distinct().sorted().collect(Collectors.joining(" "));
            ledger.record(LedgerEvent.itself("loans.pairs_listed", 1, Optional.of(viewer.contour()), "loan_listing", UUID.randomUUID(), clock.instant()).with("actorRole", viewer.actor().role())
                    .personal("actor", viewer.actor().account()).personal("programme", programme).personal("review", state).personal("loans", loans));
        }
        return new Page(pairs, found.size() > PAGE ? Optional.of(pairs.get(PAGE - 1).first().id() + "." + pairs.get(PAGE - 1).second().id()) : Optional.empty());
    }
}
