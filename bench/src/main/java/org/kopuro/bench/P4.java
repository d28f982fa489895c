package org.kopuro.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.HttpURLConnection;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Export of the whole register of loans as a workbook over HTTP, beside POI's streaming workbook of the same rows and beside fastexcel with nothing to read. */
public final class P4 {

    private static final String LOGIN = "bench-official";
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    /** As the export has them: those of the import's template, then all others. */
    private static final String COLUMNS = "l.application_number, l.programme, l.inn, l.applied_at, l.requested / 100.0, l.approved / 100.0, l.decided_on, l.contract_number, l.contract_date, l.contract_sum / 100.0, l.rate,"
            + " l.term_months, l.end_date, l.contract_headcount, l.issues, l.balances, l.borrower_kind, l.rejection_code, l.id, l.stage, l.status, l.status_at, l.bank_id, l.borrower_name, l.region, l.okved,"
            + " l.issued / 100.0, l.last_balance / 100.0, l.verdict, l.rule_set_version, l.headcount, l.maximum / 100.0, l.over_maximum, l.headcount_differs, l.outside_stage, coalesce(a.active > 1, false), l.source,"
            + " l.import_id, l.created_at, l.changed_at, l.version, p.full_name";
    private static final int FETCHED = 2_000;
    private static final int WINDOW = 100;
    private static final int LOOKS = 3;
    private static final long WARMING_NANOS = 60_000_000_000L;
    private static final int FLUSHED = 500;
    private static final double[] LOOKED_AT = {0.2, 0.4, 0.6, 0.8};
    private static final Pattern ALIVE = Pattern.compile("(?m)^Total\\s+[0-9]+\\s+([0-9]+)");
    /** Of compression, that of Kopuro's workbooks; fastexcel's own would be 4, and slower. POI has no choice. */
    private static final int LEVEL = 1;

    private final LoanBench bench;
    private final int loans;
    private long octets;

