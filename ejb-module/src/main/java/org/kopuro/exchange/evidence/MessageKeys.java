package org.kopuro.exchange.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.kopuro.installation.Installation;
import org.kopuro.installation.SecretFiles;

/**
 * The keys of the message log: 32 random octets each, in files {@code messagelog-1}, {@code messagelog-2}, … beside the signing
 * keys and never in the database. The highest number encrypts; all of them decrypt. Nodes share the folder; the first one
 * to start makes key 1.
 */
@ApplicationScoped
class MessageKeys {

    private static final String FILE = "messagelog";

    private Path folder;
    private volatile NavigableMap<Short, MessageKey> keys = new TreeMap<>();

    protected MessageKeys() {
    }

    @Inject
    MessageKeys(Installation installation) {
        this(installation.keys());
    }

    MessageKeys(Path folder) {
        this.folder = folder;
        Map<Short, byte[]> present = SecretFiles.present(folder, FILE);
        // A folder that begins with a higher number has lost none: number 1 was taken away when nothing needed it any more.
        keys = keys(present.isEmpty() ? SecretFiles.numbered(folder, FILE, MessageKeys::generate) : present);
    }

    MessageKey current() {
        return keys.lastEntry().getValue();
    }

    /** Looks into the folder again for a number it does not know: another node may have been given a new key first. */
    Optional<MessageKey> find(short number) {
        MessageKey known = keys.get(number);
        // For reading only: this node goes on to encrypt with the key that it registered at its start.
        return known != null ? Optional.of(known) : Optional.ofNullable(keys(SecretFiles.present(folder, FILE)).get(number));
    }

    private static NavigableMap<Short, MessageKey> keys(Map<Short, byte[]> secrets) {
        NavigableMap<Short, MessageKey> found = new TreeMap<>();
        secrets.forEach((number, secret) -> {
            if (secret.length != MessageKey.OCTETS) {
                throw new IllegalStateException("The key file " + FILE + "-" + number + " must hold exactly " + MessageKey.OCTETS + " octets; restore it from the backup.");
            }
            found.put(number, new MessageKey(number, secret));
        });
        return found;
    }

    private static byte[] generate() {
        byte[] secret = new byte[MessageKey.OCTETS];
        new SecureRandom().nextBytes(secret);
        return secret;
    }
}
