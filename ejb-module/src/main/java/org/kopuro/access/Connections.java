package org.kopuro.access;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.access.procedures.DeadlineTerm;
import org.kopuro.access.procedures.Ground;
import org.kopuro.access.procedures.Measure;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.access.procedures.Procedures;
import org.kopuro.calendar.Calendars;
import org.kopuro.calendar.WorkingCalendar;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.Participants;

/**
 * Connects participants to a contour under a procedure, suspends, restores and disconnects them. A change is judged by the very next call
 * on any node. Disconnection ends access rights, and through {@link ParticipantDisconnected} tokens, for good.
 */
@Stateless
public class Connections {

    @Inject
    private ConnectionStore store;
    @Inject
    private AnnouncementStore announcements;
    @Inject
    private AccessStore rights;
    @Inject
    private Participants participants;
    @Inject
    private Procedures procedures;
    @Inject
    private Calendars calendars;
    @Inject
    private ConnectionLetters letters;
    @Inject
    private Event<ParticipantDisconnected> disconnected;
    @Inject
    private Event<ConnectionChanged> changed;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** Begins a connection; whoever has a live one under the procedure in the contour is refused another. */
    public ConnectionView connect(NewConnection connection) {
        participants.get(connection.participant());
        Instant at = clock.instant();
        procedures.inForce(connection.procedure(), at);
        UUID id = UUID.randomUUID();
        store.add(id, connection, at);
        ConnectionView begun = store.find(id).orElseThrow();
        tell(begun, ConnectionEvent.CONNECT, connection.by());
        changed.fire(new ConnectionChanged(ConnectionEvent.CONNECT, begun, connection.by()));
        return begun;
    }

