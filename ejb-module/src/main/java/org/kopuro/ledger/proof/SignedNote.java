package org.kopuro.ledger.proof;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A text with the signatures under it: c2sp.org/signed-note.
 *
 * @param text ends with a line feed
 */
public record SignedNote(String text, List<Signature> signatures) {

    /** Larger ones are not checkpoints. */
    public static final int LENGTH_MAX = 64 * 1024;
    private static final int SIGNATURES_MAX = 64;
    private static final String SIGNATURE_LINE = "— ";
    private static final int KEY_ID_LENGTH = 4;

    /**
     * A signature line.
     *
     * @param value what follows the key id
     */
    public record Signature(String name, int keyId, byte[] value) {

        /** As it stands under a note, with its end. */
        public String line() {
            byte[] octets = ByteBuffer.allocate(KEY_ID_LENGTH + value.length).putInt(keyId).put(value).array();
            return SIGNATURE_LINE + name + " " + Base64.getEncoder().encodeToString(octets) + "\n";
        }

        /** Reads one line without its end. */
        public static Signature parse(String line) throws Unproven {
            int blank = line.indexOf(' ', SIGNATURE_LINE.length());
            if (!line.startsWith(SIGNATURE_LINE) || blank < 0 || blank == SIGNATURE_LINE.length()) {
                throw new Unproven("A signature line does not have the form “— name signature”.");
            }
            byte[] octets = Base64Text.decode(line.substring(blank + 1), "A signature line");
            if (octets.length <= KEY_ID_LENGTH) {
                throw new Unproven("A signature line is too short to hold a signature.");
            }
            return new Signature(line.substring(SIGNATURE_LINE.length(), blank), ByteBuffer.wrap(octets).getInt(),
                    Arrays.copyOfRange(octets, KEY_ID_LENGTH, octets.length));
        }
    }

    public SignedNote {
        signatures = List.copyOf(signatures);
    }

    public static SignedNote parse(String note) throws Unproven {
        int end = note.lastIndexOf("\n\n" + SIGNATURE_LINE);
        if (note.length() > LENGTH_MAX || end < 0 || !note.endsWith("\n") || note.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new Unproven("The checkpoint is not a signed note: a text, an empty line and lines of signatures.");
        }
        String[] lines = note.substring(end + 2, note.length() - 1).split("\n", -1);
        if (lines.length > SIGNATURES_MAX) {
            throw new Unproven("The checkpoint has more than " + SIGNATURES_MAX + " signatures.");
        }
        List<Signature> signatures = new ArrayList<>();
        for (String line : lines) {
            signatures.add(Signature.parse(line));
        }
        return new SignedNote(note.substring(0, end + 1), signatures);
    }

    public SignedNote with(List<Signature> more) {
        List<Signature> all = new ArrayList<>(signatures);
        all.addAll(more);
        return new SignedNote(text, all);
    }

    /** The note as it is published. */
    public String format() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()));
        return note.toString();
    }
}
