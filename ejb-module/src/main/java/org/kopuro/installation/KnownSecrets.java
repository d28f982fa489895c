package org.kopuro.installation;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Recognises the secrets that this database's rows were made with. A node whose folder of keys lost one, or had it made anew, is told so and
 * does not start: with a stray secret every token would quietly be unknown, and new rows would be lost to all other nodes.
 */
@Stateless
public class KnownSecrets {

    private static final byte[] CHECKED = "kopuro secret check".getBytes(StandardCharsets.US_ASCII);

    @Inject
    private SecretStore store;

    /** Enters new secrets; throws where a known one is missing or is another. */
    public void recognise(String name, Map<Short, byte[]> present) {
        for (Map.Entry<Short, byte[]> secret : present.entrySet()) {
            store.add(name, secret.getKey(), fingerprint(secret.getValue()));
        }
        store.fingerprints(name).forEach((number, fingerprint) -> {
            byte[] secret = present.get(number);
            if (secret == null || !Arrays.equals(fingerprint, fingerprint(secret))) {
                throw new IllegalStateException("The file " + name + "-" + number + (secret == null ? " is missing from the folder of keys" : " is not the one")
                        + " that rows of this database were made with: restore it from the backup.");
            }
        });
    }

    private static byte[] fingerprint(byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(CHECKED);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
