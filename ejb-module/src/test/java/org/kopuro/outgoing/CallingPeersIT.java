package org.kopuro.outgoing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.kopuro.testing.ProviderSimulator.answer;
import static org.kopuro.testing.ProviderSimulator.envelope;
import static org.kopuro.testing.ProviderSimulator.fault;
import static org.kopuro.testing.ProviderSimulator.hangUp;
import static org.kopuro.testing.ProviderSimulator.octets;
import static org.kopuro.testing.ProviderSimulator.silence;
import static org.kopuro.testing.ProviderSimulator.stall;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.testing.ProviderSimulator;
import org.kopuro.testing.ProviderSimulator.Asked;
import org.kopuro.testing.ProviderSimulator.Reply;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestCertificates;
import org.kopuro.testing.TestCertificates.Identity;

/** Another agency's service is asked, through a Security Server that behaves or does not. */
class CallingPeersIT {

    private static final PeerAddress REGISTER = PeerAddress.of("central-server/GOV/70000024/minjust-service/getSubjectByTin");
    private static final String SUBJECT = "03002202000001";
    private static final String FOUND = "<p:getSubjectByTinResponse xmlns:p=\"http://tunduk.gov.kg\"><p:subject><p:tin>" + SUBJECT + "</p:tin></p:subject></p:getSubjectByTinResponse>";

    @TempDir
    static Path files;
    private static Identity server;
    private static Identity ours;
    private static Identity strangers;

    private ProviderSimulator simulator;
    private TestApplication application;

    @BeforeAll
    static void keys() {
        server = TestCertificates.server("127.0.0.1");
        ours = TestCertificates.server("127.0.0.1");
        strangers = TestCertificates.server("127.0.0.1");
        ProviderSimulator.pem(files, "server.pem", server);
        ProviderSimulator.pem(files, "stranger.pem", strangers);
        ProviderSimulator.keyStore(files, "ours.p12", ours);
        ProviderSimulator.keyStore(files, "stranger.p12", strangers);
    }

    @AfterEach
    void stop() {
        if (simulator != null) {
            simulator.close();
        }
    }

    private void over(ProviderSimulator started, String... settings) {
        simulator = started;
        application = application(simulator.address(), settings);
    }

    private static TestApplication application(String address, String... settings) {
        Map<String, String> all = new HashMap<>(Map.of("kopuro.security-server.url", address));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return new TestApplication("TEST,PRODUCTION", Scene.NOON, all);
    }

    private static String[] tls(String certificates, String keyStore) {
        return new String[] {"kopuro.security-server.certificates", files.resolve(certificates).toString(), "kopuro.security-server.keystore", files.resolve(keyStore).toString(),
            "kopuro.security-server.keystore-password", new String(ProviderSimulator.PASSWORD)};
    }

    private static PeerCall call(PeerAddress peer, boolean repeatable) {
        return new PeerCall(Contour.PRODUCTION, peer, "http://tunduk.gov.kg", "getSubjectByTinRequest", Map.of("tin", SUBJECT), repeatable, Optional.of(SUBJECT), Optional.of("case 17 <&>"),
                Scene.OFFICIAL);
    }

    private PeerAnswer ask(PeerCall call) {
        return application.with(Peers.class, peers -> peers.ask(call));
    }

    private PeerAnswer ask() {
        return ask(call(REGISTER, true));
    }

    private PeerRefusal refusal(PeerAnswer answer) {
        return (PeerRefusal) answer.refusal().orElseThrow().code();
    }

    private static String entry(PeerAnswer answer, String type) {
        List<String> entries = Rows.of("select content from ledger.entry where record_id = ?", answer.call()).stream().filter(one -> one.contains("\"" + type + "\"")).toList();
        assertEquals(1, entries.size(), type);
        return entries.get(0);
    }

