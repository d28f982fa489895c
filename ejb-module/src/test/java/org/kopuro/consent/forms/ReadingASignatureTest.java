package org.kopuro.consent.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.testing.TestCertificates;
import org.kopuro.testing.TestIssuer;

/** Whoever sends a form sends its signature, and may send anything as one. */
class ReadingASignatureTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:15:00Z");
    private static final byte[] FORM = "a consent".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @CsvSource({"RSA", "EC"})
    void withAnyBitOfItChangedItIsOneOrIsNone(String algorithm) throws InvalidSignature {
        TestCertificates.Identity identity = algorithm.equals("EC") ? TestCertificates.elliptic(NOW) : TestCertificates.rsa(NOW);
        byte[] good = TestIssuer.cms(FORM, false, "SHA256with" + (algorithm.equals("EC") ? "ECDSA" : "RSA"), identity);
        assertEquals(identity.certificate(), verified(good).certificate());
        int invalid = 0;
        for (int bit = 0; bit < good.length * 8; bit += bit > good.length * 8 - 640 ? 1 : 5) {
            byte[] altered = good.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                // The certificate that is sent along is not what is signed: whether it is a trusted one is another question.
                verified(altered);
            } catch (InvalidSignature told) {
                invalid++;
            }
        }
        assertTrue(invalid > 1_000, invalid + " were told");
    }

    private static FormSignature verified(byte[] signature) throws InvalidSignature {
        return FormSignature.verified(signature, Optional.of(() -> new ByteArrayInputStream(FORM)));
    }
}
