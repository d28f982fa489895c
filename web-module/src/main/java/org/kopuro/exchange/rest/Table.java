package org.kopuro.exchange.rest;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

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

    /** What a sheet of the format holds. */
    private static final int SHEET_ROWS_MAX = 1_048_576;
    /** Beyond it a spreadsheet rounds. */
    private static final long EXACT_MAX = 999_999_999_999_999L;
    private static final int FLUSHED_AT_ONCE = 500;

    private final String name;
    private final List<String> columns;
    private final Function<T, Stream<?>> cells;
    private final List<T> first;
    private final Function<T, List<T>> next;
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
        this.name = name;
        this.columns = columns;
        this.cells = cells;
        this.first = first;
        this.next = next;
        this.about = about;
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
        csv.writeRecord(columns);
        each(row -> csv.writeRecord(cells.apply(row).map(SpreadsheetCell::of).toList()));
        writer.flush();
    }

    public Response.ResponseBuilder xlsx() {
        StreamingOutput out = octets -> xlsx(octets, SHEET_ROWS_MAX);
        return Response.ok(out, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet").header("Cache-Control", "no-store").header("Content-Disposition", "attachment; filename=\"" + name + ".xlsx\"");
    }

    /** @param rowsMax of one sheet, its heading among them; what is more goes on in the next one */
    void xlsx(OutputStream octets, int rowsMax) throws IOException {
        // Not closed where it breaks off: nobody shall take the half for the whole.
        Workbook workbook = new Workbook(octets, "Kopuro", "1.0");
        Sheets sheets = new Sheets(workbook, rowsMax);
        sheets.begin();
        each(sheets::add);
        sheets.end();
        workbook.finish();
    }

    private interface Taking<T> {
        void take(T row) throws IOException;
    }

    private void each(Taking<T> taking) throws IOException {
        for (List<T> page = first; !page.isEmpty(); page = next.apply(page.get(page.size() - 1))) {
            for (T row : page) {
                taking.take(row);
            }
        }
    }

    private final class Sheets {

        private final Workbook workbook;
        private final int rowsMax;
        private Worksheet sheet;
        private int number;
        private int rows;

        Sheets(Workbook workbook, int rowsMax) {
            this.workbook = workbook;
            this.rowsMax = rowsMax;
        }

        void begin() {
            number++;
            sheet = workbook.newWorksheet(number == 1 ? name : name + " " + number);
            rows = 0;
            write(columns.stream());
        }

        void add(T row) throws IOException {
            if (rows == rowsMax) {
                end();
                begin();
            }
            write(cells.apply(row));
            if (rows % FLUSHED_AT_ONCE == 0) {
                sheet.flush();
            }
        }

        void end() throws IOException {
            sheet.finish();
            if (number == 1 && !about.isEmpty()) {
                Worksheet second = workbook.newWorksheet("about");
                for (int row = 0; row < about.size(); row++) {
                    for (int column = 0; column < about.get(row).size(); column++) {
                        second.inlineString(row, column, SpreadsheetCell.of(about.get(row).get(column)));
                    }
                }
                second.finish();
            }
        }

        private void write(Stream<?> row) {
            int[] column = new int[1];
            row.forEach(value -> {
                if (value instanceof Number amount && Math.abs(amount.longValue()) <= EXACT_MAX) {
                    sheet.value(rows, column[0]++, amount);
                } else {
                    // In the cell itself: a table of shared texts would stay in memory until the end.
                    sheet.inlineString(rows, column[0]++, SpreadsheetCell.of(value));
                }
            });
            rows++;
        }
    }
}
