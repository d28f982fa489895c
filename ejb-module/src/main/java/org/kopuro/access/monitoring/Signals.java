package org.kopuro.access.monitoring;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.access.ConnectionChange;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.access.duties.IncidentId;
import org.kopuro.access.duties.IncidentSource;
import org.kopuro.access.duties.IncidentState;
import org.kopuro.access.duties.Incidents;
import org.kopuro.access.duties.NewIncident;
import org.kopuro.access.procedures.Ground;
import org.kopuro.access.procedures.Measure;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.access.procedures.Procedures;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.Ledger;
import org.kopuro.ledger.LedgerEvent;
import org.kopuro.participants.SubsystemId;

/** Signals of misuse (ACC-96, ACC-97): raised by rules, judged by officials. A signal alone changes nothing for anybody. */
@Stateless
public class Signals {

    private static final int PAGE_MAX = 200;
    /** Calls that began in a window have ended so long after it. */
    private static final Duration SETTLED_AFTER = Duration.ofMinutes(1);
    /** What nobody tried for longer than this, because all nodes were down or a clock was wrong, is not tried any more. */
    private static final Duration LOOKED_BACK = Duration.ofHours(24);
    private static final Set<ConnectionEvent> SUSPENSIONS = EnumSet.of(ConnectionEvent.SUSPEND, ConnectionEvent.ANNOUNCE_SUSPENSION);

    @Inject
    private SignalStore store;
    @Inject
    private Incidents incidents;
    @Inject
    private Connections connections;
    @Inject
    private Procedures procedures;
    @Inject
    private Ledger ledger;
    @Inject
    private Clock clock;

    public List<String> rules() {
        return store.rules();
    }

    /** Tries a rule on the windows that have ended since it was tried last; how many signals that raised. 0 also while another node is at it. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public int watch(String code) {
        Instant settled = clock.instant().minus(SETTLED_AFTER);
        Instant hourBefore = settled.truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.HOURS);
        Optional<Instant> held = store.hold(code, hourBefore);
        if (held.isEmpty()) {
            return 0;
        }
        // A moment in the future was set under a clock that has been put back: what follows is tried again, and no signal is raised twice.
        Instant until = held.get().isAfter(settled) ? hourBefore : held.get();
        if (until.isBefore(settled.minus(LOOKED_BACK))) {
            until = settled.minus(LOOKED_BACK);
        }
        int raised = 0;
        for (Optional<SignalRule> rule = store.rule(code, until); rule.isPresent(); rule = store.rule(code, until)) {
            Instant start = rule.get().windowOf(until);
            Instant end = start.plus(rule.get().window());
            if (end.isAfter(settled)) {
                break;
            }
            if (rule.get().watches(start)) {
                raised += raise(rule.get(), start.minus(rule.get().patience()), end.minus(rule.get().patience()));
            }
            until = end;
        }
        store.tried(code, until);
        return raised;
    }

    private int raise(SignalRule rule, Instant start, Instant end) {
        List<Finding> findings = store.find(rule, start, end);
        for (Finding finding : findings) {
            Instant at = clock.instant();
            IncidentId incident = store.openIncident(rule, finding).orElseGet(() -> incidents.open(new NewIncident(IncidentSource.SIGNAL, rule.severity(),
                    Optional.of(finding.participant()), "%s, version %d: %s, %s to %s: %d seen in %d calls%s.".formatted(rule.code(), rule.version(), finding.subsystem().map(subsystem -> "subsystem " + subsystem).orElse("the participant"),
                            start, end, finding.seen(), finding.calls(), finding.before().map(before -> ", " + before + " before").orElse(""))), finding.contour(), Actor.SYSTEM).id());
            UUID id = UUID.randomUUID();
            store.add(id, rule, finding, start, rule.window(), incident, at);
            tell(store.find(id).orElseThrow(), SignalEvent.RAISE, Actor.SYSTEM);
        }
        return findings.size();
    }

    /** What an official may do about a signal now: the grounds for suspending the participant's connections. None of it is done by itself. */
    public List<SuspensionDraft> draft(SignalView signal) {
        List<SuspensionDraft> drafts = new ArrayList<>();
        if (signal.state() == SignalState.RAISED) {
            for (ConnectionView connection : connections.of(signal.participant(), signal.contour())) {
                Procedure procedure = procedures.inForce(connection.procedure(), clock.instant());
                for (Ground ground : procedure.grounds()) {
                    ConnectionEvent measure = ground.immediate() ? ConnectionEvent.SUSPEND : ConnectionEvent.ANNOUNCE_SUSPENSION;
                    if (ground.measure() == Measure.SUSPENSION && connection.state().on(measure).isPresent()) {
                        drafts.add(new SuspensionDraft(connection.id(), connection.procedure(), measure, ground.code()));
                    }
                }
            }
        }
        return drafts;
    }

