package org.kopuro.loans.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.documents.DocumentRefusal;
import org.kopuro.documents.TableFile;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.loans.DatedSum;
import org.kopuro.loans.LoanField;

/** What banks send, and what nobody should (LOAN-90 to LOAN-92, LOAN-96). */
class ReadingTablesTest {

    static final ImportLimits LIMITS = new ImportLimits(50, 500, 1000, 100_000, 100, 4000, 1000, 20, Duration.ofDays(30));
    private static final String[] HEAD = {"applicationNumber", "programme", "inn", "appliedAt", "requested"};
    private static final String[] GOOD = {"A-1", "279", "7707083893", "2021-11-20", "100.00"};

    // --- workbooks

    @Test
    void aWorkbookIsReadByItsFirstSheetWhateverTheLanguageAndOrderOfItsColumns() {
        AWorkbook book = new AWorkbook().row("ИНН  заёмщика*", "Суралган сумма", "application NUMBER", "Programme", "Дата заявки", "Примечание", "rate", "Срок, месяцев", "issues", "balances", "Import outcome")
                .row("7707083893", "1 500 000,50", "A-1", "279", "20.11.2021", "x", "8,5", "18", "2021-12-01=1000; 15.12.2021: 2 000,5", "12.2021=0;2022-01=5.5", "CREATED").skip(3)
                .row("<c t=\"inlineStr\"><is><r><t>77070</t></r><r><t>83893</t></r><rPh><t>no</t></rPh></is></c>", AWorkbook.number("0.1"), "A-2", AWorkbook.number("279"), AWorkbook.number("44520.604166666664", AWorkbook.MOMENT),
                        "", AWorkbook.number("8.5000000000000006E-2", AWorkbook.PERCENT), AWorkbook.number("18"));
        Read read = read(book.octets());
        assertEquals(List.of("Примечание"), read.heading.unknown());
        assertEquals(List.of(2, 6), read.rows.stream().map(FileRow::number).toList());
        assertEquals(Map.of(LoanField.APPLICATION_NUMBER, "A-1", LoanField.PROGRAMME, "279", LoanField.INN, "7707083893", LoanField.APPLIED_AT, Instant.parse("2021-11-19T21:00:00Z"),
                LoanField.REQUESTED, 150_000_050L, LoanField.RATE, new BigDecimal("8.5000"), LoanField.TERM_MONTHS, 18,
                LoanField.ISSUES, List.of(new DatedSum(LocalDate.of(2021, 12, 1), 100_000), new DatedSum(LocalDate.of(2021, 12, 15), 200_050)),
                LoanField.BALANCES, List.of(new DatedSum(LocalDate.of(2021, 12, 1), 0), new DatedSum(LocalDate.of(2022, 1, 1), 550))), read.rows.get(0).stated());
        assertEquals(Map.of(LoanField.APPLICATION_NUMBER, "A-2", LoanField.PROGRAMME, "279", LoanField.INN, "7707083893", LoanField.APPLIED_AT, Instant.parse("2021-11-20T11:30:00Z"),
                LoanField.REQUESTED, 10L, LoanField.RATE, new BigDecimal("8.5000"), LoanField.TERM_MONTHS, 18), read.rows.get(1).stated());
    }

    @ParameterizedTest
    @CsvSource({"1, 1900-01-01", "59, 1900-02-28", "61, 1900-03-01", "44520, 2021-11-20", "109574, 2199-12-31"})
    void daysCountFrom1900WithItsLeapYearThatWasNone(String serial, String day) {
        assertEquals(LocalDate.parse(day), contractDate(new AWorkbook(), AWorkbook.number(serial, AWorkbook.DATE)).stated().get(LoanField.CONTRACT_DATE));
    }

