package org.kopuro.exchange.soap;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Security;

/**
 * AWS-LC as the first provider of cryptography, from start to stop, where its library loads; elsewhere the JDK's own, without
 * a word, because all answers are the same and only their time differs. Registered, not named at each use: an algorithm or a
 * key that it does not take is then still taken by the JDK.
 */
@ApplicationScoped
class NativeCryptography {

    private boolean registered;

    /** At the start, so that keys and certificates that are read later are its own from the beginning. */
    void atStart(@Observes @Initialized(ApplicationScoped.class) Object start) {
        registered();
    }

    boolean registered() {
        return registered;
    }

    @PostConstruct
    void register() {
        try {
            if (AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() == null) {
                registered = Security.insertProviderAt(AmazonCorrettoCryptoProvider.INSTANCE, 1) == 1;
            }
        } catch (LinkageError e) {
            // Another processor, another C library: the JDK's providers do the same work.
            registered = false;
        }
    }

    /** The provider's classes and library belong to this application; it must not outlive it. */
    @PreDestroy
    void remove() {
        if (registered) {
            Security.removeProvider(AmazonCorrettoCryptoProvider.PROVIDER_NAME);
        }
    }

    /** The same key as an object of the first provider that takes it, so that it is not translated for every signature. */
    PrivateKey fitted(PrivateKey key) {
        try {
            return (PrivateKey) KeyFactory.getInstance(key.getAlgorithm()).translateKey(key);
        } catch (GeneralSecurityException e) {
            // A key on some hardware cannot leave it; it is used where it lies.
            return key;
        }
    }
}
