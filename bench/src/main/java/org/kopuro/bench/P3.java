package org.kopuro.bench;

import jakarta.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Import of a bank's register of loans, from the request to the end of the import, beside JPA row by row and beside COPY. */
public final class P3 {

    private static final String BANK = "6f3a1c1e-0000-4000-8000-000000000003";
    private static final String LOGIN = "bench-operator";
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final LoanBench bench;
    private final int rows;
    private final Map<Integer, byte[]> files = new HashMap<>();

    private P3(LoanBench bench, int rows) {
        this.bench = bench;
        this.rows = rows;
    }

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(System.getProperty("kopuro.root")).toAbsolutePath().normalize();
        boolean quick = List.of(arguments).contains("--quick");
        LoanBench bench = LoanBench.start(root, "import");
        P3 benchmark = new P3(bench, quick ? 10_000 : 100_000);
        Contest contest = new Contest("P3", bench.server());
        contest.remark(LoanBench.circumstances());
        contest.remark("versions: " + System.getProperty("bench.versions"));
        int rounds = quick ? 5 : 3;
        benchmark.prepare(rounds);
        if (List.of(arguments).contains("--profile")) {
            benchmark.profile(contest);
            System.exit(0);
        }
        try (PersistingPeer peer = new PersistingPeer(bench)) {
            Contest.Way ours = contest.enter("kopuro", "sent over HTTP; checked, duplicates found, history and ledger written", benchmark::send);
            Contest.Way rowByRow = contest.enter("peer", "XSSFWorkbook, each row persisted in a transaction of its own", round -> peer.persist(benchmark.file(round), "a" + round, 1, false));
            Contest.Way chunked = contest.enter("peer-1000", "the same, 1,000 rows in a transaction", round -> peer.persist(benchmark.file(round), "b" + round, 1_000, false));
            Contest.Way limit = contest.enter("limit", "fastexcel's reader, COPY into one table", round -> benchmark.copy(benchmark.file(round)));
            contest.compare(rowByRow, ours, "≥ 15");
            contest.compare(chunked, ours, "");
            contest.compare(ours, limit, "≤ 3");
            if (quick) {
                // Of 100,000 rows a lap would take ten minutes.
                Contest.Way all = contest.enter("peer-all", "as peer-1000; each row also looks for its borrower and his loans, and has its history, check and ledger entry persisted",
                        round -> peer.persist(benchmark.file(round), "c" + round, 1_000, true));
                contest.compare(all, ours, "");
            }
            contest.remark(benchmark.rows + " rows of 14 columns, " + benchmark.file(0).length / 1024 + " KiB; a warming round, then " + rounds + " rounds whose order turns");
            contest.run(rounds, round -> bench.rest());
        }
        contest.write(root.resolve("bench/target/results"));
        System.out.println(contest.markdown());
        System.exit(0);
    }

    /** A bank that is connected and accredited, and registers that know all borrowers of all rounds. */
    private void prepare(int rounds) throws Exception {
        bench.execute(LoanBench.script("importing.sql").replace(":bank", "'" + BANK + "'"));
        bench.account(LOGIN, "BANK_OPERATOR", BANK);
        for (int round = 0; round <= rounds; round++) {
            LoanFile file = new LoanFile(round, rows);
            files.put(round, file.workbook());
            Set<String> inns = file.inns();
            load("registers.company (contour, inn, valid_from, revision, name, head, kpp, ogrn, legal_form, region, registered_on, okved_main)", inns,
                    inn -> "PRODUCTION\t" + inn + "\t2015-01-01\t1\tООО «Предприятие " + inn + "»\tИванов Иван Иванович\t770701001\t1027700132195\tООО\t77\t2015-01-01\t56.10");
            load("registers.sme (contour, inn, valid_from, revision, size, included_on)", inns, inn -> "PRODUCTION\t" + inn + "\t2016-08-01\t1\tMICRO\t2016-08-01");
            load("bench.borrower (inn, name)", inns, inn -> inn + "\tООО «Предприятие " + inn + "»");
        }
        bench.execute("analyze registers.company; analyze registers.sme; analyze bench.borrower");
    }

    private interface Line {
        String of(String inn);
    }

    private void load(String table, Set<String> inns, Line line) throws SQLException, IOException {
        StringBuilder text = new StringBuilder();
        inns.forEach(inn -> text.append(line.of(inn)).append('\n'));
        try (Connection owner = bench.owner()) {
            owner.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + table + " from stdin", new StringReader(text.toString()));
        }
    }

    private byte[] file(int round) {
        return files.get(round);
    }

    private void send(int round) throws Exception {
        HttpResponse<String> answer = bench.client().send(bench.request(LOGIN, "loan-imports?mode=apply&fileName=bench.xlsx").header("Content-Type", XLSX).POST(BodyPublishers.ofByteArray(file(round))).build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 202) {
            throw new IOException("answered " + answer.statusCode() + " " + answer.body());
        }
        String id = Json.createReader(new StringReader(answer.body())).readObject().getString("id");
        try (Connection owner = bench.owner(); var statement = owner.prepareStatement("select state, created, flagged from loans.import where id = ?::uuid and ended_at is not null")) {
            statement.setString(1, id);
            while (true) {
                try (var row = statement.executeQuery()) {
                    if (row.next()) {
                        if (row.getInt("created") != rows || row.getInt("flagged") != rows / 10) {
                            throw new IOException(row.getString("state") + ", created " + row.getInt("created") + ", flagged " + row.getInt("flagged") + ": " + refused(id));
                        }
                        return;
                    }
                }
                Thread.sleep(20);
            }
        }
    }

    private String refused(String id) throws SQLException, IOException {
        try (Connection owner = bench.owner(); var row = owner.createStatement().executeQuery("select coalesce(max(sayings::text), '') from loans.import_row where outcome = 'REFUSED' and import_id = '" + id + "'")) {
            row.next();
            return row.getString(1);
        }
    }

    private void copy(byte[] file) throws Exception {
        try (Connection owner = bench.owner()) {
            CopyIn copy = owner.unwrap(PGConnection.class).getCopyAPI().copyIn("copy bench.copied from stdin");
            ReadLoans.each(file, line -> copy.writeToCopy(line, 0, line.length));
            if (copy.endCopy() != rows) {
                throw new IOException("copied " + copy.getHandledRowCount());
            }
        }
    }

    private void profile(Contest contest) throws Exception {
        send(0);
        send(1);
        Path recording = bench.server().var().resolve("import.jfr");
        Flight.begin(bench.server().process(), recording);
        send(2);
        send(3);
        System.out.println(Flight.end(bench.server().process(), recording));
        System.out.println(contest.markdown());
    }
}
