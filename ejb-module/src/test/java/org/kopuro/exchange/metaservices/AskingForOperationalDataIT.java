package org.kopuro.exchange.metaservices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kopuro.consent.InspectionKind;
import org.kopuro.consent.UsageInspection;
import org.kopuro.consent.UsageLog;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.RepresentedParty;
import org.kopuro.exchange.ServiceAddress;
import org.kopuro.exchange.XRoadClient;
import org.kopuro.exchange.operations.Operation;
import org.kopuro.exchange.operations.OperationLog;
import org.kopuro.exchange.operations.Operations;
import org.kopuro.exchange.operations.ServiceHealth;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** A subsystem asks for operational records by a call, as of a Security Server. */
class AskingForOperationalDataIT {

    private static final String SERVICE = "tpDataByINNforBusinessActivity";

    private static final AtomicInteger DAY = new AtomicInteger(3000);

    /** Each test has a day of its own, in another year than other tests, so that an owner sees these calls alone. */
    private final TestApplication node = new TestApplication("TEST,PRODUCTION", Scene.NOON.plus(Duration.ofDays(DAY.incrementAndGet())));
    private final Instant now = node.clock().instant();
    private final Scene own = new Scene(Contour.TEST, node);
    private final Scene other = new Scene(Contour.TEST, node);

    @BeforeEach
    void call() {
        for (Scene scene : List.of(own, other)) {
            Call call = scene.call(SERVICE, null);
            Answer<?> answer = node.with(TaxServices.class, services -> services.tpDataByINNforBusinessActivity(call, scene.inn.digits()));
            node.run(OperationLog.class, log -> log.ended(new Operation(answer.occurrence(), now, now, Optional.empty(),
                    Optional.of(new Operation.Represented(Optional.of("COM"), scene.participant.memberCode())), new Operation.Size(1, 0), new Operation.Size(2, 0), Optional.empty(), 200)));
        }
        node.run(Operations.class, Operations::write);
        node.clock().advance(Duration.ofSeconds(61));
    }

