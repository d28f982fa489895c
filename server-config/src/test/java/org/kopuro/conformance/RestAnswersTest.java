package org.kopuro.conformance;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.access.conformance.ForwardedCall;
import org.kopuro.access.conformance.MessageProtocol;
import org.kopuro.client.NotVerifiable;
import org.kopuro.client.RestProduct;
import org.kopuro.client.RestProduct.Message;
import org.kopuro.client.Xml;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What the harness answers by REST in place of TEST is what TEST could have answered; what is forged is forged in one point. */
class RestAnswersTest {

    private static OwnKeys keys;
    private static PlayedAnswers answers;
    private static Wire wire;

    @BeforeAll
    static void server() throws Exception {
        keys = OwnKeys.made("EC", Rehearsal.CLOCK);
        answers = PlayedAnswers.by(MessageProtocol.REST, keys, OwnKeys.made("EC", Rehearsal.CLOCK), Rehearsal.CLOCK);
        wire = new RestWire(URI.create("http://127.0.0.1" + Rehearsal.PROVIDER), Optional.empty(), keys.certificate(), Rehearsal.CLOCK);
    }

    private static Request request(String service) throws Exception {
        Message message = RestProduct.message(Map.of("service", service, "inn", Rehearsal.INN, "token", "", "url", "http://127.0.0.1" + Rehearsal.PROVIDER), "an id");
        Map<String, List<String>> fields = new HashMap<>();
        message.fields().forEach((name, value) -> fields.put(name, List.of(value)));
        return wire.read(new Incoming("POST", message.address().getRawPath(), Optional.empty(), fields, Optional.empty(), message.body()));
    }

    /** The JSON is SOAP's response by the same names: the schema is the contract of both. */
    @ParameterizedTest
    @ValueSource(strings = {"tpDataByINN", "tpDataByINNforBusinessActivity", "taxpayerDataByInn", "TPpaymentDateByInn", "incomeStatement", "headcount"})
    void isOfTheContract(String service) throws Exception {
        Request request = request(service);
        Outgoing answer = answers.answered(request);
        assertEquals(ForwardedCall.ANSWERED, wire.outcome(request, answer));
        Document document = Xml.create();
        Element response = Xml.append(Xml.append(document, Xml.TAX, service + "Response"), Xml.TAX, "response");
        write(response, Json.object(answer.body()));
        Schema schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(Path.of("../xsd/src/main/xsd/tax/v1/messages.xsd").toFile());
        assertDoesNotThrow(() -> schema.newValidator().validate(new DOMSource(document)));
    }

