package org.kopuro.access.procedures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestDatabase;
import org.kopuro.testing.TestProcedures;

class ProcedureCommandIT {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final String code = TestProcedures.publish("KG");

    @TempDir
    Path folder;

    @Test
    void publishesWhatItShowedOnceNumberAndDayAreOthers() throws Exception {
        assertEquals(ProcedureCommand.DONE, run("show", code));
        String next = out().replaceFirst("\"version\": ?1", "\"version\": 2").replace("2026-01-01", "2026-04-01");
        assertEquals(ProcedureCommand.DONE, run("publish", file(next)));
        assertEquals(code + " version 2, in force from 2026-04-01\n", out());
        assertEquals(List.of("1 2026-03-31", "2"), Rows.of("select version || coalesce(' ' || valid_to, '') from access.procedure_version where procedure_code = ? order by version", code));
        assertEquals(1, Rows.of("select 1 from ledger.entry e join access.procedure_version v on v.id = e.record_id where v.procedure_code = ? and v.version = 2", code).size());
        run("show", code);
        assertTrue(out().contains("2026-04-01"), out());
    }

    @Test
    void refusesWithThePlaceAndChangesNothing() throws Exception {
        run("show", code);
        assertEquals(ProcedureCommand.REFUSED, run("publish", file(out())));
        assertTrue(err().startsWith("refused: PROCEDURE_VERSION_TAKEN at version: "), err());
        assertEquals(ProcedureCommand.REFUSED, run("publish", file("{}")));
        assertTrue(err().startsWith("refused: FIELD_MISSING at code: "), err());
        assertEquals(ProcedureCommand.REFUSED, run("show", "NOTHING"));
        assertTrue(err().startsWith("refused: NOT_FOUND at procedure: "), err());
        assertEquals(List.of("1"), Rows.of("select count(*) from access.procedure_version where procedure_code = ?", code));
    }

    @Test
    void aFileThatIsNotThereOrNotInUtf8IsNotRead() throws Exception {
        assertEquals(ProcedureCommand.WRONG_USE, run("publish", folder.resolve("nothing.json").toString()));
        Path latin = Files.write(folder.resolve("latin.json"), new byte[] {'"', (byte) 0xE9, '"'});
        assertEquals(ProcedureCommand.WRONG_USE, run("publish", latin.toString()));
        assertTrue(err().startsWith("error: no readable file in UTF-8"), err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "show", "publish", "show KG-147 1", "publish a.json b.json", "drop KG-147"})
    void explainsWrongUseAndTriesNothing(String line) throws SQLException {
        assertEquals(ProcedureCommand.WRONG_USE, ProcedureCommand.run(line.isEmpty() ? List.of() : List.of(line.split(" ")), stream(out), stream(err), () -> {
            throw new AssertionError("connected");
        }, Clock.systemUTC()));
        assertTrue(err().startsWith("error: ") && err().contains("usage: "), err());
        assertFalse(err().contains("Exception"), err());
    }

    private String file(String document) throws IOException {
        return Files.writeString(folder.resolve("version.json"), document).toString();
    }

    private int run(String... arguments) throws SQLException {
        out.reset();
        err.reset();
        return ProcedureCommand.run(List.of(arguments), stream(out), stream(err), () -> TestDatabase.shared().owner().getConnection(), Clock.fixed(Scene.NOON, ZoneOffset.UTC));
    }

    private static PrintStream stream(ByteArrayOutputStream octets) {
        return new PrintStream(octets, true, StandardCharsets.UTF_8);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
