package org.kopuro.exchange.evidence;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Optional;
import org.kopuro.installation.Installation;

/**
 * Refuses to start without the keys that kept messages need, or with other ones under the same numbers: evidence would be lost
 * unnoticed until somebody asks for it.
 */
@Singleton
@Startup
@DependsOn("Migrations")
public class MessageKeyCheck {

    @Inject
    private MessageStore store;
    @Inject
    private MessageKeys keys;
    @Inject
    private Installation installation;
    @Inject
    private Clock clock;

    @PostConstruct
    void check() {
        if (installation.messageBodies()) {
            store.register(keys.current().number(), keys.current().fingerprint(), clock.instant());
        }
        for (MessageStore.Registered registered : store.registeredKeys()) {
            Optional<MessageKey> key = keys.find(registered.number());
            if (key.isEmpty() && registered.needed()) {
                throw new IllegalStateException("The file messagelog-" + registered.number()
                        + " is missing from the folder of keys, and messages were encrypted with it: restore it from the backup.");
            }
            if (key.isPresent() && !MessageDigest.isEqual(key.get().fingerprint(), registered.fingerprint())) {
                throw new IllegalStateException("The file messagelog-" + registered.number()
                        + " in the folder of keys is not the one that messages of this database were encrypted with: restore it from the backup.");
            }
        }
    }
}
