package org.kopuro.access.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.kopuro.consent.ConsentRefusal;
import org.kopuro.exchange.Answer;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** Calls, disclosures, refusals by cause, latency and volume, by hours (ACC-95). */
class CountingUseIT {

    private static final String SERVICE = "tpDataByINNforBusinessActivity";
    private static final Instant HOUR = Instant.parse("2026-03-02T06:00:00Z");

    private final Scene scene = new Scene();
    private final TestApplication node = scene.application;

    @Test
    void callsOfAnHourAddUpByOutcome() {
        ended(call(SERVICE, scene.inn.digits()), 90, 1000, 2000);
        ended(call(SERVICE, scene.inn.digits()), 301, 1000, 3000);
        ended(call(SERVICE, "23002198099999"), 5000, 1, 2);
        node.run(MonitoringRound.class, MonitoringRound::count);
        ended(call(SERVICE, scene.inn.digits()), 1000, 1, 1);
        ended(ask("tpDataByINN"), 3000, 1, 1);
        node.clock().advance(Duration.ofHours(1));
        ended(call(SERVICE, scene.inn.digits()), 1, 1, 1);
        node.run(MonitoringRound.class, MonitoringRound::count);
        assertEquals(List.of("06:00 tpDataByINN " + ConsentRefusal.CONSENT_REQUIRED + " 1 3000 3000 0 0 0 1 1 1",
                "06:00 " + SERVICE + " DISCLOSED 3 1391 1000 1 1 3 3 2001 5001", "06:00 " + SERVICE + " TAXPAYER_UNKNOWN 1 5000 5000 0 0 0 0 1 2", "07:00 " + SERVICE + " DISCLOSED 1 1 1 1 1 1 1 1 1"), counted());
    }

    @Test
    void aFloodOfDifferentRefusalsFillsOneRowForEachCauseAndNoneForEachInventedService() {
        for (int i = 0; i < 30; i++) {
            String invented = "invented" + i;
            ended(node.with(TaxServices.class, services -> services.tpDataByINN(scene.call(invented, null), scene.inn.digits())), 1, 1, 1);
        }
        for (String inn : List.of("", "1", "x", "99999999999999", "23202198000001")) {
            ended(call(SERVICE, inn), 1, 1, 1);
        }
        node.run(MonitoringRound.class, MonitoringRound::count);
        List<String> rows = counted();
        assertEquals(true, rows.contains("06:00 - SERVICE_UNKNOWN 30 30 1 30 30 30 30 30 30"), rows.toString());
        assertEquals(6, rows.size(), rows.toString());
    }

    @Test
    void twoNodesAddToTheSameHourAtTheSameTime() throws Exception {
        TestApplication other = new TestApplication("TEST,PRODUCTION", Scene.NOON);
        List<UUID> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(call(SERVICE, i % 2 == 0 ? scene.inn.digits() : "23002198099999").occurrence());
        }
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            List<Callable<Void>> work = List.of(() -> countOneByOne(node, calls), () -> countOneByOne(other, reversed(calls)));
            for (Future<Void> done : nodes.invokeAll(work)) {
                done.get();
            }
        } finally {
            nodes.shutdown();
        }
        assertEquals(List.of("06:00 " + SERVICE + " DISCLOSED 20 20 1 20 20 20 20 20 20", "06:00 " + SERVICE + " TAXPAYER_UNKNOWN 20 20 1 20 20 20 20 20 20"), counted());
    }

    private static Void countOneByOne(TestApplication on, List<UUID> calls) {
        for (UUID call : calls) {
            on.run(CallMeter.class, meter -> meter.ended(call, 1_000_000, 1, 1));
            on.run(MonitoringRound.class, MonitoringRound::count);
        }
        return null;
    }

    private static List<UUID> reversed(List<UUID> calls) {
        List<UUID> reversed = new ArrayList<>(calls);
        Collections.reverse(reversed);
        return reversed;
    }

    @Test
    void aCallWithoutARecordIsNotCounted() {
        node.run(CallMeter.class, meter -> meter.ended(UUID.randomUUID(), 1, 1, 1));
        node.run(MonitoringRound.class, MonitoringRound::count);
        assertEquals(List.of(), counted());
    }

    @Test
    void anyoneReadsPageByPageAndWithinBounds() {
        ended(call(SERVICE, scene.inn.digits()), 1, 1, 1);
        ended(call(SERVICE, "23002198099999"), 1, 1, 1);
        node.run(MonitoringRound.class, MonitoringRound::count);
        List<UseView> first = list(filter(Optional.of(SERVICE)), Optional.empty(), 1);
        assertEquals(1, first.size());
        assertEquals(1, list(filter(Optional.of(SERVICE)), Optional.of(first.get(0).number()), 10).size());
        assertEquals(List.of(), list(filter(Optional.of("headcount")), Optional.empty(), 10));
        assertEquals(List.of(), list(new UseFilter(Contour.PRODUCTION, HOUR, HOUR.plusSeconds(3600), Optional.of(scene.participant.id()), Optional.empty()), Optional.empty(), 10));
        assertEquals(List.of(), list(new UseFilter(Contour.TEST, HOUR.plusSeconds(3600), HOUR.plusSeconds(7200), Optional.of(scene.participant.id()), Optional.empty()), Optional.empty(), 10));
        assertEquals(List.of(), list(new UseFilter(Contour.TEST, HOUR, HOUR.plusSeconds(1), Optional.of(new ParticipantId(UUID.randomUUID())), Optional.empty()), Optional.empty(), 10));
        assertEquals(InputRefusal.FIELD_INVALID, assertThrows(Refusal.class, () -> new UseFilter(Contour.TEST, HOUR, HOUR, Optional.empty(), Optional.empty())).code());
        assertEquals(InputRefusal.FIELD_INVALID, assertThrows(Refusal.class,
                () -> new UseFilter(Contour.TEST, HOUR, HOUR.plus(Duration.ofDays(93)), Optional.empty(), Optional.empty())).code());
    }

    private List<UseView> list(UseFilter filter, Optional<Long> after, int limit) {
        return node.with(Uses.class, uses -> uses.list(filter, after, limit));
    }

    private UseFilter filter(Optional<String> service) {
        return new UseFilter(Contour.TEST, HOUR, HOUR.plusSeconds(3600), Optional.of(scene.participant.id()), service);
    }

    private Answer<?> call(String service, String inn) {
        return node.with(TaxServices.class, services -> services.tpDataByINNforBusinessActivity(scene.call(service, null), inn));
    }

    private Answer<?> ask(String service) {
        return node.with(TaxServices.class, services -> services.tpDataByINN(scene.call(service, null), scene.inn.digits()));
    }

    private void ended(Answer<?> answer, int millis, int in, int out) {
        node.run(CallMeter.class, meter -> meter.ended(answer.occurrence(), millis * 1_000_000L + 999_999, in, out));
    }

    private List<String> counted() {
        return Rows.of("""
                select concat_ws(' ', to_char(hour at time zone 'UTC', 'HH24:MI'), coalesce(service_code, '-'), outcome, calls, latency_ms, latency_ms_max, within_100_ms, within_300_ms,
                       within_1_s, within_3_s, octets_in, octets_out)
                  from access.service_use where subsystem_id = ? order by hour, service_code, outcome""", scene.subsystem.id().value());
    }
}