    /** Applies an event; a pair of state and event that is not allowed is refused and changes nothing. */
    public ConnectionView apply(ConnectionId id, Contour contour, ConnectionChange change) {
        ConnectionView before = store.findForChange(id.value()).filter(found -> found.contour() == contour)
                .orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "connection"));
        Optional<Instant> announcedFor = requireAllowed(before, change);
        Instant at = clock.instant();
        ConnectionState state = before.state().on(change.event()).orElseThrow();
        Optional<AnnouncementView> followed = change.event().follows() ? announcements.newest(id) : Optional.empty();
        store.add(before, state, followed.map(announcement -> change.following(announcement)).orElse(change), at, announcedFor);
        ConnectionView after = store.find(id.value()).orElseThrow();
        tell(after, change.event(), change.by());
        letters.tell(after, change.event(), participants.get(after.participant()), procedures.inForce(after.procedure(), at),
                procedures.inForce(after.procedure(), followed.map(AnnouncementView::at).orElse(at)));
        if (state == ConnectionState.DISCONNECTED) {
            rights.revokeAll(id.value(), change.reason(), at, change.by());
            disconnected.fire(new ParticipantDisconnected(after.participant(), after.contour(), after.procedure(), at));
        }
        changed.fire(new ConnectionChanged(change.event(), after, change.by()));
        return after;
    }

    /** Refuses what {@link #apply} would refuse now, for whoever only proposes it; when an announcement would take effect. */
    public Optional<Instant> requireAllowed(ConnectionView connection, ConnectionChange change) {
        connection.state().on(change.event()).orElseThrow(() -> Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", connection.state(), change.event()));
        if (change.event().ofTheSystem() != change.by().equals(Actor.SYSTEM)) {
            throw Refusal.of(AccessRefusal.EVENT_OF_THE_SYSTEM, "event");
        }
        if (change.event() == ConnectionEvent.AGREEMENT_RENEWED && !suspendedBy(connection.id()).equals(Optional.of(ConnectionEvent.AGREEMENT_EXPIRED))) {
            throw Refusal.of(AccessRefusal.SUSPENDED_FOR_ANOTHER_CAUSE, "event");
        }
        if (change.event() == ConnectionEvent.LIQUIDATE && !store.knownToEnd(connection, clock.instant())) {
            throw Refusal.of(AccessRefusal.LIQUIDATION_NOT_KNOWN, "event");
        }
        if (change.event().measure().isEmpty()) {
            if (change.incident().isPresent()) {
                throw Refusal.of(InputRefusal.FIELD_INVALID, "incident");
            }
            return change.event() == ConnectionEvent.DATE_MOVED ? change.firstDay().map(day -> day.atStartOfDay(calendar(connection).zone()).toInstant()) : Optional.empty();
        }
        Instant at = clock.instant();
        Procedure procedure = procedures.inForce(connection.procedure(), at);
        Ground ground = requireGround(procedure, change);
        requireIncident(connection, change, ground);
        return announced(procedure, change, at);
    }

    private static Ground requireGround(Procedure procedure, ConnectionChange change) {
        Measure measure = change.event().measure().orElseThrow();
        Ground ground = change.ground().flatMap(code -> procedure.ground(measure, code)).orElseThrow(() -> Refusal.of(AccessRefusal.GROUND_NOT_LISTED, "ground",
                String.join(", ", procedure.grounds().stream().filter(listed -> listed.measure() == measure).map(Ground::code).toList())));
        if (!ground.immediate() && !change.event().announces()) {
            throw Refusal.of(AccessRefusal.ANNOUNCEMENT_REQUIRED, "event");
        }
        return ground;
    }

    /** ACC-98: only a suspension refers to an incident, and on some grounds it must (ACC-T24). The database asks the same, and holds the incident. */
    private void requireIncident(ConnectionView connection, ConnectionChange change, Ground ground) {
        if (change.incident().isEmpty()) {
            ground.incidentKind().ifPresent(kind -> {
                throw Refusal.of(AccessRefusal.INCIDENT_REQUIRED, "incident", kind);
            });
            return;
        }
        if (change.event().measure().orElseThrow() != Measure.SUSPENSION) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "incident");
        }
        ConnectionStore.Incident incident = store.incident(change.incident().get(), connection.contour()).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "incident"));
        if (!incident.open() || incident.participant().filter(of -> !of.equals(connection.participant())).isPresent()
                || ground.incidentKind().filter(kind -> !kind.equals(incident.kind())).isPresent()) {
            throw Refusal.of(AccessRefusal.INCIDENT_UNFIT, "incident", ground.incidentKind().orElse("–"));
        }
    }

    /** ACC-32: so many full working days lie between the day of the announcement and the first day. */
    private Optional<Instant> announced(Procedure procedure, ConnectionChange change, Instant at) {
        if (!change.event().announces()) {
            return Optional.empty();
        }
        DeadlineTerm term = procedure.deadline(rule(change.event())).orElseThrow(() -> Refusal.of(AccessRefusal.NOT_ANNOUNCED_UNDER_THIS_PROCEDURE, "event"));
        WorkingCalendar calendar = calendars.get(procedure.calendar());
        LocalDate firstDay = change.firstDay().orElseThrow(() -> Refusal.of(InputRefusal.FIELD_MISSING, "firstDay"));
        LocalDate earliest = calendar.earliestEvent(calendar.dayOf(at), term.workingDays()).orRefuse().day();
        if (firstDay.isBefore(earliest)) {
            throw Refusal.of(AccessRefusal.ANNOUNCED_TOO_SHORTLY, "firstDay", earliest.toString());
        }
        return Optional.of(firstDay.atStartOfDay(calendar.zone()).toInstant());
    }

    /** What was announced for a moment up to the given one, the earliest first. */
    public List<ConnectionView> announcedUntil(Instant moment, int limit) {
        return store.due(moment, limit);
    }

    /**
     * Brings about what was announced for a moment that has come, if it was told in time, and else moves its day (ACC-T23, ACC-T31); false where another node or a
     * withdrawal was faster.
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public boolean reachDate(ConnectionId id) {
        ConnectionView connection = store.findForChange(id.value()).orElseThrow();
        if (connection.announcedFor().filter(moment -> !moment.isAfter(clock.instant())).isEmpty()) {
            return false;
        }
        AnnouncementView announcement = announcements.newest(id).orElseThrow();
        Optional<LocalDate> later = later(connection, announcement);
        if (later.isPresent()) {
            apply(id, connection.contour(), ConnectionChange.of(ConnectionEvent.DATE_MOVED, Actor.SYSTEM, announcement.reason()).from(later.get()));
            return true;
        }
        ConnectionEvent event = announcement.event() == ConnectionEvent.ANNOUNCE_SUSPENSION ? ConnectionEvent.SUSPENSION_DUE : ConnectionEvent.TERMINATION_DUE;
        apply(id, connection.contour(), ConnectionChange.of(event, Actor.SYSTEM, announcement.reason()));
        return true;
    }

    /**
     * The first day on which what was announced may take effect, where that is not today: so many full working days after it was told, or after today where it was
     * not told yet. By the procedure as it was when it was announced (ACC-21), and the calendar as it is. The database asks the same of what takes effect.
     */
    private Optional<LocalDate> later(ConnectionView connection, AnnouncementView announcement) {
        Instant now = clock.instant();
        WorkingCalendar calendar = calendar(connection);
        DeadlineTerm term = procedures.inForce(connection.procedure(), announcement.at()).deadline(rule(announcement.event())).orElseThrow();
        LocalDate earliest = calendar.earliestEvent(calendar.dayOf(announcement.toldAt().orElse(now)), term.workingDays()).orRefuse().day();
        return Optional.of(earliest).filter(calendar.dayOf(now)::isBefore);
    }

    /** As {@link #reachDate} would move it, for what was announced with a connection and outlives it (ACC-T45); the first moment of the day. */
    public Optional<Instant> movesTo(ConnectionId id, int announcement) {
        ConnectionView connection = store.find(id.value()).orElseThrow();
        return later(connection, announcements.find(id, announcement).orElseThrow()).map(day -> day.atStartOfDay(calendar(connection).zone()).toInstant());
    }

    /** What is announced for the connection and has not taken effect yet, for whoever wants to know whether it was told. */
    public Optional<AnnouncementView> announcement(ConnectionView connection) {
        return connection.announcedFor().flatMap(moment -> announcements.newest(connection.id()));
    }

    private WorkingCalendar calendar(ConnectionView connection) {
        return calendars.get(procedures.calendar(connection.procedure()));
    }

    private static DeadlineRule rule(ConnectionEvent announcing) {
        return announcing == ConnectionEvent.ANNOUNCE_SUSPENSION ? DeadlineRule.ANNOUNCE_SUSPENSION : DeadlineRule.ANNOUNCE_TERMINATION;
    }

    /** An official's words may name a person. */
    private void tell(ConnectionView connection, ConnectionEvent event, Actor by) {
        ledger.record(LedgerEvent.of("access.connection_changed", 2, connection.contour(), "connection", connection.id().value(), connection.since())
                .with("participant", connection.participant().value()).with("procedure", connection.procedure()).with("event", event).with("state", connection.state())
                .with("ground", connection.ground()).with("announcedFor", connection.announcedFor())
                .with("agreement", connection.basis().map(ConnectionView.Basis::agreement)).with("agreementVersion", connection.basis().map(ConnectionView.Basis::version))
                .with("actor", by.account()).with("actorRole", by.role()).personal("incident", connection.incident()).personal("reason", connection.reason())
                .personal("suspensionBasis", connection.basis().map(ConnectionView.Basis::text)));
    }

    public ConnectionView get(ConnectionId id, Contour contour) {
        return store.find(id.value()).filter(found -> found.contour() == contour).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "connection"));
    }

    /** As {@link #get(ConnectionId, Contour)}, for whoever sees those of one participant only: others' are unknown to it (ACC-61). */
    public ConnectionView get(ConnectionId id, Contour contour, Optional<ParticipantId> own) {
        ConnectionView connection = get(id, contour);
        if (own.filter(one -> !one.equals(connection.participant())).isPresent()) {
            throw Refusal.of(InputRefusal.NOT_FOUND, "connection");
        }
        return connection;
    }

    /** Where news of the connection goes, for whoever else tells some (ACC-81). */
    public List<String> addresses(ConnectionView connection) {
        return letters.addresses(connection, participants.get(connection.participant()));
    }

    /** The event that suspended it last, whatever happened since. */
    public Optional<ConnectionEvent> suspendedBy(ConnectionId id) {
        return store.suspendedBy(id.value());
    }

    /** The live connection under a procedure; nothing happens to it until the caller's transaction ends. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public Optional<ConnectionView> hold(ParticipantId participant, Contour contour, String procedure) {
        return store.liveForChange(participant.value(), contour, procedure);
    }

    /** A participant's connections in a contour, live ones first. */
    public List<ConnectionView> of(ParticipantId participant, Contour contour) {
        return store.of(participant.value(), contour);
    }

    /** What a participant has one of for both contours is not changed from TEST once it has been connected to PRODUCTION. */
    public void requireForBoth(ParticipantId participant, Contour contour, RefusalCode otherwise) {
        if (contour == Contour.TEST && !of(participant, Contour.PRODUCTION).isEmpty()) {
            throw Refusal.of(otherwise, "contour");
        }
    }

    /**
     * Refuses unless the participant is connected under the procedure of each service; no event happens to these connections until the
     * caller's transaction ends.
     */
    public void requireConnected(ParticipantId participant, Contour contour, Collection<String> services, String field) {
        for (String service : new TreeSet<>(services)) {
            forService(participant, contour, service, field);
        }
    }

    /** The connection under which a service is offered, if it passes calls at this moment; nothing happens to it until the caller's transaction ends. */
    public ConnectionView forService(ParticipantId participant, Contour contour, String service, String field) {
        ConnectionView connection = store.forService(participant.value(), contour, service).orElseThrow(() -> Refusal.of(AccessRefusal.PARTICIPANT_NOT_CONNECTED, field));
        store.stateAt(connection.id(), clock.instant()).requirePassing(field);
        return connection;
    }
}
