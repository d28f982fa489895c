package org.kopuro.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.NavigableMap;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.kopuro.installation.Installation;
import org.kopuro.installation.SecretFiles;
import org.kopuro.ledger.proof.Receipt;

/**
 * Keyed hashes of personal values. Every field of every entry has a key of its own, derived from a secret that only the nodes have:
 * so two entries about one person show nothing in common, one key can be given away without opening anything else, and what is
 * in the ledger means nothing once the register has forgotten the person.
 */
@ApplicationScoped
class BlindingSecrets {

    static final String FILE = "ledger-blinding";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int OCTETS = 32;

    private NavigableMap<Short, byte[]> secrets;

    protected BlindingSecrets() {
    }

    @Inject
    BlindingSecrets(Installation installation) {
        secrets = SecretFiles.numbered(installation.keys(), FILE, () -> {
            byte[] secret = new byte[OCTETS];
            new SecureRandom().nextBytes(secret);
            return secret;
        });
    }

    /** The number of the secret for new entries. */
    short current() {
        return secrets.lastKey();
    }

    Map<Short, byte[]> all() {
        return secrets;
    }

    byte[] key(short number, UUID entry, String field) {
        byte[] name = field.getBytes(StandardCharsets.UTF_8);
        return hmac(secrets.get(number), ByteBuffer.allocate(2 * Long.BYTES + name.length)
                .putLong(entry.getMostSignificantBits()).putLong(entry.getLeastSignificantBits()).put(name).array());
    }

    /** How the value stands in the entry. */
    String hash(short number, UUID entry, String field, String value) {
        return Receipt.Opening.hidden(key(number, entry, field), value);
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
