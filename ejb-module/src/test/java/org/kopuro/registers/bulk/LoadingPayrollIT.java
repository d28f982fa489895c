package org.kopuro.registers.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.registers.payroll.PayrollRows;
import org.kopuro.testing.Rows;
import org.kopuro.testing.TestDatabase;

/** LOAN-61, LOAN-68, LOAN-71, LOAN-113: from files to what is counted. */
class LoadingPayrollIT {

    private static final String MOMENTS = "2021-10-28T11:15:00+03:00,2021-10-28T18:00:00+03:00";
    private static final String HEADER = String.join(",", PayrollTable.PAYROLL_REPORT.columns()) + "\n";

    @TempDir
    private Path keys;
    private final List<RowError> errors = new ArrayList<>();
    private final String inn = PayrollRows.freshInn();
    private Connection owner;

    @BeforeEach
    void connect() throws SQLException {
        owner = TestDatabase.shared().owner().getConnection();
    }

    @AfterEach
    void close() throws SQLException {
        owner.close();
    }

    @Test
    void theDocumentedReportComesToTheNumbersOfTheRequirements() throws SQLException, IOException {
        String file = example(PayrollTable.PAYROLL_REPORT);
        assertEquals(new LoadOutcome(6, 0, 6), load(PayrollTable.PAYROLL_REPORT, file));
        assertEquals(List.of(), told());
        assertEquals(List.of("2021-07-01 0 0 0 0 0", "2021-08-01 0 0 0 0 0", "2021-09-01 5 5 3 0 1"), months(inn));
        assertEquals(new LoadOutcome(6, 0, 0), load(PayrollTable.PAYROLL_REPORT, file), "loaded twice, nothing is new");
        assertEquals(List.of(), told());
    }

    @Test
    void namesAreTheSamePersonHoweverTheyAreSpelled() throws SQLException, IOException {
        load(PayrollTable.PAYROLL_REPORT, HEADER + row(0, 4, "2021-09,Алёна  Ли,112-233-445 95,990000123452,НР,EMPLOYMENT") + row(0, 4, "2021-09,  АЛЕНА ЛИ ,11223344595,990000123452,,GPC")
                + row(0, 4, "2021-09,алена\u00a0ли,112-233-44595,990000123452,НР,GPC") + row(0, 4, "2021-09,Алена Ли,,,НР,GPC"));
        assertEquals(List.of(), told());
        assertEquals("2021-09-01 4 2 1 1 1", months(inn).get(2));
    }

    @Test
    void aPersonIsAnotherHashInEveryReport() throws SQLException, IOException {
        String worker = "2021-09,Ли Сергей,112-233-445 95,990000123452,НР,EMPLOYMENT";
        load(PayrollTable.PAYROLL_REPORT, HEADER + row(0, 1, worker) + row(1, 1, worker));
        List<String> hashes = Rows.of("select encode(w.triple || w.snils, 'hex') from registers.payroll_worker w join registers.payroll_report r on r.id = w.report_id where r.inn = ?", inn);
        assertEquals(2, hashes.size());
        assertNotEquals(hashes.get(0), hashes.get(1));
        assertNotEquals(hashes.get(0).substring(64), hashes.get(1).substring(64));
    }

    @Test
    void aReportWithABadRowIsNotLoadedAndOthersAre() throws SQLException, IOException {
        LoadOutcome outcome = load(PayrollTable.PAYROLL_REPORT, HEADER + row(0, 2, "2021-09,Ли Сергей,112-233-445 95,,НР,EMPLOYMENT") + row(0, 2, "2021-09,Ли Сергей,112-233-445,,НР,EMPLOYMENT")
                + row(1, 1, "2021-08,Ли Сергей,,,НР,EMPLOYMENT"));
        assertEquals(new LoadOutcome(3, 2, 1), outcome);
        assertEquals(List.of("3 snils SNILS_FORMAT", "2 records REPORT_INCOMPLETE"), told());
        assertEquals(List.of("1"), Rows.of("select correction from registers.payroll_report where inn = ?", inn));
        for (RowError error : errors) {
            assertFalse(error.refusal().sentence(Language.RU).contains("Ли") || error.refusal().sentence(Language.RU).contains("112"), "nothing of a worker is told");
        }
    }

