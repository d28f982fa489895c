package org.kopuro.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tokens that a server refused for good, in a file: one line each, the token's digest and the code. A digest is enough, because a token
 * is random; and who reads the file learns no token.
 */
final class EndedTokens {

    /** Frozen is not among them: it may thaw. */
    static final Set<String> FOR_GOOD = Set.of("CONSENT_REVOKED", "CONSENT_EXPIRED", "CONSENT_EXHAUSTED");
    private static final long LENGTH_MAX = 64L * 1024 * 1024;

    private final Path file;

    EndedTokens(Path file) {
        this.file = file;
    }

    /** The code with which it ended. */
    Optional<String> find(String token) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > LENGTH_MAX) {
            throw new IOException(file + " is too long");
        }
        String digest = digest(token);
        try (var lines = Files.lines(file, StandardCharsets.US_ASCII)) {
            return lines.filter(line -> line.startsWith(digest + " ")).findFirst().map(line -> line.substring(digest.length() + 1));
        }
    }

    void remember(String token, String code) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            // Others remember in it as well.
        }
        Files.writeString(file, digest(token) + " " + code + "\n", StandardCharsets.US_ASCII, StandardOpenOption.APPEND);
    }

    /** Of the spelling without dashes and blanks, with the letters that the alphabet lacks read as the digits they look like. */
    private static String digest(String token) {
        String canonical = token.toUpperCase(Locale.ROOT).replaceAll("[-\\s]", "").replace('O', '0').replace('I', '1').replace('L', '1');
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
