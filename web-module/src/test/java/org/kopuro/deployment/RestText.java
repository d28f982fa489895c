package org.kopuro.deployment;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.kopuro.participants.SigningCertificate;
import org.kopuro.testing.TestCertificates;

/**
 * A REST request as text: request line, header lines, an empty line, the body. A test changes the text and then has it signed, as a client would that has read
 * RFC 9421 and nothing else. What is signed is what must be, unless a test says otherwise.
 */
final class RestText {

    private static final Map<String, String> ALGORITHMS = Map.of("rsa-pss-sha512", "RSASSA-PSS", "rsa-v1_5-sha256", "SHA256withRSA", "rsa-v1_5-sha1", "SHA1withRSA",
            "ecdsa-p256-sha256", "SHA256withECDSAinP1363Format", "ecdsa-p256-sha1", "SHA1withECDSAinP1363Format", "ecdsa-p384-sha384", "SHA384withECDSAinP1363Format");

    final String method;
    final String target;
    final Map<String, String> headers = new LinkedHashMap<>();
    byte[] body;
    private String algorithm;
    private String digestName = "sha-256";
    private Instant created = Instant.now();
    private Optional<Instant> expires = Optional.empty();
    private final List<String> without = new ArrayList<>();
    private Optional<String> keyId = Optional.empty();
    private String parameters = "";
    private String extraComponent = "";
    private boolean targetAsOne;

    private RestText(String text) {
        int end = text.indexOf("\n\n");
        List<String> head = (end < 0 ? text : text.substring(0, end)).lines().toList();
        method = head.get(0).split(" ")[0];
        target = head.get(0).split(" ")[1];
        head.stream().skip(1).forEach(line -> headers.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1).strip()));
        body = (end < 0 ? "" : text.substring(end + 2).strip()).getBytes(StandardCharsets.UTF_8);
    }

    static RestText of(String text) {
        return new RestText(text);
    }

    /** A call of a service by a scene's subsystem, with a header or two. */
    static RestText call(String member, String service, String json, String... headers) {
        return of("POST /r1/central-server/GOV/70000002/gns-service/" + service + "\nX-Road-Client: central-server/COM/" + member + "/app\nX-Road-Id: " + java.util.UUID.randomUUID()
                + "\nContent-Type: application/json\n" + String.join("", java.util.Arrays.stream(headers).map(line -> line + "\n").toList()) + "\n" + json);
    }

    RestText algorithm(String name) {
        algorithm = name;
        return this;
    }

    RestText digest(String name) {
        digestName = name;
        return this;
    }

    RestText created(Instant at) {
        created = at;
        return this;
    }

    RestText expires(Instant at) {
        expires = Optional.of(at);
        return this;
    }

    RestText without(String component) {
        without.add(component);
        return this;
    }

    RestText with(String component) {
        extraComponent = " " + component;
        return this;
    }

    RestText keyId(String text) {
        keyId = Optional.of(text);
        return this;
    }

    /** By one component in place of two. */
    RestText coveringTheTarget() {
        targetAsOne = true;
        return this;
    }

    /** In place of created and expires. */
    RestText parameters(String text) {
        parameters = text;
        return this;
    }

    RestText signedBy(TestCertificates.Identity identity) {
        boolean elliptic = identity.keys().getPrivate().getAlgorithm().equals("EC");
        String alg = algorithm != null ? algorithm : elliptic ? "ecdsa-p256-sha256" : "rsa-v1_5-sha256";
        try {
            List<String> covered = new ArrayList<>(List.of("@method", targetAsOne ? "@request-target" : "@path"));
            Map<String, String> values = new LinkedHashMap<>(Map.of("@method", method, "@path", target.split("\\?")[0], "@request-target", target));
            if (target.contains("?") && !targetAsOne) {
                covered.add("@query");
                values.put("@query", target.substring(target.indexOf('?')));
            }
            if (body.length > 0) {
                String javaName = digestName.equals("sha") ? "SHA-1" : digestName.toUpperCase(java.util.Locale.ROOT);
                headers.putIfAbsent("Content-Digest", digestName + "=:" + Base64.getEncoder().encodeToString(MessageDigest.getInstance(javaName).digest(body)) + ":");
            }
            headers.forEach((name, value) -> {
                covered.add(name.toLowerCase(java.util.Locale.ROOT));
                values.put(name.toLowerCase(java.util.Locale.ROOT), value);
            });
            covered.removeAll(without);
            String input = "(" + String.join(" ", covered.stream().map(name -> '"' + name + '"').toList()) + extraComponent + ")"
                    + (parameters.isEmpty() ? ";created=" + created.getEpochSecond() + expires.map(at -> ";expires=" + at.getEpochSecond()).orElse("") : parameters)
                    + ";keyid=\"" + keyId.orElse(HexFormat.of().formatHex(SigningCertificate.thumbprintOf(identity.der()))) + "\";alg=\"" + alg + "\"";
            StringBuilder base = new StringBuilder();
            covered.forEach(name -> base.append('"').append(name).append("\": ").append(values.get(name)).append('\n'));
            base.append("\"@signature-params\": ").append(input);
            Signature signature = Signature.getInstance(ALGORITHMS.get(alg));
            if (alg.equals("rsa-pss-sha512")) {
                signature.setParameter(new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, 64, 1));
            }
            signature.initSign(identity.keys().getPrivate());
            signature.update(base.toString().getBytes(StandardCharsets.US_ASCII));
            headers.put("Signature-Input", "sig1=" + input);
            headers.put("Signature", "sig1=:" + Base64.getEncoder().encodeToString(signature.sign()) + ":");
            return this;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    RestAnswer send() {
        return RestAnswer.of(this, Server.http(method, target, method.equals("GET") ? null : body, headers));
    }
}
