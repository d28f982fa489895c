package org.kopuro.loans.headcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.kernel.Contour;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.registers.payroll.MonthCounted;
import org.kopuro.registers.payroll.ReportView;

/** The sample of docs/protocols/loan-sheets.md, which is the sheet example of requirements §10. */
class DocumentedSheetTest {

    private static final Path DOCS = Path.of("../docs/protocols");

    /** 120 records of September 2021, 12 of them without category and 8 repeated. */
    private static SheetText sample() {
        Instant accepted = Instant.parse("2021-10-28T08:15:00Z");
        MonthCounted month = new MonthCounted(new ReportView(UUID.fromString("4f1f5c52-6f0e-4d43-9d0e-6d8a3a3b9a01"), "9900000105", 2021, 3, 0, accepted, accepted, accepted), YearMonth.of(2021, 9), 120,
                111, 100, 0, 12, "5d2c1f6a8b3e4d7f90a1b2c3d4e5f60718293a4b5c6d7e8f9011223344556677");
        LocalDate appliedOn = LocalDate.of(2021, 11, 19);
        return new SheetText(Contour.TEST, UUID.fromString("7c9e6679-7425-40de-944b-e07fc1f90ae7"), Instant.parse("2021-11-19T08:00:00.123456Z"), new SheetText.RuleSetName("279", 2, 1),
                Instant.parse("2021-11-19T07:59:00Z"), Optional.empty(), ChosenMonth.of(Rules.stageTwo(), appliedOn), Rules.stageTwo().formula().orElseThrow(),
                Optional.of(SheetText.Source.of(month, ChosenMonth.of(Rules.stageTwo(), appliedOn).metric())));
    }

    @Test
    void isWrittenByteForByteAsThePageShowsIt() throws IOException, Unproven {
        assertEquals(Files.readString(DOCS.resolve("loan-sheets/sheet.json")), sample().json());
        String page = Files.readString(DOCS.resolve("loan-sheets.md"));
        assertTrue(page.contains(sample().json()), "the page shows the file");
        SheetFile checked = SheetFile.check(sample().json());
        assertTrue(page.contains(checked.sha256()), "and its hash: " + checked.sha256());
        assertEquals(List.of(), checked.differences());
        assertEquals(Optional.of("15350400.00"), checked.result());
    }

    @Test
    void isReadAsItWasWritten() throws Unproven {
        SheetText told = SheetText.parse(sample().json());
        assertEquals(sample().json(), new SheetText(told.contour(), told.loan(), told.at(), told.rules(), told.appliedAt(), told.contractOn(), told.chosen(), told.formula(), sample().source()).json());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"counted\":100|\"counted\":101|read is 120, and follows as 121. uncapped is 15350400.00, and follows as 15503904.00. result is 15350400.00, and follows as 15503904.00.",
        "\"result\":\"15350400.00\"|\"result\":\"25350400.00\"|result is 25350400.00, and follows as 15350400.00.",
        "\"cap\":\"300000000.00\"|\"cap\":\"1.00\"|result is 15350400.00, and follows as 1.00.",
        "\"months\":12|\"months\":11|months is 11, and follows as 12.",
        "\"appliedOn\":\"2021-11-19\"|\"appliedOn\":\"2021-11-18\"|appliedOn is 2021-11-18, and follows as 2021-11-19.",
        "\"REPEATED\":8|\"REPEATED\":9|read is 120, and follows as 121.",
        "\"factorPercent\":100|\"factorPercent\":200|uncapped is 15350400.00, and follows as 30700800.00. result is 15350400.00, and follows as 30700800.00.",
        "\"wage\":\"12792.00\"|\"wage\":\"999999999999999.99\"|The sheet's numbers make a sum that no loan has."})
    void aNumberThatWasAlteredIsNamed(String member, String altered, String differences) throws Unproven {
        assertEquals(differences, String.join(" ", SheetFile.check(sample().json().replace(member, altered)).differences()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"counted\":100|\"counted\":-1", "\"counted\":100|\"counted\":1e400", "\"counted\":100|\"counted\":\"100\"", "\"counted\":100|\"counted\":100.5", "\"counted\":100|\"counted\":99999999999",
        "\"counted\":100|\"counted\": 100", "\"counted\":100|\"counted\":100,\"counted\":100", "\"form\":\"loans.sheet\"|\"form\":\"other\"", "\"formVersion\":1|\"formVersion\":2",
        "\"wage\":\"12792.00\"|\"wage\":\"12792\"", "\"wage\":\"12792.00\"|\"wage\":null", "\"month\":\"2021-09\"|\"month\":\"2021-13\"", "\"metric\":\"SNILS_WITH_CATEGORY\"|\"metric\":\"OTHER\"",
        "\"contractOn\":null|\"contractOn\":\"yesterday\"", "\"contour\":\"TEST\"|\"contour\":\"test\"", "\"appliedOn\":|\"appliedIn\":", "\"monthAsserted\":true|\"monthAsserted\":1"})
    void whatIsNoSheetIsRefused(String member, String altered) {
        String json = sample().json().replace(member, altered);
        assertThrows(Unproven.class, () -> SheetFile.check(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "{\"form\":\"loans.sheet\"}"})
    void whatIsSomethingElseIsRefused(String text) {
        assertThrows(Unproven.class, () -> SheetFile.check(text));
        assertThrows(Unproven.class, () -> SheetFile.check("[".repeat(19_000)));
        assertThrows(Unproven.class, () -> SheetFile.check(sample().json() + " ".repeat(SheetFile.LENGTH_MAX)));
    }
}
