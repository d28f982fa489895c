package org.kopuro.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server started by {@code bin/run}, hence with the JVM flags and the configuration that ship, on a folder of its own. */
final class Server implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(10);

    private final Path var;
    private final int port;
    private final Process launcher;

    private Server(Path var, int port, Process launcher) {
        this.var = var;
        this.port = port;
        this.launcher = launcher;
    }

    static Server start(Path root, Path var, Map<String, String> environment) throws IOException, InterruptedException {
        int port = freePort();
        Files.createDirectories(var);
        Path out = var.resolve("run.txt");
        ProcessBuilder builder = new ProcessBuilder(root.resolve("bin/run").toString()).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("KOPURO_"));
        builder.environment().putAll(Map.of("KOPURO_VAR", var.toString(), "KOPURO_HTTP_PORT", Integer.toString(port), "KOPURO_BUILD", "never",
                "KOPURO_START_LIMIT_SECONDS", Long.toString(READY_WITHIN.toSeconds())));
        builder.environment().putAll(environment);
        Server server = new Server(var, port, builder.start());
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!Files.readString(out).contains("Ctrl-C stops.")) {
            if (!server.launcher.isAlive() || System.nanoTime() > deadline) {
                server.close();
                throw new IOException("The server did not start: " + Files.readString(out));
            }
            Thread.sleep(200);
        }
        return server;
    }

    Path var() {
        return var;
    }

    int port() {
        return port;
    }

    long process() throws IOException {
        return Long.parseLong(Files.readString(var.resolve("server.pid")).split(" ")[0]);
    }

    /** Only of a server that has a PostgreSQL of its own. */
    long postgres() throws IOException {
        return Long.parseLong(Files.readAllLines(var.resolve("postgres/data/postmaster.pid")).get(0).strip());
    }

    int postgresPort() throws IOException {
        return Integer.parseInt(Files.readString(var.resolve("postgres/port")).strip());
    }

    String password(String role) throws IOException {
        return Files.readString(var.resolve("keys/postgres-" + role + ".password")).strip();
    }

    @Override
    public void close() {
        launcher.destroy();
        try {
            if (!launcher.waitFor(90, TimeUnit.SECONDS)) {
                launcher.destroyForcibly();
            }
        } catch (InterruptedException e) {
            launcher.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
