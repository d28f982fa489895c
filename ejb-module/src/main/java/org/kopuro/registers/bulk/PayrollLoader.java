package org.kopuro.registers.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.kopuro.installation.CopyText;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.postgresql.copy.CopyIn;

/**
 * Loads payroll reports, the lists of those that were accepted, and the pension fund's numbers from CSV. A load is one transaction. A report goes in whole or not at all, because what is missing would be
 * counted as not employed for good: it tells how many records it has, and one with fewer or more good ones is refused, as is another report under the name of one that is there. Names and numbers of
 * workers are hashed as they are read; nothing else of them reaches the database, its log, or what is told of a row.
 */
public final class PayrollLoader {

    private static final int ROWS_PER_REPORT = 10_000;
    private static final int COPY_BLOCK_CHARACTERS = 1 << 16;
    private static final String REPORT = "s.inn, s.year, s.quarter, s.correction";
    private static final String SAME_REPORT = "(s.contour, s.inn, s.year, s.quarter, s.correction) = (%1$s.contour, %1$s.inn, %1$s.year, %1$s.quarter, %1$s.correction)";

    private final Connection connection;
    private final Path keys;

    /**
     * @param connection under the owner's role, in auto-commit mode; stays open
     * @param keys       the folder of keys, shared with the nodes
     */
    public PayrollLoader(Connection connection, Path keys) {
        this.connection = connection;
        this.keys = keys;
    }

    /** As {@link RegisterLoader#load}. */
    public LoadOutcome load(Contour contour, PayrollTable table, InputStream extract, Consumer<RowError> errors, LoadProgress progress) throws SQLException, IOException {
        ExtractLines lines = new ExtractLines(extract);
        RegisterLoader.checkHeader(table.columns(), lines);
        return BulkTransaction.run(connection, contour, transaction -> new Load(transaction, contour, table, errors, progress).run(lines));
    }

    /** The state of one run. */
    private final class Load {
        private final BulkTransaction transaction;
        private final Contour contour;
        private final PayrollTable table;
        private final Consumer<RowError> errors;
        private final LoadProgress progress;
        private final WorkerHashes hashes = new WorkerHashes(keys);
        private long read;
        private long refused;

        Load(BulkTransaction transaction, Contour contour, PayrollTable table, Consumer<RowError> errors, LoadProgress progress) {
            this.transaction = transaction;
            this.contour = contour;
            this.table = table;
            this.errors = errors;
            this.progress = progress;
        }

        LoadOutcome run(ExtractLines lines) throws SQLException, IOException {
            transaction.execute("create temporary table staging (line bigint not null, contour text not null, " + switch (table) {
                case PAYROLL_REPORT -> "inn text, year smallint, quarter smallint, correction smallint, filed_at timestamptz, accepted_at timestamptz, records integer, month date, "
                        + "triple bytea, snils bytea, has_category boolean, gpc boolean";
                case PAYROLL_ACCEPTED -> "inn text, year smallint, quarter smallint, correction smallint, filed_at timestamptz, accepted_at timestamptz";
                case PFR_INSURED -> "inn text, month date, number integer";
            } + ") on commit drop");
            stage(lines);
            progress.rowsRead(read);
            progress.merging(read - refused);
            transaction.execute(table == PayrollTable.PFR_INSURED ? "create index on staging (inn, month)" : "create index on staging (inn, year, quarter, correction)");
            transaction.execute("analyze staging");
            long written = switch (table) {
                case PAYROLL_REPORT -> reports();
                case PAYROLL_ACCEPTED -> accepted();
                case PFR_INSURED -> insured();
            };
            return new LoadOutcome(read, refused, written);
        }

