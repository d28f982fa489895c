package org.kopuro.exchange.rest;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A list as a file for spreadsheets: all of it, or a page where the reader wants one. It leaves page by page as it is read, each in a transaction of its own, so that
 * neither memory holds the whole nor the database waits for the reader.
 *
 * @param <T> what a row is of
 */
public final class Table<T> {

    /** Only for whoever asks for it. */
    public static final String CSV = "text/csv;charset=UTF-8;qs=0.5";
    public static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;qs=0.4";

    /** Beyond it a spreadsheet rounds. */
    private static final long EXACT_MAX = 999_999_999_999_999L;

    private final String name;
    private final List<String> columns;
    private final Function<T, Stream<?>> cells;
    private final List<T> first;
    private final Function<T, Future<List<T>>> next;
    private final List<List<String>> about;

    /**
     * @param cells numbers that count something are numbers, everything else is a text: an identifier of digits, too
     * @param first page, which is read already: what is wrong with the question is told before anything is written
     * @param next  the page after this row; an empty one is the end
     */
    public Table(String name, List<String> columns, Function<T, Stream<?>> cells, List<T> first, Function<T, List<T>> next) {
        this(name, columns, cells, first, next, List.of());
    }

    /** @param about what the list is of, in a sheet of its own behind the first one; a file of CSV has no place for it */
    public Table(String name, List<String> columns, Function<T, Stream<?>> cells, List<T> first, Function<T, List<T>> next, List<List<String>> about) {
        this(name, columns, cells, first, about, last -> new Unhurried<>(() -> next.apply(last)));
    }

    private Table(String name, List<String> columns, Function<T, Stream<?>> cells, List<T> first, List<List<String>> about, Function<T, Future<List<T>>> next) {
        this.name = name;
        this.columns = columns;
        this.cells = cells;
        this.first = first;
        this.next = next;
        this.about = about;
    }

    /**
     * One that reads a page while the one before is written. No more: two pages are in memory, and if the reader of the file is slow the database does nothing.
     *
     * @param next begins to read the page after this row; who cancels it does not want it any more
     */
    public static <T> Table<T> readAhead(String name, List<String> columns, Function<T, Stream<?>> cells, List<T> first, Function<T, Future<List<T>>> next, List<List<String>> about) {
        return new Table<>(name, columns, cells, first, about, next);
    }

    /** A page that is read by whoever wants it, when he does. */
    private static final class Unhurried<V> extends FutureTask<V> {

        Unhurried(Callable<V> reading) {
            super(reading);
        }

        @Override
        public V get() throws InterruptedException, ExecutionException {
            run();
            return super.get();
        }
    }

    /** Of the first page. */
    public Optional<T> last() {
        return first.isEmpty() ? Optional.empty() : Optional.of(first.get(first.size() - 1));
    }

    public Response.ResponseBuilder csv() {
        StreamingOutput out = this::csv;
        return Response.ok(out, "text/csv;charset=UTF-8").header("Cache-Control", "no-store");
    }

    void csv(OutputStream octets) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(octets, StandardCharsets.UTF_8));
        CsvWriter csv = CsvWriter.builder().bufferSize(0).lineDelimiter(LineDelimiter.CRLF).build(writer);
        try {
            csv.writeRecord(columns);
            each(row -> csv.writeRecord(cells.apply(row).map(SpreadsheetCell::of).toList()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        writer.flush();
    }

    public Response.ResponseBuilder xlsx() {
        StreamingOutput out = octets -> xlsx(octets, SpreadsheetFile.ROWS_MAX);
        return Response.ok(out, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet").header("Cache-Control", "no-store").header("Content-Disposition", "attachment; filename=\"" + name + ".xlsx\"");
    }

    /** @param rowsMax of one sheet, its heading among them; what is more goes on in the next one */
    void xlsx(OutputStream octets, int rowsMax) throws IOException {
        try (SpreadsheetFile file = new SpreadsheetFile(octets)) {
            Sheets sheets = new Sheets(file, rowsMax);
            sheets.begin();
            each(sheets::add);
            sheets.end();
            file.finish();
        }
    }

    private interface Taking<T> {
        void take(T row) throws IOException;
    }

    private void each(Taking<T> taking) throws IOException {
        for (List<T> page = first; !page.isEmpty(); ) {
            Future<List<T>> following = next.apply(page.get(page.size() - 1));
            try {
                for (T row : page) {
                    taking.take(row);
                }
                page = whole(following);
            } finally {
                // Where it is broken off; a page that was read does not mind.
                following.cancel(true);
            }
        }
    }

    private static <T> List<T> whole(Future<List<T>> page) throws IOException {
        try {
            return page.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The node stops.");
        }
    }

    /** Of sums, toString() is the faster one, and without an exponent. */
    private static String plain(BigDecimal decimal) {
        return decimal.scale() >= 0 && decimal.scale() <= 2 ? decimal.toString() : decimal.toPlainString();
    }

    private final class Sheets {

        private final SpreadsheetFile file;
        private final int rowsMax;
        private int number;
        private int rows;

        Sheets(SpreadsheetFile file, int rowsMax) {
            this.file = file;
            this.rowsMax = rowsMax;
        }

        void begin() throws IOException {
            number++;
            file.beginSheet(number == 1 ? name : name + " " + number);
            rows = 0;
            write(columns.toArray());
        }

        void add(T row) throws IOException {
            if (rows == rowsMax) {
                end();
                begin();
            }
            write(cells.apply(row).toArray());
        }

        void end() throws IOException {
            file.endSheet();
            if (number == 1 && !about.isEmpty()) {
                file.beginSheet("about");
                for (List<String> line : about) {
                    write(line.toArray());
                }
                file.endSheet();
            }
        }

        private void write(Object[] row) throws IOException {
            file.beginRow();
            for (Object value : row) {
                if (value instanceof Number amount && Math.abs(amount.longValue()) <= EXACT_MAX) {
                    file.number(amount instanceof BigDecimal decimal ? plain(decimal) : amount.toString());
                } else {
                    file.text(SpreadsheetCell.of(value));
                }
            }
            file.endRow();
            rows++;
        }
    }
}
