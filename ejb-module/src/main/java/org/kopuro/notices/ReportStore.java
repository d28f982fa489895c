package org.kopuro.notices;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Actor;

/** What was reported of deliveries. */
@Dependent
class ReportStore {

    @Inject
    private Sql sql;

    /** False where this report was recorded before. */
    boolean add(ReturnedMail report, Instant receivedAt, Instant at, Optional<byte[]> sha256, Actor by) {
        return sql.update("""
                insert into notices.delivery_report (id, delivery_id, action, status, received_at, recorded_at, sha256, actor, actor_role) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict on constraint delivery_report_unique do nothing""", UUID.randomUUID(), report.delivery(), report.action(), report.status(), receivedAt, at, sha256, by.account(),
                by.role()) == 1;
    }

    /** It was not sent, whatever the mail server said; when it took the letter stands with the attempts. */
    void bounced(UUID delivery, String problem, Instant at) {
        sql.update("update notices.delivery set state = 'BOUNCED', sent_at = null, bounced_at = ?, last_problem = ? where id = ?", at, problem, delivery);
    }

    /** The first time counts. */
    void delivered(UUID delivery, Instant at) {
        sql.update("update notices.delivery set delivered_at = least(coalesce(delivered_at, ?), ?) where id = ?", at, at, delivery);
    }
}