    @Test
    void theQuestionLeavesAsXRoadWantsItUnderOurCertificate() {
        over(ProviderSimulator.https(server, ours).usually(answer(FOUND)), tls("server.pem", "ours.p12"));
        PeerAnswer answer = ask();
        assertEquals(Optional.of(SUBJECT), answer.orRefuse().text("tin"));
        Asked asked = simulator.asked().get(0);
        assertEquals(ours.certificate(), asked.by().orElseThrow());
        assertEquals(List.of("\"\""), asked.headers().get("Soapaction"));
        assertEquals(List.of("text/xml; charset=UTF-8"), asked.headers().get("Content-type"));
        assertTrue(asked.message().contains("<xrd:client id:objectType=\"SUBSYSTEM\"><id:xRoadInstance>central-server</id:xRoadInstance><id:memberClass>GOV</id:memberClass>"
                + "<id:memberCode>70000002</id:memberCode><id:subsystemCode>gns-service</id:subsystemCode></xrd:client>"), asked.message());
        assertTrue(asked.message().contains("<xrd:service id:objectType=\"SERVICE\"><id:xRoadInstance>central-server</id:xRoadInstance><id:memberClass>GOV</id:memberClass>"
                + "<id:memberCode>70000024</id:memberCode><id:subsystemCode>minjust-service</id:subsystemCode><id:serviceCode>getSubjectByTin</id:serviceCode></xrd:service>"), asked.message());
        assertEquals(answer.call().toString(), asked.text("id"));
        assertEquals("4.0", asked.text("protocolVersion"));
        assertEquals(Scene.OFFICIAL.account().orElseThrow().toString(), asked.text("userId"));
        assertEquals("case 17 &lt;&amp;&gt;", asked.text("issue"));
        assertTrue(asked.message().contains("<soap:Body><p:getSubjectByTinRequest xmlns:p=\"http://tunduk.gov.kg\"><p:tin>" + SUBJECT + "</p:tin></p:getSubjectByTinRequest></soap:Body>"), asked.message());

        ask(call(PeerAddress.of(REGISTER + "/v2"), true));
        assertTrue(simulator.asked().get(1).message().contains("<id:serviceVersion>v2</id:serviceVersion></xrd:service>"));
    }

    @Test
    void theLedgerKnowsOfTheCallAndItsEndAndNotOfWhom() {
        over(ProviderSimulator.http().then(answer(FOUND)).then(fault("Server.ServerProxy.AccessDenied")));
        PeerAnswer answered = ask();
        String begun = entry(answered, "outgoing.asked");
        assertTrue(begun.contains("\"service\":\"" + REGISTER + "\"") && begun.contains("\"contour\":\"PRODUCTION\"") && begun.contains("\"subject\":\"hmac-sha256:"), begun);
        String ended = entry(answered, "outgoing.ended");
        assertTrue(ended.contains("\"outcome\":\"ANSWERED\"") && ended.contains("\"attempts\":1") && ended.contains("\"answerSha256\""), ended);
        PeerAnswer refused = ask();
        assertTrue(entry(refused, "outgoing.ended").contains("\"outcome\":\"PEER_REFUSED\""));
        assertTrue(entry(refused, "outgoing.ended").contains("Server.ServerProxy.AccessDenied"));
        assertNotEquals(answered.call(), refused.call());
        assertFalse((begun + ended + entry(refused, "outgoing.asked") + entry(refused, "outgoing.ended")).contains(SUBJECT));
    }

