package org.kopuro.consent.events;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.kopuro.installation.ServerKeys;

/** The keys that anybody checks the authority's signed tokens with, as a JWK set (RFC 7517); those that were in use before, too (CON-141). */
@Dependent
public class PublishedKeys {

    @Inject
    private ServerKeys keys;

    public String json() {
        List<JWK> all = new ArrayList<>();
        for (X509Certificate certificate : keys.published()) {
            try {
                all.add(withId(JWK.parse(certificate), id(certificate)));
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
        }
        return new JWKSet(all).toString(true);
    }

    private static JWK withId(JWK key, String id) {
        return switch (key.getKeyType().getValue()) {
            case "RSA" -> new RSAKey.Builder(key.toRSAKey()).keyID(id).build();
            case "EC" -> new ECKey.Builder(key.toECKey()).keyID(id).build();
            default -> key;
        };
    }

    /** The certificate's SHA-256, in hexadecimal: as the pages of keys name it. */
    static String id(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
