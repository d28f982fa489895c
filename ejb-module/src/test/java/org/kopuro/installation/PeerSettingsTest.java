package org.kopuro.installation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.kernel.Contour;

/** Whom we call, as an operator sets it; what cannot be meant is refused at the start, in a sentence that names the setting. */
class PeerSettingsTest {

    private static final String HTTPS = "kopuro.security-server.url=https://ss.example.kg,kopuro.security-server.certificates=ss.pem,";
    private static final String REGISTER = "central-server/GOV/70000024/minjust-service/getSubjectByTin";

    private static Config config(String settings) {
        Map<String, String> values = new HashMap<>();
        for (String one : settings.split(",")) {
            values.put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
        }
        return (Config) Proxy.newProxyInstance(PeerSettingsTest.class.getClassLoader(), new Class<?>[] {Config.class}, (proxy, method, arguments) ->
                Optional.ofNullable(values.get((String) arguments[0])).map(text -> arguments[1] == Integer.class ? Integer.valueOf(text) : text));
    }

    @Test
    void nobodyIsCalledUnlessAServerIsNamed() {
        assertEquals(Optional.empty(), SecurityServerSettings.of(config("kopuro.security-server.url= ")));
        assertEquals(Duration.ofSeconds(20), SecurityServerSettings.of(config(HTTPS)).orElseThrow().patience());
    }

    @Test
    void thePasswordMayStandInAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "secret\n");
        SecurityServerSettings settings = SecurityServerSettings.of(config(HTTPS + "kopuro.security-server.keystore=own.p12,kopuro.security-server.keystore-password-file=" + file)).orElseThrow();
        assertEquals(Optional.of("secret"), settings.keyStorePassword());
        assertTrue(!settings.toString().contains("secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kopuro.security-server.url=ftp://ss", "kopuro.security-server.url=https://ss.example.kg",
        "kopuro.security-server.url=http://ss.example.kg,kopuro.security-server.certificates=ss.pem", HTTPS + "kopuro.security-server.keystore=own.p12",
        HTTPS + "kopuro.security-server.keystore-password=x", HTTPS + "kopuro.security-server.patience-seconds=0", HTTPS + "kopuro.security-server.patience-seconds=121",
        HTTPS + "kopuro.security-server.keystore=own.p12,kopuro.security-server.keystore-password-file=/nowhere/password"})
    void aServerThatCannotBeMeantIsRefused(String settings) {
        assertTrue(assertThrows(RuntimeException.class, () -> SecurityServerSettings.of(config(settings))).getMessage().startsWith("kopuro.security-server."));
    }

    @Test
    void aRegisterIsSetForAContour() {
        CompanyRegisterSettings settings = CompanyRegisterSettings.of(config(HTTPS + "kopuro.companies.service=" + REGISTER));
        assertEquals(Map.of(Contour.PRODUCTION, REGISTER), settings.services());
        assertEquals("tin", settings.inn());
        assertEquals(Map.of(), CompanyRegisterSettings.of(config("kopuro.x=y")).services());
    }

    @ParameterizedTest
    @ValueSource(strings = {"kopuro.companies.service=" + REGISTER, HTTPS + "kopuro.companies.service=minjust", HTTPS + "kopuro.companies.test-service=a/b/c/d/e/f/g",
        HTTPS + "kopuro.companies.inn-element=p:tin", HTTPS + "kopuro.companies.name-element=a b"})
    void aRegisterThatCannotBeMeantIsRefused(String settings) {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> CompanyRegisterSettings.of(config(settings))).getMessage().startsWith("kopuro.companies."));
    }
}
