package org.kopuro.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** A database role's password: made once, kept in a file that only the owner of var can read, never shown. */
final class RolePassword {

    static final int LENGTH = 32;
    /** Letters and digits only: fit for SQL literals, shells and addresses without quoting; 190 bits at this length. */
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    private RolePassword() {
    }

    static Path file(Path keys, String role) {
        return keys.resolve("postgres-" + role + ".password");
    }

    static String readOrCreate(Path keys, String role) {
        Path file = file(keys, role);
        try {
            if (!Files.exists(file)) {
                Folders.writePrivately(file, generate());
            }
            String password = Files.readString(file).strip();
            if (password.length() != LENGTH || !password.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)) {
                throw new CannotStart(Obstacle.FOLDER, "%s does not hold a password of %d letters and digits: restore it from a backup."
                        .formatted(file, LENGTH));
            }
            return password;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String generate() {
        StringBuilder password = new StringBuilder(LENGTH);
        RANDOM.ints(LENGTH, 0, ALPHABET.length()).forEach(index -> password.append(ALPHABET.charAt(index)));
        return password.toString();
    }
}
