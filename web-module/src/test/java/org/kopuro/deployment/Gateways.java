package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.kopuro.participants.FaultDialect;
import org.kopuro.participants.SigningCertificate;
import org.kopuro.registers.RegisterRows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestCertificates;

/** Gateway mode: a Security Server that proves itself by its TLS certificate brings unsigned messages; nobody else does. */
interface Gateways {

    @Test
    default void bringUnsignedMessagesWhenTheirCertificateIsRegistered() {
        register();
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        SoapAnswer answer = send(Tls.SECURITY_SERVER, TaxMessage.of(scene).service("tpDataByINN").token(Participants.token(FaultDialect.CAMEL_CASE)).text().text());
        assertEquals(scene.inn.digits(), answer.value("inn"));
        answer.assertSignedByTheServer();
    }

    @Test
    default void areStrangersWhenTheirCertificateIsNotRegistered() {
        register();
        assertEquals("GATEWAY_UNKNOWN", send(Tls.OTHER_SERVER, TaxMessage.of(Participants.speaking(FaultDialect.CAMEL_CASE)).text().text()).refusalCode());
    }

    @Test
    default void areNeededForUnsignedMessages() {
        assertEquals("SIGNATURE_MISSING", send(null, TaxMessage.of(Participants.speaking(FaultDialect.CAMEL_CASE)).text().text()).refusalCode());
    }

    @Test
    default void doNotExcuseABadSignature() {
        register();
        Scene scene = Participants.speaking(FaultDialect.CAMEL_CASE);
        assertEquals("SIGNATURE_INVALID", send(Tls.SECURITY_SERVER, TaxMessage.of(scene).signed().replaceFirst("(<ds:SignatureValue>)...", "$1AAA")).refusalCode());
    }

    private static void register() {
        RegisterRows.run("insert into exchange.gateway values (decode(?, 'hex'), 'TEST', 'A Security Server') on conflict do nothing",
                HexFormat.of().formatHex(SigningCertificate.thumbprintOf(Tls.SECURITY_SERVER.der())));
    }

    private static SoapAnswer send(TestCertificates.Identity client, String message) {
        HttpClient http = HttpClient.newBuilder().sslContext(Tls.as(client)).build();
        try {
            HttpResponse<byte[]> response = http.send(HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + Tls.PORT + "/soap/tax/v1"))
                    .header("Content-Type", "text/xml; charset=UTF-8").POST(HttpRequest.BodyPublishers.ofString(message)).build(), HttpResponse.BodyHandlers.ofByteArray());
            return SoapAnswer.of(Server.Response.of(response));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
