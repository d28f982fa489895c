package org.kopuro.loans.imports;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kopuro.documents.TableFile;
import org.kopuro.kernel.Language;

/** A bank's table as it sent it, and behind its columns what became of each row (LOAN-94). Both are read as they are written: neither is in memory as a whole. */
public final class ResultTable implements AutoCloseable {

    private final ImportView view;
    private final TableFile file;
    private final ImportLimits limits;
    private final Language language;
    private final IntFunction<List<RowResult>> behind;

    /** @param behind the results behind a row; none is the end */
    ResultTable(ImportView view, TableFile file, ImportLimits limits, Language language, IntFunction<List<RowResult>> behind) {
        this.view = view;
        this.file = file;
        this.limits = limits;
        this.language = language;
        this.behind = behind;
    }

    /** Takes the texts of a row's cells. */
    @FunctionalInterface
    public interface Taking {
        void take(List<String> cells) throws IOException;
    }

    public ImportView of() {
        return view;
    }

    /** The heading first. A result's columns that the file had already, being a result itself, are left out. */
    public void each(Taking taking) throws IOException {
        Results results = new Results();
        List<Integer> kept = new ArrayList<>();
        boolean[] headed = new boolean[1];
        SheetRows.each(file, limits, row -> {
            Stream<String> own;
            if (headed[0]) {
                own = told(results.of(row.number()));
            } else {
                headed[0] = true;
                for (int column = 0; column < row.cells().size(); column++) {
                    if (!ResultColumn.isOne(row.cell(column).text().strip())) {
                        kept.add(column);
                    }
                }
                own = Stream.of(ResultColumn.values()).map(column -> column.title(language));
            }
            taking.take(Stream.concat(kept.stream().map(column -> row.cell(column).text()), own).toList());
            return true;
        });
    }

    private Stream<String> told(Optional<RowResult> result) {
        return result.map(found -> Stream.of(found.outcome() + (found.flagged() ? ", FLAGGED" : ""), found.loan().map(UUID::toString).orElse(""),
                found.messages().stream().map(message -> message.told(language)).collect(Collectors.joining("\n")),
                found.changes().stream().map(change -> change.field() + ": " + change.before().orElse("") + " → " + change.after().orElse(""))
                        .collect(Collectors.joining("\n")))).orElseGet(() -> Stream.of("", "", "", ""));
    }

    /** Page by page, in the order of the rows. */
    private final class Results {

        private Iterator<RowResult> page = List.<RowResult>of().iterator();
        private RowResult next;
        private int last;
        private boolean over;

        Optional<RowResult> of(int row) {
            while (!over && (next == null || next.row() < row)) {
                if (!page.hasNext()) {
                    page = behind.apply(last).iterator();
                }
                over = !page.hasNext();
                next = over ? null : page.next();
                last = over ? last : next.row();
            }
            return Optional.ofNullable(next).filter(result -> result.row() == row);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
