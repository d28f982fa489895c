package org.kopuro.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.http.HttpClient.Redirect;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.kopuro.access.conformance.ConformanceReport;
import org.kopuro.access.conformance.MessageProtocol;
import org.kopuro.access.conformance.Scenario;
import org.kopuro.access.conformance.ScenarioResult;
import org.kopuro.access.conformance.Verdict;
import org.kopuro.client.Identifier;
import org.kopuro.client.Pem;
import org.kopuro.client.RestProduct;
import org.kopuro.client.RestProduct.Message;

/** A run with products that call by X-Road REST: one that does everything right, and such as do one thing wrong. */
class RestRunTest {

    private static final Duration PATIENCE = Duration.ofSeconds(4);

    @TempDir
    private static Path keys;
    private static final AtomicInteger MEMORIES = new AtomicInteger();

    @BeforeAll
    static void bank() throws Exception {
        Rehearsal.bankIn(keys);
    }

    private static Rehearsal.Ended run(Set<Scenario> scenarios, List<String> services, Rehearsal.Asked asked) throws Exception {
        return Rehearsal.of(MessageProtocol.REST, false, keys, scenarios, services, asked);
    }

    private static Rehearsal.Asked good() {
        String memory = keys.resolve("memory-" + MEMORIES.incrementAndGet()).toString();
        return values -> RestProduct.call(values, keys, "--retry", "1", "--timeout", "5", "--memory", memory);
    }

    @Test
    void aRightProductPassesEachScenarioAndTheAuthorityTakesItsReport() throws Exception {
        List<String> services = List.of("tpDataByINN", "tpDataByINNforBusinessActivity", "taxpayerDataByInn", "TPpaymentDateByInn", "incomeStatement", "headcount");
        Rehearsal.Ended ended = run(EnumSet.allOf(Scenario.class), services, good());
        assertEquals(Set.of(Verdict.PASSED), ended.report().results().stream().map(ScenarioResult::verdict).collect(Collectors.toSet()), ended.out());
        assertEquals(Scenario.values().length, ended.out().lines().filter(line -> line.matches("passed  CONF-\\d\\d  REST  .*")).count(), ended.out());
        byte[] signed = ended.report().signed(ended.bank().key(), ended.bank().certificate());
        ConformanceReport taken = ConformanceReport.verify(signed, ended.bank().certificate(), Identifier.DEMO_BANK.toString(), (service, at) -> Rehearsal.TAKING_TOKENS.contains(service), Rehearsal.CLOCK.instant());
        assertEquals(ended.report(), taken);
        assertEquals(MessageProtocol.REST, taken.protocol());
        assertEquals(ended.asked().stream().map(Request::id).toList(), taken.calls().stream().map(call -> call.messageId()).toList(), "the calls that reached TEST");
        assertEquals(services.size() + 1, taken.calls().size());
        Stream.of(ended.out(), ended.report().format()).forEach(text -> assertFalse(text.contains(ended.token()) || text.contains("GNS1T"), "a token was told"));
    }

    private static Rehearsal.Asked byConnections(OwnKeys shown, String memory) {
        return values -> RestProduct.call(values, Map.of("key", keys.resolve("key.pem").toString(), "cert", keys.resolve("cert.pem").toString(), "retry", "1", "timeout", "5", "memory",
                keys.resolve(memory).toString()), Optional.of(connections(values, shown)));
    }

    private static SSLContext connections(Map<String, String> values, OwnKeys shown) throws Exception {
        return new Tls(shown.key(), shown.certificate(), shown, Optional.of(Pem.certificate(Path.of(values.get("tls-cert"))))).calling();
    }

    /** Only its two ends can repeat what is said there; everything else is demanded as ever. */
    @Test
    void aProductThatShowsItselfByItsConnectionsPassesEachScenario() throws Exception {
        Rehearsal.Ended ended = Rehearsal.of(MessageProtocol.REST, true, keys, EnumSet.allOf(Scenario.class), List.of("tpDataByINN", "tpDataByINNforBusinessActivity"),
                byConnections(new OwnKeys(key(), certificate()), "memory-of-connections"));
        assertEquals(Set.of(Verdict.PASSED), ended.report().results().stream().map(ScenarioResult::verdict).collect(Collectors.toSet()), ended.out());
        assertEquals(3, ended.asked().size());
    }

