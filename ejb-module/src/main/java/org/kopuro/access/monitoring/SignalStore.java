package org.kopuro.access.monitoring;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.duties.IncidentId;
import org.kopuro.access.duties.IncidentSeverity;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.SubsystemId;

/** Rules, what they find in a window, and signals. The database changes a signal when an event of it is added, and in no other way. */
@Dependent
class SignalStore {

    private static final String SELECT = """
            select s.*, r.kind, r.severity, e.reason, e.connection_id
              from access.signal s join access.signal_rule r on r.code = s.rule_code and r.version = s.rule_version
              join access.signal_event e on e.signal_id = s.id and e.number = s.events
            """;

    private static final String EXCESSIVE_LOAD = """
            select contour, participant_id, subsystem_id, limited seen, calls, null::integer before
              from (select contour, participant_id, subsystem_id, count(*) filter (where outcome = 'RATE_LIMITED') limited, count(*) calls from called
                     group by contour, participant_id, subsystem_id) c
             where limited >= ?
            """;

    /** A run ends where the next larger number lies more than a step above; in which order they were asked for does not matter. */
    private static final String SEQUENTIAL_IDENTIFIERS = """
            select l.contour, l.participant_id, l.subsystem_id, l.seen,
                   (select count(*) from called c where c.contour = l.contour and c.subsystem_id = l.subsystem_id) calls, null::integer before
              from (select contour, participant_id, subsystem_id, max(length) seen
                      from (select contour, participant_id, subsystem_id, run, count(*) length
                              from (select contour, participant_id, subsystem_id, sum(begins) over (partition by contour, subsystem_id order by n) run
                                      from (select contour, participant_id, subsystem_id, n,
                                                   case when n - lag(n) over (partition by contour, subsystem_id order by n) <= ? then 0 else 1 end begins
                                              from (select distinct contour, participant_id, subsystem_id, asked_inn::text::bigint n from called where asked_inn is not null) asked) b) r
                             group by contour, participant_id, subsystem_id, run) runs
                     group by contour, participant_id, subsystem_id) l
             where l.seen >= ?
            """;

    /** The days before come from what was counted by hours, which is cheap to read. Whoever did not call before was refused nothing; calls at what was switched off say nothing of who calls. */
    private static final String REFUSAL_SHARE = """
            select contour, participant_id, subsystem_id, share seen, calls, before
              from (select c.*, 100 * c.refused / c.calls share,
                           coalesce((select 100 * sum(u.calls) filter (where u.outcome <> 'DISCLOSED') / sum(u.calls) from access.service_use u
                                      where u.contour = c.contour and u.subsystem_id = c.subsystem_id and u.hour >= ?::timestamptz - interval '7 days'
                                        and u.hour < date_trunc('hour', ?::timestamptz, 'UTC') and u.outcome <> all (?)), 0)::integer before
                      from (select contour, participant_id, subsystem_id, count(*) calls, count(*) filter (where outcome <> 'DISCLOSED') refused from called where outcome <> all (?)
                             group by contour, participant_id, subsystem_id having count(*) >= ?) c) s
             where share - before >= ?
            """;

    private static final String NIGHT_READS = """
            select contour, participant_id, subsystem_id, count(distinct asked_inn) seen, count(*) calls, null::integer before from called
             group by contour, participant_id, subsystem_id having count(distinct asked_inn) >= ?
            """;

    /**
     * Borrowers whom a bank's applications showed it and of whom nothing is decided by now; the others of the window are counted only where that is worth it. A borrower who was changed for another one is
     * one of them, in the window in which the bank was shown him: what is decided later is decided of the other.
     */
    private static final String NO_BUSINESS_EVENT = """
            select contour, participant_id, null::uuid subsystem_id, undecided seen, calls, null::integer before
              from (select c.contour, c.participant_id, count(*) undecided,
                           (select count(*) from loans.loan a join loans.loan_version v on v.loan_id = a.id and v.version = 1
                             where a.contour = c.contour and a.bank_id = c.participant_id and a.created_at >= ? and a.created_at < ?
                               and (v.card -> 'events' @> '["FORM"]' or exists (select from loans.changed_borrower b where b.loan_id = a.id)))
                           + count(*) filter (where c.changed) calls
                      from called c group by c.contour, c.participant_id having count(*) >= ?) u
             where 100 * undecided >= ? * calls
            """;

