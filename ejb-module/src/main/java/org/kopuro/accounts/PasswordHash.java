package org.kopuro.accounts;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** PBKDF2 as {@code algorithm:iterations:salt:hash}, so that the cost can be raised and old hashes still verify. */
public final class PasswordHash {

    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
    /** OWASP's figure for SHA-512 (2023). */
    private static final int ITERATIONS = 210_000;
    private static final int OCTETS = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Compared with when the login is unknown, so that the answer takes as long; a secret with the second one. */
    static final String OF_NOBODY = of("nobody".toCharArray());
    static final String OF_NO_SECRET = ofRandom("nobody".toCharArray());

    private PasswordHash() {
    }

    /** Of what a person chose, hence of what can be guessed. */
    public static String of(char[] password) {
        return of(password, ITERATIONS);
    }

    /** Of 256 random bits, which no number of attempts finds: there is nothing to slow down (NIST SP 800-63B, 5.1.2.2, asks for iterations below 112 bits). */
    static String ofRandom(char[] secret) {
        return of(secret, 1);
    }

    static String of(char[] password, int iterations) {
        byte[] salt = new byte[16];
        RANDOM.nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder();
        return ALGORITHM + ":" + iterations + ":" + base64.encodeToString(salt) + ":"
                + base64.encodeToString(derive(ALGORITHM, password, salt, iterations));
    }

    static boolean verify(char[] password, String stored) {
        String[] parts = stored.split(":");
        byte[] expected = Base64.getDecoder().decode(parts[3]);
        byte[] actual = derive(parts[0], password, Base64.getDecoder().decode(parts[2]), Integer.parseInt(parts[1]));
        return MessageDigest.isEqual(expected, actual);
    }

    private static byte[] derive(String algorithm, char[] password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, OCTETS * 8);
        try {
            return SecretKeyFactory.getInstance(algorithm).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            spec.clearPassword();
        }
    }
}
