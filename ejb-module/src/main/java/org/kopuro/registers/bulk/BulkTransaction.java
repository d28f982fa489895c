package org.kopuro.registers.bulk;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.kopuro.installation.CopyText;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** One transaction on the caller's connection, alone on the registers of a contour. */
final class BulkTransaction {

    private final Connection connection;

    private BulkTransaction(Connection connection) {
        this.connection = connection;
    }

    static <T> T run(Connection connection, Contour contour, Work<T> work) throws SQLException, IOException {
        if (!connection.getAutoCommit()) {
            // A commit here would also commit what the caller has begun.
            throw new IllegalStateException("bulk loading needs a connection in auto-commit mode");
        }
        connection.setAutoCommit(false);
        boolean done = false;
        try {
            BulkTransaction transaction = new BulkTransaction(connection);
            transaction.lock(contour);
            T result = work.in(transaction);
            connection.commit();
            done = true;
            return result;
        } finally {
            if (!connection.isClosed()) {
                if (!done) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        }
    }

    Connection connection() {
        return connection;
    }

    void execute(String statement) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    long update(String statement) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            return sql.executeLargeUpdate(statement);
        }
    }

    CopyIn beginCopy(String statement) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
    }

    long copy(String statement, CopyText rows) throws SQLException {
        CopyIn copy = beginCopy(statement);
        try {
            rows.sendTo(copy);
            return copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void lock(Contour contour) throws SQLException {
        // Two loads would wait for each other's rows in no fixed order; the second one is told so instead.
        try (PreparedStatement sql = connection.prepareStatement(
                "select pg_try_advisory_xact_lock(hashtextextended('registers.bulk.' || ?, 0))")) {
            sql.setString(1, contour.name());
            try (ResultSet row = sql.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    throw Refusal.of(LoadRefusal.LOAD_RUNNING);
                }
            }
        }
    }

    @FunctionalInterface
    interface Work<T> {
        T in(BulkTransaction transaction) throws SQLException, IOException;
    }
}
