package org.kopuro.witness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.ledger.proof.NoteSigner;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.ledger.proof.VerifierKey;
import org.kopuro.verify.LimitedFile;
import org.kopuro.verify.WrongUse;

/** The witness's own key: made at the first start, in the state's folder. */
final class WitnessKey {

    private static final int FILE_MAX = 4096;
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----\n";
    private static final String END = "\n-----END PRIVATE KEY-----\n";

    private WitnessKey() {
    }

    static NoteSigner in(Path folder, Optional<String> name) throws IOException, WrongUse {
        Path secret = folder.resolve("key.pem");
        Path open = folder.resolve("witness.vkey");
        return Files.exists(secret) ? read(secret, open, name) : make(secret, open, name.orElseGet(() -> "kopuro-witness-" + UUID.randomUUID().toString().substring(0, 8)));
    }

    private static NoteSigner make(Path secret, Path open, String name) throws IOException, WrongUse {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            VerifierKey vkey = VerifierKey.parse(VerifierKey.of(name, VerifierKey.Kind.COSIGNATURE, pair.getPublic()).toString());
            // The secret last: where it is, the other is there, too.
            DurableFile.write(open, (vkey + "\n").getBytes(StandardCharsets.UTF_8));
            DurableFile.writeSecret(secret, (BEGIN + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()) + END).getBytes(StandardCharsets.US_ASCII));
            return new NoteSigner(vkey, pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (Unproven e) {
            throw new WrongUse("--name is a name of at most 255 characters without blanks and without +.");
        }
    }

    private static NoteSigner read(Path secret, Path open, Optional<String> name) throws IOException, WrongUse {
        try {
            VerifierKey vkey = VerifierKey.parse(LimitedFile.text(LimitedFile.read(open, FILE_MAX), open.toString()).strip());
            String pem = LimitedFile.text(LimitedFile.read(secret, FILE_MAX), secret.toString());
            if (!pem.startsWith(BEGIN) || !pem.endsWith(END)) {
                throw new WrongUse(secret + " is not a private key in PEM.");
            }
            PrivateKey key = KeyFactory.getInstance("Ed25519").generatePrivate(
                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem.substring(BEGIN.length(), pem.length() - END.length()))));
            NoteSigner signer = new NoteSigner(vkey, key);
            // A trial, so that keys that do not belong together are told now and not by others.
            vkey.verify("trial\n", signer.cosign("trial\n", Instant.EPOCH));
            if (name.isPresent() && !name.get().equals(vkey.name())) {
                throw new WrongUse("This state belongs to the witness " + vkey.name() + ": leave --name out, or take another folder.");
            }
            return signer;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new WrongUse(secret + " is not a private key of Ed25519.");
        } catch (Unproven e) {
            throw new WrongUse(open + " does not fit " + secret + ": " + e.getMessage());
        }
    }
}
