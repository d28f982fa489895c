package org.kopuro.exchange.closures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.monitoring.Uses;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.Credential;
import org.kopuro.exchange.ExchangeRefusal;
import org.kopuro.exchange.IdentityRefusal;
import org.kopuro.exchange.metaservices.Metaservices;
import org.kopuro.exchange.metaservices.Protocol;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** An official closes a contour, or one service of it: the next call is told so, wherever it arrives. */
class ClosingTheExchangeIT {

    private static final String SERVICE = "tpDataByINNforBusinessActivity";
    private static final Actor OWNER = Actor.of(UUID.fromString("00000000-0000-4000-8000-000000000009"), "SERVICE_OWNER");
    private static final Map<Language, String> NOTICE = Map.of(Language.RU, "до полудня", Language.KY, "түшкө чейин", Language.EN, "until noon {0}");

    private static final AtomicInteger DAY = new AtomicInteger(4100);

    /** Each test has a day of its own, in another year than other tests: what is closed here is so for everybody. */
    private final TestApplication node = new TestApplication("TEST,PRODUCTION", Scene.NOON.plus(Duration.ofDays(DAY.incrementAndGet())));
    private final Instant now = node.clock().instant();
    private final Scene scene = new Scene(Contour.TEST, node);
    private final List<UUID> closed = new ArrayList<>();

    @AfterEach
    void openWhatIsLeft() {
        for (UUID id : closed) {
            try {
                node.with(Closures.class, closures -> closures.open(id, Contour.TEST, "after a test", OWNER));
            } catch (Refusal open) {
                assertEquals(ClosureRefusal.OPEN_ALREADY, open.code());
            }
        }
    }

    private ClosureView close(String service, Instant from, Instant until) {
        ClosureView closure = node.with(Closures.class, closures -> closures.close(
                new NewClosure(Optional.ofNullable(service), NOTICE, Optional.ofNullable(from), Optional.ofNullable(until), "a disk is full"), Contour.TEST, OWNER));
        closed.add(closure.id());
        return closure;
    }

    private ClosureView open(ClosureView closure) {
        return node.with(Closures.class, closures -> closures.open(closure.id(), Contour.TEST, "the disk is empty", OWNER));
    }

    private static Answer<?> ask(TestApplication at, Call call) {
        return at.with(TaxServices.class, services -> services.tpDataByINNforBusinessActivity(call, "23002198099998"));
    }

    /** The code of the refusal of a service called now, or of the question, which comes last. */
    private RefusalCode outcome(String service) {
        Answer<?> answer = service.equals(SERVICE) ? ask(node, scene.call(SERVICE, null))
                : node.with(TaxServices.class, services -> services.headcount(scene.call("headcount", null), scene.inn.digits(), "2026-01", "2026-01"));
        return answer instanceof Answer.Refused<?> refused ? refused.refusal().code() : null;
    }

    @Test
    void whatASwitchedOffCallIsToldIsKnownToWhoeverCountsErrors() {
        assertEquals(Set.of(ExchangeRefusal.MAINTENANCE_MODE.name(), AccessRefusal.SERVICE_DISABLED.name(), AccessRefusal.SERVICE_UNAVAILABLE_PLANNED.name()), Set.copyOf(Uses.SWITCHED_OFF));
    }

    @Test
    void aClosedContourTakesNoCallOnAnyNodeUntilSomebodyOpens() {
        RefusalCode usual = outcome(SERVICE);
        ClosureView closure = close(null, null, null);
        assertTrue(closure.isOn(now));
        Answer.Refused<?> refused = (Answer.Refused<?>) ask(new TestApplication("TEST,PRODUCTION", now), scene.call(SERVICE, null));
        assertEquals(ExchangeRefusal.MAINTENANCE_MODE, refused.refusal().code());
        assertTrue(refused.refusal().sentence(Language.KY).endsWith(": түшкө чейин"), refused.refusal().sentence(Language.KY));
        assertTrue(refused.refusal().sentence(Language.EN).endsWith(": until noon {0}"), "a notice is no pattern");
        assertEquals(Optional.empty(), refused.refusal().retryAfter(), "nobody knows when");
        assertTrue(refused.established(), "a participant's own: in its log");
        assertEquals(List.of("MAINTENANCE_MODE"), Rows.of("select outcome from consent.usage where occurrence = ?", refused.occurrence()));
        Answer<?> list = node.with(Metaservices.class, metaservices -> metaservices.listMethods(scene.call("listMethods", null), Protocol.SOAP, List.of()));
        assertEquals(ExchangeRefusal.MAINTENANCE_MODE, ((Answer.Refused<?>) list).refusal().code(), "the exchange's own services, too");
        Call own = scene.call(SERVICE, null);
        Call stranger = new Call(own.client(), own.service(), own.messageId(), own.userId(), own.issue(), own.consentToken(),
                Credential.signature(Scene.freshDigest(), Scene.freshDigest()), own.remoteAddress());
        assertEquals(IdentityRefusal.CERTIFICATE_UNKNOWN, ((Answer.Refused<?>) ask(node, stranger)).refusal().code(), "a stranger is told nothing");
        scene.apply(ConnectionEvent.SUSPEND);
        assertEquals(ExchangeRefusal.MAINTENANCE_MODE, outcome(SERVICE), "nobody's rights are looked at");
        scene.apply(ConnectionEvent.RESTORE);

        assertEquals(now, open(closure).opened().orElseThrow().at());
        assertEquals(usual, outcome(SERVICE));
        assertEquals(List.of("exchange.closed", "exchange.opened"), Rows.of(
                "select content::json ->> 'type' from ledger.entry where record_id = ? order by content::json ->> 'type'", closure.id()));
    }

