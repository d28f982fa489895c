package org.kopuro.access.monitoring;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ConnectionChange;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.ConnectionState;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.duties.IncidentSource;
import org.kopuro.access.duties.IncidentState;
import org.kopuro.access.duties.IncidentView;
import org.kopuro.access.duties.Incidents;
import org.kopuro.exchange.Answer;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/**
 * Rules look at what was called in a window and raise signals; people judge them (ACC-97). Each test has a rule of its own and an hour of its own, so that it finds
 * nobody else's calls.
 */
class WatchingUseIT {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Beginning of the watched hour: noon of some working week of 2026. */
    private final Instant hour = Instant.parse("2026-04-06T06:00:00Z").plus(Duration.ofDays(7 * RANDOM.nextInt(20) + RANDOM.nextInt(3))).plus(Duration.ofHours(RANDOM.nextInt(6)));
    private final TestApplication node = new TestApplication("TEST,PRODUCTION", hour);
    private final Scene scene = new Scene(Contour.TEST, node);
    private final String rule = "RULE_" + UUID.randomUUID().toString().replaceAll("[^a-z]", "").toUpperCase(java.util.Locale.ROOT);

    @ParameterizedTest(name = "step {0}: {1} is a run of {2}")
    @CsvSource({
        "1, 1 2 3 4 5, 5",
        "1, 5 3 1 4 2, 5",
        "1, 1 1 2 2 3 3 4 4 5 5, 5",
        "1, 1 2 3 4, 0",
        "1, 1 2 3 4 6 7 8 9, 0",
        "1, 10 20 30 40 50 60, 0",
        "1, 1 2 3 4 5 6 8 9, 6",
        "10, 10 20 30 40 50 60, 6",
        "9, 10 20 30 40 50 60, 0"})
    void identifiersInSequenceAreSeenInWhateverOrderTheyWereAsked(int step, String numbers, int seen) {
        rule("SEQUENTIAL_IDENTIFIERS", 5, step, null, null, null);
        for (String number : numbers.split(" ")) {
            called("DISCLOSED", "230021980%05d".formatted(50_000 + Integer.parseInt(number)), hour.plusSeconds(10));
        }
        assertEquals(seen == 0 ? List.of() : List.of(seen), look());
    }

    @Test
    void twoSubsystemsMakeNoSequenceTogether() {
        rule("SEQUENTIAL_IDENTIFIERS", 4, 1, null, null, null);
        UUID other = scene.addSubsystem("other").id().value();
        for (int i = 0; i < 10; i++) {
            called(i % 2 == 0 ? scene.subsystem.id().value() : other, "DISCLOSED", "230021980%05d".formatted(i), hour);
        }
        assertEquals(List.of(), look());
    }

    @ParameterizedTest(name = "{0} limited calls of {1}: {2}")
    @CsvSource({"3, 3, true", "2, 10, false", "3, 100, true", "0, 100, false"})
    void aLimitReachedAgainAndAgainIsExcessiveLoad(int limited, int calls, boolean seen) {
        rule("EXCESSIVE_LOAD", 3, null, null, null, null);
        for (int i = 0; i < calls; i++) {
            called(i < limited ? "RATE_LIMITED" : "DISCLOSED", null, hour.plusSeconds(i));
        }
        assertEquals(seen ? List.of(limited) : List.of(), look());
        assertEquals(seen ? List.of(String.valueOf(calls)) : List.of(), Rows.of("select calls from access.signal where rule_code = ?", rule));
    }

