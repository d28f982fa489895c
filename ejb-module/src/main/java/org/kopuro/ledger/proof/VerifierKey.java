package org.kopuro.ledger.proof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The public key of a ledger or of a witness, with its name: {@code name+key id+key}, the “vkey” of c2sp.org/signed-note.
 */
public final class VerifierKey {

    /** What a key signs. */
    public enum Kind {
        /** Notes as they are: ledgers. */
        NOTE(0x01),
        /** Notes with a time: witnesses, cosignature/v1. */
        COSIGNATURE(0x04);

        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    private static final int RAW_LENGTH = 32;
    private static final int SIGNATURE_LENGTH = 64;
    /** SubjectPublicKeyInfo of Ed25519 up to the key itself: RFC 8410. */
    private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final Pattern TEXT = Pattern.compile("([^\\s+]{1,255})\\+([0-9a-f]{8})\\+([A-Za-z0-9+/=]{44})");

    private final String name;
    private final Kind kind;
    private final byte[] raw;
    private final int id;
    private final PublicKey key;

    private VerifierKey(String name, Kind kind, byte[] raw) throws GeneralSecurityException {
        this.name = name;
        this.kind = kind;
        this.raw = raw;
        id = id(name, kind, raw);
        key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(ByteBuffer.allocate(SPKI.length + RAW_LENGTH).put(SPKI).put(raw).array()));
    }

    public static VerifierKey of(String name, Kind kind, PublicKey key) {
        byte[] encoded = key.getEncoded();
        try {
            return new VerifierKey(name, kind, Arrays.copyOfRange(encoded, encoded.length - RAW_LENGTH, encoded.length));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static VerifierKey parse(String text) throws Unproven {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new Unproven("A verifier key has the form name+8 hexadecimal digits+base 64.");
        }
        byte[] octets = Base64Text.decode(matcher.group(3), "The verifier key");
        for (Kind kind : Kind.values()) {
            if (octets.length == 1 + RAW_LENGTH && octets[0] == kind.code) {
                try {
                    VerifierKey key = new VerifierKey(matcher.group(1), kind, Arrays.copyOfRange(octets, 1, octets.length));
                    if (key.idText().equals(matcher.group(2))) {
                        return key;
                    }
                } catch (GeneralSecurityException e) {
                    throw new Unproven("The verifier key of " + matcher.group(1) + " is not a point of Ed25519.");
                }
                throw new Unproven("The verifier key of " + matcher.group(1) + " does not fit its key id: it was altered.");
            }
        }
        throw new Unproven("The verifier key of " + matcher.group(1) + " is neither of a ledger (type 1) nor of a witness (type 4).");
    }

    /** Whether this key made the line; only then {@link #verify} makes sense. */
    public boolean made(SignedNote.Signature signature) {
        return signature.name().equals(name) && signature.keyId() == id;
    }

    /** Throws unless the line is a right signature of the text; the time that a witness gave. */
    public Optional<Instant> verify(String text, SignedNote.Signature line) throws Unproven {
        boolean timed = kind == Kind.COSIGNATURE;
        if (!made(line) || line.value().length != (timed ? Long.BYTES : 0) + SIGNATURE_LENGTH) {
            throw new Unproven("The signature of " + name + " has the wrong length.");
        }
        ByteBuffer value = ByteBuffer.wrap(line.value());
        Optional<Instant> time = timed ? Optional.of(time(value.getLong())) : Optional.empty();
        byte[] signed = time.map(given -> NoteSigner.cosigned(text, given)).orElse(text).getBytes(StandardCharsets.UTF_8);
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(signed);
            if (signature.verify(line.value(), value.position(), SIGNATURE_LENGTH)) {
                return time;
            }
        } catch (GeneralSecurityException e) {
            // Not a signature at all; told below.
        }
        throw new Unproven("The signature of " + name + " (key " + idText() + ") does not fit the checkpoint: the checkpoint or the signature was altered.");
    }

    private Instant time(long seconds) throws Unproven {
        // Four digits of a year: anything else is no time that somebody meant.
        if (seconds < 0 || seconds > 253_402_300_799L) {
            throw new Unproven("The cosignature of " + name + " has no sensible time.");
        }
        return Instant.ofEpochSecond(seconds);
    }

    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    int id() {
        return id;
    }

    private String idText() {
        return HexFormat.of().toHexDigits(id);
    }

    /** The vkey. */
    @Override
    public String toString() {
        return name + "+" + idText() + "+" + Base64.getEncoder().encodeToString(ByteBuffer.allocate(1 + RAW_LENGTH).put((byte) kind.code).put(raw).array());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return id;
    }

    private static int id(String name, Kind kind, byte[] raw) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        digest.update((byte) kind.code);
        return ByteBuffer.wrap(digest.digest(raw)).getInt();
    }
}
