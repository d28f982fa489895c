package org.kopuro.access;

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
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;

/** Connections and their events. The database changes a connection when an event of it is added, and in no other way. */
@Dependent
class ConnectionStore {

    private static final String SELECT = """
            select id, participant_id, contour, procedure_code, state, since, ground, reason, announced_for, events,
                   (select incident_id from access.connection_event e where e.connection_id = connection.id and e.number = connection.events) incident_id
              from access.connection\s""";

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

    void add(UUID id, NewConnection connection, Instant at) {
        String sql = """
                with participation as (
                    insert into access.participation (participant_id, contour) values (?, ?) on conflict on constraint participation_pk do nothing)
                insert into access.connection (id, participant_id, contour, procedure_code, state, since, reason, events) values (?, ?, ?, ?, 'CONNECTED', ?, ?, 1)""";
        try (PreparedStatement statement = prepare(sql)) {
            int i = 0;
            statement.setObject(++i, connection.participant().value());
            statement.setString(++i, connection.contour().name());
            statement.setObject(++i, id);
            statement.setObject(++i, connection.participant().value());
            statement.setString(++i, connection.contour().name());
            statement.setString(++i, connection.procedure());
            statement.setObject(++i, at.atOffset(ZoneOffset.UTC));
            statement.setString(++i, connection.reason());
            statement.executeUpdate();
        } catch (SQLException e) {
            if (BrokenConstraint.in(e).filter("connection_live_unique"::equals).isPresent()) {
                throw Refusal.of(AccessRefusal.ALREADY_CONNECTED, "procedure");
            }
            throw new IllegalStateException(e);
        }
        add(id, 1, "NONE", ConnectionState.CONNECTED, at, ConnectionChange.of(ConnectionEvent.CONNECT, connection.by(), connection.reason()), Optional.empty());
    }

    /** @param from as it was read under the lock of this transaction */
    void add(ConnectionView from, ConnectionState to, ConnectionChange change, Instant at, Optional<Instant> announcedFor) {
        add(from.id().value(), from.events() + 1, from.state().name(), to, at, change, announcedFor);
    }

