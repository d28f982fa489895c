package org.kopuro.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a person uses it: a process of its own, in a session of its own so that Ctrl-C can be sent to all of it. */
class RunCommandIT {

    @TempDir
    private Path folder;
    private RunCommand run;

    @BeforeEach
    void choosePort() throws IOException {
        run = new RunCommand(folder);
    }

    @AfterEach
    void stopWhatIsLeft() throws InterruptedException {
        run.stopAll();
    }

    /** One life in one test, because each start takes half a minute; FirstCallIT ends its own with Ctrl-C. */
    @Test
    void cleansUpAfterAKilledLauncherResumesAndSaysWhenTheServerDies() throws Exception {
        assertTrue(Files.isRegularFile(RunCommand.WAR), "the application has not been built: run mvn verify from the root");
        Process first = run.start(Map.of());
        run.awaitReady(first);
        assertEquals(200, ready());
        String databasePort = Files.readString(run.var().resolve("postgres/port"));
        String token = Files.readString(run.var().resolve("demo/app/token.txt"));
        String accounts = Files.readString(run.var().resolve("demo/accounts.txt"));

        Process second = run.start(Map.of());
        assertTrue(second.waitFor(200, TimeUnit.SECONDS));
        assertEquals(Obstacle.ALREADY_RUNNING.exitCode(), second.exitValue());
        assertTrue(run.console().contains("already runs on " + run.var() + " as process " + first.pid()), run.console());

        first.destroyForcibly().waitFor();
        Process next = run.start(Map.of());
        run.awaitReady(next);
        assertTrue(run.console().contains("The server was still running"), run.console());
        assertTrue(run.console().contains("PostgreSQL was still running"), run.console());
        assertEquals(databasePort, Files.readString(run.var().resolve("postgres/port")));
        assertEquals(token, Files.readString(run.var().resolve("demo/app/token.txt")));
        assertEquals(accounts, Files.readString(run.var().resolve("demo/accounts.txt")));
        assertFalse(run.console().contains("not loaded"), run.console());

        long server = Long.parseLong(Files.readString(run.var().resolve("server.pid")).split(" ")[0]);
        ProcessHandle.of(server).orElseThrow().destroyForcibly();
        assertTrue(next.waitFor(300, TimeUnit.SECONDS));
        assertEquals(Obstacle.SERVER_DIED.exitCode(), next.exitValue());
        assertTrue(run.console().contains("The server ended by itself"), run.console());
        run.assertNothingRuns();
    }

    @Test
    void refusesAPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(run.port(), 1, InetAddress.getLoopbackAddress())) {
            assertRefused(Obstacle.PORT_TAKEN, "Port " + taken.getLocalPort() + " on 127.0.0.1 is taken by another program: "
                    + "stop that one, or set KOPURO_HTTP_PORT.\n");
        }
    }

    @Test
    void refusesAVarThatIsAFile() throws Exception {
        Files.writeString(run.var(), "");
        assertRefused(Obstacle.FOLDER, run.var() + " is a file; a folder is needed there.\n");
    }

    @Test
    void refusesADatabaseThatDoesNotAnswer() throws Exception {
        Process command = run.start(Map.of("KOPURO_DB_URL", "jdbc:postgresql://127.0.0.1:1/kopuro", "KOPURO_DB_USER", "u", "KOPURO_DB_PASSWORD", "p",
                "KOPURO_WAR", RunCommand.ROOT.resolve("pom.xml").toString()));
        assertTrue(command.waitFor(300, TimeUnit.SECONDS));
        assertEquals(Obstacle.DATABASE_UNREACHABLE.exitCode(), command.exitValue(), run.console());
        assertTrue(run.console().startsWith("The database jdbc:postgresql://127.0.0.1:1/kopuro does not let u in: "), run.console());
    }

    private void assertRefused(Obstacle obstacle, String sentence) throws Exception {
        Process command = run.start(Map.of());
        assertTrue(command.waitFor(300, TimeUnit.SECONDS));
        assertEquals(sentence, run.console());
        assertEquals(obstacle.exitCode(), command.exitValue());
    }

    private int ready() throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + run.port() + "/health/ready")).build(),
                BodyHandlers.discarding()).statusCode();
    }
}
