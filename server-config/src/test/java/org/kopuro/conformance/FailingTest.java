package org.kopuro.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.kopuro.access.conformance.Scenario;
import org.kopuro.access.conformance.ScenarioResult;
import org.kopuro.access.conformance.Verdict;
import org.kopuro.client.ReferenceProduct;
import org.xml.sax.helpers.DefaultHandler;

/** Products that do one thing wrong: the scenario that demands it fails, and says what was seen. */
class FailingTest {

    @TempDir
    private static Path keys;
    private static final AtomicInteger MEMORIES = new AtomicInteger();

    @BeforeAll
    static void bank() throws Exception {
        Rehearsal.bankIn(keys);
    }

    /** A product for one run: some of them remember things. */
    private static Arguments product(String fault, Scenario scenario, String observation, Supplier<Rehearsal.Asked> made) {
        return arguments(fault, scenario, observation, made);
    }

    private static int good(Map<String, String> values, String memory) {
        return ReferenceProduct.call(values, keys, "--retry", "1", "--timeout", "4", "--memory", keys.resolve(memory).toString());
    }

    private static byte[] message(Map<String, String> values, String id) throws Exception {
        return ReferenceProduct.message(values, id, keys, true, true);
    }

    private static Map<String, String> with(Map<String, String> values, String name, String value) {
        Map<String, String> changed = new HashMap<>(values);
        changed.put(name, value);
        return changed;
    }

    private static int told(int status) {
        return status == 200 ? Product.ANSWERED : Product.REFUSED;
    }

    private static Rehearsal.Asked careless(Redirect redirect) {
        return values -> told(ReferenceProduct.send(values.get("url"), message(values, UUID.randomUUID().toString()), redirect).statusCode());
    }