        private long reports() throws SQLException {
            refuseWhere(LoadRefusal.ACCEPTED_IN_FUTURE, "accepted_at", "s.accepted_at > now()");
            transaction.execute("""
                    create temporary table first_of_report on commit drop as
                    select distinct on (contour, inn, year, quarter, correction) * from staging order by contour, inn, year, quarter, correction, line""");
            transaction.execute("create index on first_of_report (inn, year, quarter, correction)");
            refuseWhere(LoadRefusal.REPORT_ROWS_DISAGREE, "", "exists (select from first_of_report f where " + SAME_REPORT.formatted("f")
                    + " and (f.filed_at, f.accepted_at, f.records) is distinct from (s.filed_at, s.accepted_at, s.records))");
            // Told once for the report, at its first line; all its rows are refused.
            refuseReports("""
                    select s.contour, %s, min(s.line), min(s.records), count(s.month) from staging s group by s.contour, %s having count(s.month) <> min(s.records)""".formatted(REPORT, REPORT),
                    row -> Refusal.of(LoadRefusal.REPORT_INCOMPLETE, "records", row.getString(7), row.getString(8)));
            transaction.execute("""
                    create temporary table known on commit drop as
                    select r.id, r.contour, r.inn, r.year, r.quarter, r.correction, n.first_line,
                           (r.filed_at, r.accepted_at) = (n.filed_at, n.accepted_at)
                           and (select coalesce(sum(m.rows), 0) from registers.payroll_month m where m.report_id = r.id) = n.records
                           and (r.secret <> %d or not exists (
                               select from registers.payroll_month m
                                where m.report_id = r.id and m.digest <> (
                                      select sha256(coalesce(string_agg(w.record, ''::bytea order by w.record), ''::bytea))
                                        from (select registers.payroll_record(s.triple, s.snils, s.has_category, s.gpc) record from staging s where %s and s.month = m.month) w))) same
                      from registers.payroll_report r
                      join (select s.contour, %s, min(s.line) first_line, min(s.filed_at) filed_at, min(s.accepted_at) accepted_at, min(s.records) records
                              from staging s group by s.contour, %s) n on %s""".formatted(hashes.number(), SAME_REPORT.formatted("r"), REPORT, REPORT, "(n.contour, n.inn, n.year, n.quarter, n.correction) = (r.contour, r.inn, r.year, r.quarter, r.correction)"));
            refuseReports("select s.contour, %s, s.first_line from known s where not s.same".formatted(REPORT), row -> Refusal.of(LoadRefusal.REPORT_DIFFERS, ""));
            transaction.update("delete from staging s using known k where " + SAME_REPORT.formatted("k"));
            transaction.execute("""
                    create temporary table fresh on commit drop as
                    select gen_random_uuid() id, d.* from (select distinct s.contour, %s, s.filed_at, s.accepted_at from staging s) d""".formatted(REPORT));
            transaction.update("""
                    insert into registers.payroll_report (id, contour, inn, year, quarter, correction, filed_at, accepted_at, loaded_at, secret)
                    select id, contour, inn, year, quarter, correction, filed_at, accepted_at, now(), %d from fresh order by inn, year, quarter, correction""".formatted(hashes.number()));
            transaction.update("""
                    insert into registers.payroll_worker (report_id, contour, month, line, triple, snils, has_category, gpc)
                    select f.id, s.contour, s.month, row_number() over (partition by f.id, s.month order by s.line), s.triple, s.snils, s.has_category, s.gpc
                      from staging s join fresh f on %s where s.month is not null order by f.id, s.month, s.line""".formatted(SAME_REPORT.formatted("f")));
            transaction.execute("analyze registers.payroll_worker");
            transaction.update("insert into registers.payroll_month select c.* from fresh f cross join lateral (select * from registers.payroll_count p where p.report_id = f.id) c");
            return count("select count(*) from staging");
        }

        private long accepted() throws SQLException {
            refuseWhere(LoadRefusal.ACCEPTED_IN_FUTURE, "accepted_at", "s.accepted_at > now()");
            refuseDuplicates(REPORT);
            refuseWhere(LoadRefusal.REPORT_DIFFERS, "", "exists (select from registers.payroll_accepted a where " + SAME_REPORT.formatted("a")
                    + " and (a.filed_at, a.accepted_at) is distinct from (s.filed_at, s.accepted_at))");
            return transaction.update("""
                    insert into registers.payroll_accepted (contour, inn, year, quarter, correction, filed_at, accepted_at, told_at)
                    select contour, inn, year, quarter, correction, filed_at, accepted_at, now() from staging order by inn, year, quarter, correction on conflict do nothing""");
        }

        private long insured() throws SQLException {
            refuseDuplicates("s.inn, s.month");
            return transaction.update("""
                    insert into registers.pfr_insured (contour, inn, month, number, loaded_at)
                    select s.contour, s.inn, s.month, s.number, now() from staging s
                     where s.number is distinct from (select n.number from registers.pfr_insured n where n.contour = s.contour and n.inn = s.inn and n.month = s.month order by n.loaded_at desc limit 1)
                     order by s.inn, s.month""");
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
            try {
                rows.value(lines.number()).value(contour.name());
                read(new ExtractRow(table.columns(), RegisterLoader.fields(line), doubt -> false), rows);
                rows.endRow();
            } catch (Refusal refusal) {
                rows.cutTo(before);
                refuse(lines.number(), refusal);
            }
            return true;
        }

