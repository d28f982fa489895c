package org.kopuro.notices;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;

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

    @Inject
    private Sql sql;
    @Inject
    private NoticeSecrets secrets;

    List<Letter> claim(UUID lease, Instant now, Instant until, int most) {
        return sql.list(CLAIM, row -> new Letter(row.uuid("id"), lease, row.text("address"), row.text("subject"), body(row), row.instant("created_at"), row.number("attempts")),
                now, now, most, lease, until);
    }

    private String body(Row row) {
        return row.maybe("secret_key", row::number).map(key -> secrets.filled(row.text("body"), key.shortValue(), row.uuid("notice_id"))).orElseGet(() -> row.text("body"));
    }

    /** False where the lease is another's by now: then the outcome is another's, too. */
    boolean record(Letter letter, DeliveryState state, Optional<String> problem, Instant next, Optional<Instant> sentAt) {
        return sql.update("""
                update notices.delivery set state = ?, attempts = attempts + 1, next_attempt_at = ?, lease = null, leased_until = null,
                       last_problem = ?, sent_at = ? where id = ? and lease = ?""", state, next, problem, sentAt, letter.delivery(), letter.lease()) == 1;
    }

    void addAttempt(Letter letter, String outcome, Optional<String> problem, Instant at) {
        sql.update("insert into notices.attempt (delivery_id, number, at, outcome, problem) values (?, ?, ?, ?, ?)", letter.delivery(), letter.attempts() + 1, at, outcome, problem);
    }

    /** What was claimed and not tried is anybody's again. */
    void release(UUID lease) {
        sql.update("update notices.delivery set lease = null, leased_until = null where lease = ?", lease);
    }

    void serverFailed(String problem, Instant now) {
        sql.update("update notices.mail_state set failing_since = coalesce(failing_since, ?), last_problem = ?", now, problem);
    }

    /** Written only where it was failing, so that a server that works costs nothing. */
    void serverWorks() {
        sql.update("update notices.mail_state set failing_since = null, last_problem = null where failing_since is not null");
    }

    void lastSent(Instant now) {
        sql.update("update notices.mail_state set last_sent_at = ? where last_sent_at is null or last_sent_at < ?", now, now);
    }
}
