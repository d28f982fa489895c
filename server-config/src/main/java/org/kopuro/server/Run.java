package org.kopuro.server;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The command behind {@code bin/run}: owns the order in which things start, and stops them in the reverse order.
 *
 * <p>Stopping happens in one place, the JVM's shutdown hook, whatever the cause: Ctrl-C, a termination signal, an obstacle, a server
 * that died. A signal means exit code 0; everything else the code of its {@link Obstacle}.
 */
public final class Run {

    /** Ctrl-C reaches the server as well as us; it may be gone before our own shutdown has begun. */
    private static final long SHUTDOWN_MAY_FOLLOW_MILLIS = 2000;

    private final Map<String, String> environment;
    private final Path root;
    private final PrintStream out;

    private final Deque<Started> started = new ArrayDeque<>();
    private boolean stopping;
    private volatile int exitCode;

    private record Started(String name, AutoCloseable thing) {
    }

    Run(Map<String, String> environment, Path root, PrintStream out) {
        this.environment = environment;
        this.root = root;
        this.out = out;
    }

    public static void main(String[] arguments) {
        Run run = new Run(System.getenv(), Path.of(System.getProperty("kopuro.root", ".")), System.out);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            run.stop();
            Runtime.getRuntime().halt(run.exitCode);
        }, "stop"));
        run.runUntilSomethingEnds();
        // Waits for the hook, which halts with the exit code.
        System.exit(run.exitCode);
    }

    private void runUntilSomethingEnds() {
        try {
            start();
        } catch (CannotStart e) {
            fail(e.obstacle(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            fail(Obstacle.DEFECT, "Something unexpected happened: %s; details are in %s.".formatted(e, recorded(e)));
        }
    }

    private void start() throws InterruptedException {
        long startedAt = System.nanoTime();
        Settings settings = Settings.from(environment, root);
        Folders folders = new Folders(settings.var());
        folders.prepare();
        started("", () -> RunLock.take(folders));
        ApplicationServer.stopOrphan(folders, out);
        ApplicationServer.requireFreePort(settings);
        folders.requireSpace(Folders.NEEDED_BYTES);
        requireBuilt(settings);

        Optional<EmbeddedDatabase> embedded = Optional.empty();
        if (settings.ownDatabase().isEmpty()) {
            out.println("Starting PostgreSQL…");
            embedded = Optional.of(started("PostgreSQL",
                    () -> EmbeddedDatabase.start(folders, root.resolve("server-config/src/main/postgres"), out)));
        }
        Database database = embedded.map(EmbeddedDatabase::database).or(settings::ownDatabase).orElseThrow();
        database.mustAnswer();

        out.println("Starting the server…");
        ApplicationServer server = started("the server", () -> ApplicationServer.start(settings, folders, database));
        server.awaitReady(settings.baseUrl(), settings.startLimit());

        out.printf("Kopuro is ready after %d seconds.%n", (System.nanoTime() - startedAt) / 1_000_000_000);
        announce(settings);
        new Demo(settings.demoTaxpayers(), Clock.systemUTC()).load(new Running(settings.baseUrl(), settings.root(), folders.var(), folders.keys(), settings.contours(), database), out);
        out.println("Ctrl-C stops.");
        awaitEnd(server, embedded);
    }

    private void announce(Settings settings) {
        out.println("  services  " + settings.baseUrl() + "/soap/  " + settings.baseUrl() + "/api/v1/  " + settings.baseUrl() + "/openapi");
        out.println("  health    " + settings.baseUrl() + "/health/ready");
        out.println("  logs      " + settings.var().resolve("log"));
        if (settings.listensEverywhere()) {
            out.println("  Open to the network on every address of this machine, without TLS: put a proxy in front.");
        }
    }

    private void awaitEnd(ApplicationServer server, Optional<EmbeddedDatabase> embedded) throws InterruptedException {
        CompletableFuture<CannotStart> serverEnd = server.ended().thenApply(process -> new CannotStart(Obstacle.SERVER_DIED,
                "The server ended by itself (exit code %d); see var/log/server.log.".formatted(process.exitValue())));
        CompletableFuture<CannotStart> databaseEnd = embedded.map(database -> database.process().onExit()).orElseGet(CompletableFuture::new)
                .thenApply(process -> new CannotStart(Obstacle.DATABASE_DIED, "PostgreSQL ended by itself; see var/log/postgres-*.log."));
        CannotStart end = (CannotStart) CompletableFuture.anyOf(serverEnd, databaseEnd).join();
        Thread.sleep(SHUTDOWN_MAY_FOLLOW_MILLIS);
        throw end;
    }

    /** Under the same lock as stopping: what is being started is either not started at all or known to be stopped. */
    private synchronized <T extends AutoCloseable> T started(String name, Supplier<T> start) throws InterruptedException {
        if (stopping) {
            throw new InterruptedException();
        }
        T thing = start.get();
        started.push(new Started(name, thing));
        return thing;
    }

    private synchronized void stop() {
        stopping = true;
        boolean anything = started.stream().anyMatch(thing -> !thing.name().isEmpty());
        while (!started.isEmpty()) {
            Started next = started.pop();
            if (!next.name().isEmpty()) {
                out.println("Stopping " + next.name() + "…");
            }
            try {
                next.thing().close();
            } catch (Exception e) {
                // The rest has to be stopped all the same.
                out.println("Stopping " + next.name() + " failed: " + e.getMessage());
                exitCode = Math.max(exitCode, Obstacle.DEFECT.exitCode());
            }
        }
        if (anything) {
            out.println("Stopped.");
        }
    }

    private synchronized void fail(Obstacle obstacle, String sentence) {
        // While stopping, things end because they are told to: that is no failure.
        if (!stopping) {
            exitCode = obstacle.exitCode();
            out.println(sentence);
        }
    }

    private static void requireBuilt(Settings settings) {
        for (Path needed : new Path[] {settings.war(), settings.root().resolve("server-config/target/payara-micro.jar")}) {
            if (!Files.isRegularFile(needed)) {
                throw new CannotStart(Obstacle.NOTHING_BUILT, "%s is missing: run mvn package, or bin/run without KOPURO_BUILD=never.".formatted(needed));
            }
        }
    }

    /** A stack trace is for whoever mends the launcher, not for the console. */
    private String recorded(RuntimeException defect) {
        try {
            Path file = Settings.from(environment, root).var().resolve("log").resolve("launcher.log");
            Files.createDirectories(file.getParent());
            try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
                defect.printStackTrace(writer);
            }
            return file.toString();
        } catch (IOException | UncheckedIOException | CannotStart e) {
            return "no file, as none could be written";
        }
    }
}
