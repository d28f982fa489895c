package org.kopuro.access.agreements;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.kopuro.access.ConnectionChange;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionState;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.access.obligations.About;
import org.kopuro.access.obligations.NewObligation;
import org.kopuro.access.obligations.ObligationView;
import org.kopuro.access.obligations.Obligations;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.access.procedures.DeadlineTerm;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.access.procedures.Procedures;
import org.kopuro.calendar.Calendars;
import org.kopuro.calendar.Deadline;
import org.kopuro.calendar.WorkingCalendar;
import org.kopuro.kernel.Actor;

/** What days bring about for agreements (ACC-57): warnings, the end, the renewal that begins, the renewal that did not come. */
@Stateless
public class AgreementDates {

    private static final int AT_ONCE = 100;
    private static final List<DeadlineRule> WARNINGS = List.of(DeadlineRule.WARN_OF_END_FIRST, DeadlineRule.WARN_OF_END_AGAIN, DeadlineRule.WARN_OF_END_LAST);

    @Inject
    private AgreementStore store;
    @Inject
    private AgreementChanges changes;
    @Inject
    private AgreementNotices notices;
    @Inject
    private Connections connections;
    @Inject
    private Obligations obligations;
    @Inject
    private Procedures procedures;
    @Inject
    private Calendars calendars;
    @Inject
    private Clock clock;

    /** What there is to do now. Ends come first, and a renewal restores before anybody is disconnected for want of one. */
    public List<AgreementDue> due() {
        Instant now = clock.instant();
        List<AgreementDue> ends = new ArrayList<>(due(AgreementDue.Kind.END, store.terminated(now, AT_ONCE)));
        List<AgreementDue> restored = new ArrayList<>();
        List<AgreementDue> warnings = new ArrayList<>();
        for (AgreementStore.Under under : store.procedures()) {
            Procedure procedure = procedures.get(under.procedure(), under.version());
            WorkingCalendar calendar = calendars.get(procedure.calendar());
            LocalDate today = calendar.dayOf(now);
            ends.addAll(due(AgreementDue.Kind.END, store.ended(under, today, now, AT_ONCE)));
            restored.addAll(due(AgreementDue.Kind.RESTORE, store.restoring(under, today, now, AT_ONCE)));
            warnings.addAll(warnings(under, procedure, calendar, today, now));
        }
        return Stream.of(ends, restored, due(AgreementDue.Kind.DISCONNECT, store.notRenewed(now, AT_ONCE)), warnings).flatMap(List::stream).toList();
    }

    /** N working days before the last day is today or past where the last day is not after the N-th working day from today. The nearest warning stands for those before it. */
    private List<AgreementDue> warnings(AgreementStore.Under under, Procedure procedure, WorkingCalendar calendar, LocalDate today, Instant now) {
        List<AgreementDue> warnings = new ArrayList<>();
        for (int days : WARNINGS.stream().map(procedure::deadline).flatMap(Optional::stream).map(DeadlineTerm::workingDays).sorted(Comparator.naturalOrder()).toList()) {
            calendar.forward(today, days).known().map(Deadline.Due::day).ifPresent(until -> store.unwarned(under, today, until, days, now, AT_ONCE).stream()
                    .filter(id -> warnings.stream().noneMatch(warning -> warning.agreement().equals(id)))
                    .forEach(id -> warnings.add(new AgreementDue(AgreementDue.Kind.WARN, id, days))));
        }
        return warnings;
    }

    private static List<AgreementDue> due(AgreementDue.Kind kind, List<AgreementId> agreements) {
        return agreements.stream().map(agreement -> new AgreementDue(kind, agreement, 0)).toList();
    }

