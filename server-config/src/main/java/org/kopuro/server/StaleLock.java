package org.kopuro.server;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a launcher that was killed left behind in the data directory: a lock file, perhaps with PostgreSQL still at work.
 * Called only under the {@link RunLock}, so whatever works there has lost its launcher.
 *
 * <p>Two servers on one data directory destroy it. The lock file is therefore removed only when no process works there any more:
 * neither a server nor one of its children, which may outlive it for a moment.
 */
final class StaleLock {

    static final String LOCK_FILE = "postmaster.pid";
    private static final int STOP_LIMIT_SECONDS = 60;
    private static final Duration CHILDREN_LIMIT = Duration.ofSeconds(15);

    private final Path data;
    private final PostgresBinaries binaries;

    StaleLock(Path data, PostgresBinaries binaries) {
        this.data = data;
        this.binaries = binaries;
    }

    void clear(PrintStream out) {
        Path file = data.resolve(LOCK_FILE);
        List<ProcessHandle> atWork = atWork();
        Optional<PostmasterPid> lock = read(file);
        Optional<ProcessHandle> server = lock.flatMap(found -> atWork.stream().filter(process -> process.pid() == found.pid()).findFirst());
        if (server.isPresent()) {
            out.printf("PostgreSQL was still running (process %d) though its launcher had died; stopping it first.%n", server.get().pid());
            binaries.run(STOP_LIMIT_SECONDS + 5, "pg_ctl", "stop", "-D", data.toString(), "-m", "fast", "-w", "-t", "" + STOP_LIMIT_SECONDS);
        } else {
            atWork.forEach(ProcessHandle::destroy);
        }
        awaitEnd(atWork);
        try {
            if (Files.deleteIfExists(file)) {
                out.println("Removed the stale lock " + file + (lock.isPresent()
                        ? " of process %d, which is no longer PostgreSQL.".formatted(lock.get().pid())
                        : ", which held no process number."));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitEnd(List<ProcessHandle> processes) {
        try {
            CompletableFuture.allOf(processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(CHILDREN_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new CannotStart(Obstacle.DATABASE_DOES_NOT_START, "PostgreSQL processes of an earlier start still work on %s and do not end: %s."
                    .formatted(data, processes.stream().filter(ProcessHandle::isAlive).map(ProcessHandle::pid).toList()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Known by their program, which lies below our folder, or by their working directory, which PostgreSQL sets to its data directory. */
    private List<ProcessHandle> atWork() {
        Path realData = real(data);
        Path programs = real(binaries.folder().getParent());
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().map(Path::of).filter(program -> program.startsWith(programs)).isPresent()
                        || workingDirectory(process).filter(realData::equals).isPresent())
                .filter(ProcessHandle::isAlive)
                .toList();
    }

    /** Linux only; elsewhere, and for other users' processes, the program has to do. */
    private static Optional<Path> workingDirectory(ProcessHandle process) {
        try {
            return Optional.of(Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }

    static Optional<PostmasterPid> read(Path file) {
        try {
            // Latin 1 reads any bytes: garbage must be looked at, not stumbled over.
            return Files.exists(file) ? PostmasterPid.parse(Files.readString(file, StandardCharsets.ISO_8859_1)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
