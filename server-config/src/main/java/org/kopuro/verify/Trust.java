package org.kopuro.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.kopuro.ledger.proof.SignedNote;
import org.kopuro.ledger.proof.TrustedCheckpoint;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.ledger.proof.VerifierKey;

/**
 * Whom the person at the command line trusts.
 *
 * @param ledger          keys that may sign checkpoints
 * @param witnesses       keys that may co-sign them
 * @param witnessesWanted how many of them must have
 */
public record Trust(List<VerifierKey> ledger, List<VerifierKey> witnesses, int witnessesWanted) {

    private static final int FILE_MAX = 64 * 1024;

    /** Throws unless the note is a checkpoint with all signatures that are wanted. */
    public TrustedCheckpoint checkpoint(String note) throws Unproven {
        return cosigned(TrustedCheckpoint.of(SignedNote.parse(note), ledger, witnesses));
    }

    /** The same without asking for witnesses: older checkpoints need none. */
    TrustedCheckpoint signed(String note) throws Unproven {
        return TrustedCheckpoint.of(SignedNote.parse(note), ledger, witnesses);
    }

    TrustedCheckpoint cosigned(TrustedCheckpoint checkpoint) throws Unproven {
        if (checkpoint.cosigned().size() < witnessesWanted) {
            throw new Unproven("The checkpoint is co-signed by " + checkpoint.cosigned().size() + " of the given witnesses; " + witnessesWanted + " are wanted.");
        }
        return checkpoint;
    }

    /** Keys as they are given: each a vkey, or a file with one a line. */
    public static List<VerifierKey> keys(List<String> given, VerifierKey.Kind kind) throws WrongUse {
        List<VerifierKey> keys = new ArrayList<>();
        for (String text : given) {
            for (String line : lines(text)) {
                VerifierKey key = key(line, text);
                if (key.kind() != kind) {
                    throw new WrongUse("The key of " + key.name() + " is a " + (kind == VerifierKey.Kind.NOTE ? "witness's, not a ledger's." : "ledger's, not a witness's."));
                }
                keys.add(key);
            }
        }
        return keys;
    }

    private static VerifierKey key(String line, String given) throws WrongUse {
        try {
            return VerifierKey.parse(line);
        } catch (Unproven e) {
            throw new WrongUse(given + " is neither a verifier key nor a file of them: " + e.getMessage());
        }
    }

    private static List<String> lines(String given) throws WrongUse {
        Path file = Path.of(given);
        if (!Files.exists(file)) {
            return List.of(given);
        }
        try {
            List<String> lines = LimitedFile.text(LimitedFile.read(file, FILE_MAX), file.toString()).lines().filter(line -> !line.isBlank()).toList();
            if (lines.isEmpty()) {
                throw new WrongUse(file + " holds no verifier key.");
            }
            return lines;
        } catch (IOException | Unproven e) {
            throw new WrongUse(e.getMessage());
        }
    }
}
