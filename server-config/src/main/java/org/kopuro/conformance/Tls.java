package org.kopuro.conformance;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Connections that show who calls: the product's to the run, and the run's to TEST.
 *
 * @param key         with which the run calls TEST as the product would
 * @param certificate of that key, which the product shows the run
 * @param listening   the run's own, for this machine's addresses
 * @param test        whom to trust for TEST; empty: whom the JDK trusts
 */
record Tls(PrivateKey key, X509Certificate certificate, OwnKeys listening, Optional<X509Certificate> test) {

    /** Takes every certificate, and none: what is shown is looked at with the request, and told in words. */
    private static final X509TrustManager EVERYBODY = new X509TrustManager() {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            // Looked at with the request.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            throw new IllegalStateException();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    };

    SSLContext serving() throws GeneralSecurityException, IOException {
        return context(listening.key(), listening.certificate(), new TrustManager[] {EVERYBODY});
    }

    SSLContext calling() throws GeneralSecurityException, IOException {
        KeyStore trusted = empty();
        if (test.isPresent()) {
            trusted.setCertificateEntry("test", test.get());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        // The JDK's way to say: whom the JDK trusts.
        trust.init(test.isPresent() ? trusted : null);
        return context(key, certificate, trust.getTrustManagers());
    }

    private static SSLContext context(PrivateKey key, X509Certificate certificate, TrustManager[] trust) throws GeneralSecurityException, IOException {
        KeyStore own = empty();
        own.setKeyEntry("own", key, new char[0], new Certificate[] {certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust, null);
        return context;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    @Override
    public String toString() {
        return certificate.getSubjectX500Principal().toString();
    }
}
