package org.kopuro.notices;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.NavigableMap;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.kopuro.installation.Installation;
import org.kopuro.installation.SecretFiles;

/**
 * Secrets that letters tell and no row holds: derived from the notice's id under a key that only the nodes have. So a letter can wait, be put off and be sent
 * again by any node, and whoever reads the database, or a copy of it, learns none of them.
 */
@ApplicationScoped
class NoticeSecrets {

    static final String FILE = "notice-secret";
    /** Of the private use area: no text means anything by it. Whoever writes it into a fact gets the secret of that very letter there, too. */
    static final String MARK = "\uE000";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int OCTETS = 32;

    private NavigableMap<Short, byte[]> keys;

    protected NoticeSecrets() {
    }

    @Inject
    NoticeSecrets(Installation installation) {
        keys = SecretFiles.numbered(installation.keys(), FILE, () -> {
            byte[] key = new byte[OCTETS];
            new SecureRandom().nextBytes(key);
            return key;
        });
    }

    /** The number of the key for new notices. */
    short current() {
        return keys.lastKey();
    }

    Map<Short, byte[]> all() {
        return keys;
    }

    String of(short key, UUID notice) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(keys.get(key), ALGORITHM));
            byte[] secret = mac.doFinal(ByteBuffer.allocate(2 * Long.BYTES).putLong(notice.getMostSignificantBits()).putLong(notice.getLeastSignificantBits()).array());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String filled(String body, short key, UUID notice) {
        return body.replace(MARK, of(key, notice));
    }

    static String withheld(String body) {
        return body.replace(MARK, "…");
    }
}
