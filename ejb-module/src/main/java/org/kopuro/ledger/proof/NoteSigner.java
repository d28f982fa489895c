package org.kopuro.ledger.proof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;

/** Signs notes as a ledger, or co-signs them as a witness, with Ed25519. */
public final class NoteSigner {

    private final VerifierKey verifier;
    private final PrivateKey key;

    public NoteSigner(VerifierKey verifier, PrivateKey key) {
        this.verifier = verifier;
        this.key = key;
    }

    public VerifierKey verifier() {
        return verifier;
    }

    /** As a ledger. */
    public SignedNote.Signature sign(String text) {
        return line(raw(text));
    }

    /** As a witness, at a time in whole seconds: cosignature/v1. */
    public SignedNote.Signature cosign(String text, Instant at) {
        byte[] signature = raw(cosigned(text, at));
        return line(ByteBuffer.allocate(Long.BYTES + signature.length).putLong(at.getEpochSecond()).put(signature).array());
    }

    static String cosigned(String text, Instant at) {
        return "cosignature/v1\ntime " + at.getEpochSecond() + "\n" + text;
    }

    private SignedNote.Signature line(byte[] value) {
        return new SignedNote.Signature(verifier.name(), verifier.id(), value);
    }

    private byte[] raw(String text) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
