package org.kopuro.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** bin/run as a person starts it, on a port and in a folder of the test's own; remembers what it started, to stop it. */
final class RunCommand {

    static final Path ROOT = Path.of(System.getProperty("kopuro.root")).toAbsolutePath().normalize();
    static final Path WAR = Path.of(System.getProperty("kopuro.war")).toAbsolutePath().normalize();
    private static final String READY = "Ctrl-C stops.";

    private final Path folder;
    private final int port;
    private final List<Process> commands = new ArrayList<>();
    private Path console;

    RunCommand(Path folder) throws IOException {
        this.folder = folder;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
    }

    Path var() {
        return folder.resolve("var");
    }

    int port() {
        return port;
    }

    Process start(Map<String, String> changes) throws IOException {
        // A file of its own: an earlier command may still write to its console.
        console = folder.resolve("console-" + commands.size() + ".txt");
        // A session of its own, so that Ctrl-C can be sent to all of it.
        ProcessBuilder builder = new ProcessBuilder("setsid", ROOT.resolve("bin/run").toString()).redirectErrorStream(true).redirectOutput(console.toFile());
        builder.directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("KOPURO_"));
        // The test runs inside the build: bin/run must not begin another.
        Map<String, String> environment = new HashMap<>(Map.of("KOPURO_BUILD", "never", "KOPURO_VAR", var().toString(),
                "KOPURO_HTTP_PORT", Integer.toString(port), "KOPURO_WAR", WAR.toString(), "KOPURO_DEMO_TAXPAYERS", "100", "KOPURO_START_LIMIT_SECONDS", "800"));
        environment.putAll(changes);
        builder.environment().putAll(environment);
        Process command = builder.start();
        commands.add(command);
        return command;
    }

    /** As long as a busy machine takes; one that never gets ready is told by its end. */
    void awaitReady(Process command) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(900).toNanos();
        while (!console().contains(READY)) {
            assertTrue(command.isAlive() && System.nanoTime() < deadline, console());
            Thread.sleep(200);
        }
    }

    String console() throws IOException {
        return Files.readString(console);
    }

    void assertNothingRuns() {
        assertFalse(Files.exists(var().resolve("postgres/data/postmaster.pid")));
        assertFalse(Files.exists(var().resolve("server.pid")));
        assertEquals(List.of(), ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().filter(line -> line.contains(var().toString())).isPresent()).map(ProcessHandle::pid).toList());
    }

    /** Asked first, so that PostgreSQL is stopped as well; a command that does not listen is ended. */
    void stopAll() throws InterruptedException {
        for (Process command : commands) {
            command.destroy();
            if (!command.waitFor(300, TimeUnit.SECONDS)) {
                command.destroyForcibly();
            }
        }
    }
}
