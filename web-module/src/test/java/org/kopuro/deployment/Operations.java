package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.consent.IssuedToken;
import org.kopuro.consent.Tokens;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.FaultDialect;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestDatabase;

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
    default void timeCallsForPrometheus() {
        assertEquals(200, Server.soap(TaxMessage.of(Participants.speaking(FaultDialect.CAMEL_CASE)).signed()).status());
        String metrics = Server.send("GET", "/metrics", null, Map.of()).text();
        assertTrue(metrics.lines().anyMatch(line -> line.startsWith("kopuro_call_milliseconds_count{") && line.contains("fault=\"\"") && line.contains("protocol=\"SOAP\"")), metrics);
    }

    @ParameterizedTest
    @CsvSource({"tax, 3", "access, 2"})
    default void serveTheContractWithImportsThatResolve(String services, int schemas) {
        Server.Response wsdl = Server.send("GET", "/soap/" + services + "/v1?wsdl", null, Map.of());
        assertEquals(200, wsdl.status());
        List<String> imports = locations(wsdl.text());
        assertEquals(schemas, imports.size(), imports::toString);
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

    /**
     * As after a restart of PostgreSQL. A connection is looked at once a second: one that rested for so long is never found dead by a
     * call. Only the one that the ledger's sequencer uses all the time may be.
     */
    @Test
    default void goOnAfterTheDatabaseDroppedEveryConnection() throws SQLException {
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        assertEquals(200, Server.soap(TaxMessage.of(scene).signed()).status());
        Instant until = Instant.now().plusSeconds(20);
        try (Connection owner = TestDatabase.shared().owner().getConnection(); Statement statement = owner.createStatement()) {
            int dropped;
            do {
                assertTrue(Instant.now().isBefore(until), "the connections never rest");
                dropped = statement.executeUpdate("""
                        create temporary table if not exists dropped as
                        select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'kopuro'
                        and (select count(*) from pg_stat_activity
                              where application_name = 'kopuro' and clock_timestamp() < state_change + interval '1100 milliseconds') <= 1""");
                statement.execute("drop table dropped");
            } while (dropped == 0);
            assertTrue(dropped > 3, "too few connections to tell");
        }
        int outages = 0;
        for (int call = 0; call < 10; call++) {
            Server.Response response = Server.soap(TaxMessage.of(scene).signed());
            outages += response.status() == 200 ? 0 : 1;
            assertTrue(response.status() == 200 || response.text().contains("TemporarilyUnavailable"), response::text);
        }
        assertTrue(outages <= 1, outages + " calls found a dead connection");
    }

    /** CON-73: a node that lost its database remembers nothing; what another one stopped meanwhile is stopped here, too. */
    @Test
    default void answerNothingWithoutTheDatabaseAndKnowAStopThatItMissed() throws SQLException {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        IssuedToken token = scene.token();
        assertEquals(scene.inn.digits(), SoapAnswer.of(asking(scene, token)).value("inn"));
        try (Connection owner = TestDatabase.shared().owner().getConnection(); Statement statement = owner.createStatement()) {
            statement.execute("alter database kopuro connection limit 0");
            try {
                statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'kopuro'");
                assertTold(asking(scene, token));
                scene.application.run(Tokens.class, tokens -> tokens.deactivate(scene.taxpayer(), token.token().id(), Scene.TAXPAYER));
                assertTold(asking(scene, token));
            } finally {
                statement.execute("alter database kopuro connection limit -1");
            }
        }
        Instant until = Instant.now().plusSeconds(30);
        Server.Response back = asking(scene, token);
        while (back.text().contains("TemporarilyUnavailable") && Instant.now().isBefore(until)) {
            back = asking(scene, token);
        }
        assertTrue(back.status() == 200 && back.text().contains("CONSENT_REVOKED"), back::text);
    }

    private static Server.Response asking(Scene scene, IssuedToken token) {
        return Server.soap(TaxMessage.of(scene).service("tpDataByINN").token(token.text()).signed());
    }

    private static void assertTold(Server.Response instead) {
        assertEquals(500, instead.status(), instead::text);
        assertTrue(SoapAnswer.of(instead).faultCode().contains("TemporarilyUnavailable"), instead::text);
        assertTrue(!instead.text().contains("Сыноо"), instead::text);
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
