package org.kopuro.consent.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.consent.IssuedToken;
import org.kopuro.consent.TokenDates;
import org.kopuro.consent.Tokens;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.SubsystemId;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** A participant is told what became of the consents that it holds, by pushing to a server that is down half of the time, and by fetching: CON-55, CON-120 to CON-122. */
class ToldOfConsentsIT {

    private final Scene scene = new Scene();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private volatile int answer = 202;
    private volatile Doing beforeAnswer = () -> { };
    private final HttpServer server = server();

    private interface Doing {
        void run() throws InterruptedException;
    }

    private HttpServer server() {
        try {
            // What other tests left has no callback, or one that nobody answers at any more.
            Rows.change("delete from consent.callback");
            HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            listening.createContext("/events", exchange -> {
                received.add(exchange.getRequestHeaders().getFirst("Content-Type") + " " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                try {
                    beforeAnswer.run();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                exchange.sendResponseHeaders(answer, -1);
                exchange.close();
            });
            listening.start();
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket beginAnAnswer(ServerSocket endless) {
        try {
            Socket connection = endless.accept();
            connection.getOutputStream().write("HTTP/1.1 202 Accepted\r\nContent-Length: 10\r\n\r\nabc".getBytes(StandardCharsets.US_ASCII));
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anEventIsPushedOnceSignedWithAPublishedKeyAndWithoutTheToken() throws Exception {
        listen();
        IssuedToken token = scene.token();
        deactivate(token);
        assertEquals(1, turn());
        assertEquals(0, turn());
        assertEquals(1, received.size());
        assertTrue(received.get(0).startsWith("application/secevent+jwt "), received.get(0));
        SignedJWT set = SignedJWT.parse(received.get(0).substring("application/secevent+jwt ".length()));
        JWK key = JWKSet.parse(scene.application.with(PublishedKeys.class, PublishedKeys::json)).getKeyByKeyId(set.getHeader().getKeyID());
        assertTrue(set.verify(new ECDSAVerifier(key.toECKey())));
        assertEquals("secevent+jwt", set.getHeader().getType().getType());
        JWTClaimsSet claims = set.getJWTClaimsSet();
        assertEquals(List.of(scene.client().toString()), claims.getAudience());
        assertEquals(Map.of("format", "opaque", "id", token.token().id().value().toString()), claims.getJSONObjectClaim("sub_id"));
        Map<String, Object> told = map(claims.getJSONObjectClaim("events").get("urn:kopuro:consent:revoked"));
        assertEquals("TAXPAYER", told.get("cause"));
        assertEquals(scene.inn.digits(), told.get("inn"));
        assertEquals(1L, told.get("sequence"));
        assertFalse(set.getPayload().toString().contains(token.text()) || set.getPayload().toString().contains(token.token().lastFour()));
        assertTrue(events(0).get(0).acknowledgedAt().isPresent());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object json) {
        return (Map<String, Object>) json;
    }

    @Test
    void everyStopAndEveryReturnIsTold() {
        IssuedToken token = scene.token();
        change(tokens -> tokens.freeze(scene.taxpayer(), token.token().id(), Scene.TAXPAYER));
        change(tokens -> tokens.unfreeze(scene.taxpayer(), token.token().id(), Scene.TAXPAYER));
        change(tokens -> tokens.pauseAll(scene.taxpayer(), Scene.TAXPAYER));
        change(tokens -> tokens.resumeAll(scene.taxpayer(), Scene.TAXPAYER));
        scene.application.clock().advance(Duration.ofDays(31));
        scene.application.run(TokenDates.class, TokenDates::look);
        assertEquals(List.of("1 FROZEN", "2 UNFROZEN", "3 FROZEN", "4 UNFROZEN", "5 EXPIRED"), events(0).stream().map(event -> event.sequence() + " " + event.kind()).toList());
        assertEquals(List.of("4 UNFROZEN", "5 EXPIRED"), events(3).stream().map(event -> event.sequence() + " " + event.kind()).toList());
    }

    @Test
    void aDisconnectionIsToldForEachConsent() {
        Set<UUID> tokens = Set.of(scene.token().token().id().value(), scene.token().token().id().value());
        scene.apply(ConnectionEvent.DISCONNECT);
        List<ConsentEventView> events = events(0);
        assertEquals(tokens, new HashSet<>(events.stream().map(ConsentEventView::consent).toList()));
        assertEquals(Set.of("PARTICIPANT_DISCONNECTED"), new HashSet<>(events.stream().map(event -> event.cause().orElseThrow()).toList()));
    }

    @Test
    void aRolledBackChangeTellsNobody() {
        IssuedToken token = scene.token();
        assertThrows(IllegalStateException.class, () -> scene.application.run(Tokens.class, tokens -> {
            tokens.deactivate(scene.taxpayer(), token.token().id(), Scene.TAXPAYER);
            throw new IllegalStateException("changed its mind");
        }));
        assertEquals(List.of(), events(0));
    }

    @Test
    void aServerThatIsDownHalfOfTheTimeGetsEverything() throws Exception {
        listen();
        Set<UUID> sent = new HashSet<>();
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            IssuedToken token = scene.token();
            change(tokens -> tokens.deactivate(scene.taxpayer(), token.token().id(), Scene.TAXPAYER));
            order.add(token.token().id().value().toString());
            answer = i % 2 == 0 ? 503 : 202;
            turn();
            scene.application.clock().advance(Duration.ofHours(7));
        }
        answer = 202;
        turn();
        for (String each : received) {
            sent.add(UUID.fromString((String) SignedJWT.parse(each.split(" ")[1]).getJWTClaimsSet().getJSONObjectClaim("sub_id").get("id")));
        }
        assertEquals(new HashSet<>(order), new HashSet<>(sent.stream().map(UUID::toString).toList()));
        assertTrue(events(0).stream().allMatch(event -> event.acknowledgedAt().isPresent()));
    }

    @Test
    void oneAttemptShowsForAllThatIsDueThatAServerIsDown() {
        listen();
        for (int i = 0; i < 3; i++) {
            deactivate(scene.token());
        }
        answer = 500;
        assertEquals(0, turn());
        assertEquals(0, turn());
        assertEquals(1, received.size());
        scene.application.clock().advance(Duration.ofMinutes(1));
        answer = 202;
        assertEquals(3, turn());
    }

    /** Its body never comes; the others' servers answer. */
    @Test
    void aServerThatNeverEndsItsAnswerHoldsUpNobody() throws Exception {
        Scene another = new Scene(Contour.TEST, scene.application);
        try (ServerSocket endless = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Socket> accepted = CompletableFuture.supplyAsync(() -> beginAnAnswer(endless));
            scene.application.run(Callbacks.class, callbacks -> callbacks.register(another.subsystem.id(), Contour.TEST, "http://127.0.0.1:" + endless.getLocalPort() + "/", Scene.OFFICIAL));
            listen();
            deactivate(scene.token());
            IssuedToken theirs = another.token();
            change(tokens -> tokens.deactivate(another.taxpayer(), theirs.token().id(), Scene.TAXPAYER));
            assertEquals(1, assertTimeoutPreemptively(Duration.ofSeconds(30), this::turn));
            assertEquals(1, received.size());
            assertEquals(Optional.of("TimeoutException"),
                    scene.application.with(ConsentEvents.class, events -> events.after(another.participant.id(), Contour.TEST, 0, 10)).get(0).problem());
            // Nor is the connection left open.
            try (Socket connection = accepted.get()) {
                connection.setSoTimeout(10_000);
                while (connection.getInputStream().read() >= 0) {
                    // What was sent.
                }
            }
        }
    }

    /** It answers when the other one has everything, and not before. */
    @Test
    void aSlowServerPacesNobody() throws Exception {
        Scene another = new Scene(Contour.TEST, scene.application);
        CountDownLatch others = new CountDownLatch(3);
        HttpServer quick = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        quick.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
            others.countDown();
        });
        quick.start();
        try {
            scene.application.run(Callbacks.class, callbacks -> callbacks.register(another.subsystem.id(), Contour.TEST, "http://127.0.0.1:" + quick.getAddress().getPort() + "/", Scene.OFFICIAL));
            listen();
            beforeAnswer = () -> others.await(30, TimeUnit.SECONDS);
            for (int i = 0; i < 3; i++) {
                deactivate(scene.token());
                IssuedToken theirs = another.token();
                change(tokens -> tokens.deactivate(another.taxpayer(), theirs.token().id(), Scene.TAXPAYER));
            }
            assertEquals(6, turnWaiting(Duration.ofSeconds(20)));
        } finally {
            quick.stop(0);
        }
    }

    @Test
    void whatATurnDoesNotReachTheNextOnePushes() {
        listen();
        for (int i = 0; i < 3; i++) {
            deactivate(scene.token());
        }
        beforeAnswer = () -> scene.application.clock().advance(Duration.ofSeconds(40));
        assertEquals(List.of(1, 1, 1, 0), List.of(turn(), turn(), turn(), turn()));
        assertEquals(3, received.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 301, 400, 500})
    void nothingButAnAcceptanceAcknowledges(int status) {
        listen();
        deactivate(scene.token());
        answer = status;
        assertEquals(0, turn());
        assertEquals(Optional.of("HTTP " + status), events(0).get(0).problem());
        assertEquals(0, turn(), "not again before its time");
        assertEquals(1, received.size());
        scene.application.clock().advance(Duration.ofMinutes(1));
        answer = 202;
        assertEquals(1, turn());
    }

    @Test
    void whatIsNotAcknowledgedIn72HoursIsOverdueAndStillThereToBeFetched() {
        server.stop(0);
        listen();
        deactivate(scene.token());
        for (int hours = 0; hours < 80; hours++) {
            turn();
            scene.application.clock().advance(Duration.ofHours(1));
        }
        ConsentEventView event = events(0).get(0);
        assertTrue(event.attempts() > 5 && event.attempts() < 25, "attempts " + event.attempts());
        assertEquals(List.of(event.id()), overdue());
        int attempts = event.attempts();
        scene.application.clock().advance(Duration.ofDays(1));
        turn();
        assertEquals(attempts, events(0).get(0).attempts(), "given up");
        assertEquals(1, acknowledge(scene, Contour.TEST, event.id()));
        assertEquals(List.of(), overdue());
    }

    private static int acknowledge(Scene by, Contour contour, UUID id) {
        Integer acknowledged = by.application.with(ConsentEvents.class, events -> events.acknowledge(by.participant.id(), contour, Set.of(id)));
        return acknowledged;
    }

    private List<UUID> overdue() {
        return scene.application.with(ConsentEvents.class, events -> events.overdue(Contour.TEST, 5_000)).stream().filter(one -> one.participant().equals(scene.participant.id()))
                .map(ConsentEventView::id).toList();
    }

    @Test
    void nobodyFetchesOrAcknowledgesAnothersEvents() {
        deactivate(scene.token());
        Scene stranger = new Scene(Contour.TEST, scene.application);
        UUID id = events(0).get(0).id();
        assertEquals(List.of(), scene.application.with(ConsentEvents.class, events -> events.after(stranger.participant.id(), Contour.TEST, 0, 10)));
        assertEquals(List.of(), scene.application.with(ConsentEvents.class, events -> events.after(scene.participant.id(), Contour.PRODUCTION, 0, 10)));
        assertEquals(0, acknowledge(stranger, Contour.TEST, id));
        assertEquals(0, acknowledge(scene, Contour.PRODUCTION, id));
        assertTrue(events(0).get(0).acknowledgedAt().isEmpty());
    }

    @Test
    void whatIsCommittedLaterNeverGetsASmallerNumber() {
        IssuedToken first = scene.token();
        IssuedToken second = scene.token();
        TestApplication.Open<?> slow = scene.application.begin(Tokens.class, tokens -> tokens.deactivate(scene.taxpayer(), first.token().id(), Scene.TAXPAYER));
        scene.application.clock().advance(Duration.ofSeconds(1));
        deactivate(second);
        assertEquals(List.of("1 " + second.token().id().value()), numbered());
        slow.commit();
        assertEquals(List.of("1 " + second.token().id().value(), "2 " + first.token().id().value()), numbered());
    }

    private List<String> numbered() {
        return events(0).stream().map(event -> event.sequence() + " " + event.consent()).toList();
    }

    @Test
    void twoNodesThatPushAtOncePushAnEventOnce() throws Exception {
        listen();
        for (int i = 0; i < 10; i++) {
            deactivate(scene.token());
        }
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        List<Future<Integer>> turns = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            turns.add(nodes.submit(this::turn));
        }
        int pushed = 0;
        for (Future<Integer> each : turns) {
            pushed += each.get();
        }
        nodes.shutdown();
        assertEquals(10, pushed);
        assertEquals(10, received.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://bank.example/events", "https:///events", "https://user:word@bank.example/events", "bank.example", "https://bank.example/#x", "javascript:alert(1)"})
    void anAddressThatIsNoneIsRefused(String url) {
        assertEquals(InputRefusal.FIELD_INVALID, refusal(() -> register(scene.subsystem.id(), Contour.TEST, url)));
    }

    @Test
    void productionIsToldOverTlsOnly() {
        assertEquals(InputRefusal.FIELD_INVALID, refusal(() -> register(scene.subsystem.id(), Contour.PRODUCTION, "http://bank.example/events")));
        register(scene.subsystem.id(), Contour.PRODUCTION, "https://bank.example/events");
        assertEquals(Optional.of("https://bank.example/events"), scene.application.with(Callbacks.class, callbacks -> callbacks.of(scene.subsystem.id(), Contour.PRODUCTION)));
        scene.application.run(Callbacks.class, callbacks -> callbacks.remove(scene.subsystem.id(), Contour.PRODUCTION, Scene.OFFICIAL));
        assertEquals(InputRefusal.NOT_FOUND, refusal(() -> scene.application.run(Callbacks.class, callbacks -> callbacks.remove(scene.subsystem.id(), Contour.PRODUCTION, Scene.OFFICIAL))));
        assertEquals(InputRefusal.NOT_FOUND, refusal(() -> register(new SubsystemId(UUID.randomUUID()), Contour.TEST, "https://bank.example/events")));
    }

    private static Object refusal(org.junit.jupiter.api.function.Executable action) {
        return assertThrows(Refusal.class, action).code();
    }

    private void listen() {
        register(scene.subsystem.id(), Contour.TEST, "http://127.0.0.1:" + server.getAddress().getPort() + "/events");
    }

    private void register(SubsystemId subsystem, Contour contour, String url) {
        scene.application.run(Callbacks.class, callbacks -> callbacks.register(subsystem, contour, url, Scene.OFFICIAL));
    }

    private void deactivate(IssuedToken token) {
        change(tokens -> tokens.deactivate(scene.taxpayer(), token.token().id(), Scene.TAXPAYER));
    }

    /** A second after what was before. */
    private void change(java.util.function.Consumer<Tokens> change) {
        scene.application.clock().advance(Duration.ofSeconds(1));
        scene.application.run(Tokens.class, change);
    }

    private List<ConsentEventView> events(long after) {
        return scene.application.with(ConsentEvents.class, events -> events.after(scene.participant.id(), Contour.TEST, after, 100));
    }

    private int turn() {
        return turnWaiting(Duration.ofSeconds(1));
    }

    private int turnWaiting(Duration patience) {
        return new PushRound(new CommittingQueue(scene.application), scene.application.with(EventTokens.class, tokens -> tokens), scene.application.clock(), patience).turn();
    }

    /** As the container calls it: a transaction for every call. */
    static class CommittingQueue extends PushQueue {

        private final TestApplication node;

        CommittingQueue(TestApplication node) {
            this.node = node;
        }

        @Override
        public List<Receiver> receivers() {
            return node.with(PushQueue.class, PushQueue::receivers);
        }

        @Override
        public List<Push> claim(Receiver receiver) {
            return node.with(PushQueue.class, queue -> queue.claim(receiver));
        }

        @Override
        public void pushed(Push push) {
            node.run(PushQueue.class, queue -> queue.pushed(push));
        }

        @Override
        public void leave(Push push) {
            node.run(PushQueue.class, queue -> queue.leave(push));
        }

        @Override
        public void failed(Push push, String problem) {
            node.run(PushQueue.class, queue -> queue.failed(push, problem));
        }
    }
}
