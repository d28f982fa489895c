package org.kopuro.loans.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.registers.borrowers.Borrower;
import org.kopuro.registers.borrowers.BorrowerRegister;
import org.kopuro.registers.borrowers.Loaded;
import org.kopuro.registers.payroll.Employment;
import org.kopuro.registers.payroll.ReportView;

class DocumentedCheckTest {

    @Test
    void isWhatACheckOfThatBorrowerSays() throws IOException {
        Instant at = Instant.parse("2021-11-22T09:00:00Z");
        Map<BorrowerRegister, Loaded> loaded = new EnumMap<>(BorrowerRegister.class);
        for (BorrowerRegister register : BorrowerRegister.values()) {
            loaded.put(register, new Loaded(LocalDate.of(2020, 6, 1), LocalDate.of(2021, 11, 20)));
        }
        loaded.remove(BorrowerRegister.NGO_847);
        Borrower borrower = new Borrower("7707083893", "ООО «Ромашка»", Optional.of("Иванов Иван Иванович"), Optional.of("770701001"), "1027700132195", "Общество с ограниченной ответственностью", "77",
                LocalDate.of(2015, 3, 2), Optional.empty(), "47.11", List.of("56.10.1", "56.29"), Optional.empty(), Optional.of(new Borrower.Sme(LocalDate.of(2016, 8, 1), Borrower.Size.SMALL)),
                List.of(), Optional.of("К-17/2020"));
        Instant accepted = Instant.parse("2021-10-19T10:00:00Z");
        Judging judging = new Judging(new Seen(LocalDate.of(2021, 7, 1), LocalDate.of(2021, 11, 22), Optional.of(borrower), Optional.of(borrower), List.of(), loaded, Set.of(),
                Optional.of(new Employment(new ReportView(new UUID(0, 1), "7707083893", 2021, 3, 0, accepted, accepted, Instant.parse("2021-10-25T03:00:00Z")), true))));
        CheckResult result = new CheckResult(UUID.fromString("6f2b1a0c-52a1-4b0e-9f5e-0d7d2a1c9e11"), "279", 2, 1, LocalDate.of(2021, 7, 1), at, judging.verdict(List.of()), judging.items(),
                Optional.of(borrower));
        String file = new String(getClass().getResourceAsStream("check.json").readAllBytes(), StandardCharsets.UTF_8);
        try (JsonReader reader = Json.createReader(new StringReader(file))) {
            assertEquals(reader.readObject().toString(), CheckJson.result(result).toString());
        }
        assertTrue(Files.readString(Path.of("../docs/protocols/loan-checks.md")).contains("```json\n" + file + "```"), "the page shows the file");
        assertEquals(borrower, CheckJson.borrower(CheckJson.borrower(borrower)));
        assertEquals(result.items(), CheckJson.items(CheckJson.items(result.items())));
    }
}
