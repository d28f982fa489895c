package org.kopuro.conformance;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.access.conformance.MessageProtocol;
import org.kopuro.client.Answer;
import org.kopuro.client.NotVerifiable;
import org.kopuro.client.ReferenceProduct;
import org.kopuro.client.Xml;

/** What the harness answers in place of TEST is what TEST could have answered; what is forged is forged in one point. */
class PlayedAnswersTest {

    @TempDir
    private static Path folder;

    private static SoapRequest request(String service) throws Exception {
        if (!Files.exists(folder.resolve("key.pem"))) {
            Rehearsal.bankIn(folder);
        }
        return SoapRequest.read(ReferenceProduct.message(Map.of("service", service, "inn", Rehearsal.INN, "token", ""), "an id", folder, true, true));
    }

    private static Schema schema() throws Exception {
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        return factory.newSchema(Path.of("../xsd/src/main/xsd/tax/v1/messages.xsd").toFile());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tpDataByINN", "tpDataByINNforBusinessActivity", "taxpayerDataByInn", "TPpaymentDateByInn", "incomeStatement", "headcount"})
    void isOfTheContract(String service) throws Exception {
        SoapRequest request = request(service);
        OwnKeys keys = OwnKeys.made("EC", Rehearsal.CLOCK);
        PlayedAnswers answers = new SoapAnswers(keys, keys, Rehearsal.CLOCK);
        Answer answered = Answer.verified(answers.answered(request).body(), request.document(), keys.certificate(), Rehearsal.CLOCK);
        assertEquals(Optional.empty(), answered.refusal());
        Answer refused = Answer.verified(answers.refused(request, "CONSENT_REVOKED").body(), request.document(), keys.certificate(), Rehearsal.CLOCK);
        assertEquals(Optional.of("CONSENT_REVOKED"), refused.refusal());
        for (Answer answer : new Answer[] {answered, refused}) {
            assertDoesNotThrow(() -> schema().newValidator().validate(new DOMSource(answer.payload())));
        }
    }

    @Test
    void aForgeryIsWrongInItsSignatureOnly() throws Exception {
        SoapRequest request = request("tpDataByINN");
        OwnKeys keys = OwnKeys.made("RSA", Rehearsal.CLOCK);
        PlayedAnswers answers = new SoapAnswers(keys, OwnKeys.made("RSA", Rehearsal.CLOCK), Rehearsal.CLOCK);
        for (byte[] forged : Stream.of(answers.forged(), answers.toOthers()).flatMap(made -> made.values().stream()).map(made -> made.apply(request).body()).toList()) {
            assertThrows(NotVerifiable.class, () -> Answer.verified(forged, request.document(), keys.certificate(), Rehearsal.CLOCK));
            assertDoesNotThrow(() -> schema().newValidator().validate(new DOMSource(Xml.children(Xml.child(Xml.read(forged).getDocumentElement(), Xml.SOAP, "Body").orElseThrow()).get(0))));
        }
    }

    /** A code that the protocol gains and the run forgets would go untried. */
    @Test
    void everyCodeOfTheProtocolIsPlayed() throws Exception {
        String protocol = Files.readString(Path.of("../docs/protocols/tax-v1.md"));
        String refusals = protocol.substring(protocol.indexOf("## Refusals"), protocol.indexOf("## Samples"));
        Set<String> told = Pattern.compile("\\b[A-Z]+(?:_[A-Z]+)+\\b").matcher(refusals).results().map(found -> found.group()).collect(Collectors.toCollection(TreeSet::new));
        // What a caller sent as a request comes back as the code: there is no code of its own to play.
        assertTrue(told.remove("FAULT_AS_REQUEST"));
        Set<String> played = new TreeSet<>(Codes.BUSINESS);
        played.addAll(Set.of(Codes.EXPIRED, Codes.REVOKED, Codes.EXHAUSTED, Codes.FROZEN));
        Set<String> faults = Codes.faults(MessageProtocol.SOAP).stream().flatMap(fault -> fault.code().stream()).collect(Collectors.toCollection(TreeSet::new));
        played.addAll(faults);
        assertTrue(played.containsAll(told), () -> told.stream().filter(code -> !played.contains(code)).toList() + " is not played");
        Set<String> names = Pattern.compile("(?<![A-Za-z])\\.([A-Z][A-Za-z]+)").matcher(refusals).results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
        Set<String> playedNames = Codes.faults(MessageProtocol.SOAP).stream().map(fault -> fault.faultcode().substring(fault.faultcode().lastIndexOf('.') + 1)).collect(Collectors.toSet());
        assertFalse(names.isEmpty());
        assertTrue(playedNames.containsAll(names), () -> names.stream().filter(name -> !playedNames.contains(name)).toList() + " is not played");
    }

    @Test
    void codesAreSpelledAsXRoadSpellsThem() {
        assertEquals("server.clientproxy.unknown_member", Codes.ofCode("MEMBER_UNKNOWN").spelled(true));
        assertEquals("Server.ServerProxy.AccessDenied", Codes.ofCode("PARTICIPANT_SUSPENDED").spelled(false));
        assertEquals("client.invalid_http_method", Codes.ofCode("INVALID_HTTP_METHOD").spelled(true));
        assertEquals("server.kopuro.temporarily_unavailable", Codes.TEMPORARILY_UNAVAILABLE.spelled(true));
    }
}
