package org.kopuro.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.kopuro.access.conformance.MessageProtocol;
import org.kopuro.client.Identifier;
import org.kopuro.client.NotVerifiable;
import org.kopuro.client.Pem;
import org.kopuro.client.RestProduct;
import org.kopuro.client.RestProduct.Message;

/** A request by REST is read, and looked at as TEST would; whoever sends it. */
class RestRequestTest {

    private static final String TOKEN = "GNS1T-008J4-CT4AN-K7F24-SNAXW-SQFEZ-YM";
    private static final Map<String, String> VALUES = Map.of("service", "tpDataByINN", "inn", Rehearsal.INN, "token", TOKEN, "url", "http://127.0.0.1" + Rehearsal.PROVIDER);

    @TempDir
    private static Path folder;
    private static X509Certificate certificate;

    @BeforeAll
    static void bank() throws Exception {
        Rehearsal.bankIn(folder);
        certificate = Pem.certificate(folder.resolve("cert.pem"));
    }

    private static Message signed(Message message, String... without) throws Exception {
        return RestProduct.signed(message, Pem.key(folder.resolve("key.pem"), certificate), certificate, List.of(without));
    }

    private static Incoming incoming(Message message) {
        Map<String, List<String>> fields = new HashMap<>();
        message.fields().forEach((name, value) -> fields.put(name, List.of(value)));
        return new Incoming(message.method(), message.address().getRawPath(), Optional.ofNullable(message.address().getRawQuery()), fields, Optional.empty(), message.body());
    }

    private static Incoming right() throws Exception {
        return incoming(signed(RestProduct.message(VALUES, "an id")));
    }

    private static Incoming with(Incoming message, String name, String... values) {
        Map<String, List<String>> fields = new HashMap<>(message.fields());
        fields.remove(name);
        if (values.length > 0) {
            fields.put(name, List.of(values));
        }
        return new Incoming(message.method(), message.path(), message.query(), fields, message.shown(), message.body());
    }

    private static Incoming with(Incoming message, byte[] body) {
        return new Incoming(message.method(), message.path(), message.query(), message.fields(), message.shown(), body);
    }

    private static RestRequest read(Incoming message) throws NotVerifiable {
        return RestRequest.read(message, Rehearsal.PROVIDER, Optional.empty());
    }

    private static List<String> flaws(Incoming message) throws NotVerifiable {
        return read(message).flaws(Identifier.DEMO_BANK, certificate, Rehearsal.CLOCK);
    }

    @Test
    void aRightOneHasNoFlaws() throws Exception {
        assertEquals(List.of(), flaws(right()));
        RestRequest request = read(right());
        assertEquals(List.of("an id", "tpDataByINN", Rehearsal.INN, TOKEN), List.of(request.id(), request.service(), request.inn(), request.token().orElseThrow()));
        assertFalse(request.toString().contains("GNS1T") || right().toString().contains("GNS1T"), "the token is told");
    }

    @Test
    void thePathMayBeEncodedMoreThanItHasTo() throws Exception {
        String encoded = VALUES.get("url").replace("gns-service", "gns%2Dservice");
        Map<String, String> values = new HashMap<>(VALUES);
        values.put("url", encoded);
        assertEquals(List.of(), flaws(incoming(signed(RestProduct.message(values, "an id")))));
    }

    @Test
    void anOldOneIsFlawed() throws Exception {
        List<String> flaws = read(right()).flaws(Identifier.DEMO_BANK, certificate, Clock.offset(Rehearsal.CLOCK, Duration.ofMinutes(6)));
        assertTrue(flaws.size() == 1 && flaws.get(0).startsWith("its time-stamp is "), flaws.toString());
    }