    static Stream<Object[]> unusable() {
        return Stream.of(new Object[] {"no XML", octets(200, "text/xml", "Service is fine")}, new Object[] {"empty", octets(200, "text/xml", "")},
                new Object[] {"a document type", octets(200, "text/xml", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>")},
                new Object[] {"a page", octets(200, "text/html", envelope("", FOUND))}, new Object[] {"another status", octets(403, "text/xml", envelope("", FOUND))},
                new Object[] {"a redirection", octets(302, "text/xml", "")}, new Object[] {"no header", octets(200, "text/xml", envelope("", FOUND))},
                new Object[] {"the answer to another question", answer(FOUND, header -> header.replaceFirst("<xrd:id>.", "<xrd:id>x"))},
                new Object[] {"the answer to somebody else", answer(FOUND, header -> header.replace("gns-service", "another-service"))},
                new Object[] {"the answer of another service", answer(FOUND, header -> header.replace("getSubjectByTin", "getSubjectByName"))}, new Object[] {"two bodies", answer(FOUND + FOUND)},
                new Object[] {"no body", answer("")}, new Object[] {"more than anybody reads", answer("<a>" + "x".repeat(1024 * 1024) + "</a>")});
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    void whatIsNoAnswerIsNotTakenForOneAndNotAskedForAgain(String name, Reply reply) {
        over(ProviderSimulator.http().usually(reply));
        PeerAnswer answer = ask();
        assertEquals(PeerRefusal.PEER_ANSWER_UNUSABLE, refusal(answer), name);
        assertEquals(1, simulator.asked().size());
        Refusal told = assertThrows(Refusal.class, answer::orRefuse);
        assertFalse((told.sentence(Language.EN) + told.whatToDo(Language.EN)).contains("Exception"), told.sentence(Language.EN));
    }

    @ParameterizedTest
    @CsvSource({"Server.ServerProxy.AccessDenied, PEER_REFUSED, 1", "server.serverproxy.access_denied, PEER_REFUSED, 1", "Client.InvalidXml, PEER_REFUSED, 1", "soap:Server, PEER_REFUSED, 1",
        "Server.ClientProxy.NetworkError, PEER_BROKE_OFF, 3", "server.serverproxy.network_error, PEER_BROKE_OFF, 3", "server.clientproxy.unknown_host, PEER_BROKE_OFF, 3"})
    void aFaultIsToldByItsCodeAndOnlyAnOutageAskedForAgain(String code, PeerRefusal expected, int times) {
        over(ProviderSimulator.http().usually(fault(code)));
        PeerAnswer answer = ask();
        assertEquals(expected, refusal(answer));
        assertEquals(times, simulator.asked().size());
        String sentence = answer.refusal().orElseThrow().sentence(Language.RU);
        assertTrue(sentence.contains(code.substring(code.indexOf(':') + 1)) && !sentence.contains(SUBJECT), sentence);
    }

    @Test
    void aConnectionThatBreaksIsTriedAgainUnderTheSameIdIfThatIsSafe() {
        over(ProviderSimulator.http().then(hangUp()).then(octets(503, "text/html", "")).then(answer(FOUND)));
        PeerAnswer answer = ask();
        assertEquals(Optional.of(SUBJECT), answer.orRefuse().text("tin"));
        assertEquals(List.of(answer.call().toString(), answer.call().toString(), answer.call().toString()), simulator.asked().stream().map(one -> one.text("id")).toList());
        assertTrue(entry(answer, "outgoing.ended").contains("\"attempts\":3"));

        simulator.then(hangUp()).usually(answer(FOUND));
        assertEquals(PeerRefusal.PEER_BROKE_OFF, refusal(ask(call(REGISTER, false))));
        assertEquals(4, simulator.asked().size());
    }

    @Test
    void whatNeverLeftIsTriedAgainEvenIfAskingTwiceWereHarmful() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        application = application("http://127.0.0.1:" + closed + "/");
        PeerAnswer answer = ask(call(REGISTER, false));
        assertEquals(PeerRefusal.PEER_UNREACHABLE, refusal(answer));
        assertTrue(entry(answer, "outgoing.ended").contains("\"attempts\":3"));
    }

    @Test
    void patienceEndsOnceForAllAttempts() {
        over(ProviderSimulator.http().then(silence(30_000)).then(hangUp()).then(stall(30_000)), "kopuro.security-server.patience-seconds", "1");
        for (int attempts : new int[] {1, 2}) {
            long begun = System.nanoTime();
            PeerAnswer answer = ask();
            assertEquals(PeerRefusal.PEER_TIMED_OUT, refusal(answer));
            long millis = (System.nanoTime() - begun) / 1_000_000;
            assertTrue(millis < 15_000, millis + " ms");
            assertTrue(entry(answer, "outgoing.ended").contains("\"attempts\":" + attempts), entry(answer, "outgoing.ended"));
        }
    }

    @Test
    void aPeerThatKeepsFailingRestsAndIsThenTriedAgain() {
        over(ProviderSimulator.http().usually(hangUp()));
        PeerAddress other = PeerAddress.of("central-server/GOV/70000005/infocom-service/zagsDataByPin/v1");
        for (int i = 0; i < PeerHealth.CALLS_NEEDED; i++) {
            assertEquals(PeerRefusal.PEER_BROKE_OFF, refusal(ask(call(REGISTER, false))));
        }
        simulator.usually(answer(FOUND));
        int asked = simulator.asked().size();
        PeerAnswer refused = ask();
        assertEquals(PeerRefusal.PEER_RESTING, refusal(refused));
        assertTrue(entry(refused, "outgoing.ended").contains("\"attempts\":0"));
        assertEquals(asked, simulator.asked().size());
        assertTrue(ask(call(other, true)).refusal().isEmpty());
        assertEquals(asked + 1, simulator.asked().size());

        application.clock().advance(PeerHealth.REST.plusMillis(1));
        simulator.then(hangUp()).then(hangUp());
        ask(call(REGISTER, false));
        ask(call(REGISTER, false));
        assertEquals(PeerRefusal.PEER_RESTING, refusal(ask()));
        application.clock().advance(PeerHealth.REST.plusMillis(1));
        for (int i = 0; i < PeerHealth.CALLS_NEEDED; i++) {
            assertTrue(ask().refusal().isEmpty());
        }
    }

    @Test
    void aPeerThatSaysNoDoesNotRest() {
        over(ProviderSimulator.http().usually(fault("Server.ServerProxy.AccessDenied")));
        for (int i = 0; i < 2 * PeerHealth.CALLS_WATCHED; i++) {
            assertEquals(PeerRefusal.PEER_REFUSED, refusal(ask()));
        }
    }

    @Test
    void onlySoManyQuestionsAreOpenAtOnce() throws InterruptedException {
        over(ProviderSimulator.http().usually(answer(FOUND)));
        application.run(PeerHealth.class, health -> assertTrue(health.placesAt(REGISTER).tryAcquire(PeerHealth.AT_ONCE)));
        assertEquals(PeerRefusal.PEER_BUSY, refusal(ask()));
        application.run(PeerHealth.class, health -> health.placesAt(REGISTER).release());
        assertTrue(ask().refusal().isEmpty());
        assertTrue(ask().refusal().isEmpty());
    }

    @Test
    void nobodyButTheServerOfTheSettingsIsToldAnything() {
        over(ProviderSimulator.https(server, ours).usually(answer(FOUND)), tls("stranger.pem", "ours.p12"));
        assertEquals(PeerRefusal.PEER_NOT_TRUSTED, refusal(ask()));
        application = application(simulator.address().replace("127.0.0.1", "localhost"), tls("server.pem", "ours.p12"));
        assertEquals(PeerRefusal.PEER_NOT_TRUSTED, refusal(ask()));
        assertEquals(List.of(), simulator.asked());
    }

    @Test
    void aServerThatDoesNotKnowOurCertificateIsToldApartFromOneThatIsDown() {
        over(ProviderSimulator.https(server, ours).usually(answer(FOUND)), tls("server.pem", "stranger.p12"));
        assertEquals(PeerRefusal.PEER_NOT_TRUSTED, refusal(ask()));
        application = application(simulator.address(), "kopuro.security-server.certificates", files.resolve("server.pem").toString());
        assertEquals(PeerRefusal.PEER_NOT_TRUSTED, refusal(ask()));
        assertEquals(List.of(), simulator.asked());
    }

    @Test
    void withoutASecurityServerNobodyIsAskedAndTheLedgerSaysSo() {
        application = new TestApplication("PRODUCTION", Scene.NOON);
        PeerAnswer answer = ask();
        assertEquals(PeerRefusal.PEERS_NOT_SET, refusal(answer));
        assertTrue(entry(answer, "outgoing.ended").contains("\"outcome\":\"PEERS_NOT_SET\""));
    }

    @Test
    void filesThatCannotBeUsedAreFoundAtTheStart() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> application("https://127.0.0.1/", tls("missing.pem", "ours.p12")).run(SecurityServer.class, server -> { }))
                .getMessage().contains("kopuro.security-server.certificates"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> application("https://127.0.0.1/", tls("server.pem", "missing.p12")).run(SecurityServer.class, server -> { }))
                .getMessage().contains("kopuro.security-server.keystore"));
        assertThrows(IllegalArgumentException.class, () -> application("https://127.0.0.1/", tls("ours.p12", "ours.p12")).run(SecurityServer.class, server -> { }));
    }
}
