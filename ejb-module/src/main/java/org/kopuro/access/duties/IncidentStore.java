package org.kopuro.access.duties;

import jakarta.enterprise.context.Dependent;
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
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;

/** Incidents and their events. The database changes an incident when an event of it is added, and in no other way. */
@Dependent
class IncidentStore {

    private static final String SELECT = """
            select i.id, i.number, i.contour, i.source, i.severity, i.kind, i.participant_id, i.report_id, i.state, i.opened_at, i.since, i.events,
                   (select text from access.incident_event v where v.incident_id = i.id and v.event = 'OPEN') text,
                   array(select text from access.incident_event v where v.incident_id = i.id and v.event = 'MEASURE' order by v.number) measures,
                   (select text from access.incident_event v where v.incident_id = i.id and v.event = 'CLOSE') outcome
              from access.incident i
            """;

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

    void add(UUID id, NewIncident incident, Optional<ReportId> report, Contour contour, Instant at, Actor by) {
        try (PreparedStatement statement = prepare("""
                insert into access.incident (id, contour, source, severity, kind, participant_id, report_id, state, since, events, opened_at) values (?, ?, ?, ?, ?, ?, ?, 'OPEN', ?, 1, ?)""")) {
            int i = 0;
            statement.setObject(++i, id);
            statement.setString(++i, contour.name());
            statement.setString(++i, incident.source().name());
            statement.setString(++i, incident.severity().name());
            statement.setString(++i, incident.kind());
            statement.setObject(++i, incident.participant().map(ParticipantId::value).orElse(null));
            statement.setObject(++i, report.map(ReportId::value).orElse(null));
            statement.setObject(++i, utc(at));
            statement.setObject(++i, utc(at));
            statement.executeUpdate();
        } catch (SQLException e) {
            if (BrokenConstraint.in(e).filter("incident_kind_fk"::equals).isPresent()) {
                throw Refusal.of(DutyRefusal.INCIDENT_KIND_UNKNOWN, "kind");
            }
            throw new IllegalStateException(e);
        }
        addEvent(id, 1, "NONE", IncidentEvent.OPEN, IncidentState.OPEN, at, by, incident.text());
    }

    /** @param from as it was read under the lock of this transaction */
    void addEvent(IncidentView from, IncidentEvent event, IncidentState to, Instant at, Actor by, String text) {
        addEvent(from.id().value(), from.events() + 1, from.state().name(), event, to, at, by, text);
    }

    private void addEvent(UUID id, int number, String from, IncidentEvent event, IncidentState to, Instant at, Actor by, String text) {
        try (PreparedStatement statement = prepare("""
                insert into access.incident_event (incident_id, number, from_state, event, to_state, at, actor, actor_role, text) values (?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            int i = 0;
            statement.setObject(++i, id);
            statement.setInt(++i, number);
            statement.setString(++i, from);
            statement.setString(++i, event.name());
            statement.setString(++i, to.name());
            statement.setObject(++i, utc(at));
            statement.setObject(++i, by.account().orElse(null));
            statement.setString(++i, by.role());
            statement.setString(++i, text);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Optional<IncidentView> find(UUID id) {
        return incidents("where i.id = ?", id).stream().findFirst();
    }

    /** Locked until the end of the transaction: two events of one incident follow one another. */
    Optional<IncidentView> findForChange(UUID id) {
        return incidents("where i.id = ? for update of i", id).stream().findFirst();
    }

    List<IncidentView> list(Contour contour, Optional<IncidentState> state, long before, int limit) {
        String newest = " order by i.number desc limit " + limit;
        return state.isEmpty() ? incidents("where i.contour = ? and i.number < ?" + newest, contour.name(), before)
                : incidents("where i.contour = ? and i.state = ? and i.number < ?" + newest, contour.name(), state.get().name(), before);
    }

    private List<IncidentView> incidents(String where, Object... arguments) {
        try (PreparedStatement statement = prepare(SELECT + where)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            List<IncidentView> incidents = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    incidents.add(incident(row));
                }
            }
            return incidents;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static IncidentView incident(ResultSet row) throws SQLException {
        IncidentState state = IncidentState.valueOf(row.getString("state"));
        return new IncidentView(new IncidentId(row.getObject("id", UUID.class)), row.getLong("number"), Contour.valueOf(row.getString("contour")),
                IncidentSource.valueOf(row.getString("source")), IncidentSeverity.valueOf(row.getString("severity")), row.getString("kind"),
                Optional.ofNullable(row.getObject("participant_id", UUID.class)).map(ParticipantId::new), Optional.ofNullable(row.getObject("report_id", UUID.class)).map(ReportId::new),
                state, instant(row, "opened_at"), state == IncidentState.CLOSED ? Optional.of(instant(row, "since")) : Optional.empty(), row.getInt("events"), row.getString("text"),
                List.of((String[]) row.getArray("measures").getArray()), Optional.ofNullable(row.getString("outcome")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        return entities.unwrap(Connection.class).prepareStatement(sql);
    }
}
