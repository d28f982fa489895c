package org.kopuro.exchange.soap;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.regex.Pattern;
import javax.security.auth.callback.CallbackHandler;
import org.apache.wss4j.common.crypto.CryptoBase;
import org.apache.wss4j.common.crypto.CryptoType;
import org.apache.wss4j.common.ext.WSSecurityException;

/** One key with its certificate, in memory: opening a key store for every answer would cost more than the signature. */
class ServerCrypto extends CryptoBase {

    private final PrivateKey key;
    private final X509Certificate certificate;

    ServerCrypto(PrivateKey key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
        setDefaultX509Identifier("server");
    }

    @Override
    public X509Certificate[] getX509Certificates(CryptoType cryptoType) {
        return new X509Certificate[] {certificate};
    }

    @Override
    public String getX509Identifier(X509Certificate cert) {
        return "server";
    }

    @Override
    public PrivateKey getPrivateKey(X509Certificate cert, CallbackHandler callbackHandler) {
        return key;
    }

    @Override
    public PrivateKey getPrivateKey(PublicKey publicKey, CallbackHandler callbackHandler) {
        return key;
    }

    @Override
    public PrivateKey getPrivateKey(String identifier, String password) {
        return key;
    }

    @Override
    public void verifyTrust(X509Certificate[] certs, boolean enableRevocation, Collection<Pattern> subjectCertConstraints,
            Collection<Pattern> issuerCertConstraints) throws WSSecurityException {
        throw new WSSecurityException(WSSecurityException.ErrorCode.UNSUPPORTED_SECURITY_TOKEN);
    }

    @Override
    public void verifyTrust(PublicKey publicKey) throws WSSecurityException {
        throw new WSSecurityException(WSSecurityException.ErrorCode.UNSUPPORTED_SECURITY_TOKEN);
    }
}
