package org.kopuro.access.duties;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.participants.Participants;

/** What went wrong, what was done about it, and how it ended (ACC-98). */
@Stateless
public class Incidents {

    private static final int PAGE_MAX = 200;

    @Inject
    private IncidentStore store;
    @Inject
    private Participants participants;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    public IncidentView open(NewIncident incident, Contour contour, Actor by) {
        incident.participant().ifPresent(participants::get);
        return open(incident, Optional.empty(), contour, by);
    }

    /** Opened by what a participant reported. */
    public void open(ReportView report, IncidentSeverity severity, Actor by) {
        open(new NewIncident(IncidentSource.PARTICIPANT, severity, Optional.of(report.participant()), report.text()), Optional.of(report.id()), report.contour(), by);
    }

    private IncidentView open(NewIncident incident, Optional<ReportId> report, Contour contour, Actor by) {
        Instant at = clock.instant();
        UUID id = UUID.randomUUID();
        store.add(id, incident, report, contour, at, by);
        return told(id, IncidentEvent.OPEN, incident.text(), at, by);
    }

    /** Adds what was done. */
    public IncidentView measure(IncidentId id, Contour contour, String measure, Actor by) {
        return apply(id, contour, IncidentEvent.MEASURE, Input.lines(measure, "text", 10_000), by);
    }

    public IncidentView close(IncidentId id, Contour contour, String outcome, Actor by) {
        return apply(id, contour, IncidentEvent.CLOSE, Input.lines(outcome, "text", 10_000), by);
    }

    private IncidentView apply(IncidentId id, Contour contour, IncidentEvent event, String text, Actor by) {
        IncidentView before = store.findForChange(id.value()).filter(found -> found.contour() == contour).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "incident"));
        IncidentState after = before.state().on(event).orElseThrow(() -> Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", before.state(), event));
        Instant at = clock.instant();
        store.addEvent(before, event, after, at, by, text);
        return told(id.value(), event, text, at, by);
    }

    private IncidentView told(UUID id, IncidentEvent event, String text, Instant at, Actor by) {
        IncidentView incident = store.find(id).orElseThrow();
        ledger.record(LedgerEvent.of("access.incident_changed", 2, incident.contour(), "incident", id, at).with("event", event).with("state", incident.state())
                .with("actorRole", by.role()).personal("actor", by.account()).personal("source", incident.source()).personal("severity", incident.severity())
                .personal("kind", incident.kind()).personal("participant", incident.participant().map(one -> one.value()))
                .personal("report", incident.report().map(ReportId::value)).personal("text", text));
        return incident;
    }

    public IncidentView get(IncidentId id, Contour contour) {
        return store.find(id.value()).filter(found -> found.contour() == contour).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "incident"));
    }

    /** The newest first; {@code before} is the last number of the page that was read. */
    public List<IncidentView> list(Contour contour, Optional<IncidentState> state, Optional<Long> before, int limit) {
        return store.list(contour, state, before.orElse(Long.MAX_VALUE), Math.max(1, Math.min(limit, PAGE_MAX)));
    }
}
