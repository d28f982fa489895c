package org.kopuro.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.verify.WrongUse;

/** A participant names the command that makes its product call. */
class ProductCommandTest {

    private static final Map<String, String> VALUES = Map.of("service", "headcount", "inn", "$(id)", "token", "", "url", "http://x/?a=1&b=2", "server-cert", "a \\ b");

    @TempDir
    private Path folder;

    private OptionalInt called(String template, Duration limit) throws Exception {
        return ProductCommand.of(template, limit, Optional.of(folder.resolve("output"))).call(VALUES, () -> false);
    }

    @Test
    void isCalledWithItsPlacesFilledInAndNothingElseTouched() throws Exception {
        assertEquals(OptionalInt.of(0), called("printf '%s|' \"two words\" --inn={inn} {token} {service} {url} {server-cert} *", Duration.ofSeconds(10)));
        assertEquals("two words|--inn=$(id)||headcount|http://x/?a=1&b=2|a \\ b|*|", Files.readString(folder.resolve("output")));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("output"))));
    }

    @Test
    void itsExitCodeIsTold() throws Exception {
        assertEquals(OptionalInt.of(7), called("bash -c 'exit 7' {service} {inn} {token}", Duration.ofSeconds(10)));
    }

    @Test
    void isEndedWithAllItStartedWhenItDoesNotEnd() throws Exception {
        long began = System.nanoTime();
        assertEquals(OptionalInt.empty(), called("bash -c 'sleep 47 & echo $!; wait' {service} {inn} {token}", Duration.ofSeconds(1)));
        assertTrue(Duration.ofNanos(System.nanoTime() - began).toSeconds() < 15);
        long child = Long.parseLong(Files.readString(folder.resolve("output")).strip());
        for (int i = 0; i < 100 && ProcessHandle.of(child).filter(ProcessHandle::isAlive).isPresent(); i++) {
            Thread.sleep(50);
        }
        assertTrue(ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty(), "what the product started still runs");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "call {service} {inn}|no place {token}", "call {service} {inn} {token} {password}|{password} that is not known", "call '{service} {inn} {token}|has no end", "``|it is empty",
        "/no/such/program {service} {inn} {token}|cannot be started"})
    void whatIsNoCommandIsRefusedInWords(String template, String sentence) {
        WrongUse refused = assertThrows(WrongUse.class, () -> called(template, Duration.ofSeconds(1)));
        assertTrue(refused.getMessage().contains(sentence), refused.getMessage());
    }
}