    private void add(UUID id, int number, String from, ConnectionState to, Instant at, ConnectionChange change, Optional<Instant> announcedFor) {
        try (PreparedStatement statement = prepare("""
                insert into access.connection_event (connection_id, number, from_state, event, to_state, at, actor, actor_role, ground, reason, announced_for, incident_id)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            int i = 0;
            statement.setObject(++i, id);
            statement.setInt(++i, number);
            statement.setString(++i, from);
            statement.setString(++i, change.event().name());
            statement.setString(++i, to.name());
            statement.setObject(++i, at.atOffset(ZoneOffset.UTC));
            statement.setObject(++i, change.by().account().orElse(null));
            statement.setString(++i, change.by().role());
            statement.setString(++i, change.ground().orElse(null));
            statement.setString(++i, change.reason());
            statement.setObject(++i, announcedFor.map(instant -> instant.atOffset(ZoneOffset.UTC)).orElse(null));
            statement.setObject(++i, change.incident().orElse(null));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw switch (BrokenConstraint.in(e).orElse("")) {
                case "four_eyes" -> Refusal.of(AccessRefusal.APPROVAL_REQUIRED, "event");
                case "incident_of_suspension" -> Refusal.of(AccessRefusal.INCIDENT_UNFIT, "incident", "–");
                case "ground_of_liquidation" -> Refusal.of(AccessRefusal.LIQUIDATION_NOT_KNOWN, "event");
                case "agreement_in_force" -> Refusal.of(AccessRefusal.AGREEMENT_MISSING, "event", "PRODUCTION");
                default -> new IllegalStateException(e);
            };
        }
    }

    /** Whether the participant has told of its end, or is struck off the taxpayers' register; the database asks the same of the event. */
    boolean knownToEnd(ConnectionView connection, Instant at) {
        try (PreparedStatement statement = prepare("select access.known_to_end(?, ?, ?)")) {
            statement.setObject(1, connection.participant().value());
            statement.setString(2, connection.contour().name());
            statement.setObject(3, at.atOffset(ZoneOffset.UTC));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a suspension asks of an incident, whose life is another capability's. */
    record Incident(String kind, boolean open, Optional<ParticipantId> participant) {
    }

    Optional<Incident> incident(UUID id, Contour contour) {
        try (PreparedStatement statement = prepare("select kind, state = 'OPEN' open, participant_id from access.incident where id = ? and contour = ?")) {
            statement.setObject(1, id);
            statement.setString(2, contour.name());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(new Incident(row.getString("kind"), row.getBoolean("open"),
                        Optional.ofNullable(row.getObject("participant_id", UUID.class)).map(ParticipantId::new))) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where the request that was granted last for such a connection wanted its answers; a request's life is another capability's. */
    Optional<String> answerAddress(ConnectionView connection) {
        return text("""
                select answer_email from access.request where participant_id = ? and contour = ? and procedure_code = ? and kind = 'CONNECT' and state = 'GRANTED'
                 order by since desc, number desc limit 1""", connection);
    }

    /** The number of the agreement that the connection is within, the newest one; an agreement's life is another capability's, too. */
    Optional<String> agreementNumber(ConnectionView connection) {
        return text("""
                select number from access.agreement where participant_id = ? and contour = ? and procedure_code = ? and state <> 'DRAFT'
                 order by state in ('IN_FORCE', 'TERMINATION_ANNOUNCED') desc, first_day desc limit 1""", connection);
    }

    /** Where that agreement wants notices to go. */
    Optional<String> agreedAddress(ConnectionView connection) {
        return text("""
                select v.notice_email from access.agreement a join access.agreement_version v on v.agreement_id = a.id and v.version = a.version
                 where a.participant_id = ? and a.contour = ? and a.procedure_code = ? and v.notice_email is not null
                 order by a.state in ('IN_FORCE', 'TERMINATION_ANNOUNCED') desc, a.first_day desc limit 1""", connection);
    }

    /** Whom its requests name, or else the participant. */
    List<String> contacts(ConnectionView connection) {
        try (PreparedStatement statement = prepare("select unnest(access.operational_contacts(?, ?, ?))")) {
            statement.setObject(1, connection.participant().value());
            statement.setString(2, connection.contour().name());
            statement.setString(3, connection.procedure());
            List<String> contacts = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    contacts.add(row.getString(1));
                }
            }
            return contacts;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<String> text(String sql, ConnectionView connection) {
        try (PreparedStatement statement = prepare(sql)) {
            statement.setObject(1, connection.participant().value());
            statement.setString(2, connection.contour().name());
            statement.setString(3, connection.procedure());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Optional<ConnectionView> find(UUID id) {
        return connections("where id = ?", id).stream().findFirst();
    }

    /** Locked until the end of the transaction: two events on one connection follow one another. */
    Optional<ConnectionView> findForChange(UUID id) {
        return connections("where id = ? for update", id).stream().findFirst();
    }

    /** The newest first. */
    List<ConnectionView> of(UUID participant, Contour contour) {
        return connections("where participant_id = ? and contour = ? order by state = 'DISCONNECTED', since desc", participant, contour.name());
    }

    /** The connection under which a service is offered, which is the newest; nothing happens to it until the transaction ends. */
    Optional<ConnectionView> forService(UUID participant, Contour contour, String service) {
        return connections("""
                where participant_id = ? and contour = ? and procedure_code = coalesce((select procedure_code from access.service where code = ?), procedure_code)
                order by state = 'DISCONNECTED', since desc limit 1 for share""", participant, contour.name(), service).stream().findFirst();
    }

    List<ConnectionView> allForService(UUID participant, Contour contour, String service) {
        return connections("where participant_id = ? and contour = ? and procedure_code = (select procedure_code from access.service where code = ?) order by id for share",
                participant, contour.name(), service);
    }

    Optional<ConnectionView> liveForChange(UUID participant, Contour contour, String procedure) {
        return connections("where participant_id = ? and contour = ? and procedure_code = ? and state <> 'DISCONNECTED' for update", participant, contour.name(), procedure).stream()
                .findFirst();
    }

    Optional<ConnectionEvent> suspendedBy(UUID id) {
        try (PreparedStatement statement = prepare("""
                select event from access.connection_event where connection_id = ? and event in ('SUSPEND', 'SUSPENSION_DUE', 'AGREEMENT_EXPIRED') order by number desc limit 1""")) {
            statement.setObject(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(ConnectionEvent.valueOf(row.getString(1))) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What was announced for a moment that has come. */
    List<ConnectionView> due(Instant now, int limit) {
        return connections("where announced_for <= ? order by announced_for limit " + limit, now.atOffset(ZoneOffset.UTC));
    }

    private List<ConnectionView> connections(String where, Object... arguments) {
        try (PreparedStatement statement = prepare(SELECT + where)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            List<ConnectionView> connections = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    connections.add(connection(row));
                }
            }
            return connections;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ConnectionView connection(ResultSet row) throws SQLException {
        return new ConnectionView(new ConnectionId(row.getObject("id", UUID.class)), new ParticipantId(row.getObject("participant_id", UUID.class)),
                Contour.valueOf(row.getString("contour")), row.getString("procedure_code"), ConnectionState.valueOf(row.getString("state")),
                row.getObject("since", OffsetDateTime.class).toInstant(), Optional.ofNullable(row.getString("ground")), row.getString("reason"),
                Optional.ofNullable(row.getObject("announced_for", OffsetDateTime.class)).map(OffsetDateTime::toInstant), row.getInt("events"),
                Optional.ofNullable(row.getObject("incident_id", UUID.class)));
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        return entities.unwrap(Connection.class).prepareStatement(sql);
    }
}
