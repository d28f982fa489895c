package org.kopuro.exchange.evidence;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One key of the message log. Each message is encrypted with AES-256-GCM under a key derived for its call and direction, so that
 * no number of messages wears a key out and no message can be put in another one's place. Compressed before, as it cannot be
 * after.
 *
 * @param number as in its file's name
 */
record MessageKey(short number, byte[] secret) {

    static final int OCTETS = 32;
    /** More than any message that was ever let in or sent. */
    private static final int INFLATED_MAX = 128 * 1024 * 1024;
    private static final int NONCE_OCTETS = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Nonce, ciphertext, tag. */
    byte[] seal(UUID occurrence, Direction direction, byte[] octets) {
        byte[] nonce = new byte[NONCE_OCTETS];
        RANDOM.nextBytes(nonce);
        byte[] name = name(occurrence, direction);
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, name, nonce).doFinal(deflate(octets));
            return ByteBuffer.allocate(nonce.length + encrypted.length).put(nonce).put(encrypted).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Empty when it is not what was sealed for this call and direction under this key. */
    Optional<byte[]> open(UUID occurrence, Direction direction, byte[] sealed) {
        if (sealed.length < NONCE_OCTETS + TAG_BITS / 8) {
            return Optional.empty();
        }
        byte[] nonce = Arrays.copyOf(sealed, NONCE_OCTETS);
        try {
            return inflate(cipher(Cipher.DECRYPT_MODE, name(occurrence, direction), nonce).doFinal(sealed, NONCE_OCTETS, sealed.length - NONCE_OCTETS));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /** Tells whether another node holds the same key, and nothing about the key. */
    byte[] fingerprint() {
        return hmac("kopuro message log key".getBytes(StandardCharsets.US_ASCII));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "messagelog-" + number;
    }

    private Cipher cipher(int mode, byte[] name, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(hmac(name), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name);
        return cipher;
    }

    private static byte[] name(UUID occurrence, Direction direction) {
        return (direction + " " + occurrence).getBytes(StandardCharsets.US_ASCII);
    }

    private byte[] hmac(byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] deflate(byte[] octets) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(octets);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length / 2 + 64);
            byte[] buffer = new byte[8192];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static Optional<byte[]> inflate(byte[] deflated) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(deflated);
            ByteArrayOutputStream out = new ByteArrayOutputStream(deflated.length * 3);
            byte[] buffer = new byte[8192];
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                if (count == 0 || out.size() + count > INFLATED_MAX) {
                    return inflater.finished() ? Optional.of(out.toByteArray()) : Optional.empty();
                }
                out.write(buffer, 0, count);
            }
            return Optional.of(out.toByteArray());
        } catch (DataFormatException e) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }
}
