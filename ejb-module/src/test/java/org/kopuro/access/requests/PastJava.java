package org.kopuro.access.requests;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.testing.TestDatabase;

/** Statements with the application's rights, in one transaction: what the database lets whoever has its password do. */
public final class PastJava {

    private PastJava() {
    }

    /** The next event of the request as it stands. */
    public static String event(RequestView request, String event, RequestState to, String actor, String role) {
        return """
                insert into access.request_event (request_id, number, from_state, event, to_state, at, actor, actor_role, text)
                select id, events + 1, state, '%s', '%s', now(), '%s', '%s', 'past Java' from access.request where id = '%s'""".formatted(event, to, actor, role, request.id().value());
    }

    /** The constraint that they break; else the message. */
    public static String broken(String... statements) {
        SQLException thrown = assertThrows(SQLException.class, () -> run(statements));
        return BrokenConstraint.in(thrown).orElse(thrown.getMessage().lines().findFirst().orElse(""));
    }

    private static void run(String... statements) throws SQLException {
        try (Connection application = TestDatabase.shared().application().getConnection(); Statement statement = application.createStatement()) {
            application.setAutoCommit(false);
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
            application.commit();
        }
    }
}
