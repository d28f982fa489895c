package org.kopuro.exchange.soap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kopuro.deployment.SoapText;
import org.kopuro.exchange.AttachmentLimit;
import org.kopuro.exchange.IdentityRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.testing.TestCertificates;

/** A signature that covers a file beside the message (WS-Security's SwA profile). */
class SignedAttachmentsTest {

    private static final Instant NOW = Instant.parse("2026-03-02T04:00:00Z");
    private static final TestCertificates.Identity SIGNER = TestCertificates.elliptic(NOW);
    private static final byte[] FILE = "%PDF-1.7 signed".getBytes(StandardCharsets.US_ASCII);
    private static final String BINARY = "application/pdf";
    private static final String MESSAGE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xrd="http://x-road.eu/xsd/xroad.xsd" xmlns:id="http://x-road.eu/xsd/identifiers" xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"><soap:Header>
            <xrd:client id:objectType="SUBSYSTEM" wsu:Id="client"><id:xRoadInstance>central-server</id:xRoadInstance><id:memberClass>COM</id:memberClass><id:memberCode>1</id:memberCode><id:subsystemCode>app</id:subsystemCode></xrd:client>
            <xrd:service id:objectType="SERVICE" wsu:Id="service"><id:xRoadInstance>central-server</id:xRoadInstance><id:memberClass>GOV</id:memberClass><id:memberCode>70000002</id:memberCode><id:subsystemCode>gns-service</id:subsystemCode><id:serviceCode>transferForm</id:serviceCode><id:serviceVersion>v1</id:serviceVersion></xrd:service>
            <xrd:id wsu:Id="id">1</xrd:id><xrd:protocolVersion wsu:Id="version">4.0</xrd:protocolVersion>${security}</soap:Header>
            <soap:Body wsu:Id="body"><p:transferForm xmlns:p="urn:x"/></soap:Body></soap:Envelope>
            """;

    private final SignatureCheck check = new SignatureCheck(Clock.fixed(NOW, ZoneOffset.UTC));
    private boolean read;
    private Attachments attachments = Attachments.NONE;

    @AfterEach
    void close() throws IOException {
        attachments.close();
    }

    @Test
    void isVerifiedWhileTheFileArrives() throws IOException {
        check.verify(message(signed("f@t")), Optional.of(thumbprint -> sent(FILE, BINARY)));
        assertTrue(read);
    }

    @Test
    void ofAnotherFileIsRefused() {
        assertRefused(IdentityRefusal.SIGNATURE_INVALID, signed("f@t"), "%PDF-1.7 swapped".getBytes(StandardCharsets.US_ASCII), BINARY);
        assertRefused(IdentityRefusal.SIGNATURE_INVALID, signed("none@t"), FILE, BINARY);
    }

    /** The profile has them rewritten before they are digested. */
    @Test
    void ofTextsAndXmlIsRefused() {
        assertRefused(IdentityRefusal.SIGNATURE_FORM_REFUSED, signed("f@t"), FILE, "text/plain");
        assertRefused(IdentityRefusal.SIGNATURE_FORM_REFUSED, signed("f@t"), FILE, "application/atom+xml");
    }

    @Test
    void readsNothingOfWhoseValueIsForged() {
        assertRefused(IdentityRefusal.SIGNATURE_INVALID, signed("f@t").replaceFirst("<ds:DigestValue>..", "<ds:DigestValue>AA"), FILE, BINARY);
        assertFalse(read);
    }

    @Test
    void isRefusedWhereNoFilesAreTaken() {
        assertEquals(IdentityRefusal.SIGNATURE_FORM_REFUSED, assertThrows(Refusal.class, () -> check.verify(message(signed("f@t")), Optional.empty())).code());
    }

    private void assertRefused(IdentityRefusal code, String text, byte[] file, String type) {
        assertEquals(code, assertThrows(Refusal.class, () -> check.verify(message(text), Optional.of(thumbprint -> sent(file, type)))).code());
    }

    private static String signed(String id) {
        try {
            return SoapText.of(MESSAGE).withPart(id, MessageDigest.getInstance("SHA-256").digest(FILE)).created(NOW).signedBy(SIGNER).text();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static XRoadMessage message(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return new MessageForm().read(XmlReader.read(octets, 0, octets.length, Optional.empty()));
    }

    private Attachments sent(byte[] file, String type) throws IOException {
        attachments.close();
        read = true;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("--b\r\nContent-Type: " + type + "\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <f@t>\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(file);
        out.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII));
        attachments = Attachments.received(new MultipartReader(new Metered(new ByteArrayInputStream(out.toByteArray()), 100_000), "multipart/related; boundary=b"), new AttachmentLimit(2, 1));
        return attachments;
    }
}
