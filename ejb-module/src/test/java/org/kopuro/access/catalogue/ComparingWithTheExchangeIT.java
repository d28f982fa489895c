package org.kopuro.access.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** ACC-86, with a real HTTP server for the exchange. Services of other tests are offered, too, and never listed: a test looks at its own. */
class ComparingWithTheExchangeIT {

    private static final Duration SHORT = Duration.ofMillis(700);

    private final String service = Contracts.aService();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer exchange;
    private volatile int status = 200;
    private volatile String answer;
    private volatile long stallMillis;
    private volatile String asked;
    private TestApplication application;

    @BeforeEach
    void listen() throws IOException {
        exchange = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        exchange.setExecutor(threads);
        exchange.createContext("/", http -> {
            asked = http.getRequestHeaders().getFirst("X-Road-Client");
            byte[] octets = answer.getBytes(StandardCharsets.UTF_8);
            http.sendResponseHeaders(status, stallMillis > 0 ? octets.length + 1 : octets.length == 0 ? -1 : octets.length);
            try (OutputStream out = http.getResponseBody()) {
                out.write(octets);
                out.flush();
                if (stallMillis > 0) {
                    Thread.sleep(stallMillis);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        exchange.start();
        application = at("http://127.0.0.1:" + exchange.getAddress().getPort() + "/r1/listMethods");
        answer = listing(listed(service, null, null));
    }

    @AfterEach
    void stop() {
        exchange.stop(0);
        threads.shutdownNow();
    }

    private static TestApplication at(String address) {
        // After whatever other tests compared.
        Instant now = Rows.of("select to_char(coalesce(max(asked_at), timestamptz '2026-03-02 06:00Z') at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') from access.catalogue_comparison").stream().map(Instant::parse).findFirst().orElseThrow();
        return new TestApplication("TEST", now.plusSeconds(2), Map.of("kopuro.exchange.catalogue.url", address));
    }

    @Test
    void whatIsMissingBecomesATaskOnceAndIsClosedWhenItIsThere() {
        answer = listing();
        ComparisonView first = compare();
        assertEquals(ComparisonOutcome.COMPARED, first.outcome());
        assertEquals("central-server/GOV/70000002/gns-service", asked);
        assertEquals(Set.of("MISSING_IN_EXCHANGE v1"), open());
        assertEquals(0, compare().opened());
        assertEquals(List.of("1"), Rows.of("select count(*) from access.catalogue_task where service_code = ?", service));
        answer = listing(listed(service, "v1", "WSDL"));
        assertTrue(compare().closed() >= 1);
        assertEquals(Set.of(), open());
        answer = listing();
        compare();
        assertEquals(Set.of("MISSING_IN_EXCHANGE v1"), open());
        assertEquals(List.of("2"), Rows.of("select count(*) from access.catalogue_task where service_code = ?", service));
    }

    @Test
    void everyDifferenceIsATaskOfItsOwn() {
        answer = listing(listed(service, "v2", "REST"), listed(service + "x", "v1", null));
        compare();
        assertEquals(Set.of("MISSING_IN_EXCHANGE v1", "MISSING_HERE v2"), open());
        assertEquals(List.of("MISSING_HERE"), Rows.of("select kind from access.catalogue_task where service_code = ?", service + "x"));
        Rows.change("insert into access.catalogue_entry (service_code, revision, description_ru, description_ky, description_en, protocol, owner_unit, at, actor_role) "
                + "values (?, 1, 'x', 'x', 'x', 'SOAP 1.1', 'A unit', now(), 'SYSTEM')", service);
        compare();
        assertEquals(Set.of("MISSING_IN_EXCHANGE v1", "MISSING_HERE v2", "PROTOCOL_DIFFERS REST"), open());
        Discrepancy task = application.with(Comparisons.class, comparisons -> comparisons.tasks(false, 500)).stream()
                .filter(one -> one.service().equals(Optional.of(service))).findFirst().orElseThrow();
        assertEquals("A unit", task.ownerUnit().orElseThrow());
        Rows.change("update access.service set enabled = false, disabled_notice = 'x' where code = ?", service);
        compare();
        assertEquals(Set.of("DISABLED_HERE "), open());
    }

    @Test
    void servedVersionsAreCompared() {
        Contracts.draft(application, service, "v1", Contour.TEST, "");
        VersionView second = Contracts.draft(application, service, "v2", Contour.TEST, "");
        application.run(Versions.class, versions -> versions.apply(VersionEvent.PUBLISH, second.id(), second.contour(), Optional.empty(), Scene.OFFICIAL));
        answer = listing(listed(service, "v1", null));
        compare();
        assertEquals(Set.of("MISSING_IN_EXCHANGE v2"), open());
        answer = listing(listed(service, "v1", null), listed(service, "v2", null), listed(service, "v3", null));
        compare();
        assertEquals(Set.of("MISSING_HERE v3"), open());
    }

    @Test
    void titlesAreComparedWhereTheExchangeHasThem() {
        answer = listing(more(listed(service, "v1", null), "\"titles\":{\"ru\":\"Название\",\"en\":\" Title \"}"));
        compare();
        assertEquals(Set.of(), open());
        answer = listing(more(listed(service, "v1", null), "\"titles\":{\"ru\":\"Название\",\"ky\":\"Башка\",\"en\":\"Another\"}"));
        compare();
        assertEquals(Set.of("TITLE_DIFFERS ky", "TITLE_DIFFERS en"), open());
        for (String nonsense : List.of("\"titles\":\"x\"", "\"titles\":{\"ru\":7}", "\"contract_sha256\":\"abc\"")) {
            answer = listing(more(listed(service, "v1", null), nonsense));
            assertUnusable(ComparisonOutcome.NOT_UNDERSTOOD);
        }
    }

    @Test
    void contractsAreComparedWhereBothSidesHaveThem() {
        String strange = "\"contract_sha256\":\"" + "0".repeat(64) + "\"";
        answer = listing(more(listed(service, "v1", null), strange));
        compare();
        assertEquals(Set.of(), open(), "nothing is published here");
        VersionView published = Contracts.apply(application, VersionEvent.PUBLISH, Contracts.draft(application, service, "v1", Contour.TEST, ""));
        compare();
        assertEquals(Set.of("CONTRACT_DIFFERS v1"), open());
        for (String digest : List.of(published.sha256().orElseThrow(), published.files().get(0).sha256().toUpperCase(Locale.ROOT))) {
            answer = listing(more(listed(service, "v1", null), "\"contract_sha256\":\"" + digest + "\""));
            compare();
            assertEquals(Set.of(), open());
        }
        answer = listing(more(listed(service, null, null), strange));
        compare();
        assertEquals(Set.of("CONTRACT_DIFFERS "), open());
    }

    @Test
    void servicesOfOthersAreNotOurs() {
        answer = listing(listed(service, null, null), listed("strange", null, null).replace("70000002", "70000003"));
        compare();
        assertEquals(Set.of(), open());
        assertEquals(List.of(), Rows.of("select kind from access.catalogue_task where service_code = 'strange'"));
        answer = listing(listed(service, null, null).replace("70000002", "70000003"));
        assertUnusable(ComparisonOutcome.OF_SOMEBODY_ELSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "[]", "{}", "{\"service\":{}}", "{\"service\":[1]}", "{\"service\":[{}]}", "{\"service\":[{\"service_code\":7}]}", "{\"service\":[{\"service_code\":\"\"}]}",
        "<html>Sign in</html>", "{\"service\":[{\"service_code\":\"a\\u0000b\",\"xroad_instance\":\"central-server\"}]}"})
    void nonsenseIsToldAndSaysNothingAboutServices(String nonsense) {
        answer = nonsense;
        assertUnusable(ComparisonOutcome.NOT_UNDERSTOOD);
    }

    @Test
    void nestedNonsenseIsToldToo() {
        answer = "{\"service\":" + "[".repeat(100_000);
        assertUnusable(ComparisonOutcome.NOT_UNDERSTOOD);
    }

    @ParameterizedTest
    @CsvSource({"404", "500", "302", "401"})
    void anotherStatusIsTold(int other) {
        status = other;
        assertUnusable(ComparisonOutcome.REFUSED);
    }

    @Test
    void aLargeAnswerIsToldAndNotKept() {
        answer = "{\"service\":[]}" + " ".repeat(3_000_000);
        assertUnusable(ComparisonOutcome.TOO_LARGE);
    }

    @Test
    void anAnswerThatDoesNotEndIsGivenUp() {
        stallMillis = 20_000;
        Instant before = Clock.systemUTC().instant();
        ExchangeReading reading = new ExchangeCatalogue(application.installation(), SHORT).read(application.installation().exchangeCatalogue().orElseThrow());
        assertEquals(ComparisonOutcome.TIMED_OUT, reading.outcome());
        assertTrue(Duration.between(before, Clock.systemUTC().instant()).compareTo(Duration.ofSeconds(10)) < 0);
    }

    @Test
    void whoDoesNotListenIsTold() {
        exchange.stop(0);
        assertUnusable(ComparisonOutcome.UNREACHABLE);
    }

    @Test
    void aFileIsReadAsWell(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("listMethods.json");
        application = at(file.toUri().toString());
        assertUnusable(ComparisonOutcome.UNREACHABLE);
        Files.writeString(file, listing(listed(service, "v1", "WSDL")));
        assertEquals(ComparisonOutcome.COMPARED, compare().outcome());
        assertEquals(Set.of(), open());
    }

    @Test
    void withoutASourceNothingIsCompared() {
        TestApplication without = new TestApplication("TEST", Scene.NOON);
        assertEquals(CatalogueRefusal.EXCHANGE_CATALOGUE_NOT_SET, assertThrows(Refusal.class, () -> without.with(Comparisons.class, comparisons -> comparisons.compare(Actor.SYSTEM))).code());
        assertFalse(without.with(Comparisons.class, Comparisons::compareIfDue));
        for (String address : List.of("ftp://x/", "listMethods.json")) {
            assertThrows(IllegalArgumentException.class, () -> new TestApplication("TEST", Scene.NOON, Map.of("kopuro.exchange.catalogue.url", address)));
        }
    }

    @Test
    void onceADayItHappensByItself() {
        compare();
        assertFalse(application.with(Comparisons.class, Comparisons::compareIfDue));
        application.clock().advance(Duration.ofHours(24));
        assertTrue(application.with(Comparisons.class, Comparisons::compareIfDue));
        assertFalse(application.with(Comparisons.class, Comparisons::compareIfDue));
    }

    /** Two nodes asked, and the one that asked first is the last to tell. */
    @Test
    void whatWasAskedEarlierSaysNothingMore() {
        Instant earlier = application.clock().instant();
        application.clock().advance(Duration.ofSeconds(10));
        compare();
        application.run(ComparisonRecords.class, records -> records.record(ExchangeReading.of(List.of()), earlier, Actor.SYSTEM));
        assertEquals(Set.of(), open());
    }

    private void assertUnusable(ComparisonOutcome outcome) {
        Set<String> before = open();
        ComparisonView comparison = compare();
        assertEquals(outcome, comparison.outcome());
        assertEquals(before, open());
        assertEquals(List.of("1"), Rows.of("select count(*) from access.catalogue_task where kind = 'SOURCE_UNUSABLE' and closed_at is null"));
        assertEquals(comparison, application.with(Comparisons.class, comparisons -> comparisons.list(1)).get(0));
        assertEquals(List.of(outcome.name()), Rows.of("select content::json->'data'->>'outcome' from ledger.entry where content::json->'record'->>'id' = ?", comparison.id().value().toString()));
    }

    private ComparisonView compare() {
        application.clock().advance(Duration.ofSeconds(1));
        return application.with(Comparisons.class, comparisons -> comparisons.compare(Scene.OFFICIAL));
    }

    private Set<String> open() {
        return Rows.of("select kind || ' ' || version from access.catalogue_task where service_code = ? and closed_at is null", service).stream().collect(Collectors.toSet());
    }

    private static String listing(String... services) {
        return "{\"service\":[" + String.join(",", services) + "]}";
    }

    private static String more(String listed, String members) {
        return listed.substring(0, listed.length() - 1) + "," + members + "}";
    }

    private static String listed(String code, String version, String type) {
        return "{\"object_type\":\"SERVICE\",\"xroad_instance\":\"central-server\",\"member_class\":\"GOV\",\"member_code\":\"70000002\",\"subsystem_code\":\"gns-service\",\"service_code\":\""
                + code + "\"" + (version == null ? "" : ",\"service_version\":\"" + version + "\"") + (type == null ? "" : ",\"service_type\":\"" + type + "\"") + "}";
    }
}
