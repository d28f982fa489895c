package org.kopuro.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseIT {

    private static final Path CONFIGURATION = Path.of(System.getProperty("kopuro.root")).resolve("server-config/src/main/postgres");

    @TempDir
    private Path var;
    private Folders folders;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeEach
    void prepareFolders() {
        folders = new Folders(var);
        folders.prepare();
    }

    @Test
    void isDurableAndReachableFromThisMachineOnly() throws SQLException {
        try (EmbeddedDatabase embedded = start(); Connection application = embedded.database().connectAsApplication()) {
            for (String setting : List.of("fsync", "full_page_writes", "synchronous_commit", "data_checksums")) {
                assertEquals("on", ask(application, "show " + setting), setting);
            }
            assertEquals("127.0.0.1", ask(application, "show listen_addresses"));
            assertEquals("100", ask(application, "show max_connections"));
            assertEquals("Ж", ask(application, "select upper('ж')"));
        }
    }

    @Test
    void letsNobodyInWithoutTheRightPassword() {
        try (EmbeddedDatabase embedded = start()) {
            for (String role : List.of("postgres", "kopuro_owner", "kopuro_app")) {
                assertThrows(SQLException.class, () -> DriverManager.getConnection(embedded.database().url(), role, ""), role);
                assertThrows(SQLException.class, () -> DriverManager.getConnection(embedded.database().url(), role, "wrong"), role);
            }
        }
    }

    @Test
    void keepsPasswordsWhereOnlyTheOwnerReads() throws IOException {
        try (EmbeddedDatabase embedded = start()) {
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folders.keys())));
            Path file = RolePassword.file(folders.keys(), "kopuro_app");
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            assertEquals(RolePassword.LENGTH, embedded.database().password().length());
        }
    }

    @Test
    void givesTheApplicationNothingBeforeAMigrationDoes() throws SQLException {
        try (EmbeddedDatabase embedded = start(); Connection owner = embedded.database().connectAsOwner();
                Connection application = embedded.database().connectAsApplication()) {
            execute(owner, "create table deed (text text)");
            assertThrows(SQLException.class, () -> ask(application, "select count(*) from deed"));
            assertThrows(SQLException.class, () -> execute(application, "create table mine (n int)"));
            assertThrows(SQLException.class, () -> execute(application, "create temporary table mine (n int)"));
            assertThrows(SQLException.class, () -> execute(application, "create schema mine"));
        }
    }

    @Test
    void resumesWhereItStopped() throws SQLException {
        String url;
        try (EmbeddedDatabase embedded = start(); Connection owner = embedded.database().connectAsOwner()) {
            execute(owner, "create table deed (text text)");
            execute(owner, "insert into deed values ('done')");
            url = embedded.database().url();
        }
        assertFalse(Files.exists(lockFile()));
        try (EmbeddedDatabase embedded = start(); Connection owner = embedded.database().connectAsOwner()) {
            assertEquals("done", ask(owner, "select text from deed"));
            assertEquals(url, embedded.database().url(), "the port is remembered");
        }
        assertEquals("", said());
    }

    @Test
    void stopsAServerWhoseLauncherDied() throws SQLException {
        EmbeddedDatabase orphan = start();
        try (EmbeddedDatabase embedded = start(); Connection owner = embedded.database().connectAsOwner()) {
            assertEquals("1", ask(owner, "select 1"));
            assertFalse(orphan.process().isAlive());
            assertTrue(said().startsWith("PostgreSQL was still running (process " + orphan.process().pid() + ")"), said());
        }
    }

    @Test
    void recoversFromAServerThatWasKilled() throws Exception {
        EmbeddedDatabase killed = start();
        try (Connection owner = killed.database().connectAsOwner()) {
            execute(owner, "create table deed (text text)");
            execute(owner, "insert into deed values ('done')");
        }
        killed.process().destroyForcibly();
        killed.process().onExit().get(200, TimeUnit.SECONDS);
        try (EmbeddedDatabase embedded = start(); Connection owner = embedded.database().connectAsOwner()) {
            assertEquals("done", ask(owner, "select text from deed"));
            assertTrue(said().startsWith("Removed the stale lock"), said());
        }
    }

    @Test
    void removesALockOfAProcessThatIsSomethingElse() throws IOException {
        start().close();
        Files.writeString(lockFile(), ProcessHandle.current().pid() + "\n" + folders.postgres().resolve("data") + "\n1\n5432\n\n127.0.0.1\n");
        start().close();
        assertTrue(said().contains("which is no longer PostgreSQL"), said());
    }

    @Test
    void removesALockThatHoldsGarbage() throws IOException {
        start().close();
        Files.write(lockFile(), new byte[] {0, (byte) 0xff, 'x', '\n'});
        start().close();
        assertTrue(said().contains("which held no process number"), said());
    }

    @Test
    void startsOverWhenTheFirstStartWasCutShort() throws IOException {
        Path unfinished = Files.createDirectories(folders.postgres().resolve("data.unfinished"));
        Files.writeString(unfinished.resolve("PG_VERSION"), "17\n");
        start().close();
        assertFalse(Files.exists(unfinished));
    }

    @Test
    void refusesDataOfAnotherVersion() throws IOException {
        Path data = Files.createDirectories(folders.postgres().resolve("data"));
        Files.writeString(data.resolve("PG_VERSION"), "14\n");
        CannotStart refusal = assertThrows(CannotStart.class, this::start);
        assertEquals(Obstacle.DATABASE_VERSION, refusal.obstacle());
        assertTrue(refusal.getMessage().contains("written by PostgreSQL 14 and this is PostgreSQL 17"), refusal.getMessage());
    }

    @Test
    void refusesWhenThePasswordIsLost() throws IOException {
        start().close();
        Files.delete(RolePassword.file(folders.keys(), "postgres"));
        assertEquals(Obstacle.FOLDER, assertThrows(CannotStart.class, this::start).obstacle());
    }

    private EmbeddedDatabase start() {
        return EmbeddedDatabase.start(folders, CONFIGURATION, new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    private Path lockFile() {
        return folders.postgres().resolve("data").resolve(StaleLock.LOCK_FILE);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private static String ask(Connection connection, String query) throws SQLException {
        try (Statement sql = connection.createStatement(); ResultSet rows = sql.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
