package org.kopuro.consent.events;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.security.interfaces.ECPrivateKey;
import org.kopuro.installation.ServerKeys;

/** What the authority says about consents, signed with its elliptic key (JWS); its number is in the published key set ({@link PublishedKeys}). */
@Dependent
public class SignedStatements {

    @Inject
    private ServerKeys keys;

    /** @param type of the content, as media types name it */
    public String sign(String type, JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType(type)).keyID(PublishedKeys.id(keys.elliptic().certificate())).build(), claims);
            token.sign(new ECDSASigner((ECPrivateKey) keys.elliptic().key()));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
