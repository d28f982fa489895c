package org.kopuro.registers.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.registers.RegisterRows;
import org.kopuro.testing.TestDatabase;

class HostileCsvIT {

    private static final String HEADER = String.join(",", RegisterTable.TAXPAYER.columns()) + "\n";
    private static final String GOOD = "03002202400401,ORGANISATION,Хорошее,004,,,,2020-03-02,\n";

    private final List<String> told = new ArrayList<>();
    private Connection owner;

    @BeforeEach
    void connect() throws SQLException {
        owner = TestDatabase.shared().owner().getConnection();
        RegisterRows.run("delete from registers.taxpayer where contour = 'PRODUCTION' and inn like '0300220240040_'");
    }

    @AfterEach
    void disconnect() throws SQLException {
        owner.close();
    }

    @Test
    void acceptsAByteOrderMarkAndWindowsLineEnds() throws SQLException, IOException {
        assertEquals(new LoadOutcome(1, 0, 1), load("\uFEFF" + (HEADER + GOOD).replace("\n", "\r\n")));
    }

    @Test
    void refusesAnEmptyFile() {
        assertEquals(LoadRefusal.FILE_EMPTY, refusalOf(new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "inn,kind\n",
        "inn;kind;full_name;district_code;postcode;address;activity_code;registered_on;ended_on\n",
        "kind,inn,full_name,district_code,postcode,address,activity_code,registered_on,ended_on\n",
        "INN,KIND,FULL_NAME,DISTRICT_CODE,POSTCODE,ADDRESS,ACTIVITY_CODE,REGISTERED_ON,ENDED_ON\n",
        "inn,kind,full_name,district_code,postcode,address,activity_code,registered_on,ended_on,extra\n",
        "inn,tax_code,amount,as_of\n",
        "\n",
    })
    void refusesAnotherHeader(String header) {
        assertEquals(LoadRefusal.HEADER_WRONG, refusalOf(header.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void refusesAHeaderWithAnOpenQuote() {
        assertEquals(LoadRefusal.QUOTES_BROKEN, refusalOf(("\"" + HEADER).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void refusesLinesThatEndWithACarriageReturnOnly() {
        assertEquals(LoadRefusal.LINE_END_BROKEN, refusalOf((HEADER + GOOD).replace('\n', '\r').getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void dropsNothingBehindACarriageReturnInsideARow() throws SQLException, IOException {
        assertEquals(new LoadOutcome(3, 2, 1), load(HEADER
                + "03002202400402,ORGANISATION,Имя,004,,,,2020-03-02,\r03002202400403,ORGANISATION,Имя,004,,,,2020-03-02,\n"
                + "03002202400404,ORGANISATION,\"Два\rслова\",004,,,,2020-03-02,\n"
                + GOOD));
        assertEquals(List.of("2  LINE_END_BROKEN", "3  LINE_END_BROKEN"), told);
    }

    @Test
    void refusesUtf16AndBinaryFiles() {
        assertEquals(LoadRefusal.NUL_BYTE, refusalOf((HEADER + GOOD).getBytes(StandardCharsets.UTF_16LE)));
        assertEquals(LoadRefusal.LINE_NOT_UTF8, refusalOf(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'}));
    }

    @Test
    void refusesAFileThatIsOneEndlessLine() {
        assertEquals(LoadRefusal.LINE_TOO_LONG, refusalOf("x".repeat(10_000_000).getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void losesOneRowToALostQuoteAndNotTheRestOfTheFile() throws SQLException, IOException {
        assertEquals(new LoadOutcome(3, 2, 1), load(HEADER
                + "03002202400402,ORGANISATION,\"Открытая,004,,,,2020-03-02,\n"
                + "03002202400403,ORGANISATION,\"За\"крытая,004,,,,2020-03-02,\n"
                + GOOD));
        assertEquals(List.of("2  QUOTES_BROKEN", "3  QUOTES_BROKEN"), told);
    }

    @Test
    void refusesALineBreakInsideQuotes() throws SQLException, IOException {
        assertEquals(new LoadOutcome(3, 2, 1), load(HEADER
                + "03002202400402,ORGANISATION,\"Две\nстроки\",004,,,,2020-03-02,\n" + GOOD));
        assertEquals(List.of("2  QUOTES_BROKEN", "3  COLUMN_COUNT"), told);
    }

    @Test
    void losesOneRowToZeroBytesBrokenTextAndEndlessLines() throws SQLException, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(HEADER.getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes("03002202400402,ORGANISATION,Ну\u0000ль,004,,,,2020-03-02,\n".getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes("03002202400403,ORGANISATION,Кодировка,004,,,,2020-03-02,\n".getBytes(Charset.forName("windows-1251")));
        bytes.writeBytes(("03002202400404,ORGANISATION," + "Ж".repeat(9_000) + ",004,,,,2020-03-02,\n").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(GOOD.getBytes(StandardCharsets.UTF_8));
        assertEquals(new LoadOutcome(4, 3, 1), load(bytes.toByteArray()));
        assertEquals(List.of("2  NUL_BYTE", "3  LINE_NOT_UTF8", "4  LINE_TOO_LONG"), told);
    }

    @Test
    void refusesTooFewAndTooManyColumns() throws SQLException, IOException {
        load(HEADER + "03002202400402\n" + ",".repeat(9) + "\n" + ",".repeat(16_000) + "\n" + GOOD);
        assertEquals(List.of("2  COLUMN_COUNT", "3  COLUMN_COUNT", "4  COLUMN_COUNT"), told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"а\tб", "а\u0007б", "а\u202Eб", "а\u2066б", "а\u0085б", "а\u2028б", "а\uFEFFб"})
    void refusesCharactersThatNoNameHas(String name) throws SQLException, IOException {
        load(HEADER + "03002202400402,ORGANISATION," + name + ",004,,,,2020-03-02,\n");
        assertEquals(List.of("2 full_name CONTROL_CHARACTER"), told);
    }

    @Test
    void countsCharactersAndNotTheirHalves() throws SQLException, IOException {
        String longest = "𠀀".repeat(ExtractRow.TEXT_LIMIT);
        assertEquals(new LoadOutcome(2, 1, 1), load(HEADER
                + "03002202400402,ORGANISATION," + longest + ",004,,,,2020-03-02,\n"
                + "03002202400403,ORGANISATION," + longest + "я,004,,,,2020-03-02,\n"));
        assertEquals(List.of("3 full_name VALUE_TOO_LONG"), told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'; drop table registers.taxpayer; --", "\\N", "\\.", "a\\tb\\nc\\\\", "=cmd|' /C calc'!A0", "{0} {bad"})
    void keepsWhatLooksLikeACommandAsText(String name) throws SQLException, IOException {
        assertEquals(new LoadOutcome(1, 0, 1), load(HEADER + "03002202400402,ORGANISATION," + name + ",004,,,,2020-03-02,\n"));
        try (PreparedStatement sql = owner.prepareStatement("select full_name from registers.taxpayer where contour = 'PRODUCTION' and inn = '03002202400402'");
                ResultSet row = sql.executeQuery()) {
            row.next();
            assertEquals(name, row.getString(1));
        }
    }

    private LoadRefusal refusalOf(byte[] csv) {
        return (LoadRefusal) assertThrows(Refusal.class, () -> load(csv)).code();
    }

    private LoadOutcome load(String csv) throws SQLException, IOException {
        return load(csv.getBytes(StandardCharsets.UTF_8));
    }

    private LoadOutcome load(byte[] csv) throws SQLException, IOException {
        return new RegisterLoader(owner).load(Contour.PRODUCTION, RegisterTable.TAXPAYER, new ByteArrayInputStream(csv),
                error -> told.add(error.line() + " " + error.refusal().field() + " " + error.refusal().code()), rows -> { });
    }
}