    /** In a transaction of its own; false where another node, or an official, was faster. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public boolean bringAbout(AgreementDue due) {
        AgreementChanges.Held held = changes.hold(store.find(due.agreement().value()).orElseThrow());
        AgreementView agreement = held.agreement();
        Optional<ConnectionView> connection = held.connection();
        return switch (due.kind()) {
            case END -> end(agreement, connection);
            case RESTORE -> restore(agreement, connection);
            case DISCONNECT -> disconnect(agreement, connection);
            case WARN -> warn(agreement, due.workingDays());
        };
    }

    private boolean end(AgreementView agreement, Optional<ConnectionView> connection) {
        LocalDate today = changes.today(agreement);
        if (agreement.state().counts() && agreement.terms().orElseThrow().overOn(today)) {
            expire(agreement, connection, today);
            return true;
        }
        boolean reached = agreement.announcedFor().filter(moment -> !moment.isAfter(clock.instant())).isPresent();
        // A connection that announces it, too, ends both.
        if (!reached || connection.filter(live -> live.state().on(ConnectionEvent.TERMINATION_DUE).isPresent()).isPresent()) {
            return false;
        }
        AgreementStore.Announced announced = store.announcement(agreement);
        connections.movesTo(announced.connection(), announced.number()).ifPresentOrElse(day -> changes.move(agreement, day),
                () -> changes.apply(agreement, AgreementEvent.TERMINATION_DUE, Actor.SYSTEM, "№ " + agreement.number(), Optional.empty()));
        return true;
    }

    private void expire(AgreementView agreement, Optional<ConnectionView> connection, LocalDate today) {
        String reason = "№ " + agreement.number();
        AgreementView expired = changes.apply(agreement, AgreementEvent.EXPIRE, Actor.SYSTEM, reason, Optional.empty());
        List<AgreementView> renewals = store.inForceFrom(agreement.participant(), agreement.procedure(), today);
        Optional<AgreementView> renewal = renewals.stream().filter(next -> next.inForceOn(today)).findFirst();
        if (connection.isEmpty()) {
            return;
        }
        if (renewal.isPresent()) {
            changes.takeEffect(renewal.get(), connection, store.signedBy(renewal.get()), reason);
            return;
        }
        ConnectionView live = connection.get();
        if (live.state().on(ConnectionEvent.AGREEMENT_EXPIRED).isPresent()) {
            notices.suspended(expired, connections.apply(live.id(), live.contour(), ConnectionChange.of(ConnectionEvent.AGREEMENT_EXPIRED, Actor.SYSTEM, reason)));
        }
        if (renewals.isEmpty()) {
            // 24:00 belongs to the last day, which is day 0.
            Instant end = agreement.terms().orElseThrow().lastDay().orElseThrow().plusDays(1).atStartOfDay(changes.calendar(agreement).zone()).toInstant();
            obligations.open(new NewObligation(About.agreement(agreement.id().value()), agreement.contour(), agreement.participant(),
                    procedures.get(agreement.procedure(), agreement.procedureVersion()), DeadlineRule.RENEW_AGREEMENT, end.minus(1, ChronoUnit.MICROS)));
        }
    }

    private boolean restore(AgreementView agreement, Optional<ConnectionView> connection) {
        if (!agreement.inForceOn(changes.today(agreement)) || connection.filter(changes::suspendedByExpiry).isEmpty()) {
            return false;
        }
        changes.takeEffect(agreement, connection, store.signedBy(agreement), "№ " + agreement.number());
        return true;
    }

    /** The connection, held, is suspended as long as no agreement is in force; that of a renewal met the obligation. */
    private boolean disconnect(AgreementView agreement, Optional<ConnectionView> connection) {
        About about = About.agreement(agreement.id().value());
        boolean due = obligations.of(about).stream().anyMatch(one -> one.rule() == DeadlineRule.RENEW_AGREEMENT && one.closedAt().isEmpty() && late(one));
        if (!due) {
            return false;
        }
        connection.filter(live -> live.state().on(ConnectionEvent.AGREEMENT_NOT_RENEWED).filter(ConnectionState.DISCONNECTED::equals).isPresent())
                .ifPresent(live -> connections.apply(live.id(), live.contour(), ConnectionChange.of(ConnectionEvent.AGREEMENT_NOT_RENEWED, Actor.SYSTEM, "№ " + agreement.number())));
        obligations.drop(about);
        return true;
    }

    private boolean late(ObligationView obligation) {
        return obligation.dueAt().filter(moment -> !moment.isAfter(clock.instant())).isPresent();
    }

    private boolean warn(AgreementView agreement, int workingDays) {
        Optional<LocalDate> lastDay = agreement.terms().flatMap(AgreementTerms::lastDay);
        if (!agreement.state().counts() || lastDay.isEmpty() || !store.warn(agreement.id(), lastDay.get(), workingDays, clock.instant())) {
            return false;
        }
        notices.endsSoon(agreement, lastDay.get(), workingDays);
        return true;
    }
}
