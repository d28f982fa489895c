package org.kopuro.loans.imports;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.documents.TableFile;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.programmes.Rulebook;
import org.kopuro.testing.TestApplication;

/** Each step in a transaction of its own, as the container has it; with small chunks, and with a node that may go in the middle of one. */
class Committing extends ImportSteps {

    static final int CHUNK = 50;

    private final TestApplication application;
    /** Of the chunks to come, before the commit of which the node goes; 0 is none. */
    int dyingIn;
    int chunkRows = CHUNK;
    /** Columns that a file may have, where they have become fewer. */
    Optional<Integer> columnsMax = Optional.empty();
    /** What others saw while all or nothing was being placed. */
    final List<ImportView> watched = new ArrayList<>();
    /** An application number that the database does not take. */
    Optional<String> poison = Optional.empty();
    /** The same, of all or nothing when all is placed. */
    Optional<String> poisonOfAll = Optional.empty();

    Committing(TestApplication application) {
        this.application = application;
    }

    /** The node has gone. */
    static final class Gone extends Error {

        private static final long serialVersionUID = 1;
    }

    private <T> T dying(T result) {
        if (dyingIn > 0 && --dyingIn == 0) {
            throw new Gone();
        }
        return result;
    }

    @Override
    public ImportLimits limits() {
        ImportLimits limits = application.with(ImportSteps.class, ImportSteps::limits);
        return new ImportLimits(limits.megabytesMax(), limits.unpackedMegabytesMax(), limits.entriesMax(), limits.rowsMax(), columnsMax.orElse(limits.columnsMax()), limits.charactersMax(), chunkRows, limits.unfinishedMax(),
                Duration.ofDays(30));
    }

    @Override
    public boolean othersWait() {
        return application.with(ImportSteps.class, ImportSteps::othersWait);
    }

    @Override
    public ImportView receive(ImportSender sender, TableFile file, ImportWish wish, List<String> unknown, int rows) {
        return application.with(ImportSteps.class, steps -> steps.receive(sender, file, wish, unknown, rows));
    }

    @Override
    public ImportView apply(UUID checked, ImportSender sender) {
        return application.with(ImportSteps.class, steps -> steps.apply(checked, sender));
    }

    @Override
    public ImportView confirm(UUID id, ImportSender controller) {
        return application.with(ImportSteps.class, steps -> steps.confirm(id, controller));
    }

    @Override
    public ImportView cancel(UUID id, ImportSender sender) {
        return application.with(ImportSteps.class, steps -> steps.cancel(id, sender));
    }

    @Override
    public ImportView get(UUID id, Contour contour, Optional<UUID> bank) {
        return application.with(ImportSteps.class, steps -> steps.get(id, contour, bank));
    }

    @Override
    public List<ImportView> list(Contour contour, Optional<UUID> bank, Optional<UUID> sentBy, Optional<UUID> behind, int most) {
        return application.with(ImportSteps.class, steps -> steps.list(contour, bank, sentBy, behind, most));
    }

    @Override
    public List<RowResult> results(UUID id, int behind, int most, boolean refusedOnly) {
        return application.with(ImportSteps.class, steps -> steps.results(id, behind, most, refusedOnly));
    }

    @Override
    public Optional<ImportTask> claim() {
        return application.with(ImportSteps.class, ImportSteps::claim);
    }

    @Override
    public TableFile content(UUID id) {
        return application.with(ImportSteps.class, steps -> steps.content(id));
    }

    @Override
    public Set<Integer> created(UUID id) {
        return application.with(ImportSteps.class, steps -> steps.created(id));
    }

    @Override
    public Set<Integer> past(UUID id) {
        return application.with(ImportSteps.class, steps -> steps.past(id));
    }

    @Override
    public Rulebook rulebook() {
        return application.with(ImportSteps.class, ImportSteps::rulebook);
    }

    @Override
    public boolean chunk(ImportTask task, List<ReadRow> rows, Twins twins) {
        return application.with(ImportSteps.class, steps -> {
            boolean more = dying(steps.chunk(task, rows, twins));
            refuse(rows, poison);
            return more;
        });
    }

    private void refuse(List<ReadRow> rows, Optional<String> number) {
        if (rows.stream().anyMatch(row -> row.refused().isEmpty() && number.isPresent() && row.row().applicationNumber().equals(number))) {
            application.run(Sql.class, sql -> sql.update("insert into loans.import_part (file_id, number, octets) values (gen_random_uuid(), 0, '')"));
        }
    }

    @Override
    public boolean placeAll(ImportTask task, Feed feed) {
        return application.with(ImportSteps.class, steps -> steps.placeAll(task, chunk -> feed.each(rows -> {
            chunk.accept(rows);
            dying(true);
            refuse(rows, poisonOfAll);
        })));
    }

    @Override
    public void placed(ImportTask task, int rows) {
        application.run(ImportSteps.class, steps -> steps.placed(task, rows));
        watched.add(application.with(ImportSteps.class, steps -> steps.get(task.id(), task.contour(), Optional.empty())));
    }

    @Override
    public void refuseAll(ImportTask task, List<RowResult> refused) {
        application.run(ImportSteps.class, steps -> steps.refuseAll(task, refused));
    }

    @Override
    public void refuseFile(ImportTask task, Refusal refusal) {
        application.run(ImportSteps.class, steps -> steps.refuseFile(task, refusal));
    }

    @Override
    public void passed(ImportTask task) {
        application.run(ImportSteps.class, steps -> steps.passed(task));
    }

    @Override
    public void release(ImportTask task) {
        application.run(ImportSteps.class, steps -> steps.release(task));
    }

    @Override
    public void failed(ImportTask task, Throwable cause) {
        application.run(ImportSteps.class, steps -> steps.failed(task, cause));
    }

    @Override
    public int removeOld() {
        return application.with(ImportSteps.class, ImportSteps::removeOld);
    }
}
