package org.kopuro.loans.listing;

import jakarta.ejb.AsyncResult;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Future;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.loans.Viewer;
import org.kopuro.loans.listing.ListingStore.After;

/** The register page by page, and as a file (LOAN-17, LOAN-18, LOAN-23, LOAN-100, LOAN-101, LOAN-103). */
@Stateless
public class LoanLists {

    /** Rows of a page (LOAN-101). */
    public static final int PAGE_MAX = 1_000;
    /** Pages of twice as many are no faster. */
    private static final int PAGE_OF_FILE = 2_000;
    /** A programme after another, each as an index has it: an export asks for no order but one. */
    private static final LoanOrder ORDER_OF_FILE = new LoanOrder(LoanColumn.APPLIED_AT, false);

    @Inject
    private ListingStore store;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /**
     * A page of a listing. Of a regulator's reading the ledger says who saw how many loans and what was asked (LOAN-137).
     *
     * @param cursor of the page before; without one a listing begins
     * @param limit  1 to {@value #PAGE_MAX}
     */
    public LoanPage page(Viewer viewer, LoanFilter filter, LoanOrder order, Optional<String> cursor, int limit) {
        LoanScope scope = LoanScope.of(viewer);
        if (limit < 1 || limit > PAGE_MAX) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "limit");
        }
        Instant now = clock.instant();
        store.planAsAsked();
        Optional<Listing.Cursor> position = cursor.map(text -> Listing.read(text, question(scope, filter, order), now));
        Listing listing = position.map(Listing.Cursor::listing).orElseGet(() -> store.begin(now));
        // Whoever names a loan that is not his stands nowhere.
        Optional<After> after = position.map(Listing.Cursor::loan).map(loan -> new After(loan, store.position(loan, scope, order, known(listing)).orElseThrow(Listing::unknown)));
        List<LoanRow> rows = store.page(scope, among(scope, filter), filter, order, listing, after, limit, false);
        LoanPage page = new LoanPage(rows, rows.size() < limit ? Optional.empty() : Optional.of(listing.cursor(rows.get(rows.size() - 1).id(), question(scope, filter, order))));
        if (scope.regulators()) {
            ledger.record(LedgerEvent.of("loans.listed", 1, scope.contour(), "loan_listing", UUID.randomUUID(), now).with("programmes", scope.programmes().get())
                    .with("actorRole", viewer.actor().role()).personal("actor", viewer.actor().account()).personal("loans", page.rows().size()).personal("filter", filter.canonical()).personal("order", order));
        }
        return page;
    }

    /**
     * Begins an export: the ledger says who takes how many loans of which filter before anything leaves (LOAN-111). How many a bank has is its own affair: everybody reads the ledger.
     *
     * @param order empty where it does not matter
     */
    public LoanExport export(Viewer viewer, LoanFilter filter, Optional<LoanOrder> order) {
        LoanScope scope = LoanScope.of(viewer);
        Instant now = clock.instant();
        store.planAsAsked();
        Listing listing = store.begin(now);
        List<RulesUsed> rules = store.rulesUsed(scope, filter, listing);
        LoanExport export = new LoanExport(UUID.randomUUID(), now, scope, filter, order, rules, listing);
        ledger.record(LedgerEvent.of("loans.exported", 1, scope.contour(), "loan_export", export.id(), now).with("actorRole", viewer.actor().role()).personal("actor", viewer.actor().account())
                .personal("bank", scope.bank()).personal("loans", export.loans()).personal("filter", filter.canonical()).personal("order", order.map(LoanOrder::toString)));
        return export;
    }

    /**
     * Some rows of an export, each call in a transaction of its own; all as of its beginning.
     *
     * @param last row that was read; empty at the beginning
     * @return empty behind the last one
     */
    public List<LoanRow> rows(LoanExport export, Optional<LoanRow> last) {
        store.planAsAsked();
        LoanOrder order = export.order().orElse(ORDER_OF_FILE);
        last.ifPresent(row -> known(export.listing()));
        // The row says itself where it stands.
        Optional<After> after = last.map(row -> new After(row.id(), row.value(order.column()).map(Object::toString)));
        List<String> parts = export.parts();
        if (parts.isEmpty()) {
            return store.page(export.scope(), among(export.scope(), export.filter()), export.filter(), order, export.listing(), after, PAGE_OF_FILE, true);
        }
        String reached = last.map(row -> row.get(LoanColumn.PROGRAMME, String.class)).orElse(parts.get(0));
        for (String programme : parts.subList(parts.indexOf(reached), parts.size())) {
            LoanScope part = LoanScope.ofProgrammes(List.of(programme), export.scope().contour());
            List<LoanRow> rows = store.page(part, among(part, export.filter()), export.filter(), order, export.listing(), after.filter(row -> programme.equals(reached)), PAGE_OF_FILE, true);
            if (!rows.isEmpty()) {
                return rows;
            }
        }
        return List.of();
    }

    /** Begins to read what {@link #rows} gives, on a thread of the container's and in a transaction of its own. It takes as long as a page does, and ends whether it is waited for or not. */
    @Asynchronous
    public Future<List<LoanRow>> rowsAhead(LoanExport export, LoanRow last) {
        return new AsyncResult<>(rows(export, Optional.of(last)));
    }

    private Listing known(Listing listing) {
        if (!store.known(listing)) {
            throw Refusal.of(ListingRefusal.LISTING_CURSOR_EXPIRED, "cursor");
        }
        return listing;
    }

    private static String question(LoanScope scope, LoanFilter filter, LoanOrder order) {
        return String.join("\n", scope.toString(), filter.canonical(), order.toString());
    }

    /** A bank's own are found by the bank, all others programme by programme. */
    private Optional<List<String>> among(LoanScope scope, LoanFilter filter) {
        if (scope.bank().isPresent()) {
            return Optional.empty();
        }
        List<String> seen = scope.programmes().orElseGet(store::programmes);
        List<String> wanted = filter.asked().get(Criterion.PROGRAMME);
        return Optional.of(wanted == null ? seen : seen.stream().filter(wanted::contains).toList());
    }
}
