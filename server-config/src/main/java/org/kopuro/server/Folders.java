package org.kopuro.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folders below var. What is not the server's working copy survives a restart. */
public record Folders(Path var) {

    /** Room for PostgreSQL's binaries, an empty database with its journal, and Payara's unpacked runtime. */
    static final long NEEDED_BYTES = 600L * 1024 * 1024;

    public Path keys() {
        return var.resolve("keys");
    }

    public Path log() {
        return var.resolve("log");
    }

    public Path postgres() {
        return var.resolve("postgres");
    }

    public Path payara() {
        return var.resolve("payara");
    }

    public Path runLock() {
        return var.resolve("run.lock");
    }

    /** Creates what is missing and proves that each folder can be written to; all but var itself are closed to other users. */
    void prepare() {
        create(var);
        for (Path folder : List.of(keys(), log(), postgres(), payara())) {
            create(folder);
            close(folder);
        }
    }

    void requireSpace(long neededBytes) {
        try {
            long usableBytes = Files.getFileStore(var).getUsableSpace();
            if (usableBytes < neededBytes) {
                throw new CannotStart(Obstacle.DISK_FULL, "The disk of %s has %d MB left; %d MB are needed."
                        .formatted(var, usableBytes >> 20, neededBytes >> 20));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void create(Path folder) {
        try {
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new CannotStart(Obstacle.FOLDER, "%s is a file; a folder is needed there.".formatted(folder));
            }
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "writable", null));
        } catch (IOException e) {
            throw new CannotStart(Obstacle.FOLDER, "%s cannot be written to (%s): set KOPURO_VAR to a folder that can."
                    .formatted(folder, reason(e)), e);
        }
    }

    private static void close(Path folder) {
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new CannotStart(Obstacle.FOLDER, "%s cannot be closed to other users (%s).".formatted(folder, reason(e)), e);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason();
        }
        return e.getClass().getSimpleName();
    }

    /** Removes a folder and all it holds; symbolic links are removed, not followed. */
    static void remove(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Writes a file that only its owner can read, and never leaves half of it behind. */
    public static void writePrivately(Path file, String text) throws IOException {
        Path unfinished = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(unfinished, text);
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

}
