package org.kopuro.exchange.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kopuro.installation.Installation;

/**
 * The keys of the message log: 32 random octets each, in files {@code messagelog-1}, {@code messagelog-2}, … beside the signing
 * keys and never in the database. The highest number encrypts; all of them decrypt. Nodes share the folder; the first one
 * to start makes key 1.
 */
@ApplicationScoped
class MessageKeys {

    private static final Pattern FILE = Pattern.compile("messagelog-(\\d{1,4})");

    private Path folder;
    private volatile NavigableMap<Short, MessageKey> keys = new TreeMap<>();

    protected MessageKeys() {
    }

    @Inject
    MessageKeys(Installation installation) {
        this(installation.keys());
    }

    MessageKeys(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            keys = read();
            if (keys.isEmpty()) {
                createFirst();
                keys = read();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    MessageKey current() {
        return keys.lastEntry().getValue();
    }

    /** Looks into the folder again for a number it does not know: another node may have been given a new key first. */
    Optional<MessageKey> find(short number) {
        MessageKey known = keys.get(number);
        if (known == null) {
            try {
                // For reading only: this node goes on to encrypt with the key that it registered at its start.
                return Optional.ofNullable(read().get(number));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Optional.of(known);
    }

    private NavigableMap<Short, MessageKey> read() throws IOException {
        NavigableMap<Short, MessageKey> found = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "messagelog-*")) {
            for (Path file : files) {
                Matcher name = FILE.matcher(file.getFileName().toString());
                if (name.matches()) {
                    byte[] secret = Files.readAllBytes(file);
                    if (secret.length != MessageKey.OCTETS) {
                        throw new IllegalStateException("The key file " + file + " must hold exactly " + MessageKey.OCTETS + " octets; restore it from the backup.");
                    }
                    short number = Short.parseShort(name.group(1));
                    found.put(number, new MessageKey(number, secret));
                }
            }
        }
        return found;
    }

    private void createFirst() throws IOException {
        byte[] secret = new byte[MessageKey.OCTETS];
        new SecureRandom().nextBytes(secret);
        // Written aside and linked into place, so that another node never reads half a key and never loses its own.
        Path aside = Files.createTempFile(folder, ".messagelog", "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.write(aside, secret);
            Files.createLink(folder.resolve("messagelog-1"), aside);
        } catch (FileAlreadyExistsException e) {
            // Another node was first; its key is read next.
        } finally {
            Files.delete(aside);
        }
    }
}
