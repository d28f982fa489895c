package org.kopuro.installation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mail server as an operator sets it; what cannot be meant is refused at the start, not with the first letter. */
class SmtpSettingsTest {

    private static final Map<String, String> SMALLEST = Map.of("kopuro.smtp.host", "mail.example.kg", "kopuro.smtp.from", "notices@example.kg");

    private static Optional<SmtpSettings> settings(String... more) {
        Map<String, String> values = new HashMap<>(SMALLEST);
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        return SmtpSettings.of((Config) Proxy.newProxyInstance(SmtpSettingsTest.class.getClassLoader(), new Class<?>[] {Config.class}, (proxy, method, arguments) ->
                Optional.ofNullable(values.get((String) arguments[0])).map(text ->
                        arguments[1] == Boolean.class ? Boolean.valueOf(text) : arguments[1] == Integer.class ? Integer.valueOf(text) : text)));
    }

    @Test
    void requireTlsOnThePortOfSubmissionUnlessToldOtherwise() {
        SmtpSettings settings = settings().orElseThrow();
        assertEquals(587, settings.port());
        assertTrue(settings.startTls());
        assertFalse(settings.implicitTls());
        assertTrue(settings("kopuro.smtp.port", "465").orElseThrow().implicitTls());
        assertFalse(settings("kopuro.smtp.starttls", "false").orElseThrow().startTls());
    }

    @Test
    void areNoneWithoutAHost() {
        assertEquals(Optional.empty(), settings("kopuro.smtp.host", " "));
    }

    @Test
    void readThePasswordFromAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "secret\n");
        SmtpSettings settings = settings("kopuro.smtp.user", "kopuro", "kopuro.smtp.password-file", file.toString()).orElseThrow();
        assertEquals(Optional.of("secret"), settings.password());
        assertFalse(settings.toString().contains("secret"));
        assertThrows(UncheckedIOException.class, () -> settings("kopuro.smtp.user", "kopuro", "kopuro.smtp.password-file", folder.resolve("none").toString()));
    }

    @Test
    void refuseWhatCannotBeMeant() {
        assertThrows(IllegalArgumentException.class, () -> settings("kopuro.smtp.from", ""));
        assertThrows(IllegalArgumentException.class, () -> settings("kopuro.smtp.from", "notices"));
        assertThrows(IllegalArgumentException.class, () -> settings("kopuro.smtp.from", "a@b.kg\r\nBcc: c@d.kg"));
        assertThrows(IllegalArgumentException.class, () -> settings("kopuro.smtp.port", "0"));
        assertThrows(IllegalArgumentException.class, () -> settings("kopuro.smtp.user", "kopuro"));
        assertThrows(IllegalArgumentException.class, () -> settings("kopuro.smtp.password", "secret"));
    }
}
