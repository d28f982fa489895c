package org.kopuro.exchange.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.kopuro.testing.TestDatabase;

/** Two transactions that each hold what the other waits for. */
class FailureInADeadlockIT {

    @Test
    void isToBeTriedAgain() {
        CyclicBarrier bothHold = new CyclicBarrier(2);
        List<CompletableFuture<SQLException>> both = new ArrayList<>();
        for (long first : new long[] {631, 632}) {
            both.add(CompletableFuture.supplyAsync(() -> locking(first, 631 + 632 - first, bothHold)));
        }
        List<SQLException> thrown = both.stream().map(CompletableFuture::join).filter(Objects::nonNull).toList();
        assertEquals(List.of("40P01"), thrown.stream().map(SQLException::getSQLState).toList(), "PostgreSQL ends one of them");
        assertEquals(Failure.TEMPORARILY_UNAVAILABLE, Failure.of(new jakarta.ejb.EJBException(new IllegalStateException(thrown.get(0)))));
    }

    private static SQLException locking(long first, long second, CyclicBarrier bothHold) {
        try (Connection connection = TestDatabase.shared().application().getConnection()) {
            connection.setAutoCommit(false);
            lock(connection, first);
            bothHold.await();
            lock(connection, second);
            return null;
        } catch (SQLException e) {
            return e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void lock(Connection connection, long key) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
            statement.setLong(1, key);
            statement.execute();
        }
    }
}