    @Test
    void aConnectionThatShowsAnotherCertificateOrNoneShowsNobody() throws Exception {
        for (Map.Entry<String, Rehearsal.Asked> wrong : Map.of("its connection showed another certificate than the one that is known", byConnections(OwnKeys.made("RSA", Rehearsal.CLOCK), "none"),
                "it is not signed", (Rehearsal.Asked) values -> told(RestProduct.send(message(values), Redirect.NEVER, PATIENCE, Optional.of(trusting(values))))).entrySet()) {
            Rehearsal.Ended ended = Rehearsal.of(MessageProtocol.REST, true, keys, EnumSet.of(Scenario.OWN_MESSAGES), List.of("tpDataByINN"), wrong.getValue());
            assertEquals(Verdict.FAILED, ended.report().results().get(0).verdict());
            assertTrue(ended.out().contains("because " + wrong.getKey()), ended.out());
        }
    }

    private static SSLContext trusting(Map<String, String> values) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("run", Pem.certificate(Path.of(values.get("tls-cert"))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static PrivateKey key() throws Exception {
        return Pem.key(keys.resolve("key.pem"), certificate());
    }

    private static X509Certificate certificate() throws Exception {
        return Pem.certificate(keys.resolve("cert.pem"));
    }

    private static Message signed(Message message, String... without) throws Exception {
        return RestProduct.signed(message, key(), certificate(), List.of(without));
    }

    private static Message message(Map<String, String> values) {
        return RestProduct.message(values, UUID.randomUUID().toString());
    }

    private static Message with(Message message, String name, String value) {
        Map<String, String> fields = new LinkedHashMap<>(message.fields());
        fields.put(name, value);
        return new Message(message.method(), message.address(), fields, message.body());
    }

    private static Map<String, String> with(Map<String, String> values, String name, String value) {
        Map<String, String> changed = new HashMap<>(values);
        changed.put(name, value);
        return changed;
    }

    private static HttpResponse<byte[]> send(Message message) throws Exception {
        return RestProduct.send(message, Redirect.NEVER, PATIENCE);
    }

    private static int told(HttpResponse<byte[]> response) {
        return response.statusCode() == 200 ? Product.ANSWERED : response.statusCode() == 503 ? 70 : Product.REFUSED;
    }

    private static Arguments product(String fault, Scenario scenario, String observation, Rehearsal.Asked asked) {
        return arguments(fault, scenario, observation, asked);
    }

    private static boolean believes(Map<String, String> values, Message asked, HttpResponse<byte[]> response, boolean toThisRequest) throws Exception {
        return response.statusCode() == 200 && RestProduct.isSigned(asked, response, Pem.certificate(Path.of(values.get("server-cert"))), toThisRequest);
    }

    static Stream<Arguments> products() {
        return Stream.of(
            product("does not sign", Scenario.OWN_MESSAGES, "it is not signed", values -> told(send(message(values)))),
            product("leaves its token unsigned", Scenario.OWN_MESSAGES, "its kopuro-consent-token is not signed", values -> told(send(signed(message(values), "kopuro-consent-token")))),
            product("leaves its body unsigned", Scenario.OWN_MESSAGES, "its content-digest is not signed", values -> told(send(signed(message(values), "content-digest")))),
            product("leaves its path unsigned", Scenario.OWN_MESSAGES, "its @path is not signed", values -> told(send(signed(message(values), "@path")))),
            product("changes what it signed", Scenario.OWN_MESSAGES, "its signature is wrong", values -> told(send(with(signed(message(values)), "x-road-userid", "another")))),
            product("sends another body than it digested", Scenario.OWN_MESSAGES, "its Content-Digest is of another body", values -> {
                Message signed = signed(message(values));
                return told(send(new Message("POST", signed.address(), signed.fields(), (new String(signed.body(), StandardCharsets.UTF_8) + " ").getBytes(StandardCharsets.UTF_8))));
            }),
            product("calls as another subsystem", Scenario.OWN_MESSAGES, "its X-Road-Client is not", values -> told(send(signed(with(message(values), "x-road-client", "central-server/COM/60009999/x"))))),
            product("repeats its ids", Scenario.OWN_MESSAGES, "the message id of an earlier question came again", values -> told(send(signed(RestProduct.message(values, "1"))))),
            product("sends no id", Scenario.OWN_MESSAGES, "it has no X-Road-Id", values -> {
                Message message = message(values);
                message.fields().remove("x-road-id");
                return told(send(signed(message)));
            }),
            product("sends a signed message twice", Scenario.OWN_MESSAGES, "the same signed message came again", values -> {
                Message signed = signed(message(values));
                send(signed);
                return told(send(signed));
            }),
            product("asks about somebody else", Scenario.OWN_MESSAGES, "another service or taxpayer", values -> RestProduct.call(with(values, "inn", Scene.OTHER_INN), keys)),
            product("adds the taxpayer to the address", Scenario.OWN_MESSAGES, "its address has a query", values -> {
                Message message = message(values);
                return told(send(signed(new Message("POST", java.net.URI.create(message.address() + "?inn=" + values.get("inn")), message.fields(), message.body()))));
            }),
            product("asks by GET", Scenario.OWN_MESSAGES, "it is not a POST", values -> {
                Message message = message(values);
                return told(send(signed(new Message("GET", message.address(), message.fields(), new byte[0]))));
            }),
            product("uses one token for all", Scenario.TOKEN_WITH_ITS_QUESTION, "another token was sent", values -> told(send(signed(with(message(values), "kopuro-consent-token", "GNS1T-008J4-CT4AN-K7F24-SNAXW-SQFEZ-YM"))))),
            product("follows redirections", Scenario.TOKEN_TO_ITS_ADDRESS, "went to another address", values -> told(RestProduct.send(signed(message(values)), Redirect.ALWAYS, PATIENCE))),
            product("asks about somebody unknown", Scenario.SIGNED_CALLS, "TEST refused the call with TOKEN_NOT_ACCEPTED", values -> RestProduct.call(with(values, "inn", Scene.UNKNOWN_INN), keys)),
            product("takes TEST's refusal for an answer", Scenario.REFUSED_BY_TEST, "exit code 0 instead of 1", values -> {
                send(signed(message(values)));
                return Product.ANSWERED;
            }),
            product("tries refused calls again", Scenario.FINAL_FAULTS, "sent 2 requests; the refusal is final", values -> {
                int code = RestProduct.call(values, keys);
                return code == Product.REFUSED ? RestProduct.call(values, keys) : code;
            }),
            product("knows CamelCase only", Scenario.FINAL_FAULTS_SNAKE_CASE, "client.invalid_http_method", values ->
                new String(send(signed(message(values))).body(), StandardCharsets.UTF_8).contains("\"type\":\"Client.") ? Product.REFUSED : 70),
            product("knows the statuses of the exchange only", Scenario.BUSINESS_REFUSALS, "TAXPAYER_UNKNOWN: the product does not say that it was refused", values ->
                Set.of(400, 422).contains(send(signed(message(values))).statusCode()) ? Product.REFUSED : 70),
            product("sends a deactivated token again", Scenario.STOPS_ON_DEACTIVATION, "sent the token again", values -> RestProduct.call(values, keys)),
            product("sends an expired token again", Scenario.STOPS_ON_EXPIRY, "sent the token again", values -> RestProduct.call(values, keys)),
            product("sends an exhausted token again", Scenario.STOPS_ON_EXHAUSTION, "sent the token again", values -> RestProduct.call(values, keys)),
            product("takes a pause for the end", Scenario.PAUSE_IS_NO_END, "the product does not say that it was answered", new Rehearsal.Asked() {
                private final Set<String> ended = new java.util.HashSet<>();

                @Override
                public int call(Map<String, String> values) throws Exception {
                    if (ended.contains(values.get("token"))) {
                        return Product.REFUSED;
                    }
                    int code = RestProduct.call(values, keys);
                    if (code == Product.REFUSED) {
                        ended.add(values.get("token"));
                    }
                    return code;
                }
            }),
            product("does not retry", Scenario.RETRIES_OUTAGES, "does not say that it was answered", values -> RestProduct.call(values, keys)),
            product("retries at once", Scenario.RETRIES_OUTAGES, "without a pause of a second", values -> {
                int code = RestProduct.call(values, keys);
                return code == Product.ANSWERED ? code : RestProduct.call(values, keys);
            }),
            product("retries what it had signed", Scenario.RETRIES_OUTAGES, "without signing it anew", values -> {
                Message signed = signed(message(values));
                for (int attempt = 0; attempt < 2; attempt++) {
                    try {
                        if (send(signed).statusCode() == 200) {
                            return Product.ANSWERED;
                        }
                    } catch (java.io.IOException e) {
                        // Again.
                    }
                    Thread.sleep(1100);
                }
                return 70;
            }),
            product("tries six times", Scenario.GIVES_UP, "sent 6 requests; at most 5 are allowed", values -> {
                int code = 70;
                for (int attempt = 0; attempt < 6 && code != Product.ANSWERED; attempt++) {
                    code = RestProduct.call(values, keys);
                }
                return code;
            }),
            product("does not look at signatures", Scenario.REJECTS_FORGED_ANSWERS, "an unsigned answer: the product says that it was answered", values -> told(send(signed(message(values))))),
            product("looks at digests alone", Scenario.REJECTS_FORGED_ANSWERS, "an answer with another Body than the signed one", values -> {
                HttpResponse<byte[]> response = send(signed(message(values)));
                return response.statusCode() == 200 && RestProduct.isWhole(response) ? Product.ANSWERED : 70;
            }),
            product("looks at signatures alone", Scenario.REJECTS_FORGED_ANSWERS, "an answer changed after it was signed", values -> {
                Message asked = signed(message(values));
                return believes(values, asked, send(asked), true) ? Product.ANSWERED : 70;
            }),
            product("does not look whose answer it is", Scenario.REJECTS_ANSWERS_TO_OTHERS, "an answer that was signed for no id", values -> {
                Message asked = signed(message(values));
                HttpResponse<byte[]> response = send(asked);
                return believes(values, asked, response, false) && RestProduct.isWhole(response) ? Product.ANSWERED : 70;
            }),
            product("reads no answer", Scenario.REJECTS_UNREADABLE_ANSWERS, "half an answer: the product says that it was answered", values -> {
                Message asked = signed(message(values));
                HttpResponse<byte[]> response = send(asked);
                return believes(values, asked, response, true) && RestProduct.isWhole(response) ? Product.ANSWERED : 70;
            }),
            product("is impatient", Scenario.WAITS_AND_ENDS, "an answer after 3 seconds", values -> RestProduct.call(values, keys, "--timeout", "1")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("products")
    void theScenarioFailsAndSaysWhatWasSeen(String fault, Scenario scenario, String observation, Rehearsal.Asked asked) throws Exception {
        Rehearsal.Ended ended = run(EnumSet.of(scenario), List.of("tpDataByINN"), asked);
        ScenarioResult result = ended.report().results().get(0);
        assertEquals(Verdict.FAILED, result.verdict(), ended.out());
        assertTrue(result.observations().stream().anyMatch(text -> text.contains(observation)), ended.out());
    }

    /** A product of one protocol is nothing to a run of the other. */
    @Test
    void aSoapProductShowsNothingHere() throws Exception {
        Rehearsal.Ended ended = run(EnumSet.of(Scenario.OWN_MESSAGES), List.of("tpDataByINN"), values -> org.kopuro.client.ReferenceProduct.call(values, keys));
        assertEquals(Verdict.FAILED, ended.report().results().get(0).verdict());
        assertTrue(ended.out().contains("it is not a POST of at most 65536 octets with the Content-Type application/json"), ended.out());
    }
}
