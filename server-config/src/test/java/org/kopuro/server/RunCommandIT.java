package org.kopuro.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a person uses it: a process of its own, in a session of its own so that Ctrl-C can be sent to all of it. */
class RunCommandIT {

    private static final Path ROOT = Path.of(System.getProperty("kopuro.root")).toAbsolutePath().normalize();
    private static final Path WAR = Path.of(System.getProperty("kopuro.war")).toAbsolutePath().normalize();
    private static final String READY = "Ctrl-C stops.";

    @TempDir
    private Path folder;
    private Path var;
    private Path console;
    private int port;
    private final List<Process> commands = new ArrayList<>();

    @BeforeEach
    void choosePort() throws IOException {
        var = folder.resolve("var");
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
    }

    /** Asked first, so that PostgreSQL is stopped as well; a command that does not listen is ended. */
    @AfterEach
    void stopWhatIsLeft() throws InterruptedException {
        for (Process command : commands) {
            command.destroy();
            if (!command.waitFor(90, TimeUnit.SECONDS)) {
                command.destroyForcibly();
            }
        }
    }

    @Test
    void startsStopsOnCtrlCAndResumes() throws Exception {
        assumeWar();
        Process first = start();
        Path firstConsole = console;
        awaitReady(first);
        assertEquals(200, ready());
        String databasePort = Files.readString(var.resolve("postgres/port"));

        Process second = start();
        assertTrue(second.waitFor(30, TimeUnit.SECONDS));
        assertEquals(Obstacle.ALREADY_RUNNING.exitCode(), second.exitValue());
        assertTrue(console().contains("already runs on " + var + " as process " + first.pid()), console());

        new ProcessBuilder("kill", "-INT", "--", "-" + first.pid()).start().waitFor();
        assertTrue(first.waitFor(90, TimeUnit.SECONDS));
        console = firstConsole;
        assertEquals(0, first.exitValue(), console());
        assertTrue(console().matches("(?s).*Stopping the server….*Stopping PostgreSQL….*Stopped\\..*"), console());
        assertNothingRuns();

        Process again = start();
        awaitReady(again);
        assertEquals(databasePort, Files.readString(var.resolve("postgres/port")));
        again.destroy();
        assertTrue(again.waitFor(90, TimeUnit.SECONDS));
        assertEquals(0, again.exitValue(), console());
        assertNothingRuns();
    }

    @Test
    void cleansUpAfterALauncherThatWasKilled() throws Exception {
        assumeWar();
        Process killed = start();
        awaitReady(killed);
        killed.destroyForcibly().waitFor();

        Process next = start();
        awaitReady(next);
        assertTrue(console().contains("The server was still running"), console());
        assertTrue(console().contains("PostgreSQL was still running"), console());
    }

    @Test
    void saysWhenTheServerDies() throws Exception {
        assumeWar();
        Process command = start();
        awaitReady(command);
        long server = Long.parseLong(Files.readString(var.resolve("server.pid")).split(" ")[0]);
        ProcessHandle.of(server).orElseThrow().destroyForcibly();
        assertTrue(command.waitFor(90, TimeUnit.SECONDS));
        assertEquals(Obstacle.SERVER_DIED.exitCode(), command.exitValue());
        assertTrue(console().contains("The server ended by itself"), console());
        assertNothingRuns();
    }

    @Test
    void refusesAPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertRefused(Obstacle.PORT_TAKEN, "Port " + taken.getLocalPort() + " on 127.0.0.1 is taken by another program: "
                    + "stop that one, or set KOPURO_HTTP_PORT.\n");
        }
    }

    @Test
    void refusesAVarThatIsAFile() throws Exception {
        Files.writeString(var, "");
        assertRefused(Obstacle.FOLDER, var + " is a file; a folder is needed there.\n");
    }

    @Test
    void refusesADatabaseThatDoesNotAnswer() throws Exception {
        Process command = start(Map.of("KOPURO_DB_URL", "jdbc:postgresql://127.0.0.1:1/kopuro", "KOPURO_DB_USER", "u", "KOPURO_DB_PASSWORD", "p",
                "KOPURO_WAR", ROOT.resolve("pom.xml").toString()));
        assertTrue(command.waitFor(60, TimeUnit.SECONDS));
        assertEquals(Obstacle.DATABASE_UNREACHABLE.exitCode(), command.exitValue(), console());
        assertTrue(console().startsWith("The database jdbc:postgresql://127.0.0.1:1/kopuro does not let u in: "), console());
    }

    private void assertRefused(Obstacle obstacle, String sentence) throws Exception {
        Process command = start();
        assertTrue(command.waitFor(60, TimeUnit.SECONDS));
        assertEquals(sentence, console());
        assertEquals(obstacle.exitCode(), command.exitValue());
    }

    private Process start() throws IOException {
        return start(Map.of());
    }

    private Process start(Map<String, String> changes) throws IOException {
        // A file of its own: an earlier command may still write to its console.
        console = folder.resolve("console-" + commands.size() + ".txt");
        ProcessBuilder builder = new ProcessBuilder("setsid", ROOT.resolve("bin/run").toString()).redirectErrorStream(true).redirectOutput(console.toFile());
        builder.directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("KOPURO_"));
        // The test runs inside the build: bin/run must not begin another.
        builder.environment().putAll(Map.of("KOPURO_BUILD", "never", "KOPURO_VAR", var.toString(), "KOPURO_HTTP_PORT", Integer.toString(port),
                "KOPURO_WAR", WAR.toString()));
        builder.environment().putAll(changes);
        Process command = builder.start();
        commands.add(command);
        return command;
    }

    private void awaitReady(Process command) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(200).toNanos();
        while (!console().contains(READY)) {
            assertTrue(command.isAlive() && System.nanoTime() < deadline, console());
            Thread.sleep(200);
        }
    }

    private String console() throws IOException {
        return Files.readString(console);
    }

    private int ready() throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready")).build(),
                BodyHandlers.discarding()).statusCode();
    }

    private void assertNothingRuns() throws IOException {
        assertFalse(Files.exists(var.resolve("postgres/data/postmaster.pid")));
        assertFalse(Files.exists(var.resolve("server.pid")));
        assertEquals(List.of(), ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().filter(line -> line.contains(var.toString())).isPresent()).map(ProcessHandle::pid).toList());
    }

    private static void assumeWar() {
        assumeTrue(Files.isRegularFile(WAR), "the application has not been built");
    }
}
