package org.kopuro.registers.bulk;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.kopuro.installation.CopyText;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.postgresql.copy.CopyIn;

/**
 * Loads extracts of the authority's registers from CSV. A load is one transaction: all good rows of the file become visible
 * together, or none when the load breaks off. Rows that are not good are told to the caller and stop nothing. How clean TEST is
 * nobody controls (ACC-15): there, what contradicts itself and can be stored is loaded with a warning.
 */
public final class RegisterLoader {

    private static final int ROWS_PER_REPORT = 10_000;
    private static final long HEADER_LINE = 1;
    private static final int COPY_BLOCK_CHARACTERS = 1 << 16;

    // Empty lines are skipped here by hand, because their numbers count.
    private static final CsvReader.CsvReaderBuilder CSV = CsvReader.builder().skipEmptyLines(false).allowUnclosedQuote(false);

    private final Connection connection;

    /** @param connection under the owner's role, in auto-commit mode; stays open */
    public RegisterLoader(Connection connection) {
        this.connection = connection;
    }

    /**
     * Loads one extract. Thrown is only what refuses the whole file: a {@link Refusal}, an outage of the file or the
     * database. The register is then as before.
     *
     * @param extract  UTF-8 bytes, read once and not closed
     * @param errors   is told each refused row, and each warning: first what is wrong in itself, by line, then what contradicts the file or
     *                 the register; must not use the connection
     * @param progress must not use the connection either
     */
    public LoadOutcome load(Contour contour, RegisterTable table, InputStream extract, Consumer<RowError> errors, LoadProgress progress)
            throws SQLException, IOException {
        ExtractLines lines = new ExtractLines(extract);
        checkHeader(table.columns(), lines);
        return BulkTransaction.run(connection, contour, transaction ->
                new Load(transaction, contour, table, errors, progress).run(lines));
    }

    static void checkHeader(List<String> columns, ExtractLines lines) throws IOException {
        String header = lines.next();
        if (header == null) {
            throw Refusal.of(LoadRefusal.FILE_EMPTY);
        }
        if (header.isEmpty() || !fields(header).equals(columns)) {
            throw Refusal.of(LoadRefusal.HEADER_WRONG, "", String.join(",", columns));
        }
    }

    static List<String> fields(String line) {
        if (line.indexOf('\r') >= 0) {
            // The CSV reader would take it for the end of the record and drop the rest.
            throw Refusal.of(LoadRefusal.LINE_END_BROKEN, "");
        }
        try {
            return CSV.ofSingleCsvRecord(line).getFields();
        } catch (CsvParseException e) {
            throw Refusal.of(LoadRefusal.QUOTES_BROKEN, "");
        }
    }

    /** The state of one run. */
    private static final class Load {
        private final BulkTransaction transaction;
        private final Contour contour;
        private final RegisterTable table;
        private final TableFormat format;
        private final Consumer<RowError> errors;
        private final LoadProgress progress;
        private long read;
        private long refused;
        private long warnings;

        Load(BulkTransaction transaction, Contour contour, RegisterTable table, Consumer<RowError> errors, LoadProgress progress) {
            this.transaction = transaction;
            this.contour = contour;
            this.table = table;
            this.format = TableFormat.of(table);
            this.errors = errors;
            this.progress = progress;
        }

        LoadOutcome run(ExtractLines lines) throws SQLException, IOException {
            transaction.execute("create temporary table staging (line bigint not null, contour text not null, " + format.stagingColumns() + ") on commit drop");
            stage(lines);
            progress.rowsRead(read);
            progress.merging(read - refused);
            // Without statistics the planner takes a temporary table for tiny, whatever it holds.
            transaction.execute("analyze staging");
            refuseDuplicates();
            for (TableFormat.SetCheck check : format.checks()) {
                refuseWhere(check);
            }
            if (table == RegisterTable.TAX_DEBT) {
                refuseStaleExtract();
            }
            long written = 0;
            for (String merge : format.merges()) {
                written += transaction.update(merge);
            }
            for (String note : format.notes()) {
                transaction.update(note);
            }
            if (table == RegisterTable.TAX_DEBT && refused == 0) {
                moveDebtsAsOf();
            }
            return new LoadOutcome(read, refused, written, warnings);
        }

