package org.kopuro.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server's output finds its way into the file, and is taken from the server in any case. */
class ServerLogTest {

    @TempDir
    private Path folder;

    @Test
    void goesOnReadingWhileNothingCanBeWrittenAndSaysWhatIsMissing() throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        ServerLog serverLog = new ServerLog(log);
        carry(serverLog, "lost\nlost, too\n");
        assertEquals(List.of("lost", "lost, too"), serverLog.lastLines());
        Files.createDirectories(log);
        carry(serverLog, "kept\n");
        assertEquals(List.of("(2 lines could not be written here)", "kept"), Files.readAllLines(serverLog.file()));
    }

    private static void carry(ServerLog log, String output) throws InterruptedException {
        log.carry(new ByteArrayInputStream(output.getBytes(StandardCharsets.UTF_8))).join();
    }
}