    private static final String CALLS = "select * from consent.usage where at >= ? and at < ?";
    private static final String UNDECIDED = """
            select l.contour, l.bank_id participant_id, false changed from loans.loan l
             where l.created_at >= ? and l.created_at < ? and l.decided_on is null and not exists (select from loans.loan r where r.replaces = l.id)
            union all
            select c.contour, l.bank_id, true from loans.changed_borrower c join loans.loan l on l.id = c.loan_id where c.shown_at >= ? and c.shown_at < ?""";

    @Inject
    private Sql sql;

    List<String> rules() {
        return sql.list("select distinct code from access.signal_rule order by code", row -> row.text("code"));
    }

    /** The version that holds at a moment. */
    Optional<SignalRule> rule(String code, Instant at) {
        return sql.first("select * from access.signal_rule where code = ? and effective_from <= ? order by effective_from desc limit 1", SignalStore::rule, code, at);
    }

    /** Until when a rule has been tried, {@code first} if it never was; empty while another node is trying it. */
    Optional<Instant> hold(String rule, Instant first) {
        Optional<Instant> held = held(rule);
        // Only where there is no row: the insertion would wait for whoever holds it.
        if (held.isEmpty() && !sql.exists("select 1 from access.signal_watch where rule_code = ?", rule)) {
            sql.update("insert into access.signal_watch (rule_code, tried_until) values (?, ?) on conflict on constraint signal_watch_pk do nothing", rule, first);
            held = held(rule);
        }
        return held;
    }

    private Optional<Instant> held(String rule) {
        return sql.first("select tried_until from access.signal_watch where rule_code = ? for update skip locked", row -> row.instant("tried_until"), rule);
    }

    void tried(String rule, Instant until) {
        sql.update("update access.signal_watch set tried_until = ? where rule_code = ?", until, rule);
    }

    /** Of whom the rule has no signal of this window yet. */
    List<Finding> find(SignalRule rule, Instant start, Instant end) {
        Object[] numbers = switch (rule.kind()) {
            case EXCESSIVE_LOAD, NIGHT_READS -> new Object[] {rule.atLeast()};
            case SEQUENTIAL_IDENTIFIERS -> new Object[] {rule.step().orElseThrow(), rule.atLeast()};
            case REFUSAL_SHARE -> new Object[] {start, start, Uses.SWITCHED_OFF, Uses.SWITCHED_OFF, rule.atLeast(), rule.percent().orElseThrow()};
            case NO_BUSINESS_EVENT -> new Object[] {start, end, rule.atLeast(), rule.percent().orElseThrow()};
        };
        String found = switch (rule.kind()) {
            case EXCESSIVE_LOAD -> EXCESSIVE_LOAD;
            case SEQUENTIAL_IDENTIFIERS -> SEQUENTIAL_IDENTIFIERS;
            case REFUSAL_SHARE -> REFUSAL_SHARE;
            case NIGHT_READS -> NIGHT_READS;
            case NO_BUSINESS_EVENT -> NO_BUSINESS_EVENT;
        };
        boolean undecided = rule.kind() == SignalKind.NO_BUSINESS_EVENT;
        List<Object> parameters = new ArrayList<>(undecided ? List.of(start, end, start, end) : List.of(start, end));
        parameters.addAll(List.of(numbers));
        parameters.addAll(List.of(rule.code(), start));
        return sql.list("with called as (" + (undecided ? UNDECIDED : CALLS) + "), found as (" + found + """
                )
                select * from found f
                 where not exists (select from access.signal s where s.rule_code = ? and s.window_start = ? and s.contour = f.contour and s.participant_id = f.participant_id
                                        and s.subsystem_id is not distinct from f.subsystem_id)
                 order by contour, participant_id, subsystem_id""", SignalStore::finding, parameters.toArray());
    }

    /** The incident that earlier signals of a rule about a subsystem have opened, while it is open. */
    Optional<IncidentId> openIncident(SignalRule rule, Finding finding) {
        return sql.first("""
                select s.incident_id from access.signal s join access.incident i on i.id = s.incident_id
                 where s.rule_code = ? and s.contour = ? and s.participant_id = ? and s.subsystem_id is not distinct from ?::uuid and i.state = 'OPEN' order by s.number desc limit 1""",
                row -> new IncidentId(row.uuid("incident_id")), rule.code(), finding.contour(), finding.participant().value(), finding.subsystem());
    }

