package org.kopuro.exchange.xroadrest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kopuro.installation.ServerKeys;
import org.kopuro.participants.SigningCertificate;

/** Signs answers (RFC 9421): status, type and digest of the body, the ledger entry, and of the request its id. In the key family that the caller signed with (decision 0004). */
@ApplicationScoped
class AnswerSignature {

    private static final List<String> COVERED = List.of("content-type", "content-digest", "kopuro-ledger-entry");

    @Inject
    private ServerKeys keys;
    @Inject
    private Clock clock;

    /** Adds the two fields to an answer's, whose names are as sent. */
    void sign(int status, Map<String, String> fields, Optional<String> requestId, boolean withEllipticCurve) {
        ServerKeys.Signing key = withEllipticCurve ? keys.elliptic() : keys.rsa();
        Map<String, String> byName = fields.entrySet().stream().collect(Collectors.toMap(each -> each.getKey().toLowerCase(java.util.Locale.ROOT), Map.Entry::getValue));
        List<String> names = new ArrayList<>(List.of("\"@status\""));
        StringBuilder base = new StringBuilder("\"@status\": " + status + "\n");
        for (String name : COVERED) {
            if (byName.containsKey(name)) {
                names.add('"' + name + '"');
                base.append('"').append(name).append("\": ").append(byName.get(name)).append('\n');
            }
        }
        requestId.ifPresent(id -> {
            names.add("\"x-road-id\";req");
            base.append("\"x-road-id\";req: ").append(id).append('\n');
        });
        String input = "(" + String.join(" ", names) + ");created=" + clock.instant().getEpochSecond() + ";keyid=\"" + keyId(key) + "\";alg=\""
                + (withEllipticCurve ? "ecdsa-p256-sha256" : "rsa-v1_5-sha256") + "\"";
        base.append("\"@signature-params\": ").append(input);
        try {
            Signature signature = Signature.getInstance(withEllipticCurve ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
            signature.initSign(key.key());
            signature.update(base.toString().getBytes(StandardCharsets.US_ASCII));
            fields.put("Signature-Input", "answer=" + input);
            fields.put("Signature", "answer=:" + Base64.getEncoder().encodeToString(signature.sign()) + ":");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String keyId(ServerKeys.Signing key) {
        try {
            return HexFormat.of().formatHex(SigningCertificate.thumbprintOf(key.certificate().getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
