package org.kopuro.witness;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import org.kopuro.ledger.proof.SignedNote;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.verify.LimitedFile;
import org.kopuro.verify.WrongUse;

/** What a witness must not forget: the last checkpoint that it co-signed, and an alarm. One process at a time has it. */
final class State implements AutoCloseable {

    private static final String VERIFIED = "verified";
    private static final String ALARMS = "alarm-*.txt";

    private final Path folder;
    private final FileChannel lock;

    private State(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    static State take(Path folder) throws IOException, WrongUse {
        Files.createDirectories(folder);
        // The kernel frees the lock when its process dies, so the file itself means nothing.
        FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(channel)) {
            channel.close();
            throw new WrongUse("Another witness works with " + folder + ": stop it first, or take another folder.");
        }
        return new State(folder, channel);
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    Path folder() {
        return folder;
    }

    /** The last checkpoint that was co-signed, with the cosignature. */
    Optional<SignedNote> verified() throws IOException, WrongUse {
        Path file = folder.resolve(VERIFIED);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(SignedNote.parse(LimitedFile.text(LimitedFile.read(file, SignedNote.LENGTH_MAX), file.toString())));
        } catch (Unproven e) {
            throw new WrongUse(file + " was altered: " + e.getMessage());
        }
    }

    /**
     * Remembers a checkpoint in the place of the one that it was compared with. When this returns true, it is remembered, whatever
     * happens; false where the state went on meanwhile, or there is an alarm.
     */
    synchronized boolean advance(Optional<SignedNote> before, SignedNote note) throws IOException, WrongUse {
        if (alarm().isPresent() || !verified().map(SignedNote::format).equals(before.map(SignedNote::format))) {
            return false;
        }
        DurableFile.write(folder.resolve(VERIFIED), note.format().getBytes(StandardCharsets.UTF_8));
        return true;
    }

    Optional<Path> alarm() throws IOException {
        try (DirectoryStream<Path> alarms = Files.newDirectoryStream(folder, ALARMS)) {
            for (Path alarm : alarms) {
                return Optional.of(alarm);
            }
        }
        return Optional.empty();
    }

    synchronized Path raise(Contradiction contradiction, Instant at) throws IOException {
        Path alarm = folder.resolve(ALARMS.replace("*", at.toString().replaceAll("[^0-9TZ]", "")));
        DurableFile.write(alarm, ("At " + at + ": " + contradiction.getMessage() + "\n\n" + contradiction.evidence()).getBytes(StandardCharsets.UTF_8));
        return alarm;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