        private void stage(ExtractLines lines) throws SQLException, IOException {
            CopyIn copy = transaction.beginCopy("copy staging from stdin");
            try {
                CopyText rows = new CopyText();
                while (stageNext(lines, rows)) {
                    if (rows.length() > COPY_BLOCK_CHARACTERS) {
                        rows.sendTo(copy);
                    }
                    if (read % ROWS_PER_REPORT == 0) {
                        progress.rowsRead(read);
                    }
                }
                rows.sendTo(copy);
                copy.endCopy();
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        }

        private boolean stageNext(ExtractLines lines, CopyText rows) throws IOException {
            String line;
            try {
                line = lines.next();
            } catch (Refusal refusal) {
                read++;
                refuse(lines.number(), refusal);
                return true;
            }
            if (line == null) {
                return false;
            }
            if (line.isEmpty()) {
                return true;
            }
            read++;
            int before = rows.length();
            List<Refusal> doubts = new ArrayList<>();
            try {
                rows.value(lines.number()).value(contour.name());
                format.reading().read(new ExtractRow(table.columns(), fields(line), doubt -> contour == Contour.TEST && doubts.add(doubt)), rows);
                rows.endRow();
                doubts.forEach(doubt -> warn(lines.number(), doubt));
            } catch (Refusal refusal) {
                rows.cutTo(before);
                refuse(lines.number(), refusal);
            }
            return true;
        }

        private void refuseDuplicates() throws SQLException {
            try (PreparedStatement sql = prepare("""
                    with ranked as (
                        select line, first_value(line) over (partition by %s order by line) as first_line from staging),
                    gone as (
                        delete from staging s using ranked r
                         where s.line = r.line and r.line <> r.first_line returning r.line, r.first_line)
                    select line, first_line from gone order by line""".formatted(format.key()));
                    ResultSet rows = sql.executeQuery()) {
                while (rows.next()) {
                    refuse(rows.getLong(1), Refusal.of(LoadRefusal.DUPLICATE_ROW, format.key(), rows.getString(2)));
                }
            }
        }

        private void refuseWhere(TableFormat.SetCheck check) throws SQLException {
            boolean tolerated = check.storable() && contour == Contour.TEST;
            try (PreparedStatement sql = prepare(tolerated ? "select s.line from staging s where " + check.condition() + " order by s.line"
                    : "with gone as (delete from staging s where " + check.condition() + " returning s.line) select line from gone order by line");
                    ResultSet rows = sql.executeQuery()) {
                while (rows.next()) {
                    Refusal refusal = Refusal.of(check.code(), check.column());
                    if (tolerated) {
                        warn(rows.getLong(1), refusal);
                    } else {
                        refuse(rows.getLong(1), refusal);
                    }
                }
            }
        }

        private PreparedStatement prepare(String statement) throws SQLException {
            PreparedStatement sql = transaction.connection().prepareStatement(statement);
            // Fetched in portions: a file may be wrong in every row.
            sql.setFetchSize(1_000);
            return sql;
        }

        /** An older extract would bring settled debts back. */
        private void refuseStaleExtract() throws SQLException {
            try (PreparedStatement sql = prepare("""
                    select debts_as_of from registers.register_state
                     where contour = ? and debts_as_of > (select max(as_of) from staging)""")) {
                sql.setString(1, contour.name());
                try (ResultSet row = sql.executeQuery()) {
                    if (row.next()) {
                        Refusal stale = Refusal.of(LoadRefusal.EXTRACT_STALE, "as_of", row.getString(1));
                        if (contour != Contour.TEST) {
                            throw stale;
                        }
                        warn(HEADER_LINE, stale);
                    }
                }
            }
        }

        private void moveDebtsAsOf() throws SQLException {
            transaction.update("""
                    insert into registers.register_state (contour, debts_as_of)
                    select contour, max(as_of) from staging group by contour
                    on conflict (contour) do update set debts_as_of = excluded.debts_as_of""");
        }

        private void refuse(long line, Refusal refusal) {
            refused++;
            errors.accept(new RowError(line, refusal, false));
        }

        private void warn(long line, Refusal refusal) {
            warnings++;
            errors.accept(new RowError(line, refusal, true));
        }
    }
}