    @ParameterizedTest
    @CsvSource({"@method", "@path", "x-road-client", "x-road-id", "x-road-userid", "kopuro-consent-token", "content-digest", "content-type"})
    void whatIsNotSignedIsNamed(String component) throws Exception {
        assertEquals(List.of("its " + component + " is not signed"), flaws(incoming(signed(RestProduct.message(VALUES, "an id"), component))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "signature||it has not one signature", "signature-input||it has not one signature", "signature|bank=:AAAA:|its signature is wrong", "signature|other=:AAAA:|it has not one signature",
        "signature|bank=7|it has not one signature", "signature-input|bank=(|its Signature-Input cannot be read", "signature|%|its Signature cannot be read",
        "content-digest|sha-256=:AAAA:|its signature is wrong", "x-road-issue|another|its x-road-issue is not signed"})
    void aSignatureThatDoesNotFitIsNamed(String field, String value, String flaw) throws Exception {
        List<String> flaws = flaws(value == null ? with(right(), field) : with(right(), field, value));
        assertTrue(flaws.size() == 1 && flaws.get(0).startsWith(flaw), flaws.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "alg=\"rsa-v1_5-sha256\"|alg=\"hmac-sha256\"|its signature's alg is not one", "alg=\"rsa-v1_5-sha256\"|alg=\"ecdsa-p256-sha256\"|its signature's alg is not one",
        "created=|creation=|its signature is wrong", "\"x-road-id\"|\"x-road-id\";sf|its signature names a component twice, or with", "\"x-road-id\"|\"@method\"|its signature names a component twice",
        "\"x-road-id\"|\"@target-uri\"|its signature refers to something that is not there"})
    void aSignaturesInputThatIsNotTheProtocolsIsNamed(String right, String wrong, String flaw) throws Exception {
        Incoming message = right();
        String input = message.field("signature-input").orElseThrow();
        assertTrue(input.contains(right), input);
        List<String> flaws = flaws(with(message, "signature-input", input.replace(right, wrong)));
        assertTrue(flaws.size() == 1 && flaws.get(0).startsWith(flaw), flaws.toString());
    }

    @Test
    void whatIsSignedWithAnotherKeyIsNamed() throws Exception {
        OwnKeys other = OwnKeys.made("EC", Rehearsal.CLOCK);
        assertEquals(List.of("it is signed with another certificate than the one that is known"),
                flaws(incoming(RestProduct.signed(RestProduct.message(VALUES, "an id"), other.key(), other.certificate(), List.of()))));
        assertEquals(List.of(), read(incoming(RestProduct.signed(RestProduct.message(VALUES, "an id"), other.key(), other.certificate(), List.of())))
                .flaws(Identifier.DEMO_BANK, other.certificate(), Rehearsal.CLOCK));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "x-road-client|central-server/COM/60009999|its X-Road-Client is not", "x-road-client|central-server/COM/60009999/demo-bank-service/more|its X-Road-Client is not",
        "x-road-client|%ZZ|its X-Road-Client is not", "x-road-client||its X-Road-Client is not", "x-road-id||it has no X-Road-Id", "x-road-id|ключ|its x-road-id is not once there"})
    void whatTheProtocolDemandsAndItLacksIsNamed(String field, String value, String flaw) throws Exception {
        Message message = RestProduct.message(VALUES, "an id");
        message.fields().remove(field);
        if (value != null) {
            message.fields().put(field, value);
        }
        List<String> flaws = flaws(incoming(message));
        assertTrue(flaws.get(0).startsWith(flaw), flaws.toString());
        assertEquals("it is not signed", flaws.get(flaws.size() - 1));
    }

    /** A certificate on the connection counts where the run is about connections; a signature that is there is verified even then. */
    @Test
    void aConnectionProvesTheCallerWhereItMayAndNothingIsSigned() throws Exception {
        Incoming unsigned = shownBy(incoming(RestProduct.message(VALUES, "an id")));
        assertEquals(List.of("it is not signed"), flaws(unsigned));
        RestRequest connected = RestRequest.read(unsigned, Rehearsal.PROVIDER, Optional.of(certificate));
        assertEquals(List.of(), connected.flaws(Identifier.DEMO_BANK, certificate, Rehearsal.CLOCK));
        assertEquals(Optional.empty(), connected.digests());
        RestRequest wrong = RestRequest.read(shownBy(with(right(), "signature", "bank=:AAAA:")), Rehearsal.PROVIDER, Optional.of(certificate));
        assertEquals(List.of("its signature is wrong"), wrong.flaws(Identifier.DEMO_BANK, certificate, Rehearsal.CLOCK));
        RestRequest altered = RestRequest.read(shownBy(with(incoming(RestProduct.message(VALUES, "an id")), "content-digest", "sha-256=:AAAA:")), Rehearsal.PROVIDER, Optional.of(certificate));
        assertEquals(List.of("its Content-Digest is of another body"), altered.flaws(Identifier.DEMO_BANK, certificate, Rehearsal.CLOCK));
    }

    private static Incoming shownBy(Incoming message) {
        return new Incoming(message.method(), message.path(), message.query(), message.fields(), Optional.of(certificate), message.body());
    }

    /** A proxy could add one, and X-Road takes the last. */
    @Test
    void aFieldTwiceIsAFlaw() throws Exception {
        List<String> flaws = flaws(with(right(), "x-road-client", "central-server/COM/60009999/demo-bank-service", "central-server/COM/60009999/demo-bank-service"));
        assertTrue(flaws.contains("its x-road-client is not once there with at most 255 printable characters of ASCII"), flaws.toString());
    }

