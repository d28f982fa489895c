package org.kopuro.registers.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.kopuro.kernel.Contour;
import org.kopuro.registers.borrowers.Asked;
import org.kopuro.registers.borrowers.Borrower;
import org.kopuro.registers.borrowers.BorrowerRegister;
import org.kopuro.registers.borrowers.BorrowerRows;
import org.kopuro.registers.borrowers.Borrowers;
import org.kopuro.registers.borrowers.CodeOn;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestDatabase;

class LoadingBorrowersIT {

    private static final TestApplication APPLICATION = new TestApplication("TEST,PRODUCTION", Scene.NOON);
    private static final LocalDate SNAPSHOT = LocalDate.of(2021, 7, 1);

    private final String inn = BorrowerRows.freshCompanyInn();
    private final List<RowError> errors = new ArrayList<>();
    private Connection owner;

    @BeforeEach
    void connect() throws SQLException {
        owner = TestDatabase.shared().owner().getConnection();
    }

    @AfterEach
    void disconnect() throws SQLException {
        owner.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPANY", "SME", "NGO", "CONTRACT_696", "OKVED"})
    void takesTheDocumentedExamplesAndChangesNothingWhenTheyComeAgain(RegisterTable table) throws SQLException, IOException {
        assertEquals(0, load(Contour.PRODUCTION, table, example(table)).refused());
        assertEquals(new LoadOutcome(3, 0, 0), load(Contour.PRODUCTION, table, example(table)));
        assertEquals(List.of(), errors);
    }

    @Test
    void lookAsTheExamplesSay() throws SQLException, IOException {
        for (RegisterTable table : List.of(RegisterTable.COMPANY, RegisterTable.SME, RegisterTable.NGO, RegisterTable.CONTRACT_696)) {
            load(Contour.PRODUCTION, table, example(table));
        }
        Borrower company = seen(Contour.PRODUCTION, "7707083893", SNAPSHOT).orElseThrow();
        assertEquals(new Borrower("7707083893", "ООО \"Ромашка, кафе\"", Optional.of("Иванов Иван Иванович"), Optional.of("770701001"), "1027700132195", "Общество с ограниченной ответственностью", "77",
                LocalDate.of(2015, 3, 2), Optional.empty(), "56.10.1", List.of("56.29", "47.11"), Optional.empty(),
                Optional.of(new Borrower.Sme(LocalDate.of(2016, 8, 1), Borrower.Size.SMALL)), List.of(), Optional.of("К-17/2020")), company);
        Borrower liquidated = seen(Contour.PRODUCTION, "9900000105", SNAPSHOT).orElseThrow();
        assertEquals(Optional.empty(), liquidated.sme());
        assertEquals(List.of("906", "847"), liquidated.ngoRegisters());
        assertEquals(Optional.of("000123"), liquidated.contract696());
        assertEquals(Optional.empty(), seen(Contour.PRODUCTION, "990000123452", SNAPSHOT).orElseThrow().kpp());
    }

    @Test
    void writeDownWhenAndFromWhichDayOn() throws SQLException, IOException {
        load(Contour.PRODUCTION, RegisterTable.SME, inn + ",1995-01-10,SMALL,1994-08-01,");
        assertTrue(!APPLICATION.with(Borrowers.class, borrowers -> borrowers.loaded(Contour.PRODUCTION)).get(BorrowerRegister.SME).firstDay().isAfter(LocalDate.of(1995, 1, 10)));
        load(Contour.PRODUCTION, RegisterTable.NGO, "906,1995-01-10," + inn + ",true");
        assertEquals(Set.of("NGO_906"), Set.copyOf(Rows.of("select register from registers.borrower_load where first_day = '1995-01-10' and register <> 'SME'")));
        load(Contour.TEST, RegisterTable.OKVED, "97.11.2,а,2014-02-01,2019-12-31");
        assertTrue(APPLICATION.with(Borrowers.class, borrowers -> borrowers.loaded(Contour.PRODUCTION)).containsKey(BorrowerRegister.OKVED), "a classifier is for both contours");
        CodeOn last = new CodeOn("97.11.2", LocalDate.of(2019, 12, 31));
        CodeOn next = new CodeOn("97.11.2", LocalDate.of(2020, 1, 1));
        assertEquals(Set.of(next), APPLICATION.with(Borrowers.class, borrowers -> borrowers.unclassified(List.of(last, next))));
    }

    @Test
    void keepWhatHeldOnADayAndCorrectItByARevision() throws SQLException, IOException {
        assertEquals(new LoadOutcome(1, 0, 1), load(Contour.PRODUCTION, RegisterTable.COMPANY, company(inn, "2021-07-01", "56.10")));
        assertEquals(new LoadOutcome(1, 0, 1), load(Contour.PRODUCTION, RegisterTable.COMPANY, company(inn, "2021-08-01", "47.11")));
        assertEquals("56.10", seen(Contour.PRODUCTION, inn, SNAPSHOT).orElseThrow().okvedMain());
        assertEquals(new LoadOutcome(1, 0, 1), load(Contour.PRODUCTION, RegisterTable.COMPANY, company(inn, "2021-07-01", "90.01")));
        assertEquals("90.01", seen(Contour.PRODUCTION, inn, SNAPSHOT).orElseThrow().okvedMain());
        assertEquals("47.11", seen(Contour.PRODUCTION, inn, LocalDate.of(2021, 8, 1)).orElseThrow().okvedMain());
        assertEquals(List.of("56.10", "90.01"), Rows.of("select okved_main from registers.company where inn = ? and valid_from = '2021-07-01' order by revision", inn));
        assertEquals(Optional.empty(), seen(Contour.TEST, inn, SNAPSHOT));
    }

    @Test
    void takeWhomALaterExtractRevokesOffTheList() throws SQLException, IOException {
        load(Contour.PRODUCTION, RegisterTable.NGO, "906,1996-01-10," + inn + ",true");
        Map<String, List<String>> before = APPLICATION.with(Borrowers.class, borrowers -> borrowers.listed(Set.of(inn), LocalDate.of(1996, 1, 10), Contour.PRODUCTION));
        load(Contour.PRODUCTION, RegisterTable.NGO, "906,1996-01-10," + inn + ",false");
        assertEquals(Map.of(inn, List.of("906")), before);
        assertEquals(Map.of(), APPLICATION.with(Borrowers.class, borrowers -> borrowers.listed(Set.of(inn), LocalDate.of(1996, 1, 10), Contour.PRODUCTION)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
        "COMPANY|770708389,2021-07-01,А,,,1027700132195,ООО,77,2015-03-02,,56.10,,|inn BORROWER_INN_FORM",
        "COMPANY|0000000000,2021-07-01,А,,,1027700132195,ООО,77,2015-03-02,,56.10,,|inn BORROWER_INN_ZEROS",
        "COMPANY|7707083893,01.07.2021,А,,,1027700132195,ООО,77,2015-03-02,,56.10,,|valid_from DATE_FORMAT",
        "COMPANY|7707083893,2021-07-01,,,,1027700132195,ООО,77,2015-03-02,,56.10,,|name VALUE_MISSING",
        "COMPANY|7707083893,2021-07-01,А\u202Eб,,,1027700132195,ООО,77,2015-03-02,,56.10,,|name CONTROL_CHARACTER",
        "COMPANY|7707083893,2021-07-01,А,,7707ab001,1027700132195,ООО,77,2015-03-02,,56.10,,|kpp KPP_FORM",
        "COMPANY|990000123452,2021-07-01,А,,770701001,399990000001238,ИП,77,2015-03-02,,56.10,,|kpp KPP_OF_PROPRIETOR",
        "COMPANY|7707083893,2021-07-01,А,,,399990000001238,ООО,77,2015-03-02,,56.10,,|ogrn OGRN_FORM",
        "COMPANY|7707083893,2021-07-01,А,,,1027700132195,ООО,7,2015-03-02,,56.10,,|region REGION_CODE_FORMAT",
        "COMPANY|7707083893,2021-07-01,А,,,1027700132195,ООО,77,,,56.10,,|registered_on VALUE_MISSING",
        "COMPANY|7707083893,2021-07-01,А,,,1027700132195,ООО,77,2015-03-02,,5610,,|okved_main OKVED_FORM",
        "COMPANY|7707083893,2021-07-01,А,,,1027700132195,ООО,77,2015-03-02,,56.10,56.1 {x},|okved OKVED_FORM",
        "COMPANY|7707083893,2021-07-01,А,,,1027700132195,ООО,77,2015-03-02,,56.10,56.1  47,|okved OKVED_FORM",
        "COMPANY|7707083893,2021-07-01,А,,,1027700132195,ООО,77,2015-03-02,,56.10,|'' COLUMN_COUNT",
        "SME|7707083893,2021-07-01,LARGE,2016-08-01,|size SIZE_UNKNOWN",
        "NGO|279,2021-07-01,7707083893,true|register REGISTER_UNKNOWN",
        "NGO|906,2021-07-01,7707083893,yes|listed FLAG_FORMAT",
        "CONTRACT_696|7707083893,,2020-06-20,|number VALUE_MISSING",
        "OKVED|5.6,А,2014-02-01,|code OKVED_FORM",
        "OKVED|56,А,2014-02-01,2014-01-31|valid_to PERIOD_REVERSED"})
    void refuseInBothContoursWhatIsNoSuchRow(RegisterTable table, String row, String expected) throws SQLException, IOException {
        for (Contour contour : Contour.values()) {
            assertEquals(new LoadOutcome(1, 1, 0), load(contour, table, row));
            assertEquals(List.of("REFUSED 2 " + expected.replace("''", "")), told());
        }
    }

    /** LOAN-130, LOAN-131. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "COMPANY|7707083894,1990-01-01,А,,,1027700132194,ООО,77,2015-03-02,2015-03-01,56.10,,|inn BORROWER_INN_CHECK_DIGIT, ogrn OGRN_CHECK_DIGIT, liquidated_on ENDED_BEFORE_REGISTERED",
        "COMPANY|990000123453,1990-01-01,А,,,499990000000077,ИП,77,2015-03-02,,56.10,,|inn BORROWER_INN_CHECK_DIGIT, ogrn OGRN_FIRST_DIGIT, ogrn OGRN_CHECK_DIGIT",
        "SME|1234567890,1990-01-01,MICRO,2016-08-01,2016-07-31|inn BORROWER_INN_CHECK_DIGIT, excluded_on PERIOD_REVERSED",
        "NGO|906,1990-01-01,1234567890,true|inn BORROWER_INN_CHECK_DIGIT",
        "CONTRACT_696|1234567890,1,2020-06-20,2020-06-19|inn BORROWER_INN_CHECK_DIGIT, annulled_on PERIOD_REVERSED"})
    void warnInTestOfWhatProductionRefusesWithTheSameCodes(RegisterTable table, String row, String expected) throws SQLException, IOException {
        assertEquals(new LoadOutcome(1, 1, 0), load(Contour.PRODUCTION, table, row));
        assertEquals(List.of("REFUSED 2 " + expected.split(", ")[0]), told());
        LoadOutcome outcome = load(Contour.TEST, table, row);
        assertEquals(0, outcome.refused());
        assertEquals(expected, String.join(", ", told().stream().map(told -> told.replace("WARNING 2 ", "")).toList()));
    }

    @Test
    void refuseTheSecondRowOfAKeyAndTakeTheGoodOnes() throws SQLException, IOException {
        assertEquals(new LoadOutcome(4, 2, 2), load(Contour.PRODUCTION, RegisterTable.COMPANY, company(inn, "2021-07-01", "56.10") + "\nbroken\n" + company(inn, "2021-07-02", "56.10") + "\n"
                + company(inn, "2021-07-01", "90.01")));
        assertEquals(List.of("REFUSED 3  COLUMN_COUNT", "REFUSED 5 inn, valid_from DUPLICATE_ROW"), told());
        assertEquals("56.10", seen(Contour.PRODUCTION, inn, SNAPSHOT).orElseThrow().okvedMain());
    }

    @Test
    void refuseMoreCodesThanACompanyHas() throws SQLException, IOException {
        load(Contour.PRODUCTION, RegisterTable.COMPANY, company(inn, "2021-07-01", "56.10").replace(",56.10,,", ",56.10," + "56.29 ".repeat(501).strip() + ","));
        assertEquals(List.of("REFUSED 2 okved TOO_MANY_CODES"), told());
        assertEquals(new LoadOutcome(1, 0, 1), load(Contour.PRODUCTION, RegisterTable.COMPANY, company(inn, "2021-07-01", "56.10").replace(",56.10,,", ",56.10," + "56.29 ".repeat(500).strip() + ",")));
        assertEquals(500, seen(Contour.PRODUCTION, inn, SNAPSHOT).orElseThrow().okved().size());
    }

    private static String company(String inn, String validFrom, String okved) {
        return inn + "," + validFrom + ",ООО Пример,,,1027700132195,ООО,77,2015-03-02,," + okved + ",,";
    }

    private Optional<Borrower> seen(Contour contour, String number, LocalDate on) {
        Asked asked = new Asked(number, on);
        return Optional.ofNullable(APPLICATION.with(Borrowers.class, borrowers -> borrowers.seen(List.of(asked), contour)).get(asked));
    }

    private LoadOutcome load(Contour contour, RegisterTable table, String rows) throws SQLException, IOException {
        return load(contour, table, new ByteArrayInputStream((String.join(",", table.columns()) + "\n" + rows + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    private LoadOutcome load(Contour contour, RegisterTable table, InputStream csv) throws SQLException, IOException {
        errors.clear();
        return new RegisterLoader(owner).load(contour, table, csv, errors::add, rows -> { });
    }

    private static InputStream example(RegisterTable table) {
        return LoadingBorrowersIT.class.getResourceAsStream("/org/kopuro/registers/" + table.tableName() + ".csv");
    }

    private List<String> told() {
        return errors.stream().map(error -> (error.loaded() ? "WARNING " : "REFUSED ") + error.line() + " " + error.refusal().field() + " " + error.refusal().code()).toList();
    }
}
