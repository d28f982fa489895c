package org.kopuro.loans.listing;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.loans.Viewer;

/** Consolidated data of a scope: rankings and aggregates (LOAN-24, LOAN-102, LOAN-137), each listing of them as of its first page. Nobody learns from a place who else there is: it is one within the scope. */
@Stateless
public class Rankings {

    private static final int PAGE_MAX = 1_000;
    /** Each reading adds up all there is: a file is read in few. */
    private static final int PART_OF_FILE = 50_000;
    /** Far behind every borrower there can be. */
    private static final int ROWS_MAX = 100_000_000;

    @Inject
    private ListingStore store;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /**
     * @param okvedLevel 1 to 5, for OKVED
     * @param limit      1 to {@value #PAGE_MAX}
     */
    public RankingPage rank(RankingLevel level, int okvedLevel, RankingMeasure measure, Viewer viewer, LoanFilter filter, Optional<String> cursor, int limit) {
        return ranked(level, okvedLevel, measure, viewer, filter, cursor, page(limit));
    }

    /** As {@link #rank}, for whoever wants all of it: {@value #PART_OF_FILE} rows at once. */
    public RankingPage rankForFile(RankingLevel level, int okvedLevel, RankingMeasure measure, Viewer viewer, LoanFilter filter, Optional<String> cursor) {
        return ranked(level, okvedLevel, measure, viewer, filter, cursor, PART_OF_FILE);
    }

    private RankingPage ranked(RankingLevel level, int okvedLevel, RankingMeasure measure, Viewer viewer, LoanFilter filter, Optional<String> cursor, int limit) {
        LoanScope scope = LoanScope.of(viewer);
        String question = String.join("\n", level.name(), String.valueOf(Okved.level(okvedLevel)), measure.name(), scope.toString(), filter.canonical());
        Listing.Cursor position = position(question, cursor);
        List<RankingRow> rows = store.rank(level, okvedLevel, measure, scope, filter, position.listing(), position.rows(), limit);
        // Which programme, and which code, is nobody's secret; who borrows is.
        if (level == RankingLevel.INN || level == RankingLevel.CONTRACT) {
            remember("loans.ranked", level.name(), scope, filter, rows.size(), viewer.actor());
        }
        return new RankingPage(rows, next(rows, question, position, limit));
    }

    /** As {@link #rank}; sorted by key. */
    public AggregatePage aggregate(AggregateDimension dimension, int okvedLevel, Viewer viewer, LoanFilter filter, Optional<String> cursor, int limit) {
        return added(dimension, okvedLevel, viewer, filter, cursor, page(limit));
    }

    /** As {@link #aggregate}, for whoever wants all of it: {@value #PART_OF_FILE} rows at once. */
    public AggregatePage aggregateForFile(AggregateDimension dimension, int okvedLevel, Viewer viewer, LoanFilter filter, Optional<String> cursor) {
        return added(dimension, okvedLevel, viewer, filter, cursor, PART_OF_FILE);
    }

    private AggregatePage added(AggregateDimension dimension, int okvedLevel, Viewer viewer, LoanFilter filter, Optional<String> cursor, int limit) {
        LoanScope scope = LoanScope.of(viewer);
        String question = String.join("\n", dimension.name(), String.valueOf(Okved.level(okvedLevel)), scope.toString(), filter.canonical());
        Listing.Cursor position = position(question, cursor);
        List<AggregateRow> rows = store.aggregate(dimension, okvedLevel, scope, filter, position.listing(), position.rows(), limit);
        return new AggregatePage(rows, next(rows, question, position, limit));
    }

    private static int page(int limit) {
        if (limit < 1 || limit > PAGE_MAX) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "limit");
        }
        return limit;
    }

    private Listing.Cursor position(String question, Optional<String> cursor) {
        Instant now = clock.instant();
        store.planAsAsked();
        Listing.Cursor position = cursor.map(text -> Listing.read(text, question, now)).orElseGet(() -> new Listing.Cursor(store.begin(now), "0"));
        if (position.rows() < 0 || position.rows() > ROWS_MAX) {
            throw Listing.unknown();
        }
        if (cursor.isPresent() && !store.known(position.listing())) {
            throw Refusal.of(ListingRefusal.LISTING_CURSOR_EXPIRED, "cursor");
        }
        return position;
    }

    private static Optional<String> next(List<?> rows, String question, Listing.Cursor position, int limit) {
        return rows.size() < limit ? Optional.empty() : Optional.of(position.listing().cursor(position.rows() + rows.size(), question));
    }

    private void remember(String type, String level, LoanScope scope, LoanFilter filter, int rows, Actor actor) {
        if (scope.regulators()) {
            ledger.record(LedgerEvent.of(type, 1, scope.contour(), "loan_listing", UUID.randomUUID(), clock.instant()).with("level", level).with("programmes", scope.programmes().orElseThrow())
                    .with("actorRole", actor.role()).personal("actor", actor.account()).personal("rows", rows).personal("filter", filter.canonical()));
        }
    }
}
