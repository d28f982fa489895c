package org.kopuro.server;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Where the database is and who enters it: the application's role for daily work, the owner's for migrations.
 * Its text form leaves the passwords out.
 */
public record Database(String url, String user, String password, String ownerUser, String ownerPassword) {

    private static final int ANSWER_WITHIN_SECONDS = 10;

    public Database {
        requireNonNull(url);
        requireNonNull(user);
        requireNonNull(password);
        requireNonNull(ownerUser);
        requireNonNull(ownerPassword);
    }

    public Connection connectAsApplication() throws SQLException {
        return connect(user, password);
    }

    public Connection connectAsOwner() throws SQLException {
        return connect(ownerUser, ownerPassword);
    }

    /** Refuses in one sentence when either role cannot enter: the server would only fail later and less clearly. */
    void mustAnswer() {
        mustAnswer(user, password);
        if (!ownerUser.equals(user)) {
            mustAnswer(ownerUser, ownerPassword);
        }
    }

    private void mustAnswer(String role, String rolePassword) {
        try (Connection connection = connect(role, rolePassword)) {
            connection.isValid(ANSWER_WITHIN_SECONDS);
        } catch (SQLException e) {
            throw new CannotStart(Obstacle.DATABASE_UNREACHABLE, "The database %s does not let %s in: %s."
                    .formatted(printableUrl(), role, firstLine(e)), e);
        }
    }

    private Connection connect(String role, String rolePassword) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", role);
        properties.setProperty("password", rolePassword);
        properties.setProperty("connectTimeout", Integer.toString(ANSWER_WITHIN_SECONDS));
        properties.setProperty("loginTimeout", Integer.toString(ANSWER_WITHIN_SECONDS));
        return DriverManager.getConnection(url, properties);
    }

    /** Parameters of a JDBC address may hold a password. */
    String printableUrl() {
        int parameters = url.indexOf('?');
        return parameters < 0 ? url : url.substring(0, parameters);
    }

    private static String firstLine(SQLException e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given").strip();
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    @Override
    public String toString() {
        return "Database[" + printableUrl() + ", " + user + ", " + ownerUser + "]";
    }
}
