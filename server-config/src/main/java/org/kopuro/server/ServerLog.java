package org.kopuro.server;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Carries the application server's output into var/log/server.log and keeps that file and its predecessors bounded.
 * Remembers the last lines, and the line that says why a deployment failed: Payara Micro stays up without the application then.
 */
final class ServerLog {

    private static final long ROTATE_AT_BYTES = 20_000_000;
    private static final int KEPT_FILES = 10;
    private static final int REMEMBERED_LINES = 12;
    private static final Pattern DEPLOYMENT_FAILED = Pattern.compile("Exception while (?:loading|preparing|deploying) the app");

    private final Path file;
    private final Deque<String> lastLines = new ArrayDeque<>();
    private String deploymentFailure = "";
    private BufferedWriter writer;
    private long writtenBytes;
    private long lostLines;

    ServerLog(Path log) {
        this.file = log.resolve("server.log");
    }

    Path file() {
        return file;
    }

    /** Returns at once; the thread ends with the stream. */
    Thread carry(InputStream output) {
        Thread carrier = new Thread(() -> copy(output), "server-log");
        carrier.setDaemon(true);
        carrier.start();
        return carrier;
    }

    private void copy(InputStream output) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                remember(line);
                // What has been said must be readable at once, also when the machine stops; a burst may share one write.
                write(line, !lines.ready());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            closeQuietly();
        }
    }

    /** A full disk loses lines, and never stops the reading: a server whose output nobody takes comes to a standstill. */
    private void write(String line, boolean atOnce) {
        try {
            if (writer == null) {
                writer = open();
            }
            if (lostLines > 0) {
                writer.write("(" + lostLines + " lines could not be written here)\n");
            }
            writer.write(line);
            writer.newLine();
            writtenBytes += line.length() + 1L;
            if (atOnce || lostLines > 0) {
                writer.flush();
            }
            lostLines = 0;
            if (writtenBytes > ROTATE_AT_BYTES) {
                writer.close();
                writer = null;
                rotate();
            }
        } catch (IOException e) {
            lostLines++;
            closeQuietly();
        }
    }

    private void closeQuietly() {
        try {
            if (writer != null) {
                writer.close();
            }
        } catch (IOException e) {
            // What was in the buffer is lost with the rest.
        }
        writer = null;
    }

    private BufferedWriter open() throws IOException {
        writtenBytes = Files.exists(file) ? Files.size(file) : 0;
        return Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void rotate() throws IOException {
        for (int number = KEPT_FILES - 1; number >= 1; number--) {
            Path older = file.resolveSibling("server.log." + number);
            if (Files.exists(older)) {
                Files.move(older, file.resolveSibling("server.log." + (number + 1)), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(file, file.resolveSibling("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }

    private synchronized void remember(String line) {
        if (!line.isBlank()) {
            lastLines.addLast(line);
            if (lastLines.size() > REMEMBERED_LINES) {
                lastLines.removeFirst();
            }
        }
        // Payara says it twice; the one with a colon holds the cause.
        if (DEPLOYMENT_FAILED.matcher(line).find() && (deploymentFailure.isEmpty() || line.contains("the app :"))) {
            deploymentFailure = line.strip();
        }
    }

    synchronized List<String> lastLines() {
        return List.copyOf(lastLines);
    }

    synchronized Optional<String> deploymentFailure() {
        return Optional.of(deploymentFailure).filter(line -> !line.isEmpty());
    }
}
