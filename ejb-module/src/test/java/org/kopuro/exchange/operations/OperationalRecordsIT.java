package org.kopuro.exchange.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Call;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** What the wire saw of each call can be read in X-Road's fields. */
class OperationalRecordsIT {

    private static final String SERVICE = "tpDataByINNforBusinessActivity";

    private final Scene scene = new Scene();
    private final TestApplication node = scene.application;
    private final Instant noon = node.clock().instant();

    @Test
    void holdAllThatIsKnownAndLeaveOutTheRest() {
        Call call = scene.call(SERVICE, null);
        Answer<?> answer = node.with(TaxServices.class, services -> services.tpDataByINNforBusinessActivity(call, scene.inn.digits()));
        ended(new Operation(answer.occurrence(), noon.minusMillis(40), noon, Optional.empty(), new Operation.Size(1234, 0), new Operation.Size(5678, 2), Optional.empty(), 200));
        JsonObject record = later().get(0);
        assertEquals(Set.of("monitoringDataTs", "securityServerType", "requestInTs", "responseOutTs", "clientXRoadInstance", "clientMemberClass", "clientMemberCode", "clientSubsystemCode",
                "serviceXRoadInstance", "serviceMemberClass", "serviceMemberCode", "serviceSubsystemCode", "serviceCode", "serviceVersion", "messageId", "messageUserId", "messageIssue",
                "messageProtocolVersion", "requestSize", "requestAttachmentCount", "responseSize", "responseAttachmentCount", "succeeded", "serviceType", "statusCode"), record.keySet());
        assertEquals("{\"clientMemberCode\":\"" + scene.participant.memberCode() + "\",\"messageId\":\"" + call.messageId() + "\",\"monitoringDataTs\":" + noon.getEpochSecond()
                + ",\"requestInTs\":" + (noon.toEpochMilli() - 40) + ",\"requestSize\":1234,\"responseAttachmentCount\":2,\"responseOutTs\":" + noon.toEpochMilli()
                + ",\"responseSize\":5678,\"serviceCode\":\"" + SERVICE + "\",\"serviceType\":\"WSDL\",\"statusCode\":200,\"succeeded\":true}", sorted(record,
                "clientMemberCode", "messageId", "monitoringDataTs", "requestInTs", "requestSize", "responseAttachmentCount", "responseOutTs", "responseSize", "serviceCode", "serviceType",
                "statusCode", "succeeded"));
    }

    @Test
    void tellARefusalByTheCodeThatTheCallerWasToldAndNeverByItsSentence() {
        Answer<?> refused = node.with(TaxServices.class, services -> services.tpDataByINN(scene.call("tpDataByINN", null), scene.inn.digits()));
        ended(new Operation(refused.occurrence(), noon, noon.plusMillis(1), Optional.of(new Operation.RestCall("GET", "/v1/" + "x".repeat(300))), new Operation.Size(1, 0), new Operation.Size(1, 0),
                Optional.of("Client.ConsentRequired"), 403));
        JsonObject record = later().get(0);
        assertEquals(List.of("Client.ConsentRequired", "CONSENT_REQUIRED", "false", "GET", "OPENAPI3", "403", "255"), List.of(record.getString("faultCode"), record.getString("faultString"),
                record.get("succeeded").toString(), record.getString("restMethod"), record.getString("serviceType"), record.get("statusCode").toString(),
                String.valueOf(record.getString("restPath").length())));
    }

    @Test
    void haveTheFieldsThatAreAskedFor() {
        ended(call(), 1);
        node.clock().advance(Duration.ofMinutes(2));
        assertEquals(List.of("{\"serviceCode\": \"" + SERVICE + "\"}"), texts(new OperationFilter(Contour.TEST, noon, noon.plusSeconds(60), Optional.of(scene.participant.id()), Optional.empty(),
                Set.of("serviceCode", "xRoadVersion")), 10));
        assertEquals(InputRefusal.FIELD_INVALID, assertThrows(Refusal.class,
                () -> new OperationFilter(Contour.TEST, noon, noon, Optional.empty(), Optional.empty(), Set.of("password"))).code());
        assertEquals(InputRefusal.FIELD_INVALID, assertThrows(Refusal.class,
                () -> new OperationFilter(Contour.TEST, noon, noon.minusSeconds(1), Optional.empty(), Optional.empty(), Set.of())).code());
    }

    @Test
    void areWithheldForAMinute() {
        ended(call(), 1);
        node.clock().advance(Duration.ofSeconds(59));
        assertEquals(List.of(), records());
        node.clock().advance(Duration.ofSeconds(1));
        assertEquals(1, records().size());
    }

