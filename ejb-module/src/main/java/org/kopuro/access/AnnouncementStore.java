package org.kopuro.access;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;

/** Announcements of suspensions and terminations, and the letters that told of them. The outbox is another capability's, and only read. */
@Dependent
class AnnouncementStore {

    private static final String SELECT = """
            select e.number, e.event, e.at, e.announced_for, e.ground, e.reason, e.incident_id, access.told_at(e.connection_id, e.number) told_at
              from access.connection_event e where e.event in ('ANNOUNCE_SUSPENSION', 'ANNOUNCE_TERMINATION') and e.connection_id = ?\s""";

    @Inject
    private Sql sql;

    /** In which letter the newest event of a connection, an announcement or its move, is told. */
    void add(ConnectionView connection, UUID notice) {
        sql.update("insert into access.connection_announcement (connection_id, number, contour, notice_id) values (?, ?, ?, ?)", connection.id(), connection.events(), connection.contour(),
                notice);
    }

    Optional<AnnouncementView> newest(ConnectionId connection) {
        return sql.first(SELECT + "order by e.number desc limit 1", AnnouncementStore::announcement, connection);
    }

    Optional<AnnouncementView> find(ConnectionId connection, int number) {
        return sql.first(SELECT + "and e.number = ?", AnnouncementStore::announcement, connection, number);
    }

    private static AnnouncementView announcement(Row row) {
        return new AnnouncementView(row.number("number"), row.as(ConnectionEvent.class, "event"), row.instant("at"), row.instant("announced_for"), row.text("ground"),
                row.text("reason"), row.maybe("incident_id", row::uuid), row.maybe("told_at", row::instant));
    }
}
