package org.kopuro.server;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Payara Micro with the application, as a process of its own.
 *
 * <p>Its root folder below var/payara is made anew at every start: its configuration is the files in server-config, nothing else.
 */
final class ApplicationServer implements AutoCloseable {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration PROBE_EVERY = Duration.ofMillis(250);
    private static final long MEGABYTE = 1024L * 1024;

    private final Process process;
    private final ServerLog log;
    private final Thread logCarrier;
    private final ProcessMark mark;

    private ApplicationServer(Process process, ServerLog log, Thread logCarrier, ProcessMark mark) {
        this.process = process;
        this.log = log;
        this.logCarrier = logCarrier;
        this.mark = mark;
    }

    /** Stops a server whose launcher was killed: it would hold the port and the database's connections. */
    static void stopOrphan(Folders folders, PrintStream out) {
        ProcessMark mark = mark(folders);
        mark.living().ifPresent(orphan -> {
            out.printf("The server was still running (process %d) though its launcher had died; stopping it first.%n", orphan.pid());
            stop(orphan);
        });
        mark.erase();
    }

    static void requireFreePort(Settings settings) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the server does: connections that are only fading away do not count as taken.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(settings.httpHost()), settings.httpPort()));
        } catch (BindException e) {
            boolean forbidden = String.valueOf(e.getMessage()).contains("ermission denied");
            throw new CannotStart(Obstacle.PORT_TAKEN, (forbidden ? "This user may not open port %2$d on %1$s: set KOPURO_HTTP_PORT to one above 1023."
                    : String.valueOf(e.getMessage()).contains("assign requested") ? "This machine has no address %s to open port %d on: set KOPURO_HTTP_HOST."
                    : "Port %2$d on %1$s is taken by another program: stop that one, or set KOPURO_HTTP_PORT.")
                    .formatted(settings.httpHost(), settings.httpPort()), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ApplicationServer start(Settings settings, Folders folders, Database database) {
        try {
            Path configuration = settings.root().resolve("server-config/src/main/payara");
            Path rootFolder = folders.payara().resolve("root");
            Folders.remove(rootFolder);
            Files.createDirectories(rootFolder);
            Folders.remove(folders.payara().resolve("tmp"));
            Files.createDirectories(folders.payara().resolve("tmp"));
            Path preBoot = folders.payara().resolve("pre-boot.asadmin");
            Files.writeString(preBoot, String.join("\n",
                    new Template(configuration.resolve("pre-boot.asadmin")).linesFilledWith(Map.of("address", settings.httpHost()))) + "\n");

            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(new Template(configuration.resolve("jvm.options")).linesFilledWith(Map.of(
                    "heapMegabytes", Math.max(512, Math.min(2048, EmbeddedDatabase.memoryBytes() / MEGABYTE / 4)),
                    "log", folders.log(),
                    "payara", folders.payara())));
            command.addAll(settings.javaOptions());
            command.addAll(List.of("-jar", settings.root().resolve("server-config/target/payara-micro.jar").toString()));
            command.addAll(new Template(configuration.resolve("payara.options")).linesFilledWith(Map.of(
                    "port", settings.httpPort(),
                    "rootFolder", rootFolder,
                    "preBoot", preBoot,
                    "logging", configuration.resolve("logging.properties"),
                    "war", settings.war())));

            ProcessBuilder builder = new ProcessBuilder(command).directory(folders.var().toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment(settings, folders, database));
            ServerLog log = new ServerLog(folders.log());
            Process process = builder.start();
            process.getOutputStream().close();
            ProcessMark mark = mark(folders);
            mark.write(process.toHandle());
            return new ApplicationServer(process, log, log.carry(process.getInputStream()), mark);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the launcher itself was given is inherited; this is what it decided. MicroProfile Config reads it as kopuro.db.url and so on. */
    private static Map<String, String> environment(Settings settings, Folders folders, Database database) {
        return Map.of(
                "KOPURO_VAR", folders.var().toString(),
                "KOPURO_KEYS", folders.keys().toString(),
                "KOPURO_HTTP_HOST", settings.httpHost(),
                "KOPURO_HTTP_PORT", Integer.toString(settings.httpPort()),
                "KOPURO_CONTOURS", String.join(",", settings.contours()),
                "KOPURO_DB_URL", database.url(),
                "KOPURO_DB_USER", database.user(),
                "KOPURO_DB_PASSWORD", database.password(),
                "KOPURO_DB_OWNER_USER", database.ownerUser(),
                "KOPURO_DB_OWNER_PASSWORD", database.ownerPassword());
    }

    /** Returns when the application itself says that it is ready. */
    void awaitReady(URI baseUrl, Duration limit) throws InterruptedException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        HttpRequest probe = HttpRequest.newBuilder(baseUrl.resolve("/health/ready")).timeout(Duration.ofSeconds(10)).build();
        long deadline = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                logCarrier.join(2000);
                throw new CannotStart(Obstacle.SERVER_DIED, "The server ended before it was ready (exit code %d). Its last words, from %s:%n%s"
                        .formatted(process.exitValue(), log.file(), lastWords()));
            }
            if (log.deploymentFailure().isPresent()) {
                // The cause follows the first line within moments.
                Thread.sleep(1000);
                throw new CannotStart(Obstacle.SERVER_DIED, "The application could not be deployed; more in %s:%n  %s"
                        .formatted(log.file(), log.deploymentFailure().get()));
            }
            if (isReady(client, probe)) {
                return;
            }
            Thread.sleep(PROBE_EVERY.toMillis());
        }
        throw new CannotStart(Obstacle.SERVER_NOT_READY,
                "The server was not ready within %d seconds (KOPURO_START_LIMIT_SECONDS). Its last words, from %s:%n%s"
                        .formatted(limit.toSeconds(), log.file(), lastWords()));
    }

    private static boolean isReady(HttpClient client, HttpRequest probe) throws InterruptedException {
        try {
            return client.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private String lastWords() {
        return String.join(System.lineSeparator(), log.lastLines().stream().map(line -> "  " + line).toList());
    }

    CompletableFuture<Process> ended() {
        return process.onExit();
    }

    /** Asks it to stop, and ends it when it does not. */
    @Override
    public void close() {
        stop(process.toHandle());
        mark.erase();
    }

    private static void stop(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            process.onExit().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ProcessMark mark(Folders folders) {
        return new ProcessMark(folders.var().resolve("server.pid"));
    }
}