    private static List<String> parties(Answer<OperationalData> answer) {
        OperationalData data = ((Answer.Disclosed<OperationalData>) answer).value();
        try (JsonReader reader = Json.createReader(new GZIPInputStream(new ByteArrayInputStream(data.gzip())))) {
            List<String> parties = reader.readObject().getJsonArray("records").getValuesAs(JsonObject.class).stream().map(record -> record.getString("representedPartyCode")).toList();
            assertEquals(data.count(), parties.size());
            return parties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer<OperationalData> ask(TestApplication at, Call call, XRoadClient client) {
        return at.with(OperationalMetaservices.class, metaservices -> metaservices.operationalData(call,
                () -> new RecordCriteria(now.minusSeconds(1000), now.plusSeconds(1000), Optional.ofNullable(client), Set.of())));
    }

    private Call asking() {
        return own.call("getSecurityServerOperationalData", null);
    }

    private static XRoadClient member(Scene scene) {
        return new XRoadClient(scene.client().instance(), scene.client().memberClass(), scene.client().memberCode(), "");
    }

    @Test
    void itSeesItsMembersOwnCallsAndNobodyElses() {
        List<String> mine = List.of(own.participant.memberCode());
        Answer<OperationalData> answer = ask(node, asking(), null);
        assertEquals(mine, parties(answer));
        assertEquals(List.of("getSecurityServerOperationalData|DISCLOSED|1"), Rows.of("select concat_ws('|', service_code, outcome, records) from consent.usage where occurrence = ?",
                answer.occurrence()));
        assertEquals(mine, parties(ask(node, asking(), own.client())));
        assertEquals(mine, parties(ask(node, asking(), member(own))));
        assertEquals(List.of(), node.with(UsageLog.class, log -> log.inspectionsOf(own.taxpayer(), Optional.empty(), 10)), "a member's own");
        for (XRoadClient foreign : List.of(other.client(), member(other), new XRoadClient("central-server", "COM", "nobody", "app"),
                new XRoadClient(own.client().instance(), own.client().memberClass(), own.client().memberCode(), "another"))) {
            assertEquals(List.of(), parties(ask(node, asking(), foreign)), foreign::toString);
        }
    }

    @Test
    void theInstallationsOwnMemberSeesEverybodysInItsContour() {
        XRoadClient us = own.client();
        TestApplication ours = new TestApplication("TEST,PRODUCTION", node.clock().instant(), Map.of("kopuro.xroad.member-class", us.memberClass(), "kopuro.xroad.member-code", us.memberCode()));
        assertEquals(us.memberCode(), ours.installation().memberCode());
        assertEquals(Set.of(own.participant.memberCode(), other.participant.memberCode()), new TreeSet<>(parties(ask(ours, toOurselves(), null))));
        assertEquals(List.of(other.participant.memberCode()), parties(ask(ours, toOurselves(), other.client())));
        assertEquals(List.of(), parties(ask(ours, toOurselves(), new XRoadClient("central-server", "COM", "nobody", ""))));
        List<UsageInspection> readings = node.with(UsageLog.class, log -> log.inspectionsOf(other.taxpayer(), Optional.empty(), 10));
        assertTrue(!readings.isEmpty() && readings.stream().allMatch(reading -> reading.kind() == InspectionKind.RECORDS), "whoever was called about reads that it was read");
        assertEquals(List.of("0"), Rows.of("select count(*) from ledger.entry where content::json ->> 'type' = 'consent.usage_inspected' and content like '%nobody%'"));
    }

    private Call toOurselves() {
        Call call = asking();
        return new Call(call.client(), new ServiceAddress(call.client().instance(), call.client().memberClass(), call.client().memberCode(), Optional.empty(),
                "getSecurityServerOperationalData", Optional.empty()), call.messageId(), call.userId(), call.issue(), call.consentToken(), call.credential(), call.remoteAddress());
    }

    @Test
    void whatCannotBeSearchedForIsRefused() {
        Refusal reversed = assertThrows(Refusal.class, () -> node.with(OperationalMetaservices.class, metaservices -> metaservices.operationalData(asking(),
                () -> new RecordCriteria(now, now.minusSeconds(1), Optional.empty(), Set.of()))));
        assertEquals(List.of(MetaserviceRefusal.CRITERIA_INVALID, "recordsTo"), List.of(reversed.code(), reversed.field()));
    }

    @Test
    void healthIsOfOurServices() {
        assertEquals(true, health(Optional.empty()).stream().anyMatch(one -> one.service().equals(SERVICE)));
        assertEquals(true, health(Optional.of(new XRoadClient("central-server", "GOV", "70000002", "gns-service"))).stream().anyMatch(one -> one.service().equals(SERVICE)));
        assertEquals(List.of(), health(Optional.of(own.client())));
    }

    private List<ServiceHealth> health(Optional<XRoadClient> provider) {
        Answer<List<ServiceHealth>> answer = node.with(OperationalMetaservices.class, metaservices -> metaservices.health(own.call("getSecurityServerHealthData", null), () -> provider));
        return assertInstanceOf(Answer.Disclosed.class, answer).value() instanceof List<?> ? ((Answer.Disclosed<List<ServiceHealth>>) answer).value() : List.of();
    }

    @Test
    void theLedgerHoldsAKeyedHashOfWhomTheCallerRepresents() {
        Call call = own.call(SERVICE, null);
        Call representing = new Call(call.client(), call.service(), call.messageId(), call.userId(), call.issue(), Optional.of(new RepresentedParty(Optional.empty(), "23002199000001")),
                Optional.empty(), call.credential(), call.remoteAddress());
        Answer<?> answer = node.with(TaxServices.class, services -> services.tpDataByINNforBusinessActivity(representing, own.inn.digits()));
        assertEquals(List.of("hmac-sha256:|f"), Rows.of("""
                select left(content::json -> 'data' ->> 'representedCode', 12) || '|' || left((strpos(content, '23002199000001') > 0)::text, 1) from ledger.entry where id = ?""", answer.occurrence()));
    }
}
