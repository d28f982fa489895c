package org.kopuro.consent.portals;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.SubsystemId;

@Dependent
class PortalStore {

    @Inject
    private Sql sql;

    void add(UUID id, ParticipantId participant, SubsystemId subsystem, Contour contour, String reason, Instant at, Actor by) {
        try {
            sql.update("insert into consent.portal (id, contour, participant_id, subsystem_id, reason, named_at, actor, actor_role) values (?, ?, ?, ?, ?, ?, ?, ?)",
                    id, contour, participant, subsystem, reason, at, by.account(), by.role());
        } catch (SqlFailure e) {
            throw switch (e.constraint()) {
                case "portal_named_unique" -> Refusal.of(PortalRefusal.PORTAL_NAMED_ALREADY, "subsystem");
                // It never took part in this contour.
                case "portal_participation_fk" -> Refusal.of(InputRefusal.NOT_FOUND, "subsystem");
                default -> e;
            };
        }
    }

    /** The naming that ended; empty where there was none. */
    Optional<UUID> end(SubsystemId subsystem, Contour contour, String reason, Instant at, Actor by) {
        return sql.first("update consent.portal set ended_at = ?, end_reason = ?, end_actor = ?, end_actor_role = ? where subsystem_id = ? and contour = ? and ended_at is null returning id",
                row -> row.uuid("id"), at, reason, by.account(), by.role(), subsystem, contour);
    }

    /** Its end waits until the transaction is over. */
    boolean hold(SubsystemId subsystem, Contour contour) {
        return sql.exists("select from consent.portal where subsystem_id = ? and contour = ? and ended_at is null for share", subsystem, contour);
    }

    /** The newest first. */
    List<PortalView> list(Contour contour, int limit) {
        return sql.list("""
                select n.*, p.full_name, s.code subsystem_code
                  from consent.portal n join participants.participant p on p.id = n.participant_id join participants.subsystem s on s.id = n.subsystem_id
                 where n.contour = ? order by n.named_at desc, n.id limit ?""", PortalStore::view, contour, limit);
    }

    private static PortalView view(Row row) {
        return new PortalView(row.uuid("id"), new ParticipantId(row.uuid("participant_id")), row.text("full_name"), new SubsystemId(row.uuid("subsystem_id")), row.text("subsystem_code"),
                row.text("reason"), row.instant("named_at"), row.maybe("ended_at", row::instant), row.maybe("end_reason", row::text));
    }
}
