package org.kopuro.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.kopuro.installation.Installation;
import org.kopuro.installation.SecretFiles;
import org.kopuro.ledger.proof.NoteSigner;
import org.kopuro.ledger.proof.SignedNote;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.ledger.proof.VerifierKey;

/**
 * The keys under which checkpoints are signed: files {@code ledger-key-1} and so on, each a line with the verifier key and a line with the
 * private key (PKCS #8, base 64). While two are there, checkpoints carry both signatures: that is how a key is replaced.
 */
@ApplicationScoped
class LedgerKeys {

    static final String FILE = "ledger-key";

    private List<NoteSigner> signers;
    private String origin;

    protected LedgerKeys() {
    }

    @Inject
    LedgerKeys(Installation installation) {
        origin = installation.ledgerOrigin();
        signers = new ArrayList<>();
        SecretFiles.numbered(installation.keys(), FILE, () -> generate(origin)).forEach((number, file) -> signers.add(read(number, file)));
    }

    String origin() {
        return origin;
    }

    List<VerifierKey> verifiers() {
        return signers.stream().map(NoteSigner::verifier).toList();
    }

    /** The text signed with every key. */
    SignedNote sign(String text) {
        return new SignedNote(text, signers.stream().map(signer -> signer.sign(text)).toList());
    }

    /** The content of a new key's file. */
    static byte[] generate(String origin) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            String lines = VerifierKey.of(origin, VerifierKey.Kind.NOTE, pair.getPublic()) + "\n" + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()) + "\n";
            return lines.getBytes(StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private NoteSigner read(short number, byte[] file) {
        String name = FILE + "-" + number;
        try {
            String[] lines = new String(file, StandardCharsets.UTF_8).split("\n");
            VerifierKey verifier = VerifierKey.parse(lines[0]);
            NoteSigner signer = new NoteSigner(verifier, KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(lines[1]))));
            // The two lines must belong together, or every checkpoint would be worthless.
            verifier.verify("-\n", signer.sign("-\n"));
            if (!verifier.name().equals(origin)) {
                throw new IllegalStateException("The key " + name + " is of the ledger " + verifier.name() + ", and kopuro.ledger.origin says " + origin + ": a ledger never changes its name.");
            }
            return signer;
        } catch (GeneralSecurityException | Unproven | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalStateException("The file " + name + " in the folder of keys does not hold a ledger key; restore it from the backup.", e);
        }
    }
}
