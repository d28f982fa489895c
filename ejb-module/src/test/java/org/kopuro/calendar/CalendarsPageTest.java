package org.kopuro.calendar;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarsPageTest {

    @ParameterizedTest
    @CsvSource({"csv, year.csv", "ics, year.ics"})
    void showsTheFilesThatTheTestsImport(String language, String file) throws IOException {
        String page = Files.readString(Path.of("../docs/operating/calendars.md"));
        try (InputStream sample = getClass().getResourceAsStream(file)) {
            assertTrue(page.contains("```" + language + "\n" + new String(sample.readAllBytes(), StandardCharsets.UTF_8) + "```"), file);
        }
    }
}