    private static void write(Element parent, JsonObject object) {
        object.forEach((name, value) -> {
            if (value instanceof JsonArray rows) {
                rows.getValuesAs(JsonObject.class).forEach(row -> write(Xml.append(parent, Xml.TAX, name), row));
            } else {
                Xml.append(parent, Xml.TAX, name, value instanceof JsonString text ? text.getString() : value.toString());
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"CONSENT_REVOKED, 422", "TAXPAYER_UNKNOWN, 404", "FIELD_UNKNOWN, 400"})
    void aServicesRefusalHasItsStatusAndIsSigned(String code, int status) throws Exception {
        Request request = request("tpDataByINN");
        Outgoing refused = answers.refused(request, code);
        assertEquals(status, refused.status());
        assertEquals(code, wire.outcome(request, refused));
        assertEquals(code, Json.object(refused.body()).getString("type"));
        assertTrue(refused.field("x-road-error").isEmpty() && refused.field("signature").isPresent());
    }

    @ParameterizedTest
    @CsvSource({"ACCESS_RIGHT_MISSING, Server.ServerProxy.AccessDenied, 500", "SIGNATURE_INVALID, Client.SignatureInvalid, 400", "RATE_LIMITED, Server.Kopuro.RateLimited, 429"})
    void aRefusalOfTheExchangeIsASecurityServers(String code, String type, int status) throws Exception {
        Request request = request("tpDataByINN");
        Codes.Fault fault = Codes.ofCode(code);
        Outgoing refused = answers.fault(request, fault.spelled(false), fault.code(), fault.signed());
        assertEquals(List.of(status, code, Optional.of(type)), List.of(refused.status(), wire.outcome(request, refused), refused.field("x-road-error")));
        assertEquals(fault.signed(), refused.field("signature").isPresent());
        assertEquals(status == 429, refused.field("retry-after").isPresent());
        Outgoing away = answers.fault(request, Codes.TEMPORARILY_UNAVAILABLE.spelled(true), Optional.empty(), true);
        assertEquals(List.of(503, false), List.of(away.status(), away.field("signature").isPresent()));
    }

    @Test
    void aForgeryIsNoAnswer() throws Exception {
        Request request = request("tpDataByINN");
        for (Map<String, Function<Request, Outgoing>> made : List.of(answers.forged(), answers.toOthers(), answers.unreadable("http://127.0.0.1:1"))) {
            made.forEach((about, forged) -> {
                assertEquals(200, forged.apply(request).status(), about);
                assertThrows(NotVerifiable.class, () -> wire.outcome(request, forged.apply(request)), about);
            });
        }
    }

    /** What an answer must be for a product to see where it is wrong, and no more: each forgery is forged in one point. */
    @Test
    void eachForgeryIsFoundByWhatItIsNamedFor() throws Exception {
        Request request = request("tpDataByINN");
        Map<String, String> why = new HashMap<>();
        List.of(answers.forged(), answers.toOthers(), answers.unreadable("")).forEach(made -> made.forEach((about, forged) ->
                why.put(about, assertThrows(NotVerifiable.class, () -> wire.outcome(request, forged.apply(request))).getMessage().replaceAll(" is \\d.*", ""))));
        assertEquals(Map.ofEntries(Map.entry("an unsigned answer", "it is not signed"),
                Map.entry("an answer of another key", "it is signed with another certificate than the one that is known"),
                Map.entry("an answer of another key under the right certificate", "its signature is wrong"), Map.entry("an answer changed after it was signed", "its Content-Digest is of another body"),
                Map.entry("an answer with another Body than the signed one", "its signature is wrong"), Map.entry("an answer of an hour ago", "its time-stamp"),
                Map.entry("a refusal made an answer", "its signature is wrong"), Map.entry("an answer with another id", "its signature is wrong"),
                Map.entry("an answer that was signed for another id", "its signature is wrong"), Map.entry("an answer that was signed for no id", "its x-road-id;req is not signed"),
                Map.entry("an empty answer", "its body is not a JSON object, each name in it once"), Map.entry("a web page", "it has no Content-Digest by sha-256 or sha-512"),
                Map.entry("half an answer", "its body is not a JSON object, each name in it once"), Map.entry("a list for an answer", "its body is not a JSON object, each name in it once"),
                Map.entry("brackets without end", "its body is not a JSON object, each name in it once")), why);
    }

    /** A code that the protocol gains and the run forgets would go untried. */
    @Test
    void everyFormOfItsOwnIsPlayed() throws Exception {
        String page = Files.readString(Path.of("../docs/protocols/rest-v1.md"));
        String own = page.lines().filter(line -> line.startsWith("Form of its own:")).findFirst().orElseThrow();
        Set<String> told = Pattern.compile("`(?:Client)?\\.([A-Za-z]+)`").matcher(own).results().map(found -> "Client." + found.group(1)).collect(Collectors.toCollection(TreeSet::new));
        assertTrue(told.size() > 5, own);
        Set<String> played = Codes.faults(MessageProtocol.REST).stream().map(Codes.Fault::faultcode).collect(Collectors.toSet());
        assertTrue(played.containsAll(told), () -> told.stream().filter(code -> !played.contains(code)).toList() + " is not played");
        // The rest is SOAP's but for what only SOAP has.
        Set<String> soap = Codes.faults(MessageProtocol.SOAP).stream().map(Codes.Fault::faultcode).collect(Collectors.toSet());
        assertTrue(soap.containsAll(played.stream().filter(code -> !told.contains(code)).toList()));
        assertFalse(played.contains("Client.InvalidSoap"));
        assertTrue(Codes.business(MessageProtocol.REST).containsAll(Codes.business(MessageProtocol.SOAP)));
    }
}