        private void read(ExtractRow row, CopyText staging) {
            String inn = row.russianInn();
            if (table == PayrollTable.PFR_INSURED) {
                staging.value(inn).value(row.month()).value(row.number(0));
                return;
            }
            int year = row.within(2017, 2099);
            int quarter = row.within(1, 4);
            int correction = row.within(0, 999);
            Instant filedAt = row.moment();
            Instant acceptedAt = row.moment();
            if (acceptedAt.isBefore(filedAt)) {
                throw Refusal.of(LoadRefusal.ACCEPTED_BEFORE_FILED, "accepted_at");
            }
            staging.value(inn).value(year).value(quarter).value(correction).value(filedAt.toString()).value(acceptedAt.toString());
            if (table == PayrollTable.PAYROLL_REPORT) {
                hashes.report(contour, inn, year, quarter, correction);
                worker(row, year, quarter, staging);
            }
        }

        private void worker(ExtractRow row, int year, int quarter, CopyText staging) {
            int records = row.number(0);
            staging.value(records);
            if (records == 0) {
                row.none();
                staging.value((LocalDate) null).value((String) null).value((String) null).value("f").value("f");
                return;
            }
            LocalDate month = row.month();
            if (month.getYear() != year || (month.getMonthValue() + 2) / 3 != quarter) {
                throw Refusal.of(LoadRefusal.MONTH_OUTSIDE_QUARTER, "month");
            }
            String name = row.text();
            String snils = row.optionalSnils();
            String workerInn = row.optionalPersonsInn();
            staging.value(month).value("\\x" + hashes.triple(name, snils, workerInn)).value(snils == null ? null : "\\x" + hashes.snils(snils)).value(row.optionalText() == null ? "f" : "t")
                    .value(row.gpc() ? "t" : "f");
        }

        private void refuseWhere(LoadRefusal code, String column, String condition) throws SQLException {
            try (PreparedStatement sql = prepare("with gone as (delete from staging s where " + condition + " returning s.line) select line from gone order by line"); ResultSet rows = sql.executeQuery()) {
                while (rows.next()) {
                    refuse(rows.getLong(1), Refusal.of(code, column));
                }
            }
        }

        private void refuseDuplicates(String key) throws SQLException {
            try (PreparedStatement sql = prepare("""
                    with ranked as (select s.line, first_value(s.line) over (partition by %s order by s.line) first_line from staging s),
                         gone as (delete from staging s using ranked r where s.line = r.line and r.line <> r.first_line returning r.line, r.first_line)
                    select line, first_line from gone order by line""".formatted(key)); ResultSet rows = sql.executeQuery()) {
                while (rows.next()) {
                    refuse(rows.getLong(1), Refusal.of(LoadRefusal.DUPLICATE_ROW, key.replace("s.", ""), rows.getString(2)));
                }
            }
        }

        /** @param reports contour, the report's key, its first line, and what the refusal tells */
        private void refuseReports(String reports, Telling telling) throws SQLException {
            List<RowError> told = new ArrayList<>();
            try (PreparedStatement sql = prepare(reports); ResultSet rows = sql.executeQuery();
                    PreparedStatement gone = transaction.connection().prepareStatement(
                            "delete from staging where contour = ? and inn = ? and year = ?::smallint and quarter = ?::smallint and correction = ?::smallint")) {
                while (rows.next()) {
                    for (int i = 1; i <= 5; i++) {
                        gone.setObject(i, rows.getObject(i));
                    }
                    refused += gone.executeUpdate();
                    told.add(new RowError(rows.getLong(6), telling.of(rows), false));
                }
            }
            told.stream().sorted(Comparator.comparingLong(RowError::line)).forEach(errors);
        }

        private PreparedStatement prepare(String statement) throws SQLException {
            PreparedStatement sql = transaction.connection().prepareStatement(statement);
            sql.setFetchSize(1_000);
            return sql;
        }

        private long count(String statement) throws SQLException {
            try (PreparedStatement sql = prepare(statement); ResultSet row = sql.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }

        private void refuse(long line, Refusal refusal) {
            refused++;
            errors.accept(new RowError(line, refusal, false));
        }
    }

    @FunctionalInterface
    private interface Telling {
        Refusal of(ResultSet row) throws SQLException;
    }
}
