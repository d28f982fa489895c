package org.kopuro.consent.events;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.kopuro.installation.ServerKeys;

/** The keys that anybody checks the authority's signed tokens with, as a JWK set (RFC 7517); those that were in use before, too (CON-141). */
@Dependent
public class PublishedKeys {

    @Inject
    private ServerKeys keys;

    public String json() {
        List<JWK> all = new ArrayList<>();
        for (X509Certificate certificate : keys.published()) {
            key(certificate).ifPresent(all::add);
        }
        return new JWKSet(all).toString(true);
    }

    /** By hand: the library reads certificates with another library, which is not on board. */
    private static Optional<JWK> key(X509Certificate certificate) {
        try {
            List<Base64> chain = List.of(Base64.encode(certificate.getEncoded()));
            if (certificate.getPublicKey() instanceof RSAPublicKey rsa) {
                return Optional.of(new RSAKey.Builder(rsa).keyID(id(certificate)).keyUse(KeyUse.SIGNATURE).x509CertChain(chain).build());
            }
            if (certificate.getPublicKey() instanceof ECPublicKey elliptic) {
                return Optional.of(new ECKey.Builder(Curve.forECParameterSpec(elliptic.getParams()), elliptic).keyID(id(certificate)).keyUse(KeyUse.SIGNATURE).x509CertChain(chain).build());
            }
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
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