    @Test
    void aReportIsNeverChanged() throws SQLException, IOException {
        load(PayrollTable.PAYROLL_REPORT, HEADER + row(0, 1, "2021-09,Ли Сергей,112-233-445 95,,НР,EMPLOYMENT"));
        for (String other : List.of("2021-09,Ли Сергей,112-233-445 95,,,EMPLOYMENT", "2021-08,Ли Сергей,112-233-445 95,,НР,EMPLOYMENT", "2021-09,Ли Семён,112-233-445 95,,НР,EMPLOYMENT")) {
            errors.clear();
            assertEquals(new LoadOutcome(1, 1, 0), load(PayrollTable.PAYROLL_REPORT, HEADER + row(0, 1, other)), other);
            assertEquals(List.of("2  REPORT_DIFFERS"), told());
        }
        errors.clear();
        load(PayrollTable.PAYROLL_REPORT, HEADER + row(0, 1, "2021-09,Ли Сергей,112-233-445 95,,НР,EMPLOYMENT").replace("18:00", "18:01"));
        assertEquals(List.of("2  REPORT_DIFFERS"), told());
        assertEquals("2021-09-01 1 1 1 0 0", months(inn).get(2));
    }

    @Test
    void rowsOfAReportSayTheSameOfIt() throws SQLException, IOException {
        load(PayrollTable.PAYROLL_REPORT, HEADER + row(0, 2, "2021-09,Ли Сергей,,,НР,EMPLOYMENT") + row(0, 2, "2021-09,Ли Семён,,,НР,EMPLOYMENT").replace("11:15", "11:16"));
        assertEquals(List.of("3  REPORT_ROWS_DISAGREE", "2 records REPORT_INCOMPLETE"), told());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "INN,2021,3,0,MOMENTS,1,2021-10,Имя,,,,GPC | month MONTH_OUTSIDE_QUARTER", "INN,2021,3,0,MOMENTS,1,2020-09,Имя,,,,GPC | month MONTH_OUTSIDE_QUARTER",
        "INN,2021,3,0,MOMENTS,1,,Имя,,,,GPC | month VALUE_MISSING", "INN,2021,3,0,MOMENTS,1,2021-09,,,,,GPC | full_name VALUE_MISSING", "INN,2021,5,0,MOMENTS,1,2021-09,Имя,,,,GPC | quarter OUT_OF_RANGE",
        "INN,1999,3,0,MOMENTS,1,2021-09,Имя,,,,GPC | year OUT_OF_RANGE", "INN,2021,3,-1,MOMENTS,1,2021-09,Имя,,,,GPC | correction NUMBER_FORMAT",
        "INN,2021,3,1000,MOMENTS,1,2021-09,Имя,,,,GPC | correction OUT_OF_RANGE", "INN,2021,3,0,MOMENTS,1,2021-09,Имя,,,,gpc | contract CONTRACT_UNKNOWN",
        "INN,2021,3,0,MOMENTS,1,2021-09,Имя,,12345,,GPC | worker_inn RUSSIAN_INN_FORMAT", "0000000000,2021,3,0,MOMENTS,1,2021-09,Имя,,,,GPC | inn RUSSIAN_INN_FORMAT",
        "12345678901,2021,3,0,MOMENTS,1,2021-09,Имя,,,,GPC | inn RUSSIAN_INN_FORMAT", "INN,2021,3,0,2021-10-28,2021-10-28,1,2021-09,Имя,,,,GPC | filed_at MOMENT_FORMAT",
        "INN,2021,3,0,2021-10-28T11:15:00Z,2021-10-28T11:14:59Z,1,2021-09,Имя,,,,GPC | accepted_at ACCEPTED_BEFORE_FILED",
        "INN,2021,3,0,MOMENTS,0,2021-09,Имя,,,,GPC | month VALUE_NOT_EMPTY", "INN,2021,3,0,MOMENTS,1,2021-09,Имя,,,,GPC,x | - COLUMN_COUNT",
        "INN,2021,3,0,MOMENTS,1,2021-09,\"Имя,,,,GPC | - QUOTES_BROKEN", "INN,2021,3,0,2021-10-28T11:15:00Z,2099-10-28T11:15:00Z,1,2021-09,Имя,,,,GPC | accepted_at ACCEPTED_IN_FUTURE"})
    void saysWhatIsWrongWithARow(String row, String expected) throws SQLException, IOException {
        assertEquals(new LoadOutcome(1, 1, 0), load(PayrollTable.PAYROLL_REPORT, HEADER + row.replace("INN", inn).replace("MOMENTS", MOMENTS) + "\n"));
        assertEquals(List.of("2 " + expected.replace("- ", " ")), told());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "inn,month\n", "\u0000\u0000"})
    void aFileThatIsSomethingElseIsRefused(String file) {
        assertThrows(Refusal.class, () -> load(PayrollTable.PAYROLL_REPORT, file));
    }

    @Test
    void hostileLinesCostThemselvesAlone() throws SQLException, IOException {
        load(PayrollTable.PAYROLL_REPORT, HEADER + "x".repeat(20_000) + "\n" + "a\u0000b\n" + row(0, 1, "2021-09,\u202eИмя,,,НР,EMPLOYMENT") + row(1, 1, "2021-09,Ли,,,НР,EMPLOYMENT"));
        assertEquals(List.of("2  LINE_TOO_LONG", "3  NUL_BYTE", "4 full_name CONTROL_CHARACTER"), told());
        assertEquals(List.of("1"), Rows.of("select correction from registers.payroll_report where inn = ?", inn));
    }

    @Test
    void acceptedReportsAndInsuredPersonsAreLoaded() throws SQLException, IOException {
        assertEquals(new LoadOutcome(1, 0, 1), load(PayrollTable.PAYROLL_ACCEPTED, example(PayrollTable.PAYROLL_ACCEPTED)));
        assertEquals(new LoadOutcome(1, 0, 0), load(PayrollTable.PAYROLL_ACCEPTED, example(PayrollTable.PAYROLL_ACCEPTED)));
        assertEquals(new LoadOutcome(1, 1, 0), load(PayrollTable.PAYROLL_ACCEPTED, example(PayrollTable.PAYROLL_ACCEPTED).replace("12:00", "12:01")));
        assertEquals(List.of("2  REPORT_DIFFERS"), told());
        assertEquals(new LoadOutcome(2, 0, 2), load(PayrollTable.PFR_INSURED, example(PayrollTable.PFR_INSURED)));
        assertEquals(new LoadOutcome(2, 0, 1), load(PayrollTable.PFR_INSURED, example(PayrollTable.PFR_INSURED).replace(",20\n", ",19\n")));
        assertEquals(List.of("21", "20", "19"), Rows.of("select number from registers.pfr_insured where inn = ? order by number desc", inn));
    }

    @Test
    void theOperatorsCommandLoadsThem(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("report.csv"), example(PayrollTable.PAYROLL_REPORT));
        Map<String, String> database = Map.of("KOPURO_DB_URL", TestDatabase.shared().url(), "KOPURO_DB_OWNER_USER", TestDatabase.OWNER, "KOPURO_DB_OWNER_PASSWORD", TestDatabase.PASSWORD);
        Map<String, String> environment = new HashMap<>(database);
        environment.put("KOPURO_KEYS", keys.toString());
        assertTrue(command(environment, "load", "--contour", "TEST", "--table", "payroll_report", file.toString()).contains("rows read: 6, written: 6, unchanged: 0, refused: 0"));
        assertTrue(Files.exists(keys.resolve("payroll-blinding-1")));
        assertTrue(command(database, "load", "--contour", "TEST", "--table", "payroll_report", file.toString()).contains("KOPURO_KEYS is not set"));
    }

    private static String command(Map<String, String> environment, String... words) {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(told, true, StandardCharsets.UTF_8);
        RegistersCommand.run(words, stream, stream, environment);
        return told.toString(StandardCharsets.UTF_8);
    }

    private String row(int correction, int records, String worker) {
        return inn + ",2021,3," + correction + "," + MOMENTS + "," + records + "," + worker + "\n";
    }

    /** For employers of this test alone. */
    private String example(PayrollTable table) throws IOException {
        try (InputStream file = getClass().getResourceAsStream("/org/kopuro/registers/" + table.tableName() + ".csv")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).replace("9900000105", inn).replace("9900000000", "8" + inn.substring(1));
        }
    }

    private LoadOutcome load(PayrollTable table, String file) throws SQLException, IOException {
        return new PayrollLoader(owner, keys).load(Contour.TEST, table, new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), errors::add, rows -> { });
    }

    private List<String> told() {
        return errors.stream().map(error -> error.line() + " " + error.refusal().field() + " " + error.refusal().code()).toList();
    }

    private static List<String> months(String inn) {
        return Rows.of("select concat_ws(' ', m.month, m.rows, m.triples, m.snils, m.no_snils, m.no_category) from registers.payroll_month m join registers.payroll_report r on r.id = m.report_id"
                + " where r.inn = ? order by m.month", inn);
    }
}
