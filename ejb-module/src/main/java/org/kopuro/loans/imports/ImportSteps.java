package org.kopuro.loans.imports;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.kopuro.documents.TableFile;
import org.kopuro.installation.Setbacks;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.loans.Admissions;
import org.kopuro.loans.Confirmations;
import org.kopuro.loans.Judgement;
import org.kopuro.loans.LoanRefusal;
import org.kopuro.loans.Placing;
import org.kopuro.loans.Wish;
import org.kopuro.loans.programmes.Programmes;
import org.kopuro.loans.programmes.Rulebook;

/** The transactions of imports: receiving one, each chunk, the end. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ImportSteps {

    /** Longer than a chunk takes, or one pass over a file; a dead node's import is another's after it. */
    static final Duration LEASE = Duration.ofMinutes(1);
    private static final int FILES_AT_ONCE = 20;

    @Inject
    private ImportStore store;
    @Inject
    private Placing placing;
    @Inject
    private Admissions admissions;
    @Inject
    private Confirmations confirmations;
    @Inject
    private Programmes programmes;
    @Inject
    private Setbacks setbacks;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    public ImportLimits limits() {
        return store.limits();
    }

    /** The import of a file that was read through; the one that it has had where it comes again. */
    public ImportView receive(ImportSender sender, TableFile file, ImportWish wish, List<String> unknown, int rows) {
        require(sender);
        store.lockBank(sender);
        Optional<ImportView> before = store.find(sender, file.sha256(), wish);
        if (before.isPresent() && !(wish.again() && before.get().state().ended())) {
            return before.get();
        }
        requireRoom(sender);
        before.ifPresent(former -> store.repeat(former.id()));
        UUID id = UUID.randomUUID();
        Instant now = clock.instant();
        try {
            store.add(id, sender, store.keep(sender, file, now), wish, unknown, rows, first(sender, wish.mode()), now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return received(id, sender, now);
    }

    /** What a dry run has shown is to be done; the import that does it. */
    public ImportView apply(UUID checked, ImportSender sender) {
        require(sender);
        store.lockBank(sender);
        ImportView view = own(checked, sender);
        if (view.mode() != ImportMode.CHECK || view.state() != ImportState.DONE) {
            throw Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", view.state(), "APPLY");
        }
        Optional<ImportView> before = store.find(sender, view.sha256(), new ImportWish(view.fileName(), ImportMode.APPLY, view.choice(), view.programme()));
        // What was applied before this was looked at is not what this has shown.
        boolean former = before.filter(one -> one.state().ended() && one.receivedAt().isBefore(view.receivedAt())).isPresent();
        if (before.isPresent() && !former) {
            return before.get();
        }
        if (!store.kept(store.fileOf(checked).id())) {
            throw Refusal.of(ImportRefusal.IMPORT_FILE_REMOVED, SheetRows.FIELD);
        }
        requireRoom(sender);
        before.ifPresent(one -> store.repeat(one.id()));
        UUID id = UUID.randomUUID();
        Instant now = clock.instant();
        store.addAnother(id, checked, sender, ImportMode.APPLY, first(sender, ImportMode.APPLY), now);
        return received(id, sender, now);
    }

    /** What a bank that wants four eyes applies waits for the second pair (§2 of the requirements). */
    private ImportState first(ImportSender sender, ImportMode mode) {
        return mode == ImportMode.APPLY && confirmations.wanted(sender.bank(), sender.contour()) ? ImportState.PROPOSED : ImportState.RECEIVED;
    }

    /** The bank's controller, who did not send it, lets it be applied. */
    public ImportView confirm(UUID id, ImportSender controller) {
        require(controller);
        own(id, controller);
        ImportState state = store.holdNow(id).orElseThrow(() -> Refusal.of(ImportRefusal.IMPORT_BUSY));
        if (state != ImportState.PROPOSED) {
            throw Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", state, "CONFIRM");
        }
        Instant now = clock.instant();
        if (!store.confirm(id, controller.by().account().orElseThrow(), now)) {
            throw Refusal.of(LoanRefusal.OWN_PROPOSAL, "import");
        }
        ImportView view = own(id, controller);
        ledger.record(LedgerEvent.of("loans.import_confirmed", 2, view.contour(), "loan_import", id, now).personal("bank", view.bank()).personal("fileSha256", view.sha256())
                .with("actorRole", controller.by().role()).personal("actor", controller.by().account()));
        return view;
    }

    /** Where nothing could be placed, a file is none of a bank's: else it would have its answer for good, and the same one would not be looked at again. */
    private void require(ImportSender sender) {
        admissions.require(sender.bank(), sender.contour(), sender.by());
    }

    private void requireRoom(ImportSender sender) {
        int most = store.limits().unfinishedMax();
        if (store.unfinished(sender) >= most) {
            throw Refusal.of(ImportRefusal.IMPORTS_TOO_MANY, SheetRows.FIELD, most);
        }
    }

    private ImportView received(UUID id, ImportSender sender, Instant now) {
        ImportView view = own(id, sender);
        ledger.record(LedgerEvent.of("loans.import_received", 2, view.contour(), "loan_import", id, now).personal("bank", view.bank()).personal("fileSha256", view.sha256())
                .personal("mode", view.mode()).personal("choice", view.choice()).personal("programme", view.programme()).personal("rows", view.rows()).with("actorRole", sender.by().role())
                .personal("actor", sender.by().account())
                .personal("fileName", view.fileName()));
        return view;
    }

    private ImportView own(UUID id, ImportSender sender) {
        return store.find(id, sender.contour(), Optional.of(sender.bank())).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "import"));
    }

    /** The bank wants no more of it; what is placed stays. */
    public ImportView cancel(UUID id, ImportSender sender) {
        own(id, sender);
        ImportState state = store.holdNow(id).orElseThrow(() -> Refusal.of(ImportRefusal.IMPORT_BUSY));
        if (state.ended()) {
            throw Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", state, "CANCEL");
        }
        Instant now = clock.instant();
        store.end(id, ImportState.CANCELLED, now, Optional.empty());
        ImportView view = own(id, sender);
        ledger.record(ended(view, now).with("actorRole", sender.by().role()).personal("actor", sender.by().account()));
        asked(view, now, sender.by());
        return view;
    }

    /** What stores nothing has asked of each row whether its borrower has an active loan, as one asks before entering it (LOAN-46). */
    private void asked(ImportView view, Instant now, Actor by) {
        if (view.done() > 0 && (view.mode() == ImportMode.CHECK || view.state() == ImportState.REFUSED)) {
            ledger.record(LedgerEvent.itself("loans.duplicates_asked", 2, Optional.of(view.contour()), "question", UUID.randomUUID(), now).with("actorRole", by.role()).personal("bank", view.bank())
                    .personal("programme", view.programme()).personal("import", view.id()).personal("asked", view.done()).personal("actor", by.account()));
        }
    }

    /** Everybody reads the ledger: whose file it was, and what came of it, is nobody else's business (LOAN-155). */
    private static LedgerEvent ended(ImportView view, Instant now) {
        return LedgerEvent.of("loans.import_ended", 2, view.contour(), "loan_import", view.id(), now).personal("bank", view.bank()).personal("state", view.state())
                .personal("mode", view.mode()).personal("choice", view.choice()).personal("fileSha256", view.sha256()).personal("rows", view.rows()).personal("done", view.done())
                .personal("created", view.created()).personal("updated", view.updated()).personal("unchanged", view.unchanged()).personal("refused", view.refused())
                .personal("flagged", view.flagged()).personal("refusal", view.refusal().map(FileRefusal::code));
    }

    /** @param bank empty for whoever sees every bank's */
    public ImportView get(UUID id, Contour contour, Optional<UUID> bank) {
        return store.find(id, contour, bank).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "import"));
    }

    public List<ImportView> list(Contour contour, Optional<UUID> bank, Optional<UUID> sentBy, Optional<UUID> behind, int most) {
        return store.list(contour, bank, sentBy, behind, most);
    }

    public List<RowResult> results(UUID id, int behind, int most, boolean refusedOnly) {
        return store.results(id, behind, most, refusedOnly);
    }

    /** An import that waits, and is this node's for the time of a lease. */
    public Optional<ImportTask> claim() {
        Instant now = clock.instant();
        return store.claim(UUID.randomUUID(), now, now.plus(LEASE));
    }

    /** Whether another import could be taken up now. */
    public boolean othersWait() {
        return store.anyWaits(clock.instant());
    }

    /** The file as it was received, out of the database. */
    public TableFile content(UUID id) {
        ImportFile file = store.fileOf(id);
        if (!store.kept(file.id())) {
            throw Refusal.of(ImportRefusal.IMPORT_FILE_REMOVED, SheetRows.FIELD);
        }
        try {
            return TableFile.kept(spool -> store.eachPart(file.id(), octets -> spool.append(octets, octets.length)), file.sha256(), store.limits().archive());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rows that were found to be new loans, of an interrupted dry run. */
    public Set<Integer> created(UUID id) {
        return store.created(id);
    }

    /** Rows that were found to say what withdrawn loans were, of an interrupted import. */
    public Set<Integer> past(UUID id) {
        return store.past(id);
    }

    public Rulebook rulebook() {
        return programmes.rulebook();
    }

    /** One chunk: its loans, their ledger entries, its results and how far the import has come, or nothing of it. False where the import is another's by now, or was cancelled. */
    public boolean chunk(ImportTask task, List<ReadRow> rows, Twins twins) {
        Instant now = clock.instant();
        if (!store.hold(task, now.plus(LEASE))) {
            return false;
        }
        store.advance(task, judge(task, rows, twins, now));
        return true;
    }

    private List<RowResult> judge(ImportTask task, List<ReadRow> rows, Twins twins, Instant now) {
        twins.begin();
        Map<Integer, Judgement> past = placing.past(wishes(readable(rows)), task.placer(), now);
        List<ReadRow> numbered = rows.stream().map(row -> past.containsKey(row.row().number()) ? row : twins.number(row)).toList();
        List<FileRow> readable = readable(numbered).stream().filter(row -> !past.containsKey(row.number())).toList();
        List<Wish> wishes = wishes(readable);
        List<Judgement> judgements = task.placing() ? placing.place(wishes, task.placer(), now) : twins.look(readable, placing.rehearse(wishes, task.placer(), now), programmes.rulebook());
        List<RowResult> results = new ArrayList<>();
        int next = 0;
        for (ReadRow row : numbered) {
            if (row.refused().isEmpty()) {
                Judgement judgement = past.get(row.row().number());
                results.add(RowResult.of(row.row(), judgement != null ? judgement : judgements.get(next++), task.placing()));
            } else {
                results.add(RowResult.refused(row.row(), row.refused()));
            }
        }
        return results;
    }

    private static List<FileRow> readable(List<ReadRow> rows) {
        return rows.stream().filter(row -> row.refused().isEmpty()).map(ReadRow::row).toList();
    }

    private static List<Wish> wishes(List<FileRow> rows) {
        return rows.stream().map(row -> Wish.row(row.number(), row.stated())).toList();
    }

    /** Feeds chunks, one after another. */
    @FunctionalInterface
    public interface Feed {
        void each(Consumer<List<ReadRow>> chunk) throws IOException;
    }

    /**
     * All of an import in one transaction, and its end. False where it is another's by now, or was cancelled.
     *
     * @throws NotAll where a row is refused after all; nothing is placed then
     */
    public boolean placeAll(ImportTask task, Feed feed) {
        if (!store.hold(task, clock.instant().plus(LEASE))) {
            return false;
        }
        Twins twins = new Twins();
        try {
            feed.each(rows -> {
                List<RowResult> results = judge(task, rows, twins, clock.instant());
                twins.settle();
                if (results.stream().anyMatch(RowResult::isRefused)) {
                    throw new NotAll(results.stream().filter(RowResult::isRefused).toList());
                }
                store.advance(task, results);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        end(task, ImportState.DONE);
        return true;
    }

    /** How far {@link #placeAll} is: for whoever watches, while nothing of it can be seen. */
    public void placed(ImportTask task, int rows) {
        store.placed(task, rows);
    }

    /** What was judged well when it was rehearsed, and not when it was placed: others were faster. */
    public void refuseAll(ImportTask task, List<RowResult> refused) {
        if (store.hold(task, clock.instant().plus(LEASE))) {
            store.advance(task, refused);
            store.placedNothing(task.id());
            end(task, ImportState.REFUSED);
        }
    }

    /**
     * The file itself is refused, though it was taken once, as by limits that are narrower now: it would be at each turn. All or nothing is nothing then; of the others what is placed stays. The sender is
     * told why, and may send it again.
     */
    public void refuseFile(ImportTask task, Refusal refusal) {
        if (!store.hold(task, clock.instant().plus(LEASE))) {
            return;
        }
        if (task.mode() == ImportMode.APPLY && task.choice() == ImportChoice.ALL_OR_NOTHING) {
            store.placedNothing(task.id());
        }
        ImportView view = store.find(task.id(), task.contour(), Optional.empty()).orElseThrow();
        boolean placed = task.mode() == ImportMode.APPLY && view.created() + view.updated() > 0;
        end(task, placed ? ImportState.CANCELLED : ImportState.REFUSED, Optional.of(FileRefusal.of(refusal)));
    }

    /** The pass over the file is through. */
    public void passed(ImportTask task) {
        if (!store.hold(task, clock.instant().plus(LEASE))) {
            return;
        }
        if (task.mode() == ImportMode.CHECK || task.placing()) {
            end(task, ImportState.DONE);
        } else if (store.anyRefused(task.id())) {
            store.placedNothing(task.id());
            end(task, ImportState.REFUSED);
        } else {
            store.beginApplying(task);
            store.release(task);
        }
    }

    private void end(ImportTask task, ImportState state) {
        end(task, state, Optional.empty());
    }

    private void end(ImportTask task, ImportState state, Optional<FileRefusal> refusal) {
        Instant now = clock.instant();
        store.end(task.id(), state, now, refusal);
        setbacks.over(task.matter());
        ImportView view = store.find(task.id(), task.contour(), Optional.empty()).orElseThrow();
        ledger.record(ended(view, now).with("actorRole", task.by().role()).personal("actor", task.by().account()));
        asked(view, now, task.by());
    }

    /** It goes on at a later turn, here or elsewhere. */
    public void release(ImportTask task) {
        store.release(task);
        setbacks.over(task.matter());
    }

    /** It is tried again, the later the more often it failed. */
    public void failed(ImportTask task, Throwable cause) {
        store.release(task);
        setbacks.failed(task.matter(), cause);
    }

    /** The content of files whose imports have all ended long ago. */
    public int removeOld() {
        Instant now = clock.instant();
        return store.removeFiles(now.minus(store.limits().kept()), now, FILES_AT_ONCE);
    }
}