    /** An official suspends a connection of the participant, or announces it, because of the signal; under the rules of every suspension. */
    public SignalView propose(SignalId id, Contour contour, ConnectionId connection, ConnectionChange suspension) {
        SignalView before = forChange(id, contour);
        SignalState after = after(before, SignalEvent.PROPOSE);
        if (!SUSPENSIONS.contains(suspension.event())) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "measure");
        }
        if (!connections.get(connection, contour).participant().equals(before.participant())) {
            throw Refusal.of(InputRefusal.NOT_FOUND, "connection");
        }
        ConnectionView suspended = connections.apply(connection, contour, suspension);
        store.addEvent(before, SignalEvent.PROPOSE, after, clock.instant(), suspension.by(), suspension.reason(), Optional.of(connection), Optional.of(suspended.events()));
        if (incidents.get(before.incident(), contour).state() == IncidentState.OPEN) {
            incidents.measure(before.incident(), contour, suspension.event() + ", " + suspension.ground().orElseThrow() + ": " + suspension.reason(), suspension.by());
        }
        return told(id, SignalEvent.PROPOSE, suspension.by());
    }

    /** An official finds that nothing is to be done; the incident stays for whoever works on it. */
    public SignalView dismiss(SignalId id, Contour contour, String reason, Actor by) {
        SignalView before = forChange(id, contour);
        store.addEvent(before, SignalEvent.DISMISS, after(before, SignalEvent.DISMISS), clock.instant(), by, Input.text(reason, "reason", 1000), Optional.empty(), Optional.empty());
        return told(id, SignalEvent.DISMISS, by);
    }

    private SignalView forChange(SignalId id, Contour contour) {
        return store.findForChange(id.value()).filter(found -> found.contour() == contour).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "signal"));
    }

    private static SignalState after(SignalView before, SignalEvent event) {
        return before.state().on(event).orElseThrow(() -> Refusal.of(InputRefusal.TRANSITION_NOT_ALLOWED, "event", before.state(), event));
    }

    private SignalView told(SignalId id, SignalEvent event, Actor by) {
        SignalView signal = store.find(id.value()).orElseThrow();
        tell(signal, event, by);
        return signal;
    }

    /** A signal is a suspicion, and the ledger is open to everybody: whom it is about, and numbers by which that could be found out, stand in it as keyed hashes. */
    private void tell(SignalView signal, SignalEvent event, Actor by) {
        ledger.record(LedgerEvent.of("access.signal_changed", 2, signal.contour(), "signal", signal.id().value(), signal.since()).with("event", event)
                .with("state", signal.state()).with("actor", by.account()).with("actorRole", by.role())
                .personal("participant", signal.participant().value()).personal("subsystem", signal.subsystem().map(SubsystemId::value)).personal("rule", signal.rule())
                .personal("ruleVersion", signal.ruleVersion()).personal("windowStart", signal.windowStart()).personal("windowEnd", signal.windowEnd()).personal("seen", signal.seen())
                .personal("calls", signal.calls()).personal("before", signal.before()).personal("incident", signal.incident().value())
                .personal("connection", signal.connection().map(ConnectionId::value)).personal("reason", signal.reason()));
    }

    public SignalView get(SignalId id, Contour contour) {
        return store.find(id.value()).filter(found -> found.contour() == contour).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "signal"));
    }

    /** The newest first; {@code before} is the last number of the page that was read. */
    public List<SignalView> list(Contour contour, Optional<SignalState> state, Optional<Long> before, int limit) {
        return store.list(contour, state, before.orElse(Long.MAX_VALUE), Math.max(1, Math.min(limit, PAGE_MAX)));
    }
}
