package org.kopuro.access.duties;

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
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;

/** Incidents and their events. The database changes an incident when an event of it is added, and in no other way. */
@Dependent
class IncidentStore {

    private static final String SELECT = """
            select i.id, i.number, i.contour, i.source, i.severity, i.kind, i.participant_id, i.report_id, i.state, i.opened_at, i.since, i.events,
                   coalesce((select text from access.incident_event v where v.incident_id = i.id and v.event = 'OPEN'), '') as text,
                   array(select coalesce(text, '') from access.incident_event v where v.incident_id = i.id and v.event = 'MEASURE' order by v.number) measures,
                   (select text from access.incident_event v where v.incident_id = i.id and v.event = 'CLOSE') outcome
              from access.incident i
            """;

    @Inject
    private Sql sql;

    void add(UUID id, NewIncident incident, Optional<ReportId> report, Contour contour, Instant at, Actor by) {
        try {
            sql.update("""
                    insert into access.incident (id, contour, source, severity, kind, participant_id, report_id, state, since, events, opened_at)
                    values (?, ?, ?, ?, ?, ?, ?, 'OPEN', ?, 1, ?)""", id, contour, incident.source(), incident.severity(), incident.kind(), incident.participant(), report, at, at);
        } catch (SqlFailure e) {
            throw e.constraint().equals("incident_kind_fk") ? Refusal.of(DutyRefusal.INCIDENT_KIND_UNKNOWN, "kind") : e;
        }
        addEvent(id, 1, "NONE", IncidentEvent.OPEN, IncidentState.OPEN, at, by, incident.text());
    }

    /** @param from as it was read under the lock of this transaction */
    void addEvent(IncidentView from, IncidentEvent event, IncidentState to, Instant at, Actor by, String text) {
        addEvent(from.id().value(), from.events() + 1, from.state().name(), event, to, at, by, text);
    }

    private void addEvent(UUID id, int number, String from, IncidentEvent event, IncidentState to, Instant at, Actor by, String text) {
        sql.update("insert into access.incident_event (incident_id, number, from_state, event, to_state, at, actor, actor_role, text) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                id, number, from, event, to, at, by.account(), by.role(), text);
    }

    Optional<IncidentView> find(UUID id) {
        return sql.first(SELECT + "where i.id = ?", IncidentStore::incident, id);
    }

    /** Locked until the end of the transaction: two events of one incident follow one another. */
    Optional<IncidentView> findForChange(UUID id) {
        return sql.first(SELECT + "where i.id = ? for update of i", IncidentStore::incident, id);
    }

    List<IncidentView> list(Contour contour, Optional<IncidentState> state, long before, int limit) {
        return sql.list(SELECT + "where i.contour = ? and i.state = coalesce(?, i.state) and i.number < ? order by i.number desc limit ?", IncidentStore::incident,
                contour, state, before, limit);
    }

    private static IncidentView incident(Row row) {
        IncidentState state = row.as(IncidentState.class, "state");
        return new IncidentView(new IncidentId(row.uuid("id")), row.large("number"), row.as(Contour.class, "contour"), row.as(IncidentSource.class, "source"),
                row.as(IncidentSeverity.class, "severity"), row.text("kind"), row.maybe("participant_id", row::uuid).map(ParticipantId::new),
                row.maybe("report_id", row::uuid).map(ReportId::new), state, row.instant("opened_at"),
                state == IncidentState.CLOSED ? Optional.of(row.instant("since")) : Optional.empty(), row.number("events"), row.text("text"), row.all(String.class, "measures"),
                row.maybe("outcome", row::text));
    }
}
