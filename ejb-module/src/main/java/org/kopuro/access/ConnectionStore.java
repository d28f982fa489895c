package org.kopuro.access;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.installation.SqlFailure;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;

/** Connections and their events. The database changes a connection when an event of it is added, and in no other way. */
@Dependent
class ConnectionStore {

    private static final String SELECT = """
            select id, participant_id, contour, procedure_code, state, since, ground, reason, announced_for, events,
                   (select incident_id from access.connection_event e where e.connection_id = connection.id and e.number = connection.events) incident_id,
                   (select json_build_object('agreement', a.id, 'number', a.number, 'version', v.version, 'text', v.suspension_basis)::text
                      from access.connection_event e join access.agreement_version v on (v.agreement_id, v.version) = (e.agreement_id, e.agreement_version)
                      join access.agreement a on a.id = v.agreement_id where e.connection_id = connection.id and e.number = connection.events) basis
              from access.connection\s""";

    @Inject
    private Sql sql;

    void add(UUID id, NewConnection connection, Instant at) {
        try {
            sql.update("""
                    with participation as (
                        insert into access.participation (participant_id, contour) values (?, ?) on conflict on constraint participation_pk do nothing)
                    insert into access.connection (id, participant_id, contour, procedure_code, state, since, reason, events) values (?, ?, ?, ?, 'CONNECTED', ?, ?, 1)""",
                    connection.participant(), connection.contour(), id, connection.participant(), connection.contour(), connection.procedure(), at, connection.reason());
        } catch (SqlFailure e) {
            throw e.constraint().equals("connection_live_unique") ? Refusal.of(AccessRefusal.ALREADY_CONNECTED, "procedure") : e;
        }
        add(id, 1, "NONE", ConnectionState.CONNECTED, at, ConnectionChange.of(ConnectionEvent.CONNECT, connection.by(), connection.reason()), Optional.empty());
    }

    /** @param from as it was read under the lock of this transaction */
    void add(ConnectionView from, ConnectionState to, ConnectionChange change, Instant at, Optional<Instant> announcedFor) {
        add(from.id().value(), from.events() + 1, from.state().name(), to, at, change, announcedFor);
    }

