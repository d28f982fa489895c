package org.kopuro.exchange.soap;

import java.security.cert.X509Certificate;
import org.apache.wss4j.common.ext.WSSecurityException;
import org.apache.wss4j.dom.handler.RequestData;
import org.apache.wss4j.dom.validate.Credential;
import org.apache.wss4j.dom.validate.Validator;
import org.kopuro.exchange.IdentityRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.SigningCertificate;

/** Looks at the key before it is used: a huge one would make us work for a stranger, a small one proves nothing. */
class AcceptableKey implements Validator {

    @Override
    public Credential validate(Credential credential, RequestData data) throws WSSecurityException {
        X509Certificate[] chain = credential.getCertificates();
        if (chain == null || chain.length != 1) {
            throw refused(Refusal.of(IdentityRefusal.SIGNATURE_FORM_REFUSED, "wsse:BinarySecurityToken", "X.509"));
        }
        if (!SigningCertificate.hasAcceptableKey(chain[0].getPublicKey())) {
            throw refused(Refusal.of(IdentityRefusal.CERTIFICATE_KEY_REFUSED, "wsse:BinarySecurityToken"));
        }
        return credential;
    }

    private static WSSecurityException refused(Refusal refusal) {
        return new WSSecurityException(WSSecurityException.ErrorCode.FAILED_CHECK, refusal);
    }
}
