package org.kopuro.notices;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@Dependent
class DeliveryStore {

    /** What other nodes hold is skipped, not waited for; a lease whose time is over counts as none. */
    private static final String CLAIM = """
            with due as (
                select id from notices.delivery
                 where state = 'PENDING' and next_attempt_at <= ? and (leased_until is null or leased_until <= ?)
                 order by next_attempt_at, id limit ? for update skip locked),
            claimed as (
                update notices.delivery d set lease = ?, leased_until = ? from due where d.id = due.id
                returning d.id, d.notice_id, d.address, d.created_at, d.attempts, d.next_attempt_at)
            select c.*, n.subject, n.body, n.secret_key from claimed c join notices.notice n on n.id = c.notice_id order by c.next_attempt_at, c.id
            """;

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;
    @Inject
    private NoticeSecrets secrets;

    List<Letter> claim(UUID lease, Instant now, Instant until, int most) {
        return run(CLAIM, statement -> {
            bind(statement, now, now, most, lease, until);
            List<Letter> letters = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    letters.add(new Letter(row.getObject("id", UUID.class), lease, row.getString("address"), row.getString("subject"), body(row),
                            row.getObject("created_at", OffsetDateTime.class).toInstant(), row.getInt("attempts")));
                }
            }
            return letters;
        });
    }

    private String body(ResultSet row) throws SQLException {
        short key = row.getShort("secret_key");
        return row.wasNull() ? row.getString("body") : secrets.filled(row.getString("body"), key, row.getObject("notice_id", UUID.class));
    }

    /** False where the lease is another's by now: then the outcome is another's, too. */
    boolean record(Letter letter, DeliveryState state, Optional<String> problem, Instant next, Optional<Instant> sentAt) {
        return run("""
                update notices.delivery set state = ?, attempts = attempts + 1, next_attempt_at = ?, lease = null, leased_until = null,
                       last_problem = ?, sent_at = ? where id = ? and lease = ?""", statement -> {
            bind(statement, state.name(), next, problem.orElse(null), sentAt.orElse(null), letter.delivery(), letter.lease());
            return statement.executeUpdate() == 1;
        });
    }

    void addAttempt(Letter letter, String outcome, Optional<String> problem, Instant at) {
        run("insert into notices.attempt (delivery_id, number, at, outcome, problem) values (?, ?, ?, ?, ?)", statement -> {
            bind(statement, letter.delivery(), letter.attempts() + 1, at, outcome, problem.orElse(null));
            return statement.executeUpdate();
        });
    }

    /** What was claimed and not tried is anybody's again. */
    void release(UUID lease) {
        run("update notices.delivery set lease = null, leased_until = null where lease = ?", statement -> {
            bind(statement, lease);
            return statement.executeUpdate();
        });
    }

    void serverFailed(String problem, Instant now) {
        run("update notices.mail_state set failing_since = coalesce(failing_since, ?), last_problem = ?", statement -> {
            bind(statement, now, problem);
            return statement.executeUpdate();
        });
    }

    /** Written only where it was failing, so that a server that works costs nothing. */
    void serverWorks() {
        run("update notices.mail_state set failing_since = null, last_problem = null where failing_since is not null", PreparedStatement::executeUpdate);
    }

    void lastSent(Instant now) {
        run("update notices.mail_state set last_sent_at = ? where last_sent_at is null or last_sent_at < ?", statement -> {
            bind(statement, now, now);
            return statement.executeUpdate();
        });
    }

    private <T> T run(String sql, Work<T> work) {
        try (PreparedStatement statement = entities.unwrap(Connection.class).prepareStatement(sql)) {
            return work.on(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            Object parameter = parameters[i];
            statement.setObject(i + 1, parameter instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : parameter);
        }
    }

    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }
}
