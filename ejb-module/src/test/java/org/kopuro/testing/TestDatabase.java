package org.kopuro.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One real PostgreSQL for all tests of a JVM, migrated by its owner and used under the application's role, as in operation.
 * Tests share it: each creates rows of its own and never counts on an empty table.
 */
public final class TestDatabase {

    public static final String OWNER = "kopuro_owner";
    public static final String APPLICATION = "kopuro_app";
    public static final String PASSWORD = "test-only";

    private static final TestDatabase SHARED = Optional.ofNullable(System.getProperty("kopuro.test.database")).map(TestDatabase::new)
            .orElseGet(TestDatabase::started);

    private final String url;

    /** A database that somebody else started and migrated: the one of a process's parent. */
    private TestDatabase(String url) {
        this.url = url;
    }

    private static TestDatabase started() {
        try {
            return migrated(EmbeddedPostgres.builder().setLocaleConfig("locale", "C.UTF-8").setConnectConfig("connectTimeout", "20").start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes roles, database and schema in a new PostgreSQL. */
    public static TestDatabase migrated(EmbeddedPostgres postgres) {
        TestDatabase database = new TestDatabase(url(postgres.getPort()));
        try (Connection superuser = postgres.getPostgresDatabase().getConnection(); Statement sql = superuser.createStatement()) {
            sql.execute("create role " + OWNER + " login password '" + PASSWORD + "'");
            sql.execute("create role " + APPLICATION + " login password '" + PASSWORD + "'");
            sql.execute("grant " + APPLICATION + " to " + OWNER); // so that the owner may end the application's connections
            sql.execute("create database kopuro owner " + OWNER);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        Flyway.configure()
                .dataSource(database.owner())
                .placeholders(Map.of("application_role", APPLICATION))
                .defaultSchema("flyway").createSchemas(true)
                .load().migrate();
        return database;
    }

    public static TestDatabase shared() {
        return SHARED;
    }

    public static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/kopuro";
    }

    public String url() {
        return url;
    }

    /** Connections under the application's role: what the application may not do, a test may not do. */
    public DataSource application() {
        return dataSource(APPLICATION);
    }

    /** Connections under the owner's role, for setting the scene where the application has no right to. */
    public DataSource owner() {
        return dataSource(OWNER);
    }

    private DataSource dataSource(String user) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url());
        source.setUser(user);
        source.setPassword(PASSWORD);
        return source;
    }
}
