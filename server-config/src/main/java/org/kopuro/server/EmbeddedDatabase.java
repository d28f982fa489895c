package org.kopuro.server;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;

/**
 * A PostgreSQL of our own below var/postgres, durable, closed to everybody without a password, listening on this machine only.
 *
 * <p>Life: initialised beside its place and moved there when complete (a first start that is cut short leaves nothing half-made);
 * started; its two roles and the empty database prepared, at every start, so that the passwords in var/keys always fit;
 * stopped with a "fast" shutdown, which ends sessions and writes a checkpoint.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    static final String SUPERUSER = "postgres";
    static final String OWNER = "kopuro_owner";
    static final String APPLICATION = "kopuro_app";
    static final String NAME = "kopuro";

    /** After a crash it reads as much log as its configuration allows between two checkpoints. */
    private static final int START_LIMIT_SECONDS = 300;
    private static final int STOP_LIMIT_SECONDS = 60;
    private static final long MEGABYTE = 1024L * 1024;

    private final PostgresBinaries binaries;
    private final Path data;
    private final Database database;
    private final ProcessHandle process;

    private EmbeddedDatabase(PostgresBinaries binaries, Path data, Database database, ProcessHandle process) {
        this.binaries = binaries;
        this.data = data;
        this.database = database;
        this.process = process;
    }

    /** Starts it, first time or again; {@code configuration} is the folder with postgresql.conf and pg_hba.conf. */
    static EmbeddedDatabase start(Folders folders, Path configuration, PrintStream out) {
        try {
            Path data = folders.postgres().resolve("data");
            PostgresBinaries binaries = PostgresBinaries.unpackedBelow(folders.postgres());
            if (Files.exists(data.resolve("PG_VERSION"))) {
                refuseOtherVersion(data, binaries);
                refuseLostPassword(folders);
                new StaleLock(data, binaries).clear(out);
            } else {
                initialise(data, binaries, folders);
            }
            int port = startOnSomePort(data, binaries, folders, configuration);
            ProcessHandle process = StaleLock.read(data.resolve(StaleLock.LOCK_FILE)).map(PostmasterPid::pid).flatMap(ProcessHandle::of)
                    .orElseThrow(() -> new CannotStart(Obstacle.DATABASE_DOES_NOT_START, "PostgreSQL ended right after its start; see " + folders.log() + "."));
            Database database = new Database("jdbc:postgresql://127.0.0.1:" + port + "/" + NAME,
                    APPLICATION, RolePassword.readOrCreate(folders.keys(), APPLICATION),
                    OWNER, RolePassword.readOrCreate(folders.keys(), OWNER));
            EmbeddedDatabase started = new EmbeddedDatabase(binaries, data, database, process);
            try {
                prepare(port, RolePassword.readOrCreate(folders.keys(), SUPERUSER), database);
            } catch (SQLException e) {
                started.close();
                throw new CannotStart(Obstacle.DATABASE_DOES_NOT_START,
                        "PostgreSQL started but its roles could not be prepared: %s.".formatted(e.getMessage()), e);
            }
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Database database() {
        return database;
    }

    ProcessHandle process() {
        return process;
    }

    /** Fast shutdown. Harmless when PostgreSQL has ended already. */
    @Override
    public void close() {
        if (process.isAlive()) {
            PostgresBinaries.Outcome outcome = stop(data, binaries);
            if (!outcome.succeeded() && process.isAlive()) {
                throw new IllegalStateException("PostgreSQL (process %d) does not stop: %s".formatted(process.pid(), outcome.output()));
            }
        }
    }

    private static PostgresBinaries.Outcome stop(Path data, PostgresBinaries binaries) {
        return binaries.run(STOP_LIMIT_SECONDS + 5, "pg_ctl", "stop", "-D", data.toString(), "-m", "fast", "-w", "-t", "" + STOP_LIMIT_SECONDS);
    }

    private static void refuseOtherVersion(Path data, PostgresBinaries binaries) throws IOException {
        String found = Files.readString(data.resolve("PG_VERSION")).strip();
        String ours = binaries.majorVersion();
        if (!found.equals(ours)) {
            throw new CannotStart(Obstacle.DATABASE_VERSION, ("%s was written by PostgreSQL %s and this is PostgreSQL %s: "
                    + "dump it with the old version and load it into an empty folder.").formatted(data, found, ours));
        }
    }

    private static void refuseLostPassword(Folders folders) {
        Path file = RolePassword.file(folders.keys(), SUPERUSER);
        if (!Files.exists(file)) {
            throw new CannotStart(Obstacle.FOLDER, "%s is missing though there is a database: restore var/keys from the same backup.".formatted(file));
        }
    }

    private static void initialise(Path data, PostgresBinaries binaries, Folders folders) throws IOException {
        try {
            Files.deleteIfExists(data);
        } catch (DirectoryNotEmptyException e) {
            throw new CannotStart(Obstacle.DATABASE_DOES_NOT_START,
                    "%s is not empty and holds no PostgreSQL database: move it away or restore it from a backup.".formatted(data), e);
        }
        RolePassword.readOrCreate(folders.keys(), SUPERUSER);
        Path unfinished = data.resolveSibling("data.unfinished");
        Folders.remove(unfinished);
        // Unicode rules that do not change with the operating system: an index sorted here is sorted everywhere.
        PostgresBinaries.Outcome outcome = binaries.run(START_LIMIT_SECONDS, "initdb", "-D", unfinished.toString(), "-U", SUPERUSER,
                "--auth=scram-sha-256", "--pwfile=" + RolePassword.file(folders.keys(), SUPERUSER), "--data-checksums",
                "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8");
        if (!outcome.succeeded()) {
            Folders.remove(unfinished);
            throw new CannotStart(Obstacle.DATABASE_DOES_NOT_START, "PostgreSQL could not be initialised: %s".formatted(lastLine(outcome.output())));
        }
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private static int startOnSomePort(Path data, PostgresBinaries binaries, Folders folders, Path configuration) throws IOException {
        Path remembered = folders.postgres().resolve("port");
        int port = remembered(remembered).filter(EmbeddedDatabase::isFree).orElseGet(EmbeddedDatabase::freePort);
        Path startLog = folders.log().resolve("postgres-start.log");
        configure(data, folders, configuration, port);
        Files.deleteIfExists(startLog);
        PostgresBinaries.Outcome outcome = binaries.run(START_LIMIT_SECONDS + 5,
                "pg_ctl", "start", "-D", data.toString(), "-w", "-t", "" + START_LIMIT_SECONDS, "-l", startLog.toString());
        if (!outcome.succeeded()) {
            stop(data, binaries);
            throw new CannotStart(Obstacle.DATABASE_DOES_NOT_START, "PostgreSQL does not start: %s (more in %s)".formatted(
                    lastLine(Files.exists(startLog) ? Files.readString(startLog) : outcome.output()), folders.log()));
        }
        Files.writeString(remembered, port + "\n");
        return port;
    }

    private static void configure(Path data, Folders folders, Path configuration, int port) throws IOException {
        Folders.writePrivately(data.resolve("postgresql.conf"), new Template(configuration.resolve("postgresql.conf")).filledWith(Map.of(
                "port", port,
                "sharedBuffersMegabytes", Math.max(128, Math.min(2048, memoryBytes() / MEGABYTE / 8)),
                "log", folders.log())));
        Folders.writePrivately(data.resolve("pg_hba.conf"), new Template(configuration.resolve("pg_hba.conf")).filledWith(Map.of()));
    }

    static long memoryBytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean machine
                ? machine.getTotalMemorySize() : 2048 * MEGABYTE;
    }

    private static void prepare(int port, String superuserPassword, Database database) throws SQLException {
        String server = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        try (Connection superuser = DriverManager.getConnection(server, SUPERUSER, superuserPassword); Statement sql = superuser.createStatement()) {
            prepareRole(superuser, OWNER, database.ownerPassword());
            prepareRole(superuser, APPLICATION, database.password());
            if (!exists(superuser, "select 1 from pg_database where datname = ?", NAME)) {
                sql.execute("create database " + NAME + " owner " + OWNER);
            }
            // PUBLIC may by default enter every database and make temporary tables; here only those named may.
            sql.execute("revoke all on database " + NAME + ", postgres, template1 from public");
            sql.execute("grant connect on database " + NAME + " to " + APPLICATION);
        }
    }

    private static void prepareRole(Connection superuser, String role, String password) throws SQLException {
        try (Statement sql = superuser.createStatement()) {
            if (!exists(superuser, "select 1 from pg_roles where rolname = ?", role)) {
                sql.execute("create role " + role);
            }
            // Role and password are names and letters of our own making: nothing needs quoting.
            sql.execute("alter role " + role + " login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password '" + password + "'");
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static Optional<Integer> remembered(Path file) throws IOException {
        try {
            return Files.exists(file) ? Optional.of(Integer.valueOf(Files.readString(file).strip())).filter(port -> port > 0 && port < 65_536)
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String lastLine(String text) {
        return text.lines().filter(line -> !line.isBlank()).reduce((earlier, later) -> later).orElse("it gave no reason").strip();
    }
}
