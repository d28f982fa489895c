package org.kopuro.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.kopuro.ledger.proof.Unproven;

/** Files that somebody else wrote. */
public final class LimitedFile {

    private LimitedFile() {
    }

    /** The octets of a regular file; the exception's message is a sentence. */
    public static byte[] read(Path file, int lengthMax) throws IOException {
        // A pipe or a device would be read for ever.
        if (!Files.isRegularFile(file)) {
            throw new IOException(Files.exists(file) ? file + " is not a file." : "There is no file " + file + ".");
        }
        byte[] octets;
        try (InputStream stream = Files.newInputStream(file)) {
            octets = stream.readNBytes(lengthMax + 1);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read.", e);
        }
        if (octets.length > lengthMax) {
            throw new IOException(file + " has more than " + lengthMax + " octets.");
        }
        return octets;
    }

    public static String text(byte[] octets, String where) throws Unproven {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException e) {
            throw new Unproven(where + " is not UTF-8.");
        }
    }
}
