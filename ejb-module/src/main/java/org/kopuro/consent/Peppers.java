package org.kopuro.consent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.kopuro.installation.Installation;
import org.kopuro.installation.SecretFiles;
import org.kopuro.kernel.Contour;

/**
 * The secrets under which tokens are hashed: 32 random octets per contour, numbered, in files beside the signing keys and
 * never in the database (CON-36). The highest number hashes new tokens; lower ones still find the tokens they made.
 * Nodes share the folder; the first one to start makes pepper 1.
 */
@ApplicationScoped
class Peppers {

    private static final int OCTETS = 32;

    private final Map<Contour, NavigableMap<Short, byte[]>> peppers = new EnumMap<>(Contour.class);

    protected Peppers() {
    }

    @Inject
    Peppers(Installation installation) {
        this(installation.keys(), new SecureRandom());
    }

    Peppers(Path folder, SecureRandom random) {
        for (Contour contour : Contour.values()) {
            NavigableMap<Short, byte[]> numbered = SecretFiles.numbered(folder, name(contour), () -> {
                byte[] pepper = new byte[OCTETS];
                random.nextBytes(pepper);
                return pepper;
            });
            numbered.forEach((number, pepper) -> {
                if (pepper.length != OCTETS) {
                    throw new IllegalStateException("The file " + name(contour) + "-" + number + " must hold exactly " + OCTETS + " octets; restore it from the backup.");
                }
            });
            peppers.put(contour, numbered);
        }
    }

    /** For test vectors. */
    Peppers(Contour contour, byte[] pepper) {
        peppers.put(contour, new TreeMap<>(Map.of((short) 1, pepper)));
    }

    /** The name of the files. */
    static String name(Contour contour) {
        return "pepper-" + contour;
    }

    Map<Short, byte[]> of(Contour contour) {
        return peppers.get(contour);
    }

    short currentNumber(Contour contour) {
        return peppers.get(contour).lastKey();
    }

    /** The stored value of a token under the current pepper. */
    byte[] hash(TokenText token) {
        return hmac(peppers.get(token.contour()).lastEntry().getValue(), token);
    }

    /** The values under which a token may be stored, one per pepper of its contour. */
    List<byte[]> candidates(TokenText token) {
        List<byte[]> values = new ArrayList<>();
        for (byte[] pepper : peppers.get(token.contour()).values()) {
            values.add(hmac(pepper, token));
        }
        return values;
    }

    private static byte[] hmac(byte[] pepper, TokenText token) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(pepper, "HmacSHA256"));
            return mac.doFinal(token.canonical().getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