    static Stream<Arguments> products() {
        return Stream.of(
            product("does not sign", Scenario.OWN_MESSAGES, "it is not signed", () -> values ->
                told(ReferenceProduct.send(values.get("url"), ReferenceProduct.message(values, UUID.randomUUID().toString(), keys, true, false), Redirect.NEVER).statusCode())),
            product("signs the Body only", Scenario.OWN_MESSAGES, "its client is not signed", () -> values ->
                told(ReferenceProduct.send(values.get("url"), ReferenceProduct.message(values, UUID.randomUUID().toString(), keys, false, true), Redirect.NEVER).statusCode())),
            product("calls as another subsystem", Scenario.OWN_MESSAGES, "its client is not", () -> values ->
                ReferenceProduct.call(values, keys, "--client", "central-server/COM/60009999/another")),
            product("repeats its ids", Scenario.OWN_MESSAGES, "the message id of an earlier question came again", () -> values ->
                told(ReferenceProduct.send(values.get("url"), message(values, "1"), Redirect.NEVER).statusCode())),
            product("sends a signed message twice", Scenario.OWN_MESSAGES, "the same signed message came again", () -> values -> {
                byte[] message = message(values, UUID.randomUUID().toString());
                ReferenceProduct.send(values.get("url"), message, Redirect.NEVER);
                return told(ReferenceProduct.send(values.get("url"), message, Redirect.NEVER).statusCode());
            }),
            product("asks about somebody else", Scenario.OWN_MESSAGES, "another service or taxpayer", () -> values -> ReferenceProduct.call(with(values, "inn", Scene.OTHER_INN), keys)),
            product("sends no XML", Scenario.OWN_MESSAGES, "it is not XML", () -> values -> told(ReferenceProduct.send(values.get("url"), new byte[] {1}, Redirect.NEVER).statusCode())),
            product("uses one token for all", Scenario.TOKEN_WITH_ITS_QUESTION, "another taxpayer with another token: another token was sent", () -> {
                AtomicReference<String> first = new AtomicReference<>();
                return values -> {
                    first.compareAndSet(null, values.get("token"));
                    return ReferenceProduct.call(with(values, "token", first.get()), keys);
                };
            }),
            product("adds a remembered token", Scenario.TOKEN_WITH_ITS_QUESTION, "no token: a token was sent", () -> {
                Map<String, String> byTaxpayer = new HashMap<>();
                return values -> {
                    String token = values.get("token").isEmpty() ? byTaxpayer.get(values.get("inn")) : values.get("token");
                    byTaxpayer.put(values.get("inn"), token);
                    return ReferenceProduct.call(with(values, "token", token), keys);
                };
            }),
            product("follows redirections", Scenario.TOKEN_TO_ITS_ADDRESS, "went to another address", () -> careless(Redirect.ALWAYS)),
            product("never answers the signed calls", Scenario.SIGNED_CALLS, "does not say that it was answered", () -> values -> {
                ReferenceProduct.call(values, keys);
                return 70;
            }),
            product("asks about somebody unknown", Scenario.SIGNED_CALLS, "TEST refused the call with TOKEN_NOT_ACCEPTED", () -> values ->
                ReferenceProduct.call(with(values, "inn", Scene.UNKNOWN_INN), keys)),
            product("asks nothing", Scenario.SIGNED_CALLS, "sent no request", () -> values -> Product.ANSWERED),
            product("takes TEST's refusal for an answer", Scenario.REFUSED_BY_TEST, "exit code 0 instead of 1", () -> values -> ReferenceProduct.call(values, keys) == 1 ? 0 : 70),
            product("tries refused calls again", Scenario.FINAL_FAULTS, "sent 2 requests; the refusal is final", () -> values -> {
                int code = ReferenceProduct.call(values, keys);
                return code == Product.REFUSED ? ReferenceProduct.call(values, keys) : code;
            }),
            product("knows CamelCase only", Scenario.FINAL_FAULTS_SNAKE_CASE, "client.invalid_xml", () -> values -> {
                byte[] body = ReferenceProduct.send(values.get("url"), message(values, UUID.randomUUID().toString()), Redirect.NEVER).body();
                return new String(body, StandardCharsets.UTF_8).contains("<faultcode>Client.") ? Product.REFUSED : 70;
            }),
            product("looks for Faults only", Scenario.BUSINESS_REFUSALS, "exit code 0 instead of 1", () -> careless(Redirect.NEVER)),
            product("does not know later codes", Scenario.BUSINESS_REFUSALS, "a code of later versions", () -> values -> {
                String body = new String(ReferenceProduct.send(values.get("url"), message(values, UUID.randomUUID().toString()), Redirect.NEVER).body(), StandardCharsets.UTF_8);
                return Codes.BUSINESS.stream().anyMatch(code -> body.contains(">" + code + "<")) ? Product.REFUSED : Product.ANSWERED;
            }),
            product("sends an expired token again", Scenario.STOPS_ON_EXPIRY, "sent the token again", () -> values -> ReferenceProduct.call(values, keys)),
            product("sends a deactivated token again", Scenario.STOPS_ON_DEACTIVATION, "sent the token again", () -> values -> ReferenceProduct.call(values, keys)),
            product("sends an exhausted token again", Scenario.STOPS_ON_EXHAUSTION, "sent the token again", () -> values -> ReferenceProduct.call(values, keys)),
            product("gives a taxpayer up for ever", Scenario.STOPS_ON_DEACTIVATION, "with another token after CONSENT_REVOKED: the product sent no request", () -> {
                Set<String> givenUp = new HashSet<>();
                return values -> {
                    int code = givenUp.contains(values.get("inn")) ? Product.REFUSED : ReferenceProduct.call(values, keys);
                    if (code == Product.REFUSED) {
                        givenUp.add(values.get("inn"));
                    }
                    return code;
                };
            }),
            product("takes a freeze for the end", Scenario.PAUSE_IS_NO_END, "asked again after CONSENT_FROZEN: the product sent no request", () -> {
                Set<String> ended = new HashSet<>();
                return values -> {
                    int code = ended.contains(values.get("token")) ? Product.REFUSED : ReferenceProduct.call(values, keys);
                    if (code == Product.REFUSED) {
                        ended.add(values.get("token"));
                    }
                    return code;
                };
            }),
            product("does not retry", Scenario.RETRIES_OUTAGES, "does not say that it was answered", () -> values -> ReferenceProduct.call(values, keys)),
            product("retries at once", Scenario.RETRIES_OUTAGES, "without a pause of a second", () -> values -> {
                int code = ReferenceProduct.call(values, keys);
                return code == Product.ANSWERED ? code : ReferenceProduct.call(values, keys);
            }),
            product("retries what it had signed", Scenario.RETRIES_OUTAGES, "without signing it anew", () -> values -> {
                byte[] message = message(values, UUID.randomUUID().toString());
                for (int attempt = 0; attempt < 2; attempt++) {
                    try {
                        if (ReferenceProduct.send(values.get("url"), message, Redirect.NEVER).statusCode() == 200) {
                            return Product.ANSWERED;
                        }
                    } catch (IOException e) {
                        // Again.
                    }
                    Thread.sleep(1100);
                }
                return 70;
            }),
            product("never gives up", Scenario.GIVES_UP, "sent more than 50 requests and was ended", () -> values -> {
                for (int attempt = 0; attempt <= Turn.REQUESTS_MAX; attempt++) {
                    ReferenceProduct.call(values, keys);
                }
                return -1;
            }),
            product("tries six times", Scenario.GIVES_UP, "sent 6 requests; at most 5 are allowed", () -> values -> {
                int code = 70;
                for (int attempt = 0; attempt < 6 && code != Product.ANSWERED; attempt++) {
                    code = ReferenceProduct.call(values, keys);
                }
                return code;
            }),
            product("does not look at signatures", Scenario.REJECTS_FORGED_ANSWERS, "an unsigned answer: the product says that it was answered", () -> careless(Redirect.NEVER)),
            product("looks at signatures alone", Scenario.REJECTS_FORGED_ANSWERS, "an answer with another Body than the signed one", () -> values -> believing(values, "another")),
            product("does not look whose answer it is", Scenario.REJECTS_ANSWERS_TO_OTHERS, "an answer with another id", () -> careless(Redirect.NEVER)),
            product("reads no answer", Scenario.REJECTS_UNREADABLE_ANSWERS, "a web page: the product says", () -> careless(Redirect.NEVER)),
            product("fetches document types", Scenario.REJECTS_UNREADABLE_ANSWERS, "went to the address in it", () -> values -> {
                byte[] body = ReferenceProduct.send(values.get("url"), message(values, UUID.randomUUID().toString()), Redirect.NEVER).body();
                DocumentBuilder careless = DocumentBuilderFactory.newInstance().newDocumentBuilder();
                careless.setErrorHandler(new DefaultHandler());
                careless.parse(new ByteArrayInputStream(body));
                return 70;
            }),
            product("is impatient", Scenario.WAITS_AND_ENDS, "an answer after 3 seconds", () -> values -> ReferenceProduct.call(values, keys, "--timeout", "1")),
            product("waits for ever", Scenario.WAITS_AND_ENDS, "no answer at all: the product did not end within", () -> values -> {
                int code = ReferenceProduct.call(values, keys, "--timeout", "4");
                return code == Product.ANSWERED ? code : -1;
            }));
    }

