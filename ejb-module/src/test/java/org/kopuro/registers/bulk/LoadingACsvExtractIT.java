package org.kopuro.registers.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.registers.RegisterRows;
import org.kopuro.testing.TestDatabase;

/** Into PRODUCTION, where the generator's rows are not in the way. */
class LoadingACsvExtractIT {

    /** Of taxpayers; LoadingBorrowersIT loads the others. */
    private static final List<RegisterTable> TABLES = List.of(RegisterTable.TAXPAYER, RegisterTable.TAX_DEBT, RegisterTable.TAX_PAYMENT, RegisterTable.INCOME, RegisterTable.HEADCOUNT, RegisterTable.HEAD);
    private static final String TAXPAYER_HEADER = String.join(",", RegisterTable.TAXPAYER.columns()) + "\n";
    private static final String DEBT_HEADER = "inn,tax_code,amount,as_of\n";
    private static final String OURS = "inn in ('03002202400101', '23002198000101', '13002199900101', '03002202400191')";

    private final List<RowError> errors = new ArrayList<>();
    private Connection owner;
    private String debtsAsOfBefore;

    @BeforeEach
    void anEmptyRegister() throws SQLException, IOException {
        owner = TestDatabase.shared().owner().getConnection();
        debtsAsOfBefore = one("select debts_as_of from registers.register_state where contour = 'PRODUCTION'");
        RegisterRows.run("delete from registers.register_state where contour = 'PRODUCTION'");
        for (String table : List.of("tax_debt", "tax_payment", "income", "headcount", "head", "taxpayer")) {
            // In both: the command's test loads the same examples into TEST.
            RegisterRows.run("delete from registers." + table + " where " + OURS);
        }
    }

    @AfterEach
    void theStateOfOtherTests() throws SQLException {
        RegisterRows.run("delete from registers.register_state where contour = 'PRODUCTION'");
        if (debtsAsOfBefore != null) {
            RegisterRows.run("insert into registers.register_state values ('PRODUCTION', ?::date)", debtsAsOfBefore);
        }
        owner.close();
    }

    @Test
    void fillsEveryTableFromTheDocumentedExamples() throws SQLException, IOException {
        for (RegisterTable table : TABLES) {
            LoadOutcome outcome = load(table, example(table));
            assertEquals(List.of(), errors, table.tableName());
            // The settled debt had no row to remove.
            assertEquals(new LoadOutcome(3, 0, table == RegisterTable.TAX_DEBT ? 2 : 3), outcome, table.tableName());
        }
        assertEquals("ОсОО \"Көк-Жар, сыноо\"|004|720000|г. Бишкек, ул. Примерная, 5|62.01.0|2020-03-02|null",
                one("select full_name, district_code, postcode, address, activity_code, registered_on, ended_on"
                        + " from registers.taxpayer where contour = 'PRODUCTION' and inn = '03002202400101'"));
        assertEquals("1500051", one("select sum(amount_minor_units) from registers.tax_debt where contour = 'PRODUCTION' and " + OURS));
        assertEquals("280000", one("select sum(amount_minor_units) from registers.tax_payment where contour = 'PRODUCTION' and " + OURS));
        assertEquals("9700000", one("select sum(amount_minor_units) from registers.income where contour = 'PRODUCTION' and " + OURS));
        assertEquals("13", one("select sum(insured_persons) from registers.headcount where contour = 'PRODUCTION' and " + OURS));
        assertEquals("2026-06-30", one("select debts_as_of from registers.register_state where contour = 'PRODUCTION'"));
    }

    @Test
    void changesNothingWhenTheSameFileComesTwice() throws SQLException, IOException {
        for (RegisterTable table : TABLES) {
            load(table, example(table));
        }
        String before = fingerprint();
        for (RegisterTable table : TABLES) {
            assertEquals(new LoadOutcome(3, 0, 0), load(table, example(table)), table.tableName());
        }
        assertEquals(before, fingerprint());
    }

    @Test
    void fillsOneContourOnly() throws SQLException, IOException {
        load(RegisterTable.TAXPAYER, example(RegisterTable.TAXPAYER));
        assertEquals("0", one("select count(*) from registers.taxpayer where contour = 'TEST' and " + OURS));
        errors.clear();
        new RegisterLoader(owner).load(Contour.TEST, RegisterTable.HEADCOUNT, example(RegisterTable.HEADCOUNT), errors::add, rows -> { });
        assertEquals(List.of("2 inn TAXPAYER_UNKNOWN", "3 inn TAXPAYER_UNKNOWN", "4 inn TAXPAYER_UNKNOWN"), told());
    }

