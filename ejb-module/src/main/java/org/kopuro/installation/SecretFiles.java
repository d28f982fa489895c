package org.kopuro.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Secrets in numbered files of the folder of keys, {@code name-1}, {@code name-2} and so on. Nodes share the folder; the first one to
 * start makes number 1. A higher number replaces a lower one for what is new; lower ones stay for what was made with them.
 */
public final class SecretFiles {

    private static final String NUMBER = "-(\\d{1,4})";

    private SecretFiles() {
    }

    /** All secrets of the name, after making the first where there is none. */
    public static NavigableMap<Short, byte[]> numbered(Path folder, String name, Supplier<byte[]> first) {
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve(name + "-1");
            if (!Files.exists(file)) {
                create(file, first.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return present(folder, name);
    }

    /** The secrets of the name that are there. */
    public static NavigableMap<Short, byte[]> present(Path folder, String name) {
        try {
            Files.createDirectories(folder);
            NavigableMap<Short, byte[]> secrets = new TreeMap<>();
            Pattern pattern = Pattern.compile(Pattern.quote(name) + NUMBER);
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, name + "-*")) {
                for (Path file : files) {
                    Matcher matcher = pattern.matcher(file.getFileName().toString());
                    if (matcher.matches()) {
                        secrets.put(Short.valueOf(matcher.group(1)), Files.readAllBytes(file));
                    }
                }
            }
            return secrets;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One more secret of the name; a number that is taken stays as it is. */
    public static void add(Path folder, String name, short number, byte[] secret) {
        try {
            create(folder.resolve(name + "-" + number), secret);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void create(Path file, byte[] content) throws IOException {
        // Written aside and linked into place, so that another node never reads half a secret and never loses its own.
        Path aside = Files.createTempFile(file.getParent(), ".secret", "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.write(aside, content);
            Files.createLink(file, aside);
        } catch (FileAlreadyExistsException e) {
            // Another node was first; its secret is read instead.
        } finally {
            Files.delete(aside);
        }
    }
}
