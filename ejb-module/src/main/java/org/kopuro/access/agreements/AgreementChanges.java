package org.kopuro.access.agreements;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.kopuro.access.AccessRightEvent;
import org.kopuro.access.AccessRightState;
import org.kopuro.access.AccessRightView;
import org.kopuro.access.AccessRights;
import org.kopuro.access.Catalogue;
import org.kopuro.access.ConnectionChange;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionState;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.access.ServiceView;
import org.kopuro.access.procedures.Procedures;
import org.kopuro.calendar.Calendars;
import org.kopuro.calendar.WorkingCalendar;
import org.kopuro.kernel.Actor;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.participants.Participants;
import org.kopuro.participants.SubsystemView;

/** What every change of an agreement brings with it, whoever makes it. */
@Dependent
class AgreementChanges {

    @Inject
    private AgreementStore store;
    @Inject
    private Connections connections;
    @Inject
    private AccessRights rights;
    @Inject
    private Catalogue catalogue;
    @Inject
    private Participants participants;
    @Inject
    private Procedures procedures;
    @Inject
    private Calendars calendars;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    WorkingCalendar calendar(AgreementView agreement) {
        return calendars.get(procedures.calendar(agreement.procedure()));
    }

    LocalDate today(AgreementView agreement) {
        return calendar(agreement).dayOf(clock.instant());
    }

    /** An agreement and its live connection, to which nothing happens until the transaction ends. */
    record Held(AgreementView agreement, Optional<ConnectionView> connection) {
    }

    /** The connection first, as everybody does. Whoever connects holds the agreement: what began meanwhile is there after it, and nothing begins any more. */
    Held hold(AgreementView seen) {
        Optional<ConnectionView> connection = connections.hold(seen.participant(), seen.contour(), seen.procedure());
        AgreementView agreement = store.findForChange(seen.id().value()).orElseThrow();
        return new Held(agreement, connection.or(() -> connections.hold(seen.participant(), seen.contour(), seen.procedure())));
    }

    /** Of an agreement that is held, whose state allows the event. */
    AgreementView apply(AgreementView agreement, AgreementEvent event, Actor by, String reason, Optional<Integer> version) {
        store.addEvent(agreement, event, clock.instant(), by, reason, version);
        return told(agreement, event, by, reason);
    }

    /** What follows its connection's newest event. */
    AgreementView follow(AgreementView agreement, AgreementEvent event, Actor by, ConnectionView connection) {
        store.follow(agreement, event, clock.instant(), by, connection);
        return told(agreement, event, by, connection.reason());
    }

    /** Its announced termination was not told in time, and its connection is no more. */
    AgreementView move(AgreementView agreement, Instant announcedFor) {
        store.move(agreement, clock.instant(), announcedFor);
        return told(agreement, AgreementEvent.DATE_MOVED, Actor.SYSTEM, "№ " + agreement.number());
    }

    private AgreementView told(AgreementView agreement, AgreementEvent event, Actor by, String reason) {
        AgreementView changed = store.find(agreement.id().value()).orElseThrow();
        tell(changed, event, by, reason);
        return changed;
    }

    /** The people who signed, and what an official types, are nobody else's business. */
    void tell(AgreementView agreement, AgreementEvent event, Actor by, String reason) {
        ledger.record(LedgerEvent.of("access.agreement_changed", 1, agreement.contour(), "agreement", agreement.id().value(), agreement.since())
                .with("participant", agreement.participant().value()).with("procedure", agreement.procedure()).with("number", agreement.number())
                .with("legacy", String.valueOf(agreement.legacy())).with("event", event).with("state", agreement.state()).with("version", agreement.version())
                .with("firstDay", agreement.terms().map(AgreementTerms::firstDay)).with("lastDay", agreement.terms().flatMap(AgreementTerms::lastDay))
                .with("services", agreement.terms().map(AgreementTerms::services).orElseGet(TreeSet::new)).with("document", agreement.terms().map(AgreementTerms::document))
                .with("announcedFor", agreement.announcedFor()).with("actor", by.account()).with("actorRole", by.role()).personal("reason", reason)
                .personal("noticeEmail", agreement.terms().flatMap(AgreementTerms::noticeEmail)).personal("suspensionBasis", agreement.terms().flatMap(AgreementTerms::suspensionBasis)));
    }

    /** What begins and ends on the connection because this agreement is in force from now on (ACC-T33, ACC-58). */
    void takeEffect(AgreementView agreement, Optional<ConnectionView> held, Actor by, String reason) {
        held.ifPresent(connection -> endUnlistedRights(agreement, by));
        held.filter(this::suspendedByExpiry).ifPresent(connection ->
                connections.apply(connection.id(), connection.contour(), ConnectionChange.of(ConnectionEvent.AGREEMENT_RENEWED, by, reason)));
    }

    boolean suspendedByExpiry(ConnectionView connection) {
        return connection.state() == ConnectionState.SUSPENDED && connections.suspendedBy(connection.id()).equals(Optional.of(ConnectionEvent.AGREEMENT_EXPIRED));
    }

    private void endUnlistedRights(AgreementView agreement, Actor by) {
        Set<String> unlisted = catalogue.services().stream().filter(service -> service.procedure().equals(agreement.procedure())).map(ServiceView::code).collect(Collectors.toSet());
        unlisted.removeAll(agreement.terms().orElseThrow().services());
        for (SubsystemView subsystem : participants.get(agreement.participant()).subsystems()) {
            for (AccessRightView right : rights.of(subsystem.id(), agreement.contour())) {
                if (unlisted.contains(right.serviceCode()) && (right.state() == AccessRightState.ACTIVE || right.state() == AccessRightState.PENDING)) {
                    rights.apply(AccessRightEvent.REVOKE, right.id(), agreement.contour(), agreement.number(), by);
                }
            }
        }
    }
}
