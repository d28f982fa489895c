package org.kopuro.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A file that names a process by number and start time together: numbers are given out again, pairs are not. */
record ProcessMark(Path file) {

    /** The start time is computed from the clock of the machine, which may have been set since. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    void write(ProcessHandle process) {
        try {
            Files.writeString(file, process.pid() + " " + process.info().startInstant().orElse(Instant.EPOCH) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void erase() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process, if it still lives. A file that cannot be understood names nobody. */
    Optional<ProcessHandle> living() {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            String[] parts = Files.readString(file).strip().split(" ");
            Instant started = Instant.parse(parts[1]);
            return ProcessHandle.of(Long.parseLong(parts[0])).filter(ProcessHandle::isAlive)
                    .filter(process -> process.info().startInstant()
                            .filter(actual -> Duration.between(started, actual).abs().compareTo(TOLERANCE) <= 0).isPresent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }
}
