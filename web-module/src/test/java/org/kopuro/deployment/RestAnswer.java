package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kopuro.testing.TestApplication;

/** A REST answer, read and checked by the JDK alone. */
final class RestAnswer {

    private static final Pattern INPUT = Pattern.compile("answer=(\\((.*)\\);created=\\d+;keyid=\"([0-9a-f]{64})\";alg=\"(.*)\")");

    private final RestText asked;
    private final HttpResponse<byte[]> response;

    private RestAnswer(RestText asked, HttpResponse<byte[]> response) {
        this.asked = asked;
        this.response = response;
    }

    static RestAnswer of(RestText asked, HttpResponse<byte[]> response) {
        RestAnswer answer = new RestAnswer(asked, response);
        for (String leak : List.of("Exception", "org.kopuro", "java.lang", "at org.", "select ", "org.postgresql")) {
            assertFalse(answer.text().contains(leak), () -> "leaks " + leak + ": " + answer.text());
        }
        return answer;
    }

    int status() {
        return response.statusCode();
    }

    String text() {
        return status() + " " + response.headers().map() + " " + new String(response.body(), StandardCharsets.UTF_8);
    }

    byte[] body() {
        return response.body();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    JsonObject json() {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(response.body()))) {
            return reader.readObject();
        }
    }

    /** A text or number by its path, such as {@code request.state} or {@code service.0.mayCall}; empty where there is none. */
    String value(String path) {
        JsonValue value = json();
        for (String step : path.split("\\.")) {
            value = value instanceof JsonObject object ? object.getOrDefault(step, JsonValue.NULL)
                    : value instanceof JsonArray array && step.matches("\\d+") && array.size() > Integer.parseInt(step) ? array.get(Integer.parseInt(step)) : JsonValue.NULL;
        }
        return value == JsonValue.NULL ? "" : value instanceof JsonString text ? text.getString() : value.toString();
    }

    boolean isSigned() {
        return response.headers().firstValue("Signature").isPresent();
    }

    /** Valid, with the server's own certificate, over status, body and the id of the request. */
    void assertSignedByTheServer() {
        Matcher input = INPUT.matcher(header("Signature-Input"));
        assertTrue(input.matches(), this::text);
        StringBuilder base = new StringBuilder();
        for (String name : input.group(2).split(" ")) {
            String value = name.equals("\"@status\"") ? String.valueOf(status()) : name.equals("\"x-road-id\";req") ? asked.headers.get("X-Road-Id") : header(name.replace("\"", ""));
            base.append(name).append(": ").append(value).append('\n');
        }
        base.append("\"@signature-params\": ").append(input.group(1));
        assertTrue(input.group(2).startsWith("\"@status\" \"content-type\" \"content-digest\" \"kopuro-ledger-entry\""), this::text);
        assertTrue(input.group(2).contains("\"x-road-id\";req"), this::text);
        boolean elliptic = input.group(4).equals("ecdsa-p256-sha256");
        try {
            assertEquals("sha-256=:" + Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(response.body())) + ":", header("Content-Digest"));
            X509Certificate certificate = serverCertificate(elliptic ? "ec" : "rsa");
            assertEquals(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())), input.group(3));
            Signature signature = Signature.getInstance(elliptic ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
            signature.initVerify(certificate.getPublicKey());
            signature.update(base.toString().getBytes(StandardCharsets.US_ASCII));
            assertTrue(signature.verify(Base64.getDecoder().decode(header("Signature").replaceAll("answer=:(.*):", "$1"))), this::text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate serverCertificate(String kind) {
        try (InputStream in = Files.newInputStream(TestApplication.KEYS.resolve("signing-" + kind + ".cert.pem"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