    @Test
    void arePagedByWholeSecondsSoThatWhoeverGoesOnMissesNone() {
        for (int second = 0; second < 3; second++) {
            for (int i = 0; i < 2; i++) {
                ended(call(), 1);
            }
            node.clock().advance(Duration.ofSeconds(1));
        }
        node.clock().advance(Duration.ofMinutes(2));
        List<String> all = new ArrayList<>();
        List<Integer> pages = new ArrayList<>();
        Optional<Instant> from = Optional.of(noon);
        while (from.isPresent()) {
            OperationFilter filter = filter(from.get(), scene.participant.id());
            Operations.Page page = node.with(Operations.class, operations -> operations.read(filter, 3, all::add));
            pages.add(page.count());
            from = page.next();
        }
        assertEquals(List.of(4, 2), pages);
        assertEquals(6, Set.copyOf(all).size());
    }

    @Test
    void areThoseOfTheContourAndOfTheParticipantAskedFor() {
        ended(call(), 1);
        node.clock().advance(Duration.ofMinutes(2));
        assertEquals(List.of(), texts(new OperationFilter(Contour.PRODUCTION, noon, noon, Optional.of(scene.participant.id()), Optional.empty(), Set.of()), 10));
        assertEquals(List.of(), texts(filter(noon, new ParticipantId(UUID.randomUUID())), 10));
        assertEquals(List.of(), texts(new OperationFilter(Contour.TEST, noon, noon, Optional.of(scene.participant.id()), Optional.of("another"), Set.of()), 10));
        assertEquals(1, texts(new OperationFilter(Contour.TEST, noon, noon, Optional.of(scene.participant.id()), Optional.of(scene.subsystem.code()), Set.of()), 10).size());
    }

    @Test
    void areWrittenOnceAndOnlyOfRecordedCalls() {
        Answer<?> answer = call();
        ended(answer, 1);
        ended(answer, 1);
        node.run(OperationLog.class, log -> log.ended(operation(UUID.randomUUID(), 1, Optional.empty())));
        node.run(Operations.class, Operations::write);
        node.clock().advance(Duration.ofMinutes(2));
        assertEquals(1, records().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 30})
    void areKeptAsLongAsTheInstallationSays(int days) {
        ended(call(), 1);
        TestApplication keeper = new TestApplication("TEST,PRODUCTION", noon.plus(Duration.ofDays(days)), Map.of("kopuro.operations.retention-days", String.valueOf(days)));
        forget(keeper);
        assertEquals("1", kept());
        keeper.clock().advance(Duration.ofSeconds(1));
        forget(keeper);
        assertEquals("0", kept());
    }

