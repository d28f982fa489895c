package org.kopuro.ledger.proof;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * That an entry stands in a ledger, in one file that needs nothing else but the ledger's public key.
 *
 * @param entry      the entry's exact text
 * @param index      where it stands
 * @param path       the inclusion proof for the size of the checkpoint
 * @param checkpoint the signed note
 * @param openings   by the name of a field of the entry's data
 */
public record Receipt(String entry, long index, List<Hash> path, String checkpoint, Map<String, Opening> openings) {

    /** In characters of the file: an entry, a note, a path and openings, all as large as they can be, and escaped. */
    public static final int LENGTH_MAX = 1024 * 1024;
    private static final String FORMAT = "kopuro-receipt/1";
    private static final int OPENINGS_MAX = 64;

    /** A receipt that was verified, and what it says. */
    public record Verified(Entry entry, TrustedCheckpoint checkpoint) {
    }

    /**
     * What stands behind a personal value that an entry holds only as {@link #hidden}.
     *
     * @param key base 64 of {@value #KEY_LENGTH} octets
     */
    public record Opening(String key, String value) {

        /** Fixed, because HMAC takes a shorter key and the same with zeros behind it for one. */
        public static final int KEY_LENGTH = 32;
        private static final String PREFIX = "hmac-sha256:";

        public static Opening of(byte[] key, String value) {
            return new Opening(Base64.getEncoder().encodeToString(key), value);
        }

        /** How a value stands in an entry. */
        public static String hidden(byte[] key, String value) {
            if (key.length != KEY_LENGTH) {
                throw new IllegalArgumentException("a key has " + KEY_LENGTH + " octets");
            }
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
                return PREFIX + Base64.getEncoder().encodeToString(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Throws unless this opens the field of the data. */
        void verify(String field, JsonObject data) throws Unproven {
            byte[] octets = Base64Text.decode(key, "The key of the opening of “" + field + "”");
            if (octets.length != KEY_LENGTH) {
                throw new Unproven("The key of the opening of “" + field + "” is not of " + KEY_LENGTH + " octets.");
            }
            if (!(data.get(field) instanceof JsonString there) || !there.getString().startsWith(PREFIX)) {
                throw new Unproven("The opening of “" + field + "” opens nothing: the entry's data has no such hidden value.");
            }
            if (!there.getString().equals(hidden(octets, value))) {
                throw new Unproven("The opening of “" + field + "” does not fit the entry: its key or its value was altered.");
            }
        }
    }

    public Receipt {
        path = List.copyOf(path);
        openings = Collections.unmodifiableMap(new TreeMap<>(openings));
    }

    /** The file's text. */
    public String format() {
        JsonArrayBuilder hashes = Json.createArrayBuilder();
        path.forEach(hash -> hashes.add(hash.base64()));
        JsonObjectBuilder opened = Json.createObjectBuilder();
        openings.forEach((field, opening) -> opened.add(field, Json.createObjectBuilder().add("key", opening.key()).add("value", opening.value())));
        return CanonicalJson.of(Json.createObjectBuilder().add("checkpoint", checkpoint).add("entry", entry).add("format", FORMAT).add("index", index)
                .add("openings", opened).add("path", hashes).build()) + "\n";
    }

    /** Reads the file's text; whether it proves anything is another question. */
    public static Receipt parse(String text) throws Unproven {
        if (text.length() > LENGTH_MAX) {
            throw new Unproven("The receipt is longer than " + LENGTH_MAX + " characters.");
        }
        Members members = Members.ofFile(text, "The receipt", FORMAT, Set.of("checkpoint", "entry", "format", "index", "openings", "path"));
        JsonObject opened = members.object("openings");
        if (opened.size() > OPENINGS_MAX) {
            throw new Unproven("The receipt has more than " + OPENINGS_MAX + " openings.");
        }
        Map<String, Opening> openings = new TreeMap<>();
        for (String field : opened.keySet()) {
            Members opening = new Members(new Members(opened, "The receipt's openings").object(field), "The receipt's opening of “" + field + "”");
            opening.exactly(Set.of("key", "value"));
            openings.put(field, new Opening(opening.string("key"), opening.string("value")));
        }
        return new Receipt(members.string("entry"), members.whole("index"), members.path(), members.string("checkpoint"), openings);
    }

    /**
     * Throws unless everything in the receipt is right.
     *
     * @param ledgerKeys  of which at least one must have signed
     * @param witnessKeys whose cosignatures are checked where there are any; how many are wanted is the caller's to say
     */
    public Verified verify(Collection<VerifierKey> ledgerKeys, Collection<VerifierKey> witnessKeys) throws Unproven {
        TrustedCheckpoint trusted = TrustedCheckpoint.of(SignedNote.parse(checkpoint), ledgerKeys, witnessKeys);
        new InclusionProof(index, trusted.checkpoint().size(), path).verify(Hash.ofLeaf(entry), trusted.checkpoint().root());
        Entry read = Entry.parse(entry, "The entry");
        for (Map.Entry<String, Opening> opening : openings.entrySet()) {
            opening.getValue().verify(opening.getKey(), read.data());
        }
        return new Verified(read, trusted);
    }
}
