package org.kopuro.access.duties;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ConnectionState;
import org.kopuro.access.Connections;
import org.kopuro.access.letters.Letter;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.access.procedures.DeadlineTerm;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.access.procedures.Procedures;
import org.kopuro.calendar.Calendars;
import org.kopuro.calendar.Deadline;
import org.kopuro.calendar.WorkingCalendar;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.Participants;

/** Takes what participants have to tell (ACC-O10 to ACC-O13), and keeps whether it was in time. */
@Stateless
public class Reports {

    private static final int PAGE_MAX = 200;
    /** What is dated further away is a mistake in the year. */
    private static final Period FURTHEST = Period.ofYears(3);
    private static final int MONTHS_MAX = 60;

    @Inject
    private ReportStore store;
    @Inject
    private Incidents incidents;
    @Inject
    private Participants participants;
    @Inject
    private Connections connections;
    @Inject
    private Procedures procedures;
    @Inject
    private Calendars calendars;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    /** Files a report. Outages, breaches and late news of particulars open an incident (ACC-O12, ACC-46). */
    public ReportView file(NewReport report, Contour contour, Actor by) {
        Instant at = clock.instant();
        Instant receivedAt = report.letter().map(Letter::receivedAt).orElse(at);
        if (receivedAt.isAfter(at)) {
            throw Refusal.of(DutyRefusal.LETTER_IN_THE_FUTURE, "letter.receivedAt");
        }
        participants.get(report.participant());
        connections.of(report.participant(), contour).stream().filter(one -> one.procedure().equals(report.procedure()) && one.state() != ConnectionState.DISCONNECTED).findFirst()
                .orElseThrow(() -> Refusal.of(AccessRefusal.PARTICIPANT_NOT_CONNECTED, "procedure"));
        WorkingCalendar calendar = calendars.get(procedures.versions(report.procedure()).get(0).calendar());
        refuseImpossible(report, receivedAt, calendar);
        Procedure procedure = procedures.inForce(report.procedure(), receivedAt);
        Optional<Instant> dueAt = dueAt(report, procedure, calendar);
        UUID id = UUID.randomUUID();
        store.add(id, report, contour, procedure, receivedAt, at, dueAt, by);
        ReportView filed = store.find(id).orElseThrow();
        ledger.record(LedgerEvent.of("access.report_filed", 2, contour, "participant_report", id, at)
                .with("procedure", filed.procedure()).with("version", filed.version()).with("receivedAt", receivedAt).with("day", filed.day()).with("startsAt", filed.start())
                .with("endsAt", filed.end()).with("late", filed.late()).with("actorRole", by.role()).personal("actor", by.account()).personal("kind", filed.kind())
                .personal("participant", filed.participant().value()).personal("text", filed.text()));
        severity(filed).ifPresent(severity -> incidents.open(filed, severity, by));
        return filed;
    }

    private static Optional<IncidentSeverity> severity(ReportView filed) {
        return Optional.ofNullable(switch (filed.kind()) {
            case OUTAGE -> IncidentSeverity.MEDIUM;
            case BREACH -> IncidentSeverity.HIGH;
            case PARTICULARS_CHANGED -> filed.late().orElse(false) ? IncidentSeverity.LOW : null;
            case LIQUIDATION, REORGANISATION -> null;
        });
    }

    /** What has happened lies behind, planned work and liquidations may lie ahead, and neither is years away. */
    private static void refuseImpossible(NewReport report, Instant receivedAt, WorkingCalendar calendar) {
        LocalDate today = calendar.dayOf(receivedAt);
        LocalDate day = report.day().or(() -> report.start().map(calendar::dayOf)).orElseThrow();
        if (report.kind() == ReportKind.PARTICULARS_CHANGED && day.isAfter(today)) {
            throw Refusal.of(DutyRefusal.REPORTED_FOR_THE_FUTURE, "day");
        }
        if (report.kind() == ReportKind.BREACH && report.start().orElseThrow().isAfter(receivedAt)) {
            throw Refusal.of(DutyRefusal.REPORTED_FOR_THE_FUTURE, "start");
        }
        if (day.isBefore(today.minus(FURTHEST)) || day.isAfter(today.plus(FURTHEST))) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, report.kind().ofDay() ? "day" : "start");
        }
    }

    private static Optional<Instant> dueAt(NewReport report, Procedure procedure, WorkingCalendar calendar) {
        Optional<Deadline> deadline = switch (report.kind()) {
            case PARTICULARS_CHANGED -> days(procedure, DeadlineRule.REPORT_PARTICULARS, DeadlineTerm.Direction.AFTER).map(days -> calendar.forward(report.day().orElseThrow(), days));
            case LIQUIDATION, REORGANISATION -> days(procedure, DeadlineRule.REPORT_LIQUIDATION, DeadlineTerm.Direction.BEFORE)
                    .map(days -> calendar.latestNotice(report.day().orElseThrow(), days));
            case OUTAGE, BREACH -> Optional.empty();
        };
        return deadline.flatMap(Deadline::known).map(Deadline.Due::ends);
    }

    private static Optional<Integer> days(Procedure procedure, DeadlineRule rule, DeadlineTerm.Direction direction) {
        return procedure.deadline(rule).filter(term -> term.direction() == direction).map(DeadlineTerm::workingDays);
    }

    /** Tells the end of an outage that was reported without one. */
    public ReportView endOutage(ReportId id, Contour contour, Instant end, Actor by) {
        ReportView report = get(id, contour);
        Instant at = clock.instant();
        if (end.isAfter(at)) {
            throw Refusal.of(DutyRefusal.REPORTED_FOR_THE_FUTURE, "end");
        }
        store.addEnd(id.value(), end, at, by);
        ledger.record(LedgerEvent.of("access.reported_outage_ended", 2, contour, "participant_report", id.value(), at)
                .with("endsAt", end).with("actorRole", by.role()).personal("actor", by.account()).personal("participant", report.participant().value()));
        return get(id, contour);
    }

    public ReportView get(ReportId id, Contour contour) {
        return store.find(id.value()).filter(found -> found.contour() == contour).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "report"));
    }

    /** As {@link #get(ReportId, Contour)}, for whoever sees those of one participant only: others' are unknown to it (ACC-61). */
    public ReportView get(ReportId id, Contour contour, Optional<ParticipantId> own) {
        ReportView report = get(id, contour);
        if (own.filter(one -> !one.equals(report.participant())).isPresent()) {
            throw Refusal.of(InputRefusal.NOT_FOUND, "report");
        }
        return report;
    }

    /** The newest first; {@code before} is the last number of the page that was read. */
    public List<ReportView> list(Contour contour, Optional<ParticipantId> participant, Optional<Long> before, int limit) {
        return store.list(contour, participant, before.orElse(Long.MAX_VALUE), Math.max(1, Math.min(limit, PAGE_MAX)));
    }

    /** Each of the months, up to now; an outage without an end goes on. */
    public List<MonthlyDowntime> downtime(ParticipantId participant, Contour contour, YearMonth first, YearMonth last) {
        long months = ChronoUnit.MONTHS.between(first, last) + 1;
        if (months < 1 || months > MONTHS_MAX) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "last");
        }
        return store.downtime(participant.value(), contour, first, last, Installation.ZONE, clock.instant());
    }
}
