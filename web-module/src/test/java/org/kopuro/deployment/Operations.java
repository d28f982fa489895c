package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an operator and a developer look at first: health, metrics, the contract. */
interface Operations {

    @Test
    default void tellThatTheServerLivesAndIsReady() {
        assertEquals(200, Server.send("GET", "/health/live", null, Map.of()).status());
        Server.Response ready = Server.send("GET", "/health/ready", null, Map.of());
        assertEquals(200, ready.status());
        assertTrue(ready.text().contains("database"), ready::text);
        assertEquals(200, Server.send("GET", "/metrics", null, Map.of()).status());
    }

    @Test
    default void serveTheContractWithImportsThatResolve() {
        Server.Response wsdl = Server.send("GET", "/soap/tax/v1?wsdl", null, Map.of());
        assertEquals(200, wsdl.status());
        List<String> imports = locations(wsdl.text());
        assertEquals(3, imports.size(), imports::toString);
        imports.forEach(Operations::assertResolves);
    }

    @Test
    default void refuseAPartOfTheContractThatIsNotThere() {
        for (String query : List.of("?xsd=nope", "?xsd=../../../WEB-INF/web.xml", "?wsdl=nope")) {
            Server.Response response = Server.send("GET", "/soap/tax/v1" + query, null, Map.of());
            assertTrue(response.status() == 500 || response.status() == 404, () -> query + " " + response.text());
            assertTrue(!response.text().contains("web-app") && !response.text().contains("Exception"), response::text);
        }
    }

    private static void assertResolves(String address) {
        Server.Response schema = Server.send("GET", address.substring(address.indexOf("/soap/")), null, Map.of());
        assertEquals(200, schema.status(), address);
        assertTrue(schema.text().contains("schema"), address);
        locations(schema.text()).forEach(Operations::assertResolves);
    }

    private static List<String> locations(String text) {
        return Pattern.compile("schemaLocation=\"([^\"]+)\"").matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
    }

    @Test
    default void showNothingOfTheServerOnErrors() {
        Server.Response nowhere = Server.send("GET", "/no/such/page", null, Map.of());
        assertEquals(404, nowhere.status());
        assertTrue(nowhere.text().contains("\"code\":\"NOT_FOUND\""), nowhere::text);
    }
}