    /** Says that it was answered when the answer has an element of the given Id, which a look at the signature alone would not find. */
    private static int believing(Map<String, String> values, String blindFor) throws Exception {
        String body = new String(ReferenceProduct.send(values.get("url"), message(values, UUID.randomUUID().toString()), Redirect.NEVER).body(), StandardCharsets.UTF_8);
        return body.contains("wsu:Id=\"" + blindFor + "\"") ? Product.ANSWERED : 70;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("products")
    void theScenarioFailsAndSaysWhatWasSeen(String fault, Scenario scenario, String observation, Supplier<Rehearsal.Asked> made) throws Exception {
        Rehearsal.Ended ended = Rehearsal.of(keys, EnumSet.of(scenario), List.of("tpDataByINN"), made.get());
        ScenarioResult result = ended.report().results().get(0);
        assertEquals(Verdict.FAILED, result.verdict(), ended.out());
        assertTrue(result.observations().stream().anyMatch(text -> text.contains(observation)), ended.out());
        assertTrue(ended.out().startsWith("FAILED  " + scenario.id()), ended.out());
    }

    /** A mistake in one scenario does not colour the others. */
    @ParameterizedTest
    @EnumSource(value = Scenario.class, names = {"FINAL_FAULTS", "RETRIES_OUTAGES", "STOPS_ON_EXPIRY", "REJECTS_FORGED_ANSWERS"})
    void aGoodProductPassesTheSameScenario(Scenario scenario) throws Exception {
        String memory = "memory-" + MEMORIES.incrementAndGet();
        Rehearsal.Ended ended = Rehearsal.of(keys, EnumSet.of(scenario), List.of("tpDataByINN"), values -> good(values, memory));
        assertEquals(Verdict.PASSED, ended.report().results().get(0).verdict(), ended.out());
    }
}