    @Test
    void theOtherContourStaysOpen() {
        Scene production = new Scene(Contour.PRODUCTION, node);
        close(null, null, null);
        Answer<?> answer = ask(node, production.call(SERVICE, null));
        assertTrue(!(answer instanceof Answer.Refused<?> refused) || refused.refusal().code() != ExchangeRefusal.MAINTENANCE_MODE);
    }

    @Test
    void aClosedServiceIsDisabledToWhoeverMayCallItAndTheOthersGoOn() {
        RefusalCode usual = outcome("headcount");
        close(SERVICE, null, now.plus(Duration.ofHours(2)));
        Refusal refusal = ((Answer.Refused<?>) ask(node, scene.call(SERVICE, null))).refusal();
        assertEquals(AccessRefusal.SERVICE_DISABLED, refusal.code());
        assertTrue(refusal.sentence(Language.RU).endsWith(": до полудня"), refusal.sentence(Language.RU));
        assertEquals(Optional.of(now.plus(Duration.ofHours(2))), refusal.retryAfter());
        assertEquals(usual, outcome("headcount"));
        close(null, null, null);
        assertEquals(ExchangeRefusal.MAINTENANCE_MODE, outcome(SERVICE), "the contour is told first");
        closed.forEach(id -> node.with(Closures.class, closures -> closures.open(id, Contour.TEST, "in a test", OWNER)));
        scene.apply(ConnectionEvent.SUSPEND);
        close(SERVICE, null, null);
        assertEquals(AccessRefusal.PARTICIPANT_SUSPENDED, outcome(SERVICE), "who may not call is told that");
    }

    @Test
    void aClosureBeginsAndEndsAtItsHour() {
        RefusalCode usual = outcome(SERVICE);
        close(SERVICE, now.plusSeconds(60), now.plusSeconds(120));
        List<RefusalCode> seen = new ArrayList<>();
        for (int seconds : List.of(59, 60, 119, 120)) {
            node.clock().set(now.plusSeconds(seconds));
            seen.add(outcome(SERVICE));
        }
        assertEquals(Arrays.asList(usual, AccessRefusal.SERVICE_DISABLED, AccessRefusal.SERVICE_DISABLED, usual), seen);
    }

    @Test
    void theSameIsNotClosedTwiceAtOnce() {
        ClosureView first = close(SERVICE, null, now.plusSeconds(100));
        assertEquals(ClosureRefusal.CLOSED_ALREADY, refused(() -> close(SERVICE, now.plusSeconds(99), null)).code());
        close(SERVICE, now.plusSeconds(100), now.plusSeconds(200));
        open(first);
        assertEquals(ClosureRefusal.OPEN_ALREADY, refused(() -> open(first)).code());
        close(SERVICE, null, now.plusSeconds(100));
        ClosureView ahead = close("headcount", now.plusSeconds(10), now.plusSeconds(20));
        open(ahead);
        node.clock().set(now.plusSeconds(15));
        assertTrue(outcome("headcount") != AccessRefusal.SERVICE_DISABLED, "what was opened before it began never begins");
        ClosureView brief = close("headcount", null, now.plusSeconds(30));
        node.clock().set(now.plusSeconds(30));
        assertEquals(ClosureRefusal.OPEN_ALREADY, refused(() -> open(brief)).code(), "it is over");
    }

    @Test
    void whatCannotBeClosedIsRefused() {
        assertEquals(AccessRefusal.SERVICE_UNKNOWN, refused(() -> close("noSuchService", null, null)).code());
        assertEquals("from", refused(() -> close(SERVICE, now.minusMillis(1), null)).field());
        assertEquals("until", refused(() -> close(SERVICE, null, now)).field());
        assertEquals("until", refused(() -> close(SERVICE, null, now.plus(Duration.ofDays(31)).plusMillis(1))).field());
        Map<Language, String> two = new HashMap<>(NOTICE);
        two.remove(Language.KY);
        Refusal refusal = refused(() -> new NewClosure(Optional.empty(), two, Optional.empty(), Optional.empty(), "a disk is full"));
        assertEquals(List.of(InputRefusal.FIELD_MISSING, "notice.ky"), List.of(refusal.code(), refusal.field()));
        two.put(Language.KY, "x".repeat(501));
        assertEquals(InputRefusal.FIELD_TOO_LONG, refused(() -> new NewClosure(Optional.empty(), two, Optional.empty(), Optional.empty(), "a disk is full")).code());
        ClosureView closure = close(SERVICE, null, null);
        assertEquals(InputRefusal.NOT_FOUND, refused(() -> node.with(Closures.class, closures -> closures.open(closure.id(), Contour.PRODUCTION, "of another contour", OWNER))).code());
    }

    @Test
    void whatWasClosedIsNotEdited() {
        ClosureView closure = close(SERVICE, null, now.plusSeconds(100));
        assertThrows(IllegalStateException.class, () -> Rows.change("update exchange.closure set during = 'empty' where id = ?", closure.id()));
        assertThrows(IllegalStateException.class, () -> Rows.change("delete from exchange.closure where id = ?", closure.id()));
        open(closure);
        assertThrows(IllegalStateException.class, () -> Rows.change("update exchange.closure_end set reason = 'another' where closure_id = ?", closure.id()));
        assertEquals(closure.id(), node.with(Closures.class, closures -> closures.list(Contour.TEST, Optional.empty(), 1)).get(0).id());
    }

    private static Refusal refused(Executable work) {
        return assertThrows(Refusal.class, work);
    }
}
