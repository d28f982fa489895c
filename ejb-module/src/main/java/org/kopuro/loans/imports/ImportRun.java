package org.kopuro.loans.imports;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kopuro.documents.TableFile;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.programmes.Rulebook;

/** A node's work on an import: the file from its beginning, without what is done, chunk by chunk. What it remembers of the rows that it skips is what it would have remembered had it done them. */
final class ImportRun {

    /** Then others have their turn, if any wait: whoever goes on reads the file up to where it stopped. */
    private static final int CHUNKS_A_TURN = 20;
    private static final int CAUSES_MAX = 20;
    private static final Logger LOG = Logger.getLogger(ImportRun.class.getName());

    private final ImportSteps steps;
    private final ImportTask task;
    private final TableFile file;
    private final ImportLimits limits;
    private int chunks;

    ImportRun(ImportSteps steps, ImportTask task, TableFile file, ImportLimits limits) {
        this.steps = steps;
        this.task = task;
        this.file = file;
        this.limits = limits;
    }

    void go() throws IOException {
        if (task.placing() && task.choice() == ImportChoice.ALL_OR_NOTHING) {
            placeAll();
            return;
        }
        Twins twins = new Twins();
        Set<Integer> created = task.placing() || task.done() == 0 ? Set.of() : steps.created(task.id());
        Set<Integer> past = task.done() == 0 ? Set.of() : steps.past(task.id());
        Rulebook rules = steps.rulebook();
        boolean whole = read(task.done(), skipped -> {
            if (created.contains(skipped.number())) {
                twins.enter(skipped, rules);
            }
            if (!past.contains(skipped.number())) {
                twins.number(skipped);
            }
        }, chunk -> done(chunk, twins) && (++chunks % CHUNKS_A_TURN > 0 || !steps.othersWait()));
        if (whole) {
            steps.passed(task);
        } else {
            steps.release(task);
        }
    }

    /** Where the database does not take a chunk, each row by itself: one that trips our own code must not keep the others waiting. */
    private boolean done(List<ReadRow> chunk, Twins twins) {
        try {
            return step(chunk, twins);
        } catch (RuntimeException e) {
            if (!isRefusedByTheDatabase(e)) {
                throw e;
            }
            LOG.log(Level.SEVERE, "A row behind row " + chunk.get(0).row().number() + " of the import " + task.id() + " cannot be stored: each is tried by itself", e);
        }
        for (ReadRow row : chunk) {
            if (!doneAlone(row, twins)) {
                return false;
            }
        }
        return true;
    }

    private boolean doneAlone(ReadRow row, Twins twins) {
        try {
            return step(List.of(row), twins);
        } catch (RuntimeException e) {
            if (!isRefusedByTheDatabase(e)) {
                throw e;
            }
            return step(List.of(new ReadRow(row.row(), notStorable())), twins);
        }
    }

    private boolean step(List<ReadRow> rows, Twins twins) {
        boolean more = steps.chunk(task, rows, twins);
        twins.settle();
        return more;
    }

    private static List<Refusal> notStorable() {
        return List.of(Refusal.of(ImportRefusal.ROW_NOT_STORABLE, ""));
    }

    /** By what the rows are, not by what the database is at present. */
    private static boolean isRefusedByTheDatabase(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++, cause = cause.getCause()) {
            if (cause instanceof SqlFailure failure && (failure.state().startsWith("22") || failure.state().startsWith("23"))) {
                return true;
            }
        }
        return false;
    }

    /** Where the database does not take a chunk, nothing is placed, either: one of its rows would be refused again at each turn. */
    private void placeAll() throws IOException {
        List<ReadRow> current = new ArrayList<>();
        int[] placed = new int[1];
        try {
            steps.placed(task, 0);
            steps.placeAll(task, taking -> read(0, skipped -> { }, chunk -> {
                current.clear();
                current.addAll(chunk);
                taking.accept(chunk);
                steps.placed(task, placed[0] += chunk.size());
                return true;
            }));
        } catch (NotAll notAll) {
            steps.refuseAll(task, notAll.refused());
        } catch (RuntimeException e) {
            if (current.isEmpty() || !isRefusedByTheDatabase(e)) {
                throw e;
            }
            LOG.log(Level.SEVERE, "A row behind row " + current.get(0).row().number() + " of the import " + task.id() + " cannot be stored, and none is", e);
            steps.refuseAll(task, current.stream().map(row -> RowResult.refused(row.row(), notStorable())).toList());
        }
    }

    private interface Skipped {
        void take(FileRow row);
    }

    /** @return whether the file was read to its end, and each chunk wanted another */
    private boolean read(int done, Skipped skipped, Predicate<List<ReadRow>> taking) throws IOException {
        Reading reading = new Reading(done, skipped, taking);
        SheetRows.each(file, limits, reading::take);
        return reading.end();
    }

    private final class Reading {

        private final int done;
        private final Skipped skipped;
        private final Predicate<List<ReadRow>> taking;
        private final List<ReadRow> chunk = new ArrayList<>();
        private Heading heading;
        private int count;
        private boolean stopped;

        Reading(int done, Skipped skipped, Predicate<List<ReadRow>> taking) {
            this.done = done;
            this.skipped = skipped;
            this.taking = taking;
        }

        boolean take(SheetRow row) {
            if (heading == null) {
                heading = Heading.of(row, task.programme());
                return true;
            }
            FileRow read = FileRow.read(row, heading, task.programme(), limits);
            if (count++ < done) {
                skipped.take(read);
                return true;
            }
            chunk.add(new ReadRow(read, read.unreadable()));
            return chunk.size() < limits.chunkRows() || flush();
        }

        private boolean flush() {
            List<ReadRow> full = List.copyOf(chunk);
            chunk.clear();
            stopped = !taking.test(full);
            return !stopped;
        }

        boolean end() {
            return !stopped && (chunk.isEmpty() || flush());
        }
    }
}