    @Test
    void cannotBeKeptForeverOrForNoTime() {
        for (String days : List.of("0", "367", "-1")) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> new TestApplication("TEST", noon, Map.of("kopuro.operations.retention-days", days))).getMessage()
                    .contains("between 1 and 366"));
        }
    }

    @Test
    void sayHowAServiceFares() {
        TestApplication later = new TestApplication("TEST,PRODUCTION", noon.plus(Duration.ofDays(4000)));
        Scene then = new Scene(Contour.TEST, later);
        Instant now = later.clock().instant();
        List<Integer> millis = List.of(10, 20, 30);
        for (int one : millis) {
            Answer<?> answer = later.with(TaxServices.class, services -> services.tpDataByINNforBusinessActivity(then.call(SERVICE, null), then.inn.digits()));
            later.run(OperationLog.class, log -> log.ended(new Operation(answer.occurrence(), now.minusMillis(one), now, Optional.empty(), new Operation.Size(100, 0),
                    new Operation.Size(one, 0), Optional.empty(), 200)));
        }
        Answer<?> refused = later.with(TaxServices.class, services -> services.tpDataByINNforBusinessActivity(then.call(SERVICE, null), "23002198099999"));
        later.run(OperationLog.class, log -> log.ended(new Operation(refused.occurrence(), now, now.plusSeconds(5), Optional.empty(), new Operation.Size(9, 0), new Operation.Size(9, 0),
                Optional.of("Client.TaxpayerUnknown"), 500)));
        Answer<?> said = later.with(TaxServices.class, services -> services.tpDataByINNforBusinessActivity(then.call(SERVICE, null), "23002198099999"));
        later.run(OperationLog.class, log -> log.ended(new Operation(said.occurrence(), now, now.plusSeconds(6), Optional.empty(), new Operation.Size(9, 0), new Operation.Size(9, 0),
                Optional.empty(), 200)));
        byte[] known = then.call(SERVICE, null).credential().thumbprint();
        UUID failed = UUID.randomUUID();
        for (FailedCall each : List.of(new FailedCall(failed, known, SERVICE, now.plusSeconds(1)), new FailedCall(failed, known, SERVICE, now.plusSeconds(1)),
                new FailedCall(UUID.randomUUID(), new byte[32], SERVICE, now.plusSeconds(7)), new FailedCall(UUID.randomUUID(), known, "noSuchService", now.plusSeconds(7)))) {
            later.run(OperationLog.class, log -> log.failed(each));
        }
        later.run(Operations.class, Operations::write);
        ServiceHealth health = health(later);
        assertEquals(new ServiceHealth(SERVICE, Optional.of(now), Optional.of(now.plusSeconds(1)), Duration.ofMinutes(10), 3, 1, Optional.of(new ServiceHealth.Spread(10, 20, 30, health.duration().get().deviation())),
                Optional.of(new ServiceHealth.Spread(100, 100, 100, 0)), Optional.of(new ServiceHealth.Spread(10, 20, 30, health.responseSize().get().deviation()))), health);
        assertEquals(8.165, health.duration().get().deviation(), 0.001);
        later.clock().advance(Duration.ofMinutes(11));
        assertEquals(new ServiceHealth(SERVICE, Optional.of(now), Optional.of(now.plusSeconds(1)), Duration.ofMinutes(10), 0, 0, Optional.empty(), Optional.empty(), Optional.empty()), health(later));
        assertFalse(later.with(Operations.class, operations -> operations.health(Contour.PRODUCTION)).stream().anyMatch(one -> one.lastSuccess().equals(Optional.of(now))));
    }

    @Test
    void sayHowLongStopsTookOnAllNodesTogether() {
        Instant then = noon.plus(Duration.ofDays(5000));
        TestApplication here = new TestApplication("TEST,PRODUCTION", then);
        TestApplication there = new TestApplication("TEST,PRODUCTION", then);
        for (int millis = 1; millis <= 100; millis++) {
            Stop stop = new Stop(Contour.TEST, StopKind.FREEZE, then, millis * 10);
            (millis % 2 == 0 ? here : there).run(OperationLog.class, log -> log.stopped(stop));
        }
        here.run(OperationLog.class, log -> log.stopped(new Stop(Contour.TEST, StopKind.PAUSE, then, 4000)));
        here.run(OperationLog.class, log -> log.stopped(new Stop(Contour.PRODUCTION, StopKind.FREEZE, then, 1)));
        here.run(Operations.class, Operations::write);
        there.run(Operations.class, Operations::write);
        assertEquals(List.of(new StopTimes(StopKind.FREEZE, 100, 500, 990, 1000, 10, 30, 100, 100), new StopTimes(StopKind.PAUSE, 1, 4000, 4000, 4000, 0, 0, 0, 0)),
                here.with(Operations.class, operations -> operations.stopTimes(Contour.TEST, 1)));
        assertEquals(InputRefusal.FIELD_INVALID, assertThrows(Refusal.class, () -> here.with(Operations.class, operations -> operations.stopTimes(Contour.TEST, 0))).code());
        here.clock().advance(Duration.ofDays(8));
        forget(here);
        assertEquals(List.of(), here.with(Operations.class, operations -> operations.stopTimes(Contour.TEST, 366)));
    }

    private static ServiceHealth health(TestApplication node) {
        return node.with(Operations.class, operations -> operations.health(Contour.TEST)).stream().filter(one -> one.service().equals(SERVICE)).findFirst().orElseThrow();
    }

    private static void forget(TestApplication keeper) {
        while (keeper.with(Operations.class, Operations::forget) == Operations.FORGOTTEN_AT_ONCE) {
            Thread.onSpinWait();
        }
    }

    private String kept() {
        return Rows.of("select count(*) from exchange.operation where subsystem_id = ?", scene.subsystem.id().value()).get(0);
    }

    private Answer<?> call() {
        return node.with(TaxServices.class, services -> services.tpDataByINNforBusinessActivity(scene.call(SERVICE, null), scene.inn.digits()));
    }

    private void ended(Answer<?> answer, int millis) {
        ended(operation(answer.occurrence(), millis, Optional.empty()));
    }

    private void ended(Operation operation) {
        node.run(OperationLog.class, log -> log.ended(operation));
        node.run(Operations.class, Operations::write);
    }

    private Operation operation(UUID occurrence, int millis, Optional<String> fault) {
        Instant now = node.clock().instant();
        return new Operation(occurrence, now.minusMillis(millis), now, Optional.empty(), new Operation.Size(1, 0), new Operation.Size(1, 0), fault, 200);
    }

    private List<JsonObject> later() {
        node.clock().advance(Duration.ofMinutes(2));
        return records();
    }

    private List<JsonObject> records() {
        return texts(filter(noon, scene.participant.id()), 100).stream().map(OperationalRecordsIT::json).toList();
    }

    private static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private static String sorted(JsonObject record, String... fields) {
        List<String> members = new ArrayList<>();
        new TreeSet<>(List.of(fields)).forEach(field -> members.add("\"" + field + "\":" + record.get(field)));
        return "{" + String.join(",", members) + "}";
    }

    private OperationFilter filter(Instant from, ParticipantId participant) {
        return new OperationFilter(Contour.TEST, from, noon.plus(Duration.ofMinutes(5)), Optional.of(participant), Optional.empty(), Set.of());
    }

    private List<String> texts(OperationFilter filter, int most) {
        List<String> records = new ArrayList<>();
        node.with(Operations.class, operations -> operations.read(filter, most, records::add));
        return records;
    }
}