    static Stream<byte[]> noMessages() {
        String digit = "9";
        return Stream.of("", "{", "{\"inn\":\"2300", "[]", "\"inn\"", "null", "{\"inn\":\"1\",\"inn\":\"2\"}", "{'inn':'1'}", "<inn/>", "{\"inn\":" + "[".repeat(30_000),
                "{\"inn\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}", "{\"inn\":" + "{\"a\":".repeat(9_000) + "1" + "}".repeat(9_000) + "}").map(text -> text.getBytes(StandardCharsets.UTF_8))
                .collect(java.util.stream.Collectors.collectingAndThen(java.util.stream.Collectors.toList(), texts -> Stream.concat(texts.stream(), Stream.of(
                        "{\"inn\":\"я\"}".getBytes(java.nio.charset.Charset.forName("windows-1251")), "{\"inn\":\"1\"}".getBytes(StandardCharsets.UTF_16), new byte[] {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', '}'},
                        ("{\"inn\":\"" + digit.repeat(64 * 1024) + "\"}").getBytes(StandardCharsets.UTF_8)))));
    }

    @ParameterizedTest
    @MethodSource("noMessages")
    void whatIsNoMessageIsNotReadAndCostsNothing(byte[] body) {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThrows(NotVerifiable.class, () -> read(with(right(), body)), () -> new String(body, StandardCharsets.UTF_8)));
    }

    /** Numbers are not expanded: nobody asks what they are. */
    @Test
    void aNumberWithoutEndIsAMessageAboutNobody() throws Exception {
        RestRequest request = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> read(with(right(), "{\"inn\":1e999999999}".getBytes(StandardCharsets.UTF_8))));
        assertEquals("", request.inn());
    }

    @ParameterizedTest
    @CsvSource({"/r1/central-server/GOV/70000002/gns-service", "/r1/central-server/GOV/70000002/gns-service/tpDataByINN/more", "/r1/central-server/GOV/70000002/another/tpDataByINN", "/r1/%ZZ", "/soap/tax/v1"})
    void whatIsSentElsewhereIsNotRead(String path) throws Exception {
        Incoming right = right();
        assertThrows(NotVerifiable.class, () -> read(new Incoming("POST", path, Optional.empty(), right.fields(), Optional.empty(), right.body())));
    }

    @ParameterizedTest
    @CsvSource({"GET, application/json", "PUT, application/json", "POST, text/xml", "POST, ''"})
    void anotherMethodOrTypeIsNotRead(String method, String type) throws Exception {
        Incoming right = with(right(), "content-type", type);
        assertThrows(NotVerifiable.class, () -> read(new Incoming(method, right.path(), Optional.empty(), right.fields(), Optional.empty(), right.body())));
    }

    /** Half a request, a header of 20 MB, ten thousand fields: the product is not heard, and the next one is. */
    @Test
    void whatIsNoHttpStopsNobody() throws Exception {
        OwnKeys server = OwnKeys.made("RSA", Rehearsal.CLOCK);
        PlayedAnswers answers = PlayedAnswers.by(MessageProtocol.REST, server, server, Rehearsal.CLOCK);
        Wire wire = new RestWire(URI.create(VALUES.get("url")), Optional.empty(), server.certificate(), Rehearsal.CLOCK);
        try (Stage stage = new Stage(0, new TestEndpoint(URI.create("http://127.0.0.1:1"), wire, Optional.empty()), answers, Identifier.DEMO_BANK, certificate, Rehearsal.CLOCK, Optional.empty())) {
            Turn turn = new Turn("hostile", "tpDataByINN", Rehearsal.INN, Optional.empty(), List.of(Reply.of(answers::answered)));
            stage.begin(turn);
            String start = "POST " + stage.url().getPath() + "/tpDataByINN HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";
            send(stage, start + "Content-Length: 100\r\n\r\n{\"inn\":", "");
            send(stage, start + "X-Road-Id: ", "9".repeat(20 * 1024 * 1024));
            send(stage, start, "X-Road-Issue: 1\r\n".repeat(10_000));
            send(stage, start + "Content-Length: -1\r\n\r\n", "");
            assertEquals(List.of(), turn.heard().stream().filter(heard -> heard.request().isPresent()).toList());
            Map<String, String> values = new HashMap<>(VALUES);
            values.put("url", stage.url().toString());
            assertEquals(200, RestProduct.send(signed(RestProduct.message(values, "an id")), java.net.http.HttpClient.Redirect.NEVER, Duration.ofSeconds(10)).statusCode());
            assertEquals(1, turn.heard().stream().filter(heard -> heard.request().isPresent() && heard.flaws().isEmpty()).count());
            stage.end();
        }
    }

    private static void send(Stage stage, String start, String more) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", stage.url().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(start.getBytes(StandardCharsets.US_ASCII));
            out.write(more.getBytes(StandardCharsets.US_ASCII));
            out.flush();
        } catch (IOException e) {
            // The stage may hang up before all of it is sent.
        }
    }

    @Test
    void anExpiredOneIsFlawed() throws Exception {
        Message late = RestProduct.signed(RestProduct.message(VALUES, "an id"), Pem.key(folder.resolve("key.pem"), certificate), certificate, List.of(), Instant.now().minus(Duration.ofHours(1)));
        List<String> flaws = flaws(incoming(late));
        assertTrue(flaws.size() == 1 && flaws.get(0).startsWith("its time-stamp is "), flaws.toString());
    }
}