    @ParameterizedTest
    @CsvSource({"0, 1904-01-01", "43058, 2021-11-20", "60, 1904-03-01"})
    void orFrom1904WhereTheWorkbookSaysSo(String serial, String day) {
        assertEquals(LocalDate.parse(day), contractDate(new AWorkbook().from1904(), AWorkbook.number(serial, AWorkbook.DATE)).stated().get(LoanField.CONTRACT_DATE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "0", "-1", "109575", "2958466"})
    void whatIsNoDayIsNone(String serial) {
        assertCode(ImportRefusal.CELL_NOT_DATE, "contractDate", contractDate(new AWorkbook(), AWorkbook.number(serial, AWorkbook.DATE)));
    }

    @Test
    void aNumberIsNoDateUnlessItIsFormattedAsOne() {
        assertCode(ImportRefusal.CELL_NOT_DATE, "contractDate", contractDate(new AWorkbook(), AWorkbook.number("44520")));
        assertCode(ImportRefusal.CELL_NOT_DATE, "contractDate", contractDate(new AWorkbook(), AWorkbook.number("44520", AWorkbook.NUMBER)));
    }

    @Test
    void aFormulaIsAnErrorOfItsRowAndOfNoOther() {
        Read read = read(new AWorkbook().row(HEAD).row("A-1", "279", "7707083893", "2021-11-20", AWorkbook.formula("SUM(A1:A9)", "5")).row(GOOD)
                .row("A-2", "279", "7707083893", "2021-11-20", "<c t=\"e\"><v>#REF!</v></c>").row("A-3", "279", "7707083893", "2021-11-20", "<c t=\"b\"><v>1</v></c>")
                .row("A-4", "279", "7707083893", "2021-11-20", "<c t=\"str\"><f>HYPERLINK(\"http://a\")</f><v>5</v></c>").octets());
        assertCode(ImportRefusal.CELL_FORMULA, "requested", read.rows.get(0));
        assertEquals(List.of(), read.rows.get(1).unreadable());
        assertCode(ImportRefusal.CELL_ERROR, "requested", read.rows.get(2));
        assertCode(ImportRefusal.CELL_ERROR, "requested", read.rows.get(3));
        assertCode(ImportRefusal.CELL_FORMULA, "requested", read.rows.get(4));
    }

    @ParameterizedTest
    @CsvSource({"7707083893, , 7707083893", "7.707083893E9, , 7707083893", "990000123452, , 990000123452", "707083893, CELL_ZERO_LOST,", "10000123452, CELL_ZERO_LOST,", "7707083893.5, CELL_NOT_TEXT,",
        "-7707083893, CELL_NOT_TEXT,"})
    void aNumberIsAnInnWhereNoZeroCanBeLost(String number, String code, String inn) {
        FileRow row = read(new AWorkbook().row(HEAD).row("A-1", "279", AWorkbook.number(number), "2021-11-20", "1").octets()).rows.get(0);
        if (code == null) {
            assertEquals(inn, row.stated().get(LoanField.INN));
        } else {
            assertCode(ImportRefusal.valueOf(code), "inn", row);
        }
    }

    @Test
    void aNumberIsNoApplicationNumber() {
        assertCode(ImportRefusal.CELL_NOT_TEXT, "applicationNumber", read(new AWorkbook().row(HEAD).row(AWorkbook.number("42"), "279", "7707083893", "2021-11-20", "1").octets()).rows.get(0));
    }

    @ParameterizedTest
    @CsvSource({"1234.5699999999999, 123457", "1E6, 100000000", "0.30000000000000004, 30", "1.005, ", "1E400, ", "12345678901234567890, "})
    void aNumberIsASumAsTheSpreadsheetShowsIt(String number, Long kopecks) {
        FileRow row = read(new AWorkbook().row(HEAD).row("A-1", "279", "7707083893", "2021-11-20", AWorkbook.number(number)).octets()).rows.get(0);
        if (kopecks == null) {
            assertCode(ImportRefusal.CELL_NOT_MONEY, "requested", row);
        } else {
            assertEquals(kopecks, row.stated().get(LoanField.REQUESTED));
        }
    }

    @Test
    void mergedCellsOfTheFirstSheetAreRefused() {
        assertEquals("A2:B3", assertRefused(ImportRefusal.TABLE_MERGED_CELLS, new AWorkbook().row(HEAD).row(GOOD).merged("A2:B3").octets()).argument(0));
    }

    @Test
    void twoMillionRowsAreRefusedWithoutBeingHeld() {
        StringBuilder many = new StringBuilder();
        for (int i = 2; i <= 2_000_001; i++) {
            many.append("<row><c t=\"s\"><v>5</v></c></row>");
        }
        assertRefused(ImportRefusal.TABLE_ROWS_TOO_MANY, withinRatio(new AWorkbook().row(HEAD).row(GOOD).raw(many.toString())));
        assertRefused(ImportRefusal.TABLE_ROWS_TOO_MANY, (String.join(";", HEAD) + "\n" + "A-1;279;7707083893;2021-11-20;1\n".repeat(100_001)).getBytes(StandardCharsets.UTF_8));
    }

    /** Stored as it is: packed, so many equal rows would be a bomb before they are too many. */
    private static byte[] withinRatio(AWorkbook book) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(octets)) {
            zip.setLevel(1);
            for (Map.Entry<String, byte[]> file : book.files().entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                if (file.getKey().endsWith("sheet1.xml")) {
                    // What does not shrink keeps the ratio down.
                    byte[] noise = new byte[4 * 1024 * 1024];
                    new Random(1).nextBytes(noise);
                    String xml = new String(file.getValue(), StandardCharsets.UTF_8);
                    zip.write(xml.substring(0, xml.indexOf("<sheetData>")).getBytes(StandardCharsets.UTF_8));
                    zip.write(("<!--" + Base64.getEncoder().encodeToString(noise) + "-->").getBytes(StandardCharsets.UTF_8));
                    zip.write(xml.substring(xml.indexOf("<sheetData>")).getBytes(StandardCharsets.UTF_8));
                } else {
                    zip.write(file.getValue());
                }
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return octets.toByteArray();
    }

    @Test
    void emptyRowsAreNone() {
        AWorkbook book = new AWorkbook().row(HEAD).row(GOOD);
        for (int i = 3; i <= 200_000; i++) {
            book.raw("<row r=\"" + i + "\" s=\"1\"/>");
        }
        assertEquals(1, read(book.octets()).rows.size());
        assertRefused(ImportRefusal.TABLE_EMPTY, new AWorkbook().row(HEAD).octets());
    }

    @Test
    void aHundredColumnsAreEnough() {
        String[] wide = Stream.concat(Stream.of(HEAD), IntStream.range(5, 101).mapToObj(i -> "c" + i)).toArray(String[]::new);
        assertRefused(ImportRefusal.TABLE_COLUMNS_TOO_MANY, new AWorkbook().row(wide).row(GOOD).octets());
        assertRefused(ImportRefusal.TABLE_COLUMNS_TOO_MANY, (String.join(",", wide) + "\n" + String.join(",", GOOD)).getBytes(StandardCharsets.UTF_8));
        assertEquals(95, read(new AWorkbook().row(Arrays.copyOf(wide, 100)).row(GOOD).octets()).heading.unknown().size());
    }

    @Test
    void aCellHasItsLimitHoweverItIsKept() {
        String fits = "x".repeat(4000);
        String[] noted = {"applicationNumber", "programme", "inn", "appliedAt", "requested", "note"};
        assertEquals(List.of(), read(new AWorkbook().row(noted).row("A-1", "279", "7707083893", "2021-11-20", "1", fits).octets()).rows.get(0).unreadable());
        assertCode(ImportRefusal.TABLE_CELL_TOO_LONG, "", read(new AWorkbook().row(noted).row("A-1", "279", "7707083893", "2021-11-20", "1", fits + "x").octets()).rows.get(0));
        FileRow row = read(new AWorkbook().row(HEAD).row(fits + "x", "279", "7707083893", "2021-11-20", "1").octets()).rows.get(0);
        assertCode(ImportRefusal.TABLE_CELL_TOO_LONG, "applicationNumber", row);
        assertEquals("A2", row.unreadable().get(0).argument(0));
        assertCode(ImportRefusal.TABLE_CELL_TOO_LONG, "applicationNumber", read(new AWorkbook().row(HEAD).row("<c t=\"inlineStr\"><is><t>" + fits + "</t><t>x</t></is></c>").octets()).rows.get(0));
        assertCode(ImportRefusal.TABLE_CELL_TOO_LONG, "applicationNumber", read((String.join(",", HEAD) + "\n" + fits + "x,279,7707083893,2021-11-20,1").getBytes(StandardCharsets.UTF_8)).rows.get(0));
        String most = "x".repeat(32_768);
        assertEquals("A2", assertRefused(ImportRefusal.TABLE_CELL_TOO_LONG, new AWorkbook().row(HEAD).row(most).octets()).argument(0));
        assertRefused(ImportRefusal.TABLE_CELL_TOO_LONG, (String.join(",", HEAD) + "\n" + most + ",279,7707083893,2021-11-20,1").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aLoanOfHundredsOfIssuesIsReadAsItWasWritten() {
        List<DatedSum> sums = IntStream.range(0, 900).mapToObj(i -> new DatedSum(LocalDate.of(2021, 1, 1).plusDays(i), 123_456_789_012L + i)).toList();
        String[] issued = {"applicationNumber", "programme", "inn", "appliedAt", "requested", "issues"};
        String cell = LoanCells.written(LoanField.ISSUES, sums);
        assertTrue(cell.length() > 20_000);
        assertEquals(sums, read(new AWorkbook().row(issued).row("A-1", "279", "7707083893", "2021-11-20", "1", cell).octets()).rows.get(0).stated().get(LoanField.ISSUES));
        assertEquals(sums, read((String.join(",", issued) + "\nA-1,279,7707083893,2021-11-20,1," + cell + "\n").getBytes(StandardCharsets.UTF_8)).rows.get(0).stated().get(LoanField.ISSUES));
        assertCode(ImportRefusal.TABLE_CELL_TOO_LONG, "issues", read(new AWorkbook().row(issued).row("A-1", "279", "7707083893", "2021-11-20", "1", cell + ";".repeat(32_001 - cell.length())).octets()).rows.get(0));
        assertThrows(Refusal.class, () -> LoanCells.read(LoanField.ISSUES, Cell.text("=".repeat(32_000) + "\u2028x")));
    }

    @Test
    void aNumberThatNoReadingForesawIsAnErrorOfItsRow() {
        Heading heading = Heading.of(new SheetRow(1, Stream.of(HEAD).map(Cell::text).toList(), true), Optional.empty());
        List<Cell> cells = new ArrayList<>(Stream.of(GOOD).map(Cell::text).toList());
        cells.set(4, new Cell(Cell.Kind.NUMBER, "e5"));
        assertCode(ImportRefusal.CELL_NOT_NUMBER, "requested", FileRow.read(new SheetRow(2, cells, true), heading, Optional.empty(), LIMITS));
    }

    @Test
    void aFormatThatNoSpreadsheetWritesFormatsNothing() {
        for (String code : List.of("[".repeat(5_000), "[".repeat(255), "d".repeat(256))) {
            AWorkbook book = new AWorkbook().part("xl/styles.xml", AWorkbook.HEAD + "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><numFmts><numFmt numFmtId=\"164\" formatCode=\""
                    + code + "\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>");
            assertCode(ImportRefusal.CELL_NOT_DATE, "contractDate", contractDate(book, AWorkbook.number("44520", 1)));
        }
    }

    @Test
    void textsThatCellsShareHaveALimitTogether() {
        ImportLimits small = new ImportLimits(50, 500, 1000, 10, 100, 4000, 1000, 20, Duration.ofDays(30));
        assertEquals(ImportRefusal.TABLE_TEXTS_TOO_MANY, assertThrows(Refusal.class, () -> read(new AWorkbook().row(HEAD).row(GOOD).row("x".repeat(3000)).row("y".repeat(3000)).octets(), small, Optional.empty()))
                .code());
    }

    @Test
    void aBombIsRefusedBeforeItGrows() {
        String zeros = "0".repeat(20_000_000);
        assertRefused(DocumentRefusal.DOCUMENT_EXPANDS_TOO_FAR, new AWorkbook().row(HEAD).row(GOOD).part("xl/theme/theme1.xml", AWorkbook.HEAD + "<a>" + zeros + "</a>").octets());
        Map<String, byte[]> many = new AWorkbook().row(HEAD).row(GOOD).files();
        for (int i = 0; i < 1000; i++) {
            many.put("xl/a" + i + ".xml", new byte[] {'<', 'a', '/', '>'});
        }
        assertRefused(DocumentRefusal.DOCUMENT_EXPANDS_TOO_FAR, AWorkbook.zip(many));
    }

    @Test
    void whatIsTooLargeIsReadNoFurtherThanItsLimit() {
        assertRefused(DocumentRefusal.DOCUMENT_TOO_LARGE, new byte[50 * 1024 * 1024 + 1]);
    }

    @Test
    void aWorkbookWithProgramsOrThingsFromElsewhereIsRefused() {
        assertRefused(DocumentRefusal.DOCUMENT_ACTIVE_CONTENT, new AWorkbook().row(HEAD).row(GOOD).part("xl/vbaProject.bin", "x").octets());
        assertRefused(DocumentRefusal.DOCUMENT_REFERS_OUTSIDE, new AWorkbook().row(HEAD).row(GOOD).part("xl/externalLinks/externalLink1.xml", "<a/>").octets());
        assertRefused(DocumentRefusal.DOCUMENT_REFERS_OUTSIDE, new AWorkbook().row(HEAD).row(GOOD).part("xl/worksheets/_rels/sheet1.xml.rels", "<Relationships><Relationship Id=\"a\" "
                + "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" Target=\"http://example.com/a.png\" TargetMode=\"External\"/></Relationships>").octets());
        assertRefused(DocumentRefusal.DOCUMENT_HOLDS_FILES, new AWorkbook().row(HEAD).row(GOOD).part("xl/embeddings/a.exe", "MZ").octets());
    }

    @ParameterizedTest
    @ValueSource(strings = {"xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "_rels/.rels"})
    void noPartMayHaveADocumentType(String part) {
        assertRefused(DocumentRefusal.DOCUMENT_XML_DTD, new AWorkbook().row(HEAD).row(GOOD).part(part, "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>").octets());
    }

    @Test
    void halfAWorkbookIsDamaged() {
        byte[] whole = new AWorkbook().row(HEAD).row(GOOD).octets();
        for (int length : new int[] {whole.length - 1, whole.length / 2, 100, 4}) {
            assertRefused(DocumentRefusal.DOCUMENT_DAMAGED, Arrays.copyOf(whole, length));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<row r=\"3\"><c r=\"A3\"><v>1</v></c><c r=\"A3\"><v>2</v></c></row>", "<row r=\"3\"/><row r=\"2\"/>", "<row r=\"3\"><c r=\"A2\"><v>1</v></c></row>",
        "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>999</v></c></row>", "<row r=\"3\"><c r=\"A3\"><v>one</v></c></row>", "<row r=\"3\"><c r=\"A3\" t=\"x\"><v>1</v></c></row>", "<row r=\"3\"><c r=\"A3\"><v>1E99999</v></c></row>",
        "<row r=\"3\"><c r=\"A3\"><v>e5</v></c></row>", "<row r=\"3\"><c r=\"A3\"><v>.e5</v></c></row>", "<row r=\"3\"><c r=\"A3\"><v>+E1</v></c></row>", "<row r=\"3\"><c r=\"A3\"><v>.</v></c></row>",
        "<row r=\"2000000\"/>", "<row r=\"3\"><c r=\"A3\"><v>1</v></row>"})
    void whatTwoProgramsCouldReadInTwoWaysIsDamaged(String rows) {
        assertRefused(DocumentRefusal.DOCUMENT_DAMAGED, new AWorkbook().row(HEAD).raw(rows).octets());
    }

    @Test
    void anotherFormatIsToldSo() {
        assertRefused(DocumentRefusal.DOCUMENT_OFFICE_TOO_OLD, new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1, 0, 0});
        assertRefused(DocumentRefusal.DOCUMENT_WEB_PAGE, "<html><body><table></table></body></html>".getBytes(StandardCharsets.UTF_8));
        assertRefused(DocumentRefusal.DOCUMENT_ARCHIVE, AWorkbook.zip(Map.of("a.csv", new byte[] {'a'})));
        assertRefused(DocumentRefusal.DOCUMENT_TYPE_NOT_WANTED_HERE, AWorkbook.zip(Map.of("[Content_Types].xml", ("<Types><Override PartName=\"/word/document.xml\" "
                + "ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>").getBytes(StandardCharsets.UTF_8))));
        assertRefused(ImportRefusal.TABLE_NOT_TEXT, "номер;сумма\n1;2\n".getBytes(Charset.forName("windows-1251")));
        assertRefused(DocumentRefusal.DOCUMENT_EMPTY, new byte[0]);
    }

    // --- texts

    @ParameterizedTest
    @ValueSource(strings = {";", ","})
    void aTextIsReadHoweverItIsParted(String separator) {
        for (String mark : List.of("", "\uFEFF")) {
            for (String end : List.of("\r\n", "\n")) {
                String text = mark + String.join(separator, HEAD) + separator + "\"rate, " + "note;\"" + end + end + String.join(separator, "\"A \"\"1\"\"" + end + "\"", "279", "7707083893", "20.11.2021 23:59",
                        "\"1234,5\"", "x") + end;
                FileRow row = read(text.getBytes(StandardCharsets.UTF_8)).rows.get(0);
                assertEquals(3, row.number());
                assertEquals(Map.of(LoanField.APPLICATION_NUMBER, "A \"1\"", LoanField.PROGRAMME, "279", LoanField.INN, "7707083893", LoanField.APPLIED_AT, Instant.parse("2021-11-20T20:59:00Z"),
                        LoanField.REQUESTED, 123_450L), row.stated());
            }
        }
    }

    @Test
    void halfATextIsToldSo() {
        String whole = String.join(";", HEAD) + "\nA-1;279;7707083893;2021-11-20;100.00\n";
        assertRefused(ImportRefusal.TABLE_CUT_OFF, (whole + "A-2;279;7707").getBytes(StandardCharsets.UTF_8));
        assertRefused(ImportRefusal.TABLE_QUOTES_BROKEN, (whole + "\"A-2;279;7707083893;2021-11-20;100.00\n").getBytes(StandardCharsets.UTF_8));
        assertRefused(ImportRefusal.TABLE_QUOTES_BROKEN, (whole + "\"A-2\"x;279;7707083893;2021-11-20;100.00\n").getBytes(StandardCharsets.UTF_8));
        assertRefused(ImportRefusal.TABLE_NOT_TEXT, Arrays.copyOf((whole + "Ж").getBytes(StandardCharsets.UTF_8), whole.length() + 1));
    }

    @Test
    void aRowWithMoreOrFewerCellsIsAnErrorOfItsOwn() {
        Read read = read((String.join(",", HEAD) + "\nA-1,279,7707083893,2021-11-20,1,5\nA-2,279,7707083893,2021-11-20\nA-3,279,7707083893,2021-11-20,1\n").getBytes(StandardCharsets.UTF_8));
        assertCode(ImportRefusal.ROW_CELLS, "", read.rows.get(0));
        assertCode(ImportRefusal.ROW_CELLS, "", read.rows.get(1));
        assertEquals(List.of(), read.rows.get(2).unreadable());
    }

    @Test
    void columnsAreNeitherMissingNorTwice() {
        assertRefused(ImportRefusal.TABLE_COLUMN_MISSING, "applicationNumber,programme,inn,appliedAt\n1,2,3,4\n".getBytes(StandardCharsets.UTF_8));
        assertRefused(ImportRefusal.TABLE_COLUMN_TWICE, (String.join(",", HEAD) + ",ИНН заёмщика\n1,2,3,4,5,6\n").getBytes(StandardCharsets.UTF_8));
        byte[] without = "applicationNumber,inn,appliedAt,requested\nA-1,7707083893,2021-11-20,1\n".getBytes(StandardCharsets.UTF_8);
        assertRefused(ImportRefusal.TABLE_COLUMN_MISSING, without);
        assertEquals("279", read(without, LIMITS, Optional.of("279")).rows.get(0).stated().get(LoanField.PROGRAMME));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"contractDate|31.02.2021|CELL_NOT_DATE", "contractDate|2021-02-29|CELL_NOT_DATE", "contractDate|1.2.2021|CELL_NOT_DATE", "contractDate|02/01/2021|CELL_NOT_DATE",
        "appliedAt|2021-11-20T25:00|CELL_NOT_DATE", "requested|1,234.5|CELL_NOT_MONEY", "requested|1.234|CELL_NOT_MONEY", "requested|١٢٣|CELL_NOT_MONEY", "requested|1e5|CELL_NOT_MONEY",
        "requested|999999999999999999|CELL_NOT_MONEY", "termMonths|1.5|CELL_NOT_NUMBER", "rate|8.12345|CELL_NOT_RATE", "issues|2021-12-01 100|CELL_NOT_DATED_SUMS", "issues|2021-12=100|CELL_NOT_DATED_SUMS",
        "balances|2021-12-01=100|CELL_NOT_DATED_SUMS"})
    void whatIsNoValueOfItsColumnIsToldSo(String column, String value, String code) {
        Refusal refusal = assertThrows(Refusal.class, () -> LoanCells.read(LoanField.named(column).orElseThrow(), Cell.text(value)));
        assertEquals(code + " " + column, refusal.code().name() + " " + refusal.field());
    }

    @Test
    void controlCharactersAreNoText() {
        assertThrows(Refusal.class, () -> LoanCells.read(LoanField.APPLICATION_NUMBER, Cell.text("A\u0000B")));
        assertThrows(Refusal.class, () -> LoanCells.read(LoanField.APPLICATION_NUMBER, Cell.text("A\nB")));
    }

    @Test
    void whatIsWrittenIsReadAsWhatItWas() {
        Map<LoanField, Object> values = Map.of(LoanField.APPLIED_AT, Instant.parse("2021-11-20T20:59:59.123456Z"), LoanField.REQUESTED, 123L, LoanField.RATE, new BigDecimal("8.1250"),
                LoanField.ISSUES, List.of(new DatedSum(LocalDate.of(2021, 12, 1), 5)), LoanField.BALANCES, List.of(new DatedSum(LocalDate.of(2021, 12, 1), 0)), LoanField.END_DATE, LocalDate.of(2022, 1, 1));
        values.forEach((field, value) -> assertEquals(value, LoanCells.read(field, Cell.text(LoanCells.written(field, value)))));
        assertEquals("-5", LoanCells.read(LoanField.APPLICATION_NUMBER, Cell.text("'-5")));
        assertEquals("", LoanCells.written(LoanField.RATE, null));
    }

    @ParameterizedTest
    @EnumSource(LoanColumn.class)
    void everyColumnHasATitleAMeaningAndAnExampleThatIsRead(LoanColumn column) {
        for (Language language : Language.values()) {
            assertEquals(Optional.of(column), LoanColumn.headed(column.title(language)));
            assertTrue(column.meaning(language).length() > 3);
        }
        LoanCells.read(column.field(), Cell.text(column.example()));
    }

    @Test
    void textsAreBoundedAsAnyOtherWayInBoundsThem() {
        assertEquals("FIELD_TOO_LONG", assertThrows(Refusal.class, () -> LoanCells.read(LoanField.APPLICATION_NUMBER, Cell.text("x".repeat(65)))).code().name());
        assertEquals("FIELD_INVALID", assertThrows(Refusal.class, () -> LoanCells.read(LoanField.BORROWER_KIND, Cell.text("BANK"))).code().name());
    }

    // --- doing it

    private record Read(Heading heading, List<FileRow> rows) {
    }

    private static FileRow contractDate(AWorkbook book, String cell) {
        return read(book.row("applicationNumber", "programme", "inn", "appliedAt", "requested", "contractDate").row("A-1", "279", "7707083893", "2021-11-20", "1", cell).octets()).rows.get(0);
    }

    private static Read read(byte[] octets) {
        return read(octets, LIMITS, Optional.empty());
    }

    private static Read read(byte[] octets, ImportLimits limits, Optional<String> programme) {
        try (TableFile file = TableFile.receive(new ByteArrayInputStream(octets), limits.archive())) {
            Heading[] heading = new Heading[1];
            List<FileRow> rows = new ArrayList<>();
            SheetRows.each(file, limits, row -> {
                if (heading[0] == null) {
                    heading[0] = Heading.of(row, programme);
                } else {
                    rows.add(FileRow.read(row, heading[0], programme, limits));
                }
                return true;
            });
            return new Read(heading[0], rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Refusal assertRefused(RefusalCode code, byte[] octets) {
        Refusal refusal = assertThrows(Refusal.class, () -> read(octets));
        assertEquals(code, refusal.code());
        for (Language language : Language.values()) {
            assertTrue(refusal.sentence(language).length() > 5 && refusal.whatToDo(language).length() > 5);
        }
        return refusal;
    }

    private static void assertCode(RefusalCode code, String field, FileRow row) {
        assertEquals(List.of(code.name() + " " + field), row.unreadable().stream().map(refusal -> refusal.code().name() + " " + refusal.field()).toList());
    }
}