    private P4(LoanBench bench, int loans) {
        this.bench = bench;
        this.loans = loans;
    }

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(System.getProperty("kopuro.root")).toAbsolutePath().normalize();
        boolean quick = List.of(arguments).contains("--quick");
        LoanBench bench = LoanBench.start(root, "export");
        P4 benchmark = new P4(bench, quick ? 100_000 : 1_000_000);
        int rounds = quick ? 5 : 3;
        Contest contest = new Contest("P4", bench.server());
        contest.remark(LoanBench.circumstances());
        contest.remark("versions: " + System.getProperty("bench.versions"));
        benchmark.enter();
        if (List.of(arguments).contains("--profile")) {
            benchmark.profile();
            System.exit(0);
        }
        Contest.Way ours = contest.enter("kopuro", "over HTTP; as of its beginning, an entry in the ledger", warmed(benchmark::export));
        Contest.Way peer = contest.enter("peer", "SXSSFWorkbook of the same rows and columns, read by a cursor", warmed(benchmark::stream));
        Contest.Way limit = contest.enter("limit", "fastexcel, as many rows and columns of constants, compressed by the same level", warmed(benchmark::constants));
        contest.compare(ours, peer, "< 1");
        contest.compare(ours, limit, "≤ 1.3");
        contest.remark(benchmark.loans + " loans; each is warmed for a minute, then " + rounds + " rounds whose order turns; the workbooks are read and written to nowhere");
        contest.run(rounds, round -> bench.rest());
        contest.remark("octets of the workbook: " + benchmark.export());
        contest.remark(benchmark.heap());
        contest.write(root.resolve("bench/target/results"));
        System.out.println(contest.markdown());
        System.exit(0);
    }

    private void enter() throws Exception {
        bench.account(LOGIN, "OPERATOR", "");
        String script = LoanBench.script("loans.sql").replace(":loans", Integer.toString(loans));
        long start = System.nanoTime();
        try (Connection owner = bench.owner(); Statement statement = owner.createStatement()) {
            for (String part : script.split("\n\n")) {
                statement.execute(part);
            }
        }
        System.err.printf(Locale.ROOT, "%d loans entered within %.0f s%n", loans, (System.nanoTime() - start) / 1e9);
    }

    private interface Making {
        void go() throws Exception;
    }

    /** The compilers need a minute of work before figures settle: until then the warming round goes on. */
    private static Contest.Work warmed(Making making) {
        return round -> {
            long begun = System.nanoTime();
            do {
                making.go();
            } while (round == 0 && System.nanoTime() - begun < WARMING_NANOS);
        };
    }

    private interface Look {
        void at(long octets) throws Exception;
    }

    private long export() throws Exception {
        return export(octets -> { });
    }

    private long export(Look look) throws Exception {
        HttpRequest request = bench.request(LOGIN, "loan-exports").header("Accept", XLSX).build();
        // java.net.http takes several times as long to read as much; the reader is not what is measured.
        HttpURLConnection answer = (HttpURLConnection) request.uri().toURL().openConnection();
        request.headers().map().forEach((name, values) -> answer.setRequestProperty(name, values.get(0)));
        if (answer.getResponseCode() != 200) {
            throw new IOException("answered " + answer.getResponseCode() + " " + new String(answer.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
        }
        long read = 0;
        try (InputStream in = answer.getInputStream()) {
            byte[] buffer = new byte[65_536];
            for (int length; (length = in.read(buffer)) >= 0; ) {
                read += length;
                look.at(read);
            }
        }
        octets = read;
        return read;
    }

    /** What is alive, before and in the course of an export that nobody times: counted in the very pause of a whole collection, so that nothing is among it that was allocated meanwhile. */
    private String heap() throws Exception {
        double before = alive();
        List<Double> during = new ArrayList<>();
        long whole = octets;
        export(read -> {
            if (during.size() < LOOKED_AT.length && read > LOOKED_AT[during.size()] * whole) {
                during.add(alive());
            }
        });
        return String.format(Locale.ROOT, "heap alive: %.1f MiB before an export, at a fifth, two, three and four fifths of it %s MiB: growth %.1f MiB (goal ≤ 64)", before,
                String.join(" ", during.stream().map(value -> String.format(Locale.ROOT, "%.1f", value)).toList()), during.stream().max(Double::compare).orElseThrow() - before);
    }

    /** The least of some looks: a collection is skipped while the compressor has its hands on an array, and then what is dead is counted, too. */
    private double alive() throws IOException, InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < LOOKS; i++) {
            Matcher used = ALIVE.matcher(Flight.jcmd(bench.server().process(), "GC.class_histogram"));
            if (!used.find()) {
                throw new IOException("no heap");
            }
            least = Math.min(least, Long.parseLong(used.group(1)));
        }
        return least / 1024.0 / 1024.0;
    }

    private void stream() throws SQLException, IOException {
        try (Connection owner = bench.owner(); Statement statement = owner.createStatement(); SXSSFWorkbook workbook = new SXSSFWorkbook(WINDOW)) {
            owner.setAutoCommit(false);
            statement.setFetchSize(FETCHED);
            SXSSFSheet sheet = workbook.createSheet("loans");
            try (ResultSet row = statement.executeQuery("select " + COLUMNS + " from loans.loan l join participants.participant p on p.id = l.bank_id left join loans.applicant a"
                    + " on (a.contour, a.programme, a.inn, a.part) = (l.contour, l.programme, l.inn, 0::smallint) where l.contour = 'PRODUCTION' order by l.programme, l.applied_at, l.id")) {
                int columns = row.getMetaData().getColumnCount();
                int number = 0;
                heading(sheet.createRow(number++), row, columns);
                while (row.next()) {
                    Row cells = sheet.createRow(number++);
                    for (int column = 0; column < columns; column++) {
                        write(cells, column, row.getObject(column + 1));
                    }
                }
                if (number != loans + 1) {
                    throw new IOException("written " + number);
                }
            }
            workbook.write(OutputStream.nullOutputStream());
        }
    }

    private static void heading(Row cells, ResultSet row, int columns) throws SQLException {
        for (int column = 0; column < columns; column++) {
            cells.createCell(column).setCellValue(row.getMetaData().getColumnName(column + 1));
        }
    }

    private static void write(Row cells, int column, Object value) {
        if (value == null) {
            return;
        }
        Cell cell = cells.createCell(column);
        if (value instanceof BigDecimal number) {
            cell.setCellValue(number.doubleValue());
        } else if (value instanceof Number number) {
            cell.setCellValue(number.longValue());
        } else if (value instanceof Timestamp moment) {
            cell.setCellValue(moment.toInstant().toString());
        } else {
            cell.setCellValue(value.toString());
        }
    }

    /** A loan with a contract, its empty cells left out. */
    private void constants() throws IOException {
        Object[] constants = {"ЗАЯВКА-500003", "1528", "7700123456", "2025-01-01T15:00+03:00", new BigDecimal("1050000.00"), new BigDecimal("1050000.00"), "2025-01-01", "Д-500003", "2025-01-06", new BigDecimal("1049500.00"),
            new BigDecimal("4.5"), 36, "", 250, "2025-01-08=262500.00", "2025-02=210000.00", "LEGAL_ENTITY", "", "6f3a1c1e-0000-4000-8000-000000000003", 0, "APPROVED", "2025-01-01T15:00+03:00",
            "6f3a1c1e-0000-4000-8000-000000000004", "ООО «РомашкаПлюс-1234»", "77", "56.10.1", new BigDecimal("262500.00"), new BigDecimal("210000.00"), "MEETS", 1, 250, "", "false", "true", "false", "true", "API", "",
            "2025-01-01T15:00+03:00", "2025-01-01T15:00+03:00", 1, "Bank 12"};
        Workbook workbook = new Workbook(OutputStream.nullOutputStream(), "bench", "1.0");
        workbook.setCompressionLevel(LEVEL);
        Worksheet sheet = workbook.newWorksheet("loans");
        for (int row = 0; row <= loans; row++) {
            for (int column = 0; column < constants.length; column++) {
                if (constants[column] instanceof Number number) {
                    sheet.value(row, column, number);
                } else if (constants[column] != "") {
                    sheet.inlineString(row, column, (String) constants[column]);
                }
            }
            if (row % FLUSHED == 0) {
                sheet.flush();
            }
        }
        workbook.finish();
    }

    private void profile() throws Exception {
        warmed(this::export).go(0);
        Path recording = bench.server().var().resolve("export.jfr");
        Flight.begin(bench.server().process(), recording);
        for (int i = 0; i < LOOKS; i++) {
            export();
        }
        System.out.println(Flight.end(bench.server().process(), recording));
    }
}
