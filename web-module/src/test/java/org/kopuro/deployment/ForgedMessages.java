package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.CertificateEvent;
import org.kopuro.participants.FaultDialect;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestCertificates;

/** Signatures that are missing, partial, weak, stale, foreign, or put around something else than what is processed. */
interface ForgedMessages {

    @ParameterizedTest
    @ValueSource(strings = {"body", "client", "service", "id", "version", "user", "issue", "token", "ts-of-test"})
    default void areRefusedWhenAPartIsNotSigned(String part) {
        Scene scene = scene();
        String message = TaxMessage.of(scene).service("tpDataByINN").token(Participants.token(FaultDialect.CAMEL_CASE)).text().signedBy(scene.identity).withoutSigning(part).text();
        SoapAnswer answer = assertRefused("SIGNATURE_INCOMPLETE", message);
        assertTrue(Map.of("body", "soap:Body", "client", "client", "service", "service", "id", "id", "version", "protocolVersion", "user", "userId", "issue", "issue",
                "token", "securityToken", "ts-of-test", "wsu:Timestamp").get(part).equals(answer.refusalField()), answer::refusalField);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "http://www.w3.org/2000/09/xmldsig#rsa-sha1", "http://www.w3.org/2000/09/xmldsig#hmac-sha1", "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1",
        "http://www.w3.org/2000/09/xmldsig#dsa-sha1", "urn:none",
    })
    default void areRefusedWithAWeakSignatureAlgorithm(String algorithm) {
        Scene scene = scene();
        String message = TaxMessage.of(scene).signed().replaceAll("(SignatureMethod Algorithm=\")[^\"]*", "$1" + algorithm);
        assertRefused("SIGNATURE_ALGORITHM_REFUSED", message);
    }

    @Test
    default void areRefusedWhenReallySignedWithSha1() {
        Scene scene = scene();
        TestCertificates.Identity rsa = TestCertificates.rsa(Instant.now());
        scene.addCertificate(scene.subsystem, Contour.TEST, rsa);
        assertRefused("SIGNATURE_ALGORITHM_REFUSED", TaxMessage.of(scene).text().signedBy(rsa).signatureMethod("http://www.w3.org/2000/09/xmldsig#rsa-sha1").text());
        assertRefused("SIGNATURE_ALGORITHM_REFUSED", TaxMessage.of(scene).text().signedBy(rsa).digestMethod("http://www.w3.org/2000/09/xmldsig#sha1").text());
    }

    @Test
    default void areRefusedWithAnotherCanonicalization() {
        Scene scene = scene();
        assertRefused("SIGNATURE_ALGORITHM_REFUSED", TaxMessage.of(scene).text().signedBy(scene.identity).canonicalization("http://www.w3.org/TR/2001/REC-xml-c14n-20010315").text());
        assertRefused("SIGNATURE_ALGORITHM_REFUSED", TaxMessage.of(scene).text().signedBy(scene.identity).transforms("http://www.w3.org/TR/2001/REC-xml-c14n-20010315").text());
        assertRefused("SIGNATURE_ALGORITHM_REFUSED", TaxMessage.of(scene).text().signedBy(scene.identity).transforms().text());
    }

    /** Transforms that select or compute are how signatures come to mean something else than they seem to. */
    @ParameterizedTest
    @ValueSource(strings = {"http://www.w3.org/TR/1999/REC-xslt-19991116", "http://www.w3.org/TR/1999/REC-xpath-19991116", "http://www.w3.org/2002/06/xmldsig-filter2",
        "http://www.w3.org/2000/09/xmldsig#base64"})
    default void areRefusedWithTransformsThatSelectOrCompute(String transform) {
        Scene scene = scene();
        assertRefused("SIGNATURE_ALGORITHM_REFUSED", TaxMessage.of(scene).signed().replaceFirst("(<ds:Transform Algorithm=\")[^\"]*", "$1" + transform));
    }

    /** As the npm soap client signs: an extra enveloped-signature transform on every reference. */
    @Test
    default void areNotTheOnesWithAnExtraEnvelopedSignatureTransform() {
        Scene scene = scene();
        Server.Response response = Server.soap(TaxMessage.of(scene).text().signedBy(scene.identity)
                .transforms("http://www.w3.org/2000/09/xmldsig#enveloped-signature", "http://www.w3.org/2001/10/xml-exc-c14n#").text());
        assertEquals(200, response.status(), response::text);
    }

    static Stream<Arguments> forgeries() {
        return Stream.of(
                change("a changed INN", "SIGNATURE_INVALID", text -> text.replaceFirst("<p:inn>\\d{13}", "<p:inn>2300219900000")),
                change("a changed user", "SIGNATURE_INVALID", text -> text.replaceFirst(">KG\\d", ">KG9")),
                change("a changed time-stamp", "SIGNATURE_INVALID", text -> text.replaceFirst("<wsu:Expires>2", "<wsu:Expires>3")),
                change("a changed signature value", "SIGNATURE_INVALID", text -> text.replaceFirst("(<ds:SignatureValue>)...", "$1AAA")),
                change("a namespace prefix bound to something else", "SIGNATURE_INVALID", text -> text.replace("xmlns:p=\"http://gns-security-server.x-road.fi/producer\"",
                        "xmlns:p=\"http://gns-security-server.x-road.fi/producer\" xmlns:q=\"urn:q\"").replace("<p:request>", "<p:request q:a=\"1\">")),
                change("a second element with the Id of the Body", "DUPLICATE_ID", text -> text.replace("</soap:Header>", "<x:o xmlns:x=\"urn:x\" wsu:Id=\"body\"/></soap:Header>")),
                change("a second element with an unqualified Id of the same value", "DUPLICATE_ID",
                        text -> text.replace("</soap:Header>", "<x:o xmlns:x=\"urn:x\" Id=\"body\"/></soap:Header>")),
                change("the classic wrapping: the signed Body moved into the header, another one in its place", "SIGNATURE_INCOMPLETE",
                        text -> moved(text, "<x:wrapper xmlns:x=\"urn:x\">%s</x:wrapper></soap:Header>")),
                change("the signed Body moved behind the new one", "INVALID_SOAP", text -> appended(text)),
                change("the signed Body moved into the Signature as an Object", "SIGNATURE_FORM_REFUSED",
                        text -> moved(text, "</soap:Header>").replace("</ds:Signature>", "<ds:Object>" + body(text) + "</ds:Object></ds:Signature>")),
                change("the signed Body moved into the Security header", "SIGNATURE_FORM_REFUSED",
                        text -> moved(text, "</soap:Header>").replace("</wsse:Security>", body(text) + "</wsse:Security>")),
                change("the signed client moved aside, another client in its place", "SIGNATURE_INCOMPLETE", text -> {
                    String client = text.substring(text.indexOf("<xrd:client"), text.indexOf("</xrd:client>") + 13);
                    return text.replace(client, client.replace(" wsu:Id=\"client\"", "").replaceFirst("<id:subsystemCode>[^<]*", "<id:subsystemCode>other"))
                            .replace("</soap:Header>", "<x:wrapper xmlns:x=\"urn:x\">" + client + "</x:wrapper></soap:Header>");
                }),
                change("the signed time-stamp moved aside, a fresh one in its place", "SIGNATURE_INCOMPLETE", text -> {
                    String stamp = text.substring(text.indexOf("<wsu:Timestamp"), text.indexOf("</wsu:Timestamp>") + 16);
                    return text.replace(stamp, stamp.replace(" wsu:Id=\"ts-of-test\"", "")).replace("</soap:Header>", "<x:w xmlns:x=\"urn:x\">" + stamp + "</x:w></soap:Header>");
                }),
                change("a second Security header", "SIGNATURE_FORM_REFUSED", text -> {
                    String security = text.substring(text.indexOf("<wsse:Security"), text.indexOf("</wsse:Security>") + 16);
                    return text.replace(security, security + security.replaceAll("wsu:Id=\"[^\"]*\"", ""));
                }),
                change("a second signature", "SIGNATURE_FORM_REFUSED", text -> {
                    String signature = text.substring(text.indexOf("<ds:Signature "), text.indexOf("</ds:Signature>") + 15);
                    return text.replace(signature, signature + signature);
                }),
                change("a second time-stamp", "SIGNATURE_FORM_REFUSED", text -> text.replace("</wsu:Timestamp>", "</wsu:Timestamp><wsu:Timestamp/>")),
                change("a reference to the whole document", "SIGNATURE_FORM_REFUSED", text -> text.replaceFirst("URI=\"#client\"", "URI=\"\"")),
                change("a reference to a file", "SIGNATURE_FORM_REFUSED", text -> text.replaceFirst("URI=\"#client\"", "URI=\"file:///etc/passwd\"")),
                change("a reference to another server", "SIGNATURE_FORM_REFUSED", text -> text.replaceFirst("URI=\"#client\"", "URI=\"http://127.0.0.1:1/x\"")),
                change("a reference by XPointer", "SIGNATURE_FORM_REFUSED", text -> text.replaceFirst("URI=\"#client\"", "URI=\"#xpointer(/)\"")),
                change("a reference to an attachment", "SIGNATURE_FORM_REFUSED", text -> text.replaceFirst("URI=\"#client\"", "URI=\"cid:x\"")),
                change("a reference to nothing", "SIGNATURE_INVALID", text -> text.replaceFirst("URI=\"#client\"", "URI=\"#nothing\"")),
                change("a reference to a manifest", "SIGNATURE_INVALID", text -> text.replaceFirst("URI=\"#client\"", "Type=\"http://www.w3.org/2000/09/xmldsig#Manifest\" URI=\"#client\"")),
                change("a key named instead of sent", "SIGNATURE_FORM_REFUSED", text -> text.replaceFirst("(?s)<ds:KeyInfo>.*</ds:KeyInfo>", "<ds:KeyInfo><ds:KeyName>x</ds:KeyName></ds:KeyInfo>")),
                change("a bare public key", "SIGNATURE_FORM_REFUSED", text -> text.replaceFirst("(?s)<ds:KeyInfo>.*</ds:KeyInfo>", "<ds:KeyInfo><ds:KeyValue/></ds:KeyInfo>")),
                change("no key at all", "SIGNATURE_FORM_REFUSED", text -> text.replaceFirst("(?s)<ds:KeyInfo>.*</ds:KeyInfo>", "")),
                change("a certificate that is none", "SIGNATURE_INVALID", text -> text.replaceFirst("(Base64Binary\"[^>]*>)[^<]*", "$1AAAA")),
                change("no certificate", "SIGNATURE_FORM_REFUSED", text -> text.replaceFirst("(?s)<wsse:BinarySecurityToken.*</wsse:BinarySecurityToken>", "")),
                change("an encrypted key in the Security header", "SIGNATURE_FORM_REFUSED",
                        text -> text.replace("</wsse:Security>", "<xenc:EncryptedKey xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\"/></wsse:Security>")),
                change("a user name in the Security header", "SIGNATURE_FORM_REFUSED", text -> text.replace("</wsse:Security>", "<wsse:UsernameToken/></wsse:Security>")),
                change("a time-stamp that is no time", "TIMESTAMP_INVALID", text -> text.replaceFirst("<wsu:Created>[^<]*", "<wsu:Created>yesterday")),
                change("a Security header without a signature", "SIGNATURE_MISSING", text -> text.replaceFirst("(?s)<ds:Signature .*</ds:Signature>", "")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    default void areRefused(String forgery, String code, UnaryOperator<String> forge) {
        Scene scene = scene();
        String genuine = TaxMessage.of(scene).signed();
        String forged = forge.apply(genuine);
        assertTrue(!forged.equals(genuine), "the forgery changed nothing");
        assertRefused(code, forged);
        // The same message unforged is fine: what was refused was the forgery.
        Server.Response response = Server.soap(genuine);
        assertEquals(200, response.status(), response::text);
    }

    static Stream<Arguments> times() {
        return Stream.of(
                Arguments.of("six minutes old", Duration.ofMinutes(-6), Duration.ofHours(1), "TIMESTAMP_OUTSIDE_WINDOW"),
                Arguments.of("six minutes ahead", Duration.ofMinutes(6), Duration.ofHours(1), "TIMESTAMP_OUTSIDE_WINDOW"),
                Arguments.of("expired by its own word", Duration.ofMinutes(-2), Duration.ofMinutes(1), "TIMESTAMP_OUTSIDE_WINDOW"),
                Arguments.of("expiring before it was created", Duration.ZERO, Duration.ofMinutes(-1), "TIMESTAMP_INVALID"),
                Arguments.of("four minutes old", Duration.ofMinutes(-4), Duration.ofHours(1), null),
                Arguments.of("four minutes ahead", Duration.ofMinutes(4), Duration.ofHours(1), null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("times")
    default void areJudgedByTheirTimestamp(String name, Duration shift, Duration validity, String code) {
        Scene scene = scene();
        String message = TaxMessage.of(scene).text().signedBy(scene.identity).created(Instant.now().plus(shift)).validFor(validity).text();
        if (code == null) {
            assertEquals(200, Server.soap(message).status());
        } else {
            assertRefused(code, message);
        }
    }

    @Test
    default void areRefusedWithoutATimestamp() {
        assertRefused("TIMESTAMP_MISSING", TaxMessage.of(scene()).text().signedBy(scene().identity).withoutTimestamp().text());
    }

    @Test
    default void areRefusedTheSecondTime() {
        String message = TaxMessage.of(scene()).signed();
        assertEquals(200, Server.soap(message).status());
        assertRefused("MESSAGE_REPLAYED", message);
    }

    @Test
    default void areRefusedWhenTheCertificateIsNotTheOneThatSigned() {
        Scene scene = scene();
        TestCertificates.Identity stranger = TestCertificates.elliptic(Instant.now());
        assertRefused("SIGNATURE_INVALID", TaxMessage.of(scene).text().signedBy(stranger).showing(scene.identity).text());
        assertRefused("CERTIFICATE_UNKNOWN", TaxMessage.of(scene).signedBy(stranger));
        assertRefused("CERTIFICATE_OF_ANOTHER_SUBSYSTEM", TaxMessage.of(scene).signedBy(Participants.speaking(FaultDialect.SNAKE_CASE).identity));
    }

    @Test
    default void areRefusedWithACertificateThatIsBlockedExpiredOrNotYetValid() {
        Scene scene = scene();
        Instant now = Instant.now();
        TestCertificates.Identity later = TestCertificates.make("EC", 256, "SHA256withECDSA", now.plusSeconds(3600), now.plusSeconds(7200));
        scene.addCertificate(scene.subsystem, Contour.TEST, later);
        assertRefused("CERTIFICATE_NOT_YET_VALID", TaxMessage.of(scene).signedBy(later));
        TestCertificates.Identity blocked = TestCertificates.elliptic(now);
        String thumbprint = scene.addCertificate(scene.subsystem, Contour.TEST, blocked).thumbprint();
        scene.application.run(org.kopuro.participants.Participants.class, participants -> participants.apply(CertificateEvent.BLOCK, thumbprint, Contour.TEST, "in a test", Scene.OFFICIAL));
        assertRefused("CERTIFICATE_BLOCKED", TaxMessage.of(scene).signedBy(blocked));
        TestCertificates.Identity brief = TestCertificates.make("EC", 256, "SHA256withECDSA", now.minusSeconds(60), Instant.now().plusSeconds(3));
        scene.addCertificate(scene.subsystem, Contour.TEST, brief);
        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            while (Server.soap(TaxMessage.of(scene).signedBy(brief)).status() == 200) {
                Thread.onSpinWait();
            }
        });
        assertRefused("CERTIFICATE_EXPIRED", TaxMessage.of(scene).signedBy(brief));
    }

    @Test
    default void areRefusedWithAWeakOrAnOversizedKeyBeforeItIsUsed() {
        for (int bits : new int[] {1024, 8192}) {
            TestCertificates.Identity odd = TestCertificates.make("RSA", bits, "SHA256withRSA", Instant.now().minusSeconds(60), Instant.now().plusSeconds(600));
            assertRefused("CERTIFICATE_KEY_REFUSED", TaxMessage.of(scene()).signedBy(odd));
        }
    }

    @Test
    default void areRefusedWhenTheyAreTooLarge() {
        Scene scene = scene();
        String padding = "<!--" + "x".repeat(1_100_000) + "-->";
        assertRefused("MESSAGE_TOO_LARGE", TaxMessage.of(scene).replace("<soap:Body", padding + "<soap:Body").signed());
        assertRefused("MESSAGE_TOO_LARGE", TaxMessage.of(scene).replace("<soap:Body", padding.repeat(10) + "<soap:Body").text().text());
    }

    /** Unsigned parts of the header are nobody's word: they neither confuse the door nor choose the answer's key. */
    @Test
    default void areNotTheOnesWithADecoyInAnUnsignedHeader() {
        Server.Response response = Server.soap(TaxMessage.of(scene()).replace("<soap:Header>",
                "<soap:Header><x:o xmlns:x=\"urn:x\" xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:SignatureMethod/></x:o>").signed());
        assertEquals(200, response.status(), response::text);
        assertTrue(SoapAnswer.of(response).isSignedWithEllipticCurve());
    }

    @Test
    default void areRecordedHoweverLongTheNamesInThemAre() {
        SoapAnswer answer = assertRefused("INVALID_SOAP", TaxMessage.of(scene()).replace("<soap:Body", "<soap:" + "x".repeat(900) + "/><soap:Body").text().text());
        assertEquals(java.util.List.of("INVALID_SOAP"), org.kopuro.testing.Rows.of("select code from exchange.security_event where occurrence = ?",
                UUID.fromString(answer.occurrence())));
    }

    @Test
    default void getNoSignatureWhenTheyAreAStrangers() {
        Server.Response response = Server.soap(TaxMessage.of(scene()).signedBy(TestCertificates.elliptic(Instant.now())));
        assertEquals("CERTIFICATE_UNKNOWN", SoapAnswer.of(response).refusalCode());
        assertTrue(!response.text().contains("SignatureValue"), response::text);
    }

    @Test
    default void areRefusedAtAnAddressWhereNothingIs() {
        Server.Response response = Server.send("POST", "/soap/other/v1", "<x/>".getBytes(java.nio.charset.StandardCharsets.US_ASCII), Map.of("Content-Type", "text/xml"));
        assertEquals("ENDPOINT_UNKNOWN", SoapAnswer.of(response).refusalCode());
        assertEquals("ENDPOINT_UNKNOWN", SoapAnswer.of(Server.send("GET", "/soap/", null, Map.of())).refusalCode());
    }

    /** ECDSA: (r, -s) is a second valid signature over the same content, which anybody can compute. */
    @Test
    default void areRefusedWhenAReplayIsDisguisedByRewritingTheSignature() {
        String message = TaxMessage.of(scene()).id(UUID.randomUUID().toString()).signed();
        String rewritten = EllipticCurve.withOtherSignature(message);
        assertTrue(!rewritten.equals(message));
        assertEquals(200, Server.soap(message).status());
        assertRefused("MESSAGE_REPLAYED", rewritten);
    }

    private static Scene scene() {
        return Participants.speaking(FaultDialect.CAMEL_CASE);
    }

    private static Arguments change(String name, String code, UnaryOperator<String> forge) {
        return Arguments.of(name, code, forge);
    }

    private static String body(String text) {
        return text.substring(text.indexOf("<soap:Body"), text.indexOf("</soap:Body>") + 12);
    }

    /** Another body in the place of the signed one, which goes where {@code %s} is in the header's end. */
    private static String moved(String text, String headerEnd) {
        String body = body(text);
        return text.replace(body, body.replace(" wsu:Id=\"body\"", "").replaceFirst("<p:inn>[^<]*", "<p:inn>03002202000001"))
                .replace("</soap:Header>", headerEnd.formatted(body));
    }

    private static String appended(String text) {
        String body = body(text);
        return text.replace(body, body.replace(" wsu:Id=\"body\"", "") + body);
    }

    private static SoapAnswer assertRefused(String code, String message) {
        Server.Response response = Server.soap(message);
        SoapAnswer answer = SoapAnswer.of(response);
        assertEquals(code, answer.refusalCode(), response::text);
        assertEquals(500, response.status());
        return answer;
    }
}