    @Test
    void takesANewerStateOfATaxpayer() throws SQLException, IOException {
        load(RegisterTable.TAXPAYER, example(RegisterTable.TAXPAYER));
        LoadOutcome outcome = load(RegisterTable.TAXPAYER, TAXPAYER_HEADER
                + "13002199900101,ENTREPRENEUR,Асанова Айнура,002,,,47.11,2017-09-01,2026-01-31\n");
        assertEquals(new LoadOutcome(1, 0, 1), outcome);
        assertEquals("ENTREPRENEUR|Асанова Айнура|002|null|2026-01-31", one("select kind, full_name, district_code, postcode, ended_on"
                + " from registers.taxpayer where contour = 'PRODUCTION' and inn = '13002199900101'"));
    }

    @Test
    void reportsABrokenRowAndKeepsTheGoodOnes() throws SQLException, IOException {
        LoadOutcome outcome = load(RegisterTable.TAXPAYER, TAXPAYER_HEADER
                + "03002202400101,ORGANISATION,ОсОО,004,,,,2020-03-02,\n"
                + "\n"
                + "2300219800010x,ENTREPRENEUR,Асанов,004,,,,2020-03-02,\n"
                + "23002198000101,ORGANISATION,Асанов,004,,,,2020-03-02,\n"
                + "13002199900101,PERSON,Асанова,999,,,,2020-03-02,\n"
                + "13002199900101,PERSON,Асанова,001,,,,2020-03-02,\n"
                + "03002202400101,ORGANISATION,Другое,004,,,,2020-03-02,\n");
        assertEquals(new LoadOutcome(6, 5, 1), outcome);
        assertEquals(List.of("4 inn INN_NOT_DIGITS", "5 kind KIND_AND_INN_DISAGREE", "7 inn DUPLICATE_ROW", "8 inn DUPLICATE_ROW",
                "6 district_code DISTRICT_UNKNOWN"), told());
        assertEquals("Character 14 of the INN is not a digit 0-9.", errors.get(0).refusal().sentence(Language.EN));
        assertEquals("Line 6 has the same key.", errors.get(2).refusal().sentence(Language.EN));
        assertEquals("ОсОО", one("select full_name from registers.taxpayer where contour = 'PRODUCTION' and " + OURS));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "TAXPAYER | ,PERSON,Имя,004,,,,2020-01-01, | inn INN_MISSING",
        "TAXPAYER | 13002199900101,person,Имя,004,,,,2020-01-01, | kind KIND_UNKNOWN",
        "TAXPAYER | 13002199900101,PERSON,\"  \",004,,,,2020-01-01, | full_name VALUE_MISSING",
        "TAXPAYER | 13002199900101,PERSON,Имя,4,,,,2020-01-01, | district_code DISTRICT_CODE_FORMAT",
        "TAXPAYER | 13002199900101,PERSON,Имя,004,7200,,,2020-01-01, | postcode POSTCODE_FORMAT",
        "TAXPAYER | 13002199900101,PERSON,Имя,004,,,4711,2020-01-01, | activity_code ACTIVITY_CODE_FORMAT",
        "TAXPAYER | 13002199900101,PERSON,Имя,004,,,,01.01.2020, | registered_on DATE_FORMAT",
        "TAXPAYER | 13002199900101,PERSON,Имя,004,,,,2020-02-30, | registered_on DATE_FORMAT",
        "TAXPAYER | 13002199900101,PERSON,Имя,004,,,,1020-01-01, | registered_on DATE_FORMAT",
        "TAXPAYER | 13002199900101,PERSON,Имя,004,,,,2020-01-01,2019-12-31 | ended_on ENDED_BEFORE_REGISTERED",
        "TAXPAYER | 13002199900101,PERSON,Имя,004,,,,, | registered_on VALUE_MISSING",
        "TAX_DEBT | 13002199900101,налог,1.00,2026-06-30 | tax_code TAX_CODE_FORMAT",
        "TAX_DEBT | 13002199900101,1,\"1,00\",2026-06-30 | amount AMOUNT_FORMAT",
        "TAX_DEBT | 13002199900101,1,-1.00,2026-06-30 | amount AMOUNT_FORMAT",
        "TAX_DEBT | 13002199900101,1,1.5,2026-06-30 | amount AMOUNT_FORMAT",
        "TAX_DEBT | 13002199900101,1,1e5,2026-06-30 | amount AMOUNT_FORMAT",
        "TAX_DEBT | 13002199900101,1,1234567890123456.00,2026-06-30 | amount AMOUNT_FORMAT",
        "TAX_PAYMENT | 13002199900101,2026-06-30,1,0,1.00 | sequence_number NUMBER_FORMAT",
        "TAX_PAYMENT | 13002199900101,2026-06-30,1,1,0.00 | amount AMOUNT_ZERO",
        "INCOME | 03002202400101,2026-06,,1.00 | inn INCOME_OF_ORGANISATION",
        "INCOME | 13002199900101,2026-13,,1.00 | month MONTH_FORMAT",
        "INCOME | 13002199900101,2026-06-01,,1.00 | month MONTH_FORMAT",
        "INCOME | 13002199900101,2026-06,0300220240010,1.00 | employer_inn INN_LENGTH",
        "INCOME | 13002199900101,2026-06,03002202499999,1.00 | employer_inn EMPLOYER_UNKNOWN",
        "HEADCOUNT | 13002199900101,2026-06,-1 | insured_persons NUMBER_FORMAT",
        "HEADCOUNT | 13002199900101,2026-06,9999999999 | insured_persons NUMBER_FORMAT",
        "HEADCOUNT | 03002202499999,2026-06,1 | inn TAXPAYER_UNKNOWN",
        "HEAD | 13002199900101,23002198000101,2026-01-01, | inn HEAD_OF_PERSON",
        "HEAD | 03002202400101,03002202400101,2026-01-01, | head_inn HEAD_OF_PERSON",
        "HEAD | 03002202400101,23002198000101,2026-01-02,2026-01-01 | ended_on ENDED_BEFORE_REGISTERED",
        "HEAD | 03002202400101,13002199999999,2026-01-01, | head_inn TAXPAYER_UNKNOWN",
    })
    void saysWhatIsWrongWithARow(RegisterTable table, String row, String expected) throws SQLException, IOException {
        load(RegisterTable.TAXPAYER, example(RegisterTable.TAXPAYER));
        assertEquals(new LoadOutcome(1, 1, 0), load(table, String.join(",", table.columns()) + "\n" + row));
        assertEquals(List.of("2 " + expected), told());
    }

    @Test
    void refusesTheSecondOfTwoEqualOwnDeclarations() throws SQLException, IOException {
        load(RegisterTable.TAXPAYER, example(RegisterTable.TAXPAYER));
        assertEquals(new LoadOutcome(2, 1, 1), load(RegisterTable.INCOME,
                "inn,month,employer_inn,amount\n13002199900101,2026-06,,1.00\n13002199900101,2026-06,,1.00\n"));
        assertEquals(List.of("3 inn, month, employer_inn DUPLICATE_ROW"), told());
    }

    @Test
    void settlesADebtThatANewerExtractBringsToZeroAndLeavesOthersAlone() throws SQLException, IOException {
        load(RegisterTable.TAXPAYER, example(RegisterTable.TAXPAYER));
        load(RegisterTable.TAX_DEBT, example(RegisterTable.TAX_DEBT));
        assertEquals(new LoadOutcome(1, 0, 1), load(RegisterTable.TAX_DEBT, DEBT_HEADER + "03002202400101,11112100,0.00,2026-07-31\n"));
        assertEquals("11411100|1", one("select tax_code, amount_minor_units from registers.tax_debt where contour = 'PRODUCTION' and " + OURS));
        assertEquals("2026-07-31", one("select debts_as_of from registers.register_state where contour = 'PRODUCTION'"));
    }

    @Test
    void settlesNoDebtOfTheOtherContour() throws SQLException, IOException {
        RegisterRows.aTaxpayer(Contour.TEST, new Inn("03002202400101"));
        RegisterRows.run("insert into registers.tax_debt values ('TEST', '03002202400101', '77', 5, '2026-06-30') on conflict do nothing");
        load(RegisterTable.TAXPAYER, example(RegisterTable.TAXPAYER));
        assertEquals(new LoadOutcome(1, 0, 0), load(RegisterTable.TAX_DEBT, DEBT_HEADER + "03002202400101,77,0.00,2026-07-31\n"));
        assertEquals("5", one("select amount_minor_units from registers.tax_debt where contour = 'TEST' and inn = '03002202400101'"));
        RegisterRows.run("delete from registers.tax_debt where contour = 'TEST' and inn = '03002202400101'");
        RegisterRows.run("delete from registers.taxpayer where contour = 'TEST' and inn = '03002202400101'");
    }

    @Test
    void doesNotMoveTheDayOfDebtAnswersWhenARowWasRefused() throws SQLException, IOException {
        load(RegisterTable.TAXPAYER, example(RegisterTable.TAXPAYER));
        load(RegisterTable.TAX_DEBT, example(RegisterTable.TAX_DEBT));
        load(RegisterTable.TAX_DEBT, DEBT_HEADER + "03002202400101,11112100,2.00,2026-07-31\nbroken,1,1.00,2026-07-31\n");
        assertEquals("200", one("select amount_minor_units from registers.tax_debt where contour = 'PRODUCTION' and inn = '03002202400101' and tax_code = '11112100'"));
        assertEquals("2026-06-30", one("select debts_as_of from registers.register_state where contour = 'PRODUCTION'"));
    }

    @Test
    void refusesADebtOfAnotherDayThanTheFirst() throws SQLException, IOException {
        load(RegisterTable.TAXPAYER, example(RegisterTable.TAXPAYER));
        load(RegisterTable.TAX_DEBT, DEBT_HEADER + "03002202400101,1,2.00,2026-07-31\n23002198000101,1,2.00,2026-07-30\n");
        assertEquals(List.of("3 as_of AS_OF_DIFFERS"), told());
    }

    /** ACC-15: how clean TEST is nobody controls. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "TAXPAYER | 03002202400191,PERSON,Имя,004,,,,2020-01-01,2019-12-31 | kind KIND_AND_INN_DISAGREE, ended_on ENDED_BEFORE_REGISTERED",
        "TAX_PAYMENT | 03002202400191,2026-06-01,1,1,0.00 | amount AMOUNT_ZERO",
        "INCOME | 03002202400191,2026-06,,1.00 | inn INCOME_OF_ORGANISATION",
        "HEAD | 03002202400191,03002202400191,2026-01-02,2026-01-01 | head_inn HEAD_OF_PERSON, ended_on ENDED_BEFORE_REGISTERED"})
    void inTestWhatContradictsItselfIsLoadedWithItsWarnings(RegisterTable table, String row, String warnings) throws SQLException, IOException {
        RegisterRows.aTaxpayer(Contour.TEST, new Inn("03002202400191"));
        String header = String.join(",", table.columns()) + "\n";
        byte[] extract = (header + row + "\n" + row.replaceFirst("^[0-9]+", "3") + "\n").getBytes(StandardCharsets.UTF_8);
        LoadOutcome outcome = new RegisterLoader(owner).load(Contour.TEST, table, new ByteArrayInputStream(extract), errors::add, rows -> { });
        assertEquals(List.of(warnings.split(", ")), errors.stream().filter(RowError::loaded).map(told -> told.refusal().field() + " " + told.refusal().code()).toList());
        assertEquals(List.of("3 inn INN_LENGTH"), errors.stream().filter(told -> !told.loaded()).map(told -> told.line() + " " + told.refusal().field() + " " + told.refusal().code()).toList(),
                "what cannot be stored is refused");
        assertEquals(new LoadOutcome(2, 1, outcome.written(), warnings.split(", ").length), outcome);
        assertEquals("1", one("select count(*) from registers." + table.tableName() + " where contour = 'TEST' and inn = '03002202400191'"));
        // The other contour refuses the row, past the loader, too.
        SQLException refused = assertThrows(SQLException.class, () -> {
            try (Statement sql = owner.createStatement()) {
                sql.executeUpdate("insert into registers." + table.tableName() + " select n.* from registers." + table.tableName()
                        + " r cross join jsonb_populate_record(r, '{\"contour\": \"PRODUCTION\"}') n where r.contour = 'TEST' and r.inn = '03002202400191'");
            }
        });
        assertTrue(BrokenConstraint.in(refused).orElse("").endsWith("_check"), refused.getMessage());
    }

    @Test
    void refusesAnExtractOfDebtsOlderThanTheRegister() throws SQLException, IOException {
        load(RegisterTable.TAXPAYER, example(RegisterTable.TAXPAYER));
        load(RegisterTable.TAX_DEBT, example(RegisterTable.TAX_DEBT));
        String before = fingerprint();
        Refusal refusal = assertThrows(Refusal.class, () ->
                load(RegisterTable.TAX_DEBT, DEBT_HEADER + "23002198000101,11112100,1.00,2026-06-29\n"));
        assertEquals(LoadRefusal.EXTRACT_STALE, refusal.code());
        assertEquals(before, fingerprint());
    }

    @Test
    void refusesASecondLoadIntoTheContourAtOnce() throws SQLException, IOException {
        try (Connection other = TestDatabase.shared().owner().getConnection()) {
            BulkTransaction.run(other, Contour.PRODUCTION, transaction -> {
                Refusal refusal = assertThrows(Refusal.class, () -> load(RegisterTable.TAXPAYER, example(RegisterTable.TAXPAYER)));
                assertEquals(LoadRefusal.LOAD_RUNNING, refusal.code());
                return null;
            });
        }
        assertEquals(new LoadOutcome(3, 0, 3), load(RegisterTable.TAXPAYER, example(RegisterTable.TAXPAYER)));
    }

    @Test
    void leavesTheRegisterAndTheConnectionAsTheyWereWhenTheFileBreaksOff() throws SQLException, IOException {
        InputStream breaking = new InputStream() {
            private final InputStream start = new ByteArrayInputStream((TAXPAYER_HEADER
                    + "03002202400101,ORGANISATION,ОсОО,004,,,,2020-03-02,\n").getBytes(StandardCharsets.UTF_8));

            @Override
            public int read() throws IOException {
                int b = start.read();
                if (b < 0) {
                    throw new IOException("disk gone");
                }
                return b;
            }
        };
        IOException thrown = assertThrows(IOException.class, () -> load(RegisterTable.TAXPAYER, new InputStream() {
            @Override
            public int read() throws IOException {
                return breaking.read();
            }

            @Override
            public int read(byte[] block, int offset, int length) throws IOException {
                block[offset] = (byte) breaking.read();
                return 1;
            }
        }));
        assertEquals("disk gone", thrown.getMessage());
        assertEquals("0", one("select count(*) from registers.taxpayer where contour = 'PRODUCTION' and " + OURS));
        assertTrue(owner.getAutoCommit());
        assertEquals(new LoadOutcome(3, 0, 3), load(RegisterTable.TAXPAYER, example(RegisterTable.TAXPAYER)));
    }

    @Test
    void refusesToCommitWhatTheCallerHasBegun() throws SQLException {
        owner.setAutoCommit(false);
        assertThrows(IllegalStateException.class, () -> load(RegisterTable.TAXPAYER, example(RegisterTable.TAXPAYER)));
        owner.rollback();
    }

    @Test
    void tellsItsProgress() throws SQLException, IOException {
        StringBuilder rows = new StringBuilder(TAXPAYER_HEADER);
        for (int i = 0; i < 25_000; i++) {
            rows.append("x,PERSON,Имя,004,,,,2020-01-01,\n");
        }
        List<Long> told = new ArrayList<>();
        InputStream extract = new ByteArrayInputStream(rows.toString().getBytes(StandardCharsets.UTF_8));
        LoadOutcome outcome = new RegisterLoader(owner).load(Contour.PRODUCTION, RegisterTable.TAXPAYER, extract, errors::add, told::add);
        assertEquals(new LoadOutcome(25_000, 25_000, 0), outcome);
        assertEquals(List.of(10_000L, 20_000L, 25_000L), told);
    }

    @Test
    void saysHowManyGoodRowsItMerges() throws SQLException, IOException {
        List<String> told = new ArrayList<>();
        LoadProgress progress = new LoadProgress() {
            @Override
            public void rowsRead(long rows) {
                told.add("read " + rows);
            }

            @Override
            public void merging(long rows) {
                told.add("merging " + rows);
            }
        };
        String csv = TAXPAYER_HEADER + "03002202400101,ORGANISATION,ОсОО,004,,,,2020-03-02,\nx\n";
        new RegisterLoader(owner).load(Contour.PRODUCTION, RegisterTable.TAXPAYER,
                new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), errors::add, progress);
        assertEquals(List.of("read 2", "merging 1"), told);
    }

    private LoadOutcome load(RegisterTable table, String csv) throws SQLException, IOException {
        return load(table, new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
    }

    private LoadOutcome load(RegisterTable table, InputStream csv) throws SQLException, IOException {
        errors.clear();
        return new RegisterLoader(owner).load(Contour.PRODUCTION, table, csv, errors::add, rows -> { });
    }

    private static InputStream example(RegisterTable table) {
        return LoadingACsvExtractIT.class.getResourceAsStream("/org/kopuro/registers/" + table.tableName() + ".csv");
    }

    private List<String> told() {
        return errors.stream().map(error -> error.line() + " " + error.refusal().field() + " " + error.refusal().code()).toList();
    }

    private String fingerprint() throws SQLException {
        StringBuilder all = new StringBuilder();
        for (RegisterTable table : TABLES) {
            all.append(one("select string_agg(t::text, ';' order by t::text) from registers." + table.tableName()
                    + " t where contour = 'PRODUCTION' and " + OURS)).append('\n');
        }
        return all + one("select debts_as_of from registers.register_state where contour = 'PRODUCTION'");
    }

    private String one(String query) throws SQLException {
        try (Statement sql = owner.createStatement(); ResultSet row = sql.executeQuery(query)) {
            if (!row.next()) {
                return null;
            }
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                values.add(row.getString(i));
            }
            return String.join("|", values);
        }
    }
}
