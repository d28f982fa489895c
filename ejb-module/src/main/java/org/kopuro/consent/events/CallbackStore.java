package org.kopuro.consent.events;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.SubsystemId;

@Dependent
class CallbackStore {

    @Inject
    private Sql sql;

    void put(SubsystemId subsystem, Contour contour, String url, Instant at, Actor by) {
        try {
            sql.update("""
                    insert into consent.callback (subsystem_id, contour, url, registered_at, actor, actor_role) values (?, ?, ?, ?, ?, ?)
                    on conflict on constraint callback_pk do update set url = excluded.url, registered_at = excluded.registered_at, actor = excluded.actor, actor_role = excluded.actor_role""",
                    subsystem, contour, url, at, by.account(), by.role());
        } catch (SqlFailure e) {
            throw e.constraint().equals("callback_subsystem_fk") ? Refusal.of(InputRefusal.NOT_FOUND, "subsystem") : e;
        }
    }

    boolean remove(SubsystemId subsystem, Contour contour) {
        return sql.update("delete from consent.callback where subsystem_id = ? and contour = ?", subsystem, contour) == 1;
    }

    Optional<String> find(SubsystemId subsystem, Contour contour) {
        return sql.first("select url from consent.callback where subsystem_id = ? and contour = ?", row -> row.text("url"), subsystem, contour);
    }
}