    private void add(UUID id, int number, String from, ConnectionState to, Instant at, ConnectionChange change, Optional<Instant> announcedFor) {
        try {
            sql.update("""
                    insert into access.connection_event (connection_id, number, from_state, event, to_state, at, actor, actor_role, ground, reason, announced_for, incident_id)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", id, number, from, change.event(), to, at, change.by().account(), change.by().role(), change.ground(), change.reason(),
                    announcedFor, change.incident());
        } catch (SqlFailure e) {
            throw switch (e.constraint()) {
                case "four_eyes" -> Refusal.of(AccessRefusal.APPROVAL_REQUIRED, "event");
                case "incident_of_suspension" -> Refusal.of(AccessRefusal.INCIDENT_UNFIT, "incident", "–");
                case "ground_of_liquidation" -> Refusal.of(AccessRefusal.LIQUIDATION_NOT_KNOWN, "event");
                case "agreement_in_force" -> Refusal.of(AccessRefusal.AGREEMENT_MISSING, "event", "PRODUCTION");
                default -> e;
            };
        }
    }

    /** Whether the participant has told of its end, or is struck off the taxpayers' register; the database asks the same of the event. */
    boolean knownToEnd(ConnectionView connection, Instant at) {
        return sql.one("select access.known_to_end(?, ?, ?) known", row -> row.flag("known"), connection.participant(), connection.contour(), at);
    }

    /** What a suspension asks of an incident, whose life is another capability's. */
    record Incident(String kind, boolean open, Optional<ParticipantId> participant) {
    }

    Optional<Incident> incident(UUID id, Contour contour) {
        return sql.first("select kind, state = 'OPEN' open, participant_id from access.incident where id = ? and contour = ?",
                row -> new Incident(row.text("kind"), row.flag("open"), row.maybe("participant_id", row::uuid).map(ParticipantId::new)), id, contour);
    }

    /** Where the request that was granted last for such a connection wanted its answers; a request's life is another capability's. */
    Optional<String> answerAddress(ConnectionView connection) {
        return text("""
                select answer_email text from access.request where participant_id = ? and contour = ? and procedure_code = ? and kind = 'CONNECT' and state = 'GRANTED'
                 order by since desc, number desc limit 1""", connection);
    }

    /** The number of the agreement that the connection is within, the newest one; an agreement's life is another capability's, too. */
    Optional<String> agreementNumber(ConnectionView connection) {
        return text("""
                select number text from access.agreement where participant_id = ? and contour = ? and procedure_code = ? and state <> 'DRAFT'
                 order by state in ('IN_FORCE', 'TERMINATION_ANNOUNCED') desc, first_day desc limit 1""", connection);
    }

    /** Where that agreement wants notices to go. */
    Optional<String> agreedAddress(ConnectionView connection) {
        return text("""
                select v.notice_email text from access.agreement a join access.agreement_version v on v.agreement_id = a.id and v.version = a.version
                 where a.participant_id = ? and a.contour = ? and a.procedure_code = ? and v.notice_email is not null
                 order by a.state in ('IN_FORCE', 'TERMINATION_ANNOUNCED') desc, a.first_day desc limit 1""", connection);
    }

    /** Whom its requests name, or else the participant. */
    List<String> contacts(ConnectionView connection) {
        return sql.list("select unnest(access.operational_contacts(?, ?, ?)) contact", row -> row.text("contact"), connection.participant(), connection.contour(), connection.procedure());
    }

    private Optional<String> text(String question, ConnectionView connection) {
        return sql.first(question, row -> row.text("text"), connection.participant(), connection.contour(), connection.procedure());
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
        return connections("where participant_id = ? and contour = ? order by state = 'DISCONNECTED', since desc", participant, contour);
    }

    /** The connection under which a service is offered, which is the newest; nothing happens to it until the transaction ends. */
    Optional<ConnectionView> forService(UUID participant, Contour contour, String service) {
        return connections("""
                where participant_id = ? and contour = ? and procedure_code = coalesce((select procedure_code from access.service where code = ?), procedure_code)
                order by state = 'DISCONNECTED', since desc limit 1 for share""", participant, contour, service).stream().findFirst();
    }

    /** In which it judges calls, however late the clock is that writes it down. */
    ConnectionState stateAt(ConnectionId id, Instant moment) {
        return sql.one("select access.connection_state_at(?, ?) state", row -> row.as(ConnectionState.class, "state"), id, moment);
    }

    Optional<ConnectionView> liveForChange(UUID participant, Contour contour, String procedure) {
        return connections("where participant_id = ? and contour = ? and procedure_code = ? and state <> 'DISCONNECTED' for update", participant, contour, procedure).stream()
                .findFirst();
    }

    Optional<ConnectionEvent> suspendedBy(UUID id) {
        return sql.first("""
                select event from access.connection_event where connection_id = ? and event in ('SUSPEND', 'SUSPENSION_DUE', 'AGREEMENT_EXPIRED') order by number desc limit 1""",
                row -> row.as(ConnectionEvent.class, "event"), id);
    }

    /** What was announced for a moment that has come. */
    List<ConnectionView> due(Instant now, int limit) {
        return connections("where announced_for <= ? and not installation.waits('connection ' || id, ?) order by announced_for limit ?", now, now, limit);
    }

    private List<ConnectionView> connections(String where, Object... parameters) {
        return sql.list(SELECT + where, ConnectionStore::connection, parameters);
    }

    private static ConnectionView connection(Row row) {
        return new ConnectionView(new ConnectionId(row.uuid("id")), new ParticipantId(row.uuid("participant_id")), row.as(Contour.class, "contour"), row.text("procedure_code"),
                row.as(ConnectionState.class, "state"), row.instant("since"), row.maybe("ground", row::text), row.text("reason"), row.maybe("announced_for", row::instant),
                row.number("events"), row.maybe("incident_id", row::uuid), row.maybe("basis", row::text).map(ConnectionStore::basis));
    }

    private static ConnectionView.Basis basis(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            JsonObject basis = reader.readObject();
            return new ConnectionView.Basis(UUID.fromString(basis.getString("agreement")), basis.getString("number"), basis.getInt("version"), basis.getString("text"));
        }
    }
}
