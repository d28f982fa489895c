package org.kopuro.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

/** Answers of a server that is played here, and what somebody on the way may have made of them. */
class AnswerTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:15:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private record Party(KeyPair pair, X509Certificate certificate) {

        static Party of(String algorithm) throws Exception {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(algorithm.equals("EC") ? 256 : 2048);
            KeyPair pair = generator.generateKeyPair();
            X500Principal name = new X500Principal("CN=test");
            return new Party(pair, new JcaX509CertificateConverter().getCertificate(new JcaX509v3CertificateBuilder(name, BigInteger.ONE,
                    Date.from(NOW.minus(Duration.ofDays(1))), Date.from(NOW.plus(Duration.ofDays(1))), name, pair.getPublic())
                    .build(new JcaContentSignerBuilder(algorithm.equals("EC") ? "SHA256withECDSA" : "SHA256withRSA").build(pair.getPrivate()))));
        }

        String signed(Document message) throws Exception {
            new Signer(pair.getPrivate(), certificate, CLOCK).sign(message);
            return new String(Xml.write(message, false), StandardCharsets.UTF_8);
        }
    }

    private static Document message(String id) {
        return new Question(Identifier.DEMO_BANK, Identifier.TAX_AUTHORITY, "tpDataByINN", id, "23002199000001", Optional.empty(), Optional.empty(),
                Optional.empty()).message();
    }

    private static Answer verified(String answer, Party server, Clock clock) throws NotVerifiable {
        return Answer.verified(answer.getBytes(StandardCharsets.UTF_8), message("asked"), server.certificate(), clock);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void isTakenWhenSignedByTheServerAsItStands(String algorithm) throws Exception {
        Party server = Party.of(algorithm);
        Answer answer = verified(server.signed(message("asked")), server, CLOCK);
        assertTrue(answer.signed());
        assertEquals("tpDataByINN", answer.payload().getLocalName());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "23002199000001</prod:inn>|23002199000002</prod:inn>|signature is wrong",
        "<wsu:Created>2026-03-02T09:15|<wsu:Created>2026-03-02T09:16|signature is wrong",
        "<soap:Envelope|<!DOCTYPE x><soap:Envelope|document type",
        "wsu:Id=\"certificate\"|wsu:Id=\"signed-1\"|same Id"})
    void isThrownAwayWhenChangedOnTheWay(String genuine, String forged, String why) throws Exception {
        Party server = Party.of("RSA");
        String signed = server.signed(message("asked"));
        assertTrue(signed.contains(genuine), signed);
        NotVerifiable thrown = assertThrows(NotVerifiable.class, () -> verified(signed.replace(genuine, forged), server, CLOCK));
        assertTrue(thrown.getMessage().contains(why), thrown.getMessage());
    }

    /** Wrapping: the signed Body is kept somewhere else and another one takes its place. */
    @Test
    void isThrownAwayWhenTheSignedBodyWasMovedAside() throws Exception {
        Party server = Party.of("RSA");
        String signed = server.signed(message("asked"));
        String body = signed.substring(signed.indexOf("<soap:Body"), signed.indexOf("</soap:Envelope>"));
        String other = body.replaceAll(" wsu:Id=\"[^\"]*\"", " wsu:Id=\"other\"").replace("23002199000001", "23002199000002");
        String wrapped = signed.replace(body, other).replace("</soap:Header>", "<aside>" + body + "</aside></soap:Header>");
        assertThrows(NotVerifiable.class, () -> verified(wrapped, server, CLOCK));
    }

    @Test
    void isThrownAwayWhenAnotherSignedIt() throws Exception {
        String signed = Party.of("RSA").signed(message("asked"));
        Party server = Party.of("RSA");
        assertThrows(NotVerifiable.class, () -> verified(signed, server, CLOCK));
    }

    @Test
    void isThrownAwayWhenUnsigned() throws Exception {
        Party server = Party.of("RSA");
        String unsigned = new String(Xml.write(message("asked"), false), StandardCharsets.UTF_8);
        assertThrows(NotVerifiable.class, () -> verified(unsigned, server, CLOCK));
    }

    @Test
    void isThrownAwayWhenOldOrOfAnotherCall() throws Exception {
        Party server = Party.of("RSA");
        String signed = server.signed(message("asked"));
        assertThrows(NotVerifiable.class, () -> verified(signed, server, Clock.offset(CLOCK, Duration.ofMinutes(6))));
        String other = server.signed(message("other"));
        assertThrows(NotVerifiable.class, () -> verified(other, server, CLOCK));
    }
}
