package org.kopuro.ledger.proof;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** A SHA-256 value of the tree: of a leaf, of a node, or a root. */
public final class Hash {

    public static final int LENGTH = 32;
    private static final byte LEAF = 0;
    private static final byte NODE = 1;
    /** The root of the tree without leaves. */
    public static final Hash EMPTY_TREE = new Hash(sha256().digest());

    private final byte[] octets;

    private Hash(byte[] octets) {
        this.octets = octets;
    }

    public static Hash of(byte[] octets, int offset) {
        return new Hash(Arrays.copyOfRange(octets, offset, offset + LENGTH));
    }

    /** The leaf hash of an entry's octets. */
    public static Hash ofLeaf(byte[] entry) {
        MessageDigest digest = sha256();
        digest.update(LEAF);
        return new Hash(digest.digest(entry));
    }

    public static Hash ofLeaf(String entry) {
        return ofLeaf(entry.getBytes(StandardCharsets.UTF_8));
    }

    public static Hash ofNode(Hash left, Hash right) {
        MessageDigest digest = sha256();
        digest.update(NODE);
        digest.update(left.octets);
        return new Hash(digest.digest(right.octets));
    }

    /** Reads base 64 of exactly 32 octets, in its one canonical spelling. */
    public static Hash parse(String base64, String where) throws Unproven {
        byte[] octets = Base64Text.decode(base64, where);
        if (octets.length != LENGTH) {
            throw new Unproven(where + " is not a hash of 32 octets.");
        }
        return new Hash(octets);
    }

    public String base64() {
        return Base64.getEncoder().encodeToString(octets);
    }

    public byte[] octets() {
        return octets.clone();
    }

    void copyTo(byte[] target, int offset) {
        System.arraycopy(octets, 0, target, offset, LENGTH);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(octets, hash.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return base64();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