    void add(UUID id, SignalRule rule, Finding finding, Instant start, Duration window, IncidentId incident, Instant at) {
        sql.update("""
                insert into access.signal (id, contour, participant_id, subsystem_id, rule_code, rule_version, window_start, window_end, seen, calls, before, incident_id, state,
                                           since, events, raised_at)
                values (?, ?, ?, ?::uuid, ?, ?, ?, ?, ?, ?, ?, ?, 'RAISED', ?, 1, ?)""", id, finding.contour(), finding.participant(), finding.subsystem(), rule.code(), rule.version(),
                start, start.plus(window), finding.seen(), finding.calls(), finding.before(), incident, at, at);
        addEvent(id, finding.contour(), 1, "NONE", SignalEvent.RAISE, SignalState.RAISED, at, Actor.SYSTEM, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** @param from as it was read under the lock of this transaction */
    void addEvent(SignalView from, SignalEvent event, SignalState to, Instant at, Actor by, String reason, Optional<ConnectionId> connection, Optional<Integer> connectionEvent) {
        addEvent(from.id().value(), from.contour(), from.events() + 1, from.state().name(), event, to, at, by, Optional.of(reason), connection, connectionEvent);
    }

    private void addEvent(UUID id, Contour contour, int number, String from, SignalEvent event, SignalState to, Instant at, Actor by, Optional<String> reason,
            Optional<ConnectionId> connection, Optional<Integer> connectionEvent) {
        sql.update("""
                insert into access.signal_event (signal_id, contour, number, from_state, event, to_state, at, actor, actor_role, reason, connection_id, connection_event)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", id, contour, number, from, event, to, at, by.account(), by.role(), reason, connection, connectionEvent);
    }

    Optional<SignalView> find(UUID id) {
        return sql.first(SELECT + "where s.id = ?", SignalStore::signal, id);
    }

    /** Locked until the end of the transaction: of two events of one signal the second finds what the first left. */
    Optional<SignalView> findForChange(UUID id) {
        sql.first("select 1 from access.signal where id = ? for update", row -> true, id);
        return find(id);
    }

    List<SignalView> list(Contour contour, Optional<SignalState> state, long before, int limit) {
        return sql.list(SELECT + "where s.contour = ? and s.state = coalesce(?, s.state) and s.number < ? order by s.number desc limit ?", SignalStore::signal, contour, state, before,
                limit);
    }

    private static SignalView signal(Row row) {
        return new SignalView(new SignalId(row.uuid("id")), row.large("number"), row.as(Contour.class, "contour"), new ParticipantId(row.uuid("participant_id")),
                row.maybe("subsystem_id", row::uuid).map(SubsystemId::new), row.text("rule_code"), row.number("rule_version"), row.as(SignalKind.class, "kind"),
                row.as(IncidentSeverity.class, "severity"), row.instant("window_start"), row.instant("window_end"), row.number("seen"), row.number("calls"),
                row.maybe("before", row::number), new IncidentId(row.uuid("incident_id")), row.as(SignalState.class, "state"), row.instant("raised_at"), row.instant("since"),
                row.number("events"), row.maybe("reason", row::text), row.maybe("connection_id", row::uuid).map(ConnectionId::new));
    }

    private static Finding finding(Row row) {
        return new Finding(row.as(Contour.class, "contour"), new ParticipantId(row.uuid("participant_id")), row.maybe("subsystem_id", row::uuid), row.number("seen"), row.number("calls"),
                row.maybe("before", row::number));
    }

    private static SignalRule rule(Row row) {
        return new SignalRule(row.text("code"), row.number("version"), row.as(SignalKind.class, "kind"), row.flag("enabled"), row.as(IncidentSeverity.class, "severity"),
                Duration.ofMinutes(row.number("window_minutes")), row.number("at_least"), row.maybe("step", row::number), row.maybe("percent", row::number),
                row.maybe("from_hour", row::number), row.maybe("to_hour", row::number), row.maybe("within_days", row::number));
    }
}
