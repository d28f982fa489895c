package org.kopuro.consent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.kopuro.installation.Installation;
import org.kopuro.installation.SecretFiles;
import org.kopuro.kernel.Contour;

/**
 * The secrets under which tokens are hashed: 32 random octets per contour, numbered, in files beside the signing keys and
 * never in the database (CON-36). Nodes share the folder; the first one to start makes pepper 1. A file that is added is read by every node within seconds, and finds tokens
 * from then on; it hashes new ones only when the others have read it, too. Of those, the highest number does. Lower ones still find the tokens they made.
 */
@ApplicationScoped
class Peppers {

    /** [data] Many times what a node takes to read the folder anew. */
    static final Duration USED_AFTER = Duration.ofMinutes(1);
    private static final int OCTETS = 32;

    /** Of one contour. */
    private record Known(NavigableMap<Short, byte[]> all, Map<Short, Instant> usedFrom) {

        short current(Instant now) {
            return all.navigableKeySet().descendingSet().stream().filter(number -> !usedFrom.get(number).isAfter(now)).findFirst().orElseGet(all::firstKey);
        }
    }

    /** The stored value of a token, and the number of the pepper that made it. */
    record Hashed(short pepper, byte[] value) {
    }

    private final Map<Contour, Known> peppers = new ConcurrentHashMap<>();
    private Path folder;
    private Clock clock;

    protected Peppers() {
    }

    @Inject
    Peppers(Installation installation, Clock clock) {
        this(installation.keys(), new SecureRandom(), clock);
    }

    Peppers(Path folder, SecureRandom random, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        for (Contour contour : Contour.values()) {
            NavigableMap<Short, byte[]> numbered = SecretFiles.numbered(folder, name(contour), () -> {
                byte[] pepper = new byte[OCTETS];
                random.nextBytes(pepper);
                return pepper;
            });
            peppers.put(contour, known(contour, numbered, Instant.MIN));
        }
    }

    /** For test vectors. */
    Peppers(Contour contour, byte[] pepper) {
        clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        peppers.put(contour, known(contour, new TreeMap<>(Map.of((short) 1, pepper)), Instant.MIN));
    }

    private static Known known(Contour contour, NavigableMap<Short, byte[]> numbered, Instant usedFrom) {
        Map<Short, Instant> moments = new HashMap<>();
        numbered.forEach((number, pepper) -> {
            if (pepper.length != OCTETS) {
                throw new IllegalStateException("The file " + name(contour) + "-" + number + " must hold exactly " + OCTETS + " octets; restore it from the backup.");
            }
            moments.put(number, usedFrom);
        });
        return new Known(numbered, moments);
    }

    /** The name of the files. */
    static String name(Contour contour) {
        return "pepper-" + contour;
    }

    Map<Short, byte[]> of(Contour contour) {
        return peppers.get(contour).all();
    }

    /** What has been added to the folder since it was read; all that is there, or empty where there is nothing new. */
    Optional<NavigableMap<Short, byte[]>> added(Contour contour) {
        NavigableMap<Short, byte[]> present = SecretFiles.present(folder, name(contour));
        return of(contour).keySet().containsAll(present.keySet()) ? Optional.empty() : Optional.of(present);
    }

    /** Takes them into use; those that are known stay as they are, whatever their files say. */
    void adopt(Contour contour, NavigableMap<Short, byte[]> present) {
        Known former = peppers.get(contour);
        Known added = known(contour, new TreeMap<>(present), clock.instant().plus(USED_AFTER));
        added.all().putAll(former.all());
        added.usedFrom().putAll(former.usedFrom());
        peppers.put(contour, added);
    }

    /** The stored value of a new token. */
    Hashed hash(TokenText token) {
        Known known = peppers.get(token.contour());
        short number = known.current(clock.instant());
        return new Hashed(number, hmac(known.all().get(number), token));
    }

    /** The values under which a token may be stored, one per pepper of its contour. */
    List<byte[]> candidates(TokenText token) {
        List<byte[]> values = new ArrayList<>();
        for (byte[] pepper : of(token.contour()).values()) {
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
