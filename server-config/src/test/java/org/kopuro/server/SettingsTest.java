package org.kopuro.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static final Path ROOT = Path.of("/kopuro");

    @Test
    void needsNothing() {
        Settings settings = Settings.from(Map.of(), ROOT);
        assertEquals(ROOT.resolve("var"), settings.var());
        assertEquals("http://127.0.0.1:8080", settings.baseUrl().toString());
        assertEquals(Set.of("TEST"), settings.contours());
        assertTrue(settings.ownDatabase().isEmpty());
        assertEquals(List.of(), settings.javaOptions());
    }

    @Test
    void takesAnEmptyVariableForNone() {
        assertEquals(8080, Settings.from(Map.of("KOPURO_HTTP_PORT", "", "KOPURO_DB_URL", " "), ROOT).httpPort());
    }

    @Test
    void reachesAServerOnAllInterfacesOverTheLoopback() {
        assertEquals("http://127.0.0.1:80", Settings.from(Map.of("KOPURO_HTTP_HOST", "0.0.0.0", "KOPURO_HTTP_PORT", "80"), ROOT).baseUrl().toString());
    }

    @Test
    void letsTheOwnerBeTheApplicationsRole() {
        Database database = Settings.from(ownDatabase(Map.of()), ROOT).ownDatabase().orElseThrow();
        assertEquals("app", database.ownerUser());
        assertEquals("app-secret", database.ownerPassword());
    }

    @Test
    void neverShowsAPassword() {
        String text = Settings.from(ownDatabase(Map.of("KOPURO_DB_OWNER_USER", "own", "KOPURO_DB_OWNER_PASSWORD", "own-secret",
                "KOPURO_DB_URL", "jdbc:postgresql://db/kopuro?password=url-secret")), ROOT).toString();
        assertFalse(text.contains("secret"), text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "KOPURO_HTTP_PORT | web | KOPURO_HTTP_PORT is \"web\": it takes a number from 1 to 65535.",
        "KOPURO_HTTP_PORT | 70000 | KOPURO_HTTP_PORT is \"70000\": it takes a number from 1 to 65535.",
        "KOPURO_CONTOURS | LIVE | KOPURO_CONTOURS is \"LIVE\": it takes TEST, PRODUCTION or both with a comma between.",
        "KOPURO_DB_URL | postgres://db | KOPURO_DB_URL must begin with jdbc:postgresql:, for example jdbc:postgresql://host/kopuro.",
        "KOPURO_DB_USER | '' | KOPURO_DB_USER is missing.",
        "KOPURO_DB_OWNER_USER | own | KOPURO_DB_OWNER_PASSWORD is missing.",
    })
    void refusesInOneSentence(String name, String value, String sentence) {
        CannotStart refusal = assertThrows(CannotStart.class, () -> Settings.from(ownDatabase(Map.of(name, value)), ROOT));
        assertEquals(sentence, refusal.getMessage());
        assertEquals(Obstacle.CONFIGURATION, refusal.obstacle());
    }

    @Test
    void refusesAFolderThatAShellWouldMisread() {
        assertThrows(CannotStart.class, () -> Settings.from(Map.of("KOPURO_VAR", "/tmp/$(date)"), ROOT));
    }

    private static Map<String, String> ownDatabase(Map<String, String> changes) {
        Map<String, String> environment = new HashMap<>(Map.of("KOPURO_DB_URL", "jdbc:postgresql://db/kopuro",
                "KOPURO_DB_USER", "app", "KOPURO_DB_PASSWORD", "app-secret"));
        environment.putAll(changes);
        return environment;
    }
}
