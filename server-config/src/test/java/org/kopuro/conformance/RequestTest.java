package org.kopuro.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.client.Identifier;
import org.kopuro.client.NotVerifiable;
import org.kopuro.client.ReferenceProduct;

/** A request of a product is read, and looked at as TEST would. */
class RequestTest {

    private static final Map<String, String> VALUES = Map.of("service", "tpDataByINN", "inn", Rehearsal.INN, "token", "GNS1T-008J4-CT4AN-K7F24-SNAXW-SQFEZ-YM");

    @TempDir
    private static Path folder;
    private static OwnKeys bank;

    @BeforeAll
    static void bank() throws Exception {
        bank = Rehearsal.bankIn(folder);
    }

    private static List<String> flaws(byte[] octets, Clock clock) throws NotVerifiable {
        return SoapRequest.read(octets).flaws(Identifier.DEMO_BANK, bank.certificate(), clock);
    }

    @Test
    void aRightOneHasNoFlaws() throws Exception {
        byte[] octets = ReferenceProduct.message(VALUES, "an id", folder, true, true);
        assertEquals(List.of(), flaws(octets, Rehearsal.CLOCK));
        SoapRequest request = SoapRequest.read(octets);
        assertEquals(List.of("an id", "tpDataByINN", Rehearsal.INN, VALUES.get("token")), List.of(request.id(), request.service(), request.inn(), request.token().orElseThrow()));
        assertTrue(!request.toString().contains("GNS1T"), "the token is told");
    }

    @Test
    void anOldOneIsFlawed() throws Exception {
        byte[] octets = ReferenceProduct.message(VALUES, "an id", folder, true, true);
        List<String> flaws = flaws(octets, Clock.offset(Rehearsal.CLOCK, Duration.ofMinutes(6)));
        assertTrue(flaws.size() == 1 && flaws.get(0).startsWith("its time-stamp is "), flaws.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "<id:memberCode>60009999|<id:memberCode>60009998|its client is not central-server/COM/60009999/demo-bank-service",
        "<id:serviceCode>tpDataByINN</id:serviceCode>||its header names no service",
        "<xrd:id>an id|<xrd:id>|its xrd:id is not of 1 to 255 characters",
        "<xrd:protocolVersion>4.0|<xrd:protocolVersion>3.0|its protocolVersion is not 4.x",
        "urn:kopuro:consent-token:v1|urn:other|its token has not the tokenType urn:kopuro:consent-token:v1"})
    void whatTheProtocolDemandsAndItLacksIsNamed(String right, String wrong, String flaw) throws Exception {
        String message = new String(ReferenceProduct.message(VALUES, "an id", folder, true, false), StandardCharsets.UTF_8);
        assertTrue(message.contains(right), message);
        assertEquals(List.of(flaw, "it is not signed"), flaws(message.replace(right, wrong == null ? "" : wrong).getBytes(StandardCharsets.UTF_8), Rehearsal.CLOCK));
    }

    /** What looks at signatures goes down every branch: deeper than the protocol's 64 nobody gets. */
    @Test
    void elementsWithinElementsWithoutEndAreNotRead() throws Exception {
        String message = new String(ReferenceProduct.message(VALUES, "an id", folder, true, true), StandardCharsets.UTF_8);
        String deep = message.replaceFirst("(<prod:request>)", "$1" + "<a>".repeat(100_000) + "</a>".repeat(100_000));
        assertTrue(deep.length() > message.length());
        assertThrows(NotVerifiable.class, () -> SoapRequest.read(deep.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatIsNoMessageIsNotRead() {
        for (String text : List.of("", "<a/>", "{}", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>")) {
            assertThrows(NotVerifiable.class, () -> SoapRequest.read(text.getBytes(StandardCharsets.UTF_8)), text);
        }
    }
}