    @ParameterizedTest(name = "before {0} of {1}, now {2} of {3}: {4}")
    @CsvSource({"0, 0, 4, 10, 40", "1, 10, 4, 10, 40", "2, 10, 4, 10, ", "0, 0, 2, 10, ", "0, 0, 4, 9, ", "5, 10, 8, 10, 80"})
    void theShareOfRefusalsIsComparedWithTheWeekBefore(int refusedBefore, int before, int refused, int calls, Integer seen) {
        rule("REFUSAL_SHARE", 10, null, 30, null, null);
        counted("CONSENT_REQUIRED", refusedBefore, hour.minus(Duration.ofDays(6)));
        counted("DISCLOSED", before - refusedBefore, hour.minus(Duration.ofHours(1)));
        counted("CONSENT_REQUIRED", 1000, hour.minus(Duration.ofDays(8)));
        for (int i = 0; i < calls; i++) {
            called(i < refused ? "CONSENT_REQUIRED" : "DISCLOSED", null, hour.plusSeconds(i));
        }
        assertEquals(seen == null ? List.of() : List.of(seen), look());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10})
    void callsAtWhatIsSwitchedOffMakeNoSuspect(int others) {
        rule("REFUSAL_SHARE", 10, null, 30, null, null);
        for (String switchedOff : Uses.SWITCHED_OFF) {
            counted(switchedOff, 1000, hour.minus(Duration.ofHours(1)));
            for (int i = 0; i < 20; i++) {
                called(switchedOff, null, hour.plusSeconds(i));
            }
        }
        for (int i = 0; i < others; i++) {
            called(i < 4 ? "CONSENT_REQUIRED" : "DISCLOSED", null, hour.plusSeconds(i));
        }
        assertEquals(others == 0 ? List.of() : List.of(40), look(), "the share is one of the other calls, now and before");
    }

    @ParameterizedTest(name = "{0} taxpayers, night {1} to {2} around the hour: {3}")
    @CsvSource({"3, 0, 1, true", "2, 0, 1, false", "3, 1, 2, false", "3, -1, 0, false", "3, -1, 1, true"})
    void bulkReadsCountAtNightOnly(int taxpayers, int from, int to, boolean seen) {
        int now = hour.atZone(org.kopuro.installation.Installation.ZONE).getHour();
        rule("NIGHT_READS", 3, null, null, now + from, now + to);
        for (int i = 0; i < taxpayers; i++) {
            called("DISCLOSED", "2300219800000" + i, hour);
            called("DISCLOSED", "2300219800000" + i, hour.plusSeconds(60));
        }
        assertEquals(seen ? List.of(taxpayers) : List.of(), look());
    }

    @Test
    void aWindowIsTriedOnceItHasSettledAndEndsWhereTheNextBegins() {
        rule("EXCESSIVE_LOAD", 2, null, null, null, null);
        called("RATE_LIMITED", null, hour.minusMillis(1));
        called("RATE_LIMITED", null, hour);
        called("RATE_LIMITED", null, hour.plusSeconds(3600));
        assertEquals(List.of(), look());
        called("RATE_LIMITED", null, hour.plusSeconds(3599));
        node.clock().set(hour.plusSeconds(3600 + 59));
        assertEquals(0, watch(node));
        node.clock().set(hour.minus(Duration.ofDays(1)));
        assertEquals(0, watch(node));
        // The clock was put back: what was tried already is tried again, and what was missed is found.
        assertEquals(List.of(2), look());
    }

    @Test
    void aSignalIsRaisedOncePerWindowHoweverOftenAndWhereverARuleIsTried() throws Exception {
        rule("EXCESSIVE_LOAD", 1, null, null, null, null);
        called("RATE_LIMITED", null, hour);
        TestApplication other = new TestApplication("TEST,PRODUCTION", settled());
        node.clock().set(settled());
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            List<Callable<Integer>> both = List.of(() -> watch(node), () -> watch(other));
            for (Future<Integer> one : nodes.invokeAll(both)) {
                one.get();
            }
        } finally {
            nodes.shutdown();
        }
        assertEquals(1, own().size());
        Rows.change("update access.signal_watch set tried_until = ? where rule_code = ?", hour.minusSeconds(7200).atOffset(java.time.ZoneOffset.UTC), rule);
        // What others have done in those hours is tried with it.
        watch(node);
        assertEquals(1, own().size());
    }

    @Test
    void whileOneNodeTriesARuleTheOtherPassesBy() {
        rule("EXCESSIVE_LOAD", 1, null, null, null, null);
        called("RATE_LIMITED", null, hour);
        node.clock().set(settled());
        watch(node);
        called("RATE_LIMITED", null, hour.plusSeconds(3600));
        node.clock().advance(Duration.ofHours(1));
        TestApplication.Open<Integer> open = node.begin(Signals.class, signals -> signals.watch(rule));
        assertEquals(1, open.result());
        assertEquals(0, watch(new TestApplication("TEST,PRODUCTION", node.clock().instant())));
        open.commit();
        assertEquals(2, own().size());
    }

    @Test
    void aRuleChangesByItsNextVersionAndStopsByOne() {
        rule("EXCESSIVE_LOAD", 5, null, null, null, null);
        version(2, hour, true, 1);
        version(3, hour.plusSeconds(3600), false, 1);
        called("RATE_LIMITED", null, hour);
        called("RATE_LIMITED", null, hour.plusSeconds(3600));
        node.clock().set(hour.minusSeconds(1));
        watch(node);
        node.clock().set(settled().plusSeconds(3600));
        watch(node);
        assertEquals(List.of(2), own().stream().map(SignalView::ruleVersion).toList());
        assertThrows(IllegalStateException.class, () -> Rows.change("update access.signal_rule set at_least = 7 where code = ?", rule));
    }

    @Test
    void aSignalOpensAnIncidentAndTheNextOneFindsItOpen() {
        rule("EXCESSIVE_LOAD", 1, null, null, null, null);
        called("RATE_LIMITED", null, hour);
        called("RATE_LIMITED", null, hour.plusSeconds(3600));
        called("RATE_LIMITED", null, hour.plusSeconds(7200));
        look();
        IncidentView incident = incident(own().get(0));
        assertEquals(List.of(IncidentSource.SIGNAL, IncidentState.OPEN, Optional.of(scene.participant.id())), List.of(incident.source(), incident.state(), incident.participant()));
        node.clock().advance(Duration.ofHours(1));
        watch(node);
        assertEquals(incident.id(), own().get(0).incident());
        node.run(Incidents.class, incidents -> incidents.close(incident.id(), Contour.TEST, "over", Scene.OFFICIAL));
        node.clock().advance(Duration.ofHours(1));
        watch(node);
        assertEquals(3, own().size());
        assertEquals(false, incident.id().equals(own().get(0).incident()));
    }

    /** Whatever is found, the connection is as it was and the next call is answered: only a person suspends. */
    @Test
    void noSignalAloneChangesAConnection() {
        ConnectionView before = scene.connection();
        rule("EXCESSIVE_LOAD", 1, null, null, null, null);
        for (int i = 0; i < 24; i++) {
            called("RATE_LIMITED", "230021980%05d".formatted(i), hour.plusSeconds(3600L * i));
        }
        node.clock().set(hour.plus(Duration.ofHours(1)));
        watch(node);
        node.clock().set(hour.plus(Duration.ofHours(25)));
        watch(node);
        assertEquals(24, own().size());
        assertEquals(before, scene.connection());
        assertEquals(List.of("1"), Rows.of("select count(*) from access.connection_event where connection_id = ?", before.id().value()));
        assertInstanceOf(Answer.Disclosed.class, node.with(TaxServices.class,
                services -> services.tpDataByINNforBusinessActivity(scene.call("tpDataByINNforBusinessActivity", null), scene.inn.digits())));
    }

    @Test
    void anOfficialSuspendsBecauseOfASignalUnderTheRulesOfEverySuspension() {
        SignalView signal = raised();
        SuspensionDraft draft = node.with(Signals.class, signals -> signals.draft(signal)).get(0);
        assertEquals(new SuspensionDraft(scene.connection().id(), Scene.PROCEDURE, ConnectionEvent.SUSPEND, "INCIDENT"), draft);
        assertRefused(AccessRefusal.GROUND_NOT_LISTED, () -> propose(signal, draft.connection(), suspension("BECAUSE")));
        assertRefused(InputRefusal.NOT_FOUND, () -> propose(signal, new Scene(Contour.TEST, node).connection().id(), suspension("INCIDENT")));
        assertRefused(InputRefusal.FIELD_INVALID, () -> propose(signal, draft.connection(), new ConnectionChange(ConnectionEvent.LIQUIDATE, Scene.OFFICIAL, Optional.of("INCIDENT"),
                "in a test", Optional.empty())));
        assertEquals(ConnectionState.CONNECTED, scene.connection().state());
        SignalView taken = propose(signal, draft.connection(), suspension("INCIDENT"));
        assertEquals(List.of(SignalState.TAKEN_UP, Optional.of(draft.connection()), Optional.of("in a test")), List.of(taken.state(), taken.connection(), taken.reason()));
        assertEquals(ConnectionState.SUSPENDED, scene.connection().state());
        assertEquals(List.of("SUSPEND, INCIDENT: in a test"), incident(signal).measures());
        assertEquals(List.of(), node.with(Signals.class, signals -> signals.draft(taken)));
        assertEquals(List.of("RAISE", "PROPOSE"), Rows.of("""
                select content::jsonb -> 'data' ->> 'event' from ledger.entry where record_id = ? order by number""", signal.id().value()));
    }

    @ParameterizedTest
    @EnumSource(SignalState.class)
    void everyPairOfStateAndEventFollowsTheTable(SignalState state) {
        SignalView signal = raised();
        if (state == SignalState.TAKEN_UP) {
            propose(signal, scene.connection().id(), suspension("INCIDENT"));
            scene.apply(ConnectionEvent.RESTORE);
        } else if (state == SignalState.DISMISSED) {
            dismiss(signal);
        }
        Executable proposing = () -> propose(signal, scene.connection().id(), suspension("INCIDENT"));
        Executable dismissing = () -> dismiss(signal);
        if (state == SignalState.RAISED) {
            assertDoesNotThrow(dismissing);
        } else {
            assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, proposing);
            assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, dismissing);
            assertEquals(ConnectionState.CONNECTED, scene.connection().state());
        }
    }

    @Test
    void twoOfficialsAtOnceDoOneThing() {
        SignalView signal = raised();
        TestApplication.Open<SignalView> first = node.begin(Signals.class, signals -> signals.dismiss(signal.id(), Contour.TEST, "nothing", Scene.OFFICIAL));
        ExecutorService second = Executors.newSingleThreadExecutor();
        try {
            Future<SignalView> late = second.submit(() -> propose(signal, scene.connection().id(), suspension("INCIDENT")));
            first.commit();
            assertInstanceOf(Refusal.class, assertThrows(java.util.concurrent.ExecutionException.class, late::get).getCause());
        } finally {
            second.shutdown();
        }
        assertEquals(ConnectionState.CONNECTED, scene.connection().state());
    }

    @Test
    void theOtherContoursOfficialsSeeNothing() {
        SignalView signal = raised();
        assertRefused(InputRefusal.NOT_FOUND, () -> node.with(Signals.class, signals -> signals.get(signal.id(), Contour.PRODUCTION)));
        assertRefused(InputRefusal.NOT_FOUND, () -> node.with(Signals.class, signals -> signals.dismiss(signal.id(), Contour.PRODUCTION, "x", Scene.OFFICIAL)));
    }

    /** The database, too, takes no suspension for a person's that is not one. */
    @Test
    void theDatabaseWantsAPersonsOwnSuspensionBehindAProposal() {
        SignalView signal = raised();
        String row = "insert into access.signal_event values (?, 'TEST', 2, 'RAISED', '%s', '%s', now(), ?::uuid, ?, %s, %s, %s)";
        String connection = "'" + scene.connection().id().value() + "'";
        UUID official = Scene.OFFICIAL.account().orElseThrow();
        assertBroken("signal_event_actor_check", row.formatted("DISMISS", "DISMISSED", "'x'", "null", "null"), signal.id().value(), null, "SYSTEM");
        assertBroken("signal_event_measure_check", row.formatted("PROPOSE", "TAKEN_UP", "'x'", "null", "null"), signal.id().value(), official, "OPERATOR");
        assertBroken("signal_event_suspension", row.formatted("PROPOSE", "TAKEN_UP", "'x'", connection, "1"), signal.id().value(), official, "OPERATOR");
        assertBroken("signal_event_transition_fk", row.formatted("DISMISS", "TAKEN_UP", "'x'", "null", "null"), signal.id().value(), official, "OPERATOR");
        scene.apply(ConnectionEvent.SUSPEND);
        assertBroken("signal_event_suspension", row.formatted("PROPOSE", "TAKEN_UP", "'x'", connection, "2"), signal.id().value(), Scene.APPROVER.account().orElseThrow(), "APPROVER");
        assertThrows(IllegalStateException.class, () -> Rows.change("update access.signal set state = 'TAKEN_UP' where id = ?", signal.id().value()));
        assertEquals(List.of("NONE RAISE RAISED", "RAISED DISMISS DISMISSED", "RAISED PROPOSE TAKEN_UP"),
                Rows.of("select concat_ws(' ', from_state, event, to_state) from access.signal_transition order by 1"));
    }

    @Test
    void allSeededRulesCanBeTried() {
        assertEquals(true, node.with(Signals.class, Signals::rules).containsAll(List.of("EXCESSIVE_LOAD", "NIGHT_READS", "NO_BUSINESS_EVENT", "REFUSAL_SHARE", "SEQUENTIAL_IDENTIFIERS")));
        node.run(MonitoringRound.class, MonitoringRound::watch);
    }

    private SignalView raised() {
        rule("EXCESSIVE_LOAD", 1, null, null, null, null);
        called("RATE_LIMITED", null, hour);
        look();
        return own().get(0);
    }

    private static void assertBroken(String constraint, String sql, Object... parameters) {
        IllegalStateException broken = assertThrows(IllegalStateException.class, () -> Rows.change(sql, parameters));
        assertEquals(Optional.of(constraint), org.kopuro.installation.BrokenConstraint.in(broken));
    }

    private static ConnectionChange suspension(String ground) {
        return new ConnectionChange(ConnectionEvent.SUSPEND, Scene.OFFICIAL, Optional.of(ground), "in a test", Optional.empty());
    }

    private SignalView propose(SignalView signal, ConnectionId connection, ConnectionChange suspension) {
        return node.with(Signals.class, signals -> signals.propose(signal.id(), Contour.TEST, connection, suspension));
    }

    private SignalView dismiss(SignalView signal) {
        return node.with(Signals.class, signals -> signals.dismiss(signal.id(), Contour.TEST, "nothing to do", Scene.OFFICIAL));
    }

    private IncidentView incident(SignalView signal) {
        return node.with(Incidents.class, incidents -> incidents.get(signal.incident(), Contour.TEST));
    }

    private static void assertRefused(RefusalCode code, Executable work) {
        assertEquals(code, assertThrows(Refusal.class, work).code());
    }

    private Instant settled() {
        return hour.plusSeconds(3660);
    }

    /** Tries the rule after the hour; what it found of the scene's subsystem. */
    private List<Integer> look() {
        node.clock().set(settled());
        watch(node);
        return own().stream().map(SignalView::seen).toList();
    }

    private int watch(TestApplication on) {
        return on.with(Signals.class, signals -> signals.watch(rule));
    }

    /** The newest first. */
    private List<SignalView> own() {
        List<SignalView> own = new ArrayList<>();
        for (String id : Rows.of("select id from access.signal where rule_code = ? and participant_id = ? order by number desc", rule, scene.participant.id().value())) {
            own.add(node.with(Signals.class, signals -> signals.get(new SignalId(UUID.fromString(id)), Contour.TEST)));
        }
        return own;
    }

    private void rule(String kind, int atLeast, Integer step, Integer percent, Integer from, Integer to) {
        Rows.change("""
                insert into access.signal_rule (code, version, kind, effective_from, enabled, severity, window_minutes, at_least, step, percent, from_hour, to_hour)
                values (?, 1, ?, '2026-01-01', true, 'LOW', 60, ?, ?, ?, ?, ?)""", rule, kind, atLeast, step, percent, from, to);
    }

    private void version(int number, Instant from, boolean enabled, int atLeast) {
        Rows.change("""
                insert into access.signal_rule (code, version, kind, effective_from, enabled, severity, window_minutes, at_least)
                values (?, ?, 'EXCESSIVE_LOAD', ?, ?, 'LOW', 60, ?)""", rule, number, from.atOffset(java.time.ZoneOffset.UTC), enabled, atLeast);
    }

    private void called(String outcome, String inn, Instant at) {
        called(scene.subsystem.id().value(), outcome, inn, at);
    }

    private void called(UUID subsystem, String outcome, String inn, Instant at) {
        Rows.change("""
                insert into consent.usage (occurrence, at, contour, participant_id, subsystem_id, service_code, message_id, consent_kind, asked_inn, outcome, records)
                values (gen_random_uuid(), ?, 'TEST', ?, ?, 'headcount', 'x', 'NONE', ?, ?, 0)""", at.atOffset(java.time.ZoneOffset.UTC), scene.participant.id().value(), subsystem, inn,
                outcome);
    }

    private void counted(String outcome, int calls, Instant at) {
        if (calls > 0) {
            Rows.change("""
                    insert into access.service_use (contour, participant_id, subsystem_id, hour, service_code, outcome, calls, latency_ms, latency_ms_max, within_100_ms, within_300_ms,
                                                    within_1_s, within_3_s, octets_in, octets_out)
                    values ('TEST', ?, ?, ?, 'headcount', ?, ?, 0, 0, 0, 0, 0, 0, 0, 0)""", scene.participant.id().value(), scene.subsystem.id().value(),
                    at.atOffset(java.time.ZoneOffset.UTC), outcome, calls);
        }
    }
}
