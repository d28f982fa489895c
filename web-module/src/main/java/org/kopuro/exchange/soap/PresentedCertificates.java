package org.kopuro.exchange.soap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.wss4j.common.crypto.Merlin;
import org.apache.wss4j.common.ext.WSSecurityException;

/** Parses the certificates that messages bring along, remembering the last ones: callers send the same few for years. */
class PresentedCertificates extends Merlin {

    private static final int REMEMBERED_MAX = 1_000;
    private static final int OCTETS_MAX = 16 * 1024;

    private final Map<ByteBuffer, X509Certificate> remembered = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, X509Certificate> eldest) {
            return size() > REMEMBERED_MAX;
        }
    });

    @Override
    public X509Certificate loadCertificate(InputStream in) throws WSSecurityException {
        try {
            byte[] der = in.readNBytes(OCTETS_MAX + 1);
            X509Certificate known = remembered.get(ByteBuffer.wrap(der));
            if (known != null) {
                return known;
            }
            if (der.length > OCTETS_MAX) {
                throw new WSSecurityException(WSSecurityException.ErrorCode.SECURITY_TOKEN_UNAVAILABLE);
            }
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            remembered.put(ByteBuffer.wrap(der), certificate);
            return certificate;
        } catch (IOException | CertificateException e) {
            throw new WSSecurityException(WSSecurityException.ErrorCode.SECURITY_TOKEN_UNAVAILABLE, e);
        }
    }
}
