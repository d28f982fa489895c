package org.kopuro.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.access.duties.IncidentId;
import org.kopuro.access.duties.IncidentSeverity;
import org.kopuro.access.duties.IncidentSource;
import org.kopuro.access.duties.Incidents;
import org.kopuro.access.duties.NewIncident;
import org.kopuro.access.duties.ReportKind;
import org.kopuro.access.requests.DueDates;
import org.kopuro.access.requests.ProposalView;
import org.kopuro.access.requests.Proposals;
import org.kopuro.access.requests.RequestRefusal;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.ledger.EntryView;
import org.kopuro.ledger.Receipts;
import org.kopuro.participants.ParticipantId;
import org.kopuro.registers.RegisterRows;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestDatabase;

/** A connection changes as the procedure and the table allow, and in no other way: ACC-65, ACC-110. */
class ConnectionLifeIT {

    private static final String PLATFORM = "RU-422-696";
    private final Scene scene = new Scene();

    static Stream<Arguments> pairs() {
        return Stream.of(ConnectionState.values()).flatMap(state -> Stream.of(ConnectionEvent.values()).map(event -> Arguments.of(state, event)));
    }

    @Test
    void theDatabaseHoldsTheSameTable() {
        Set<String> java = new HashSet<>(Set.of("NONE CONNECT CONNECTED"));
        for (ConnectionState state : ConnectionState.values()) {
            for (ConnectionEvent event : ConnectionEvent.values()) {
                state.on(event).ifPresent(next -> java.add(state + " " + event + " " + next));
            }
        }
        assertEquals(java, new HashSet<>(Rows.of("select from_state || ' ' || event || ' ' || to_state from access.connection_transition")));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("pairs")
    void anEventThatTheStateDoesNotAllowIsRefusedAndChangesNothing(ConnectionState state, ConnectionEvent event) throws SQLException {
        boolean platform = EnumSet.of(ConnectionEvent.ANNOUNCE_SUSPENSION, ConnectionEvent.SUSPENSION_DUE, ConnectionEvent.FORCE_DISCONNECTION).contains(event);
        ConnectionView connection = platform ? scene.connect(Contour.TEST, PLATFORM) : scene.connection();
        reach(connection, state);
        scene.application.clock().advance(Duration.ofDays(60));
        ConnectionChange change = Scene.change(event);
        ConnectionChange complete = switch (event) {
            case ANNOUNCE_SUSPENSION -> change.on("OFF_PURPOSE").from(scene.today().plusDays(20));
            case SUSPEND -> change.on("INCIDENT");
            case ANNOUNCE_TERMINATION -> change.on("DUTIES_NOT_PERFORMED").from(scene.today().plusDays(20));
            case FORCE_DISCONNECTION -> change.on("BREACH");
            case DATE_MOVED -> change.from(scene.today().plusDays(20));
            default -> change;
        };
        Optional<ConnectionState> next = state.on(event);
        if (next.isPresent()) {
            apply(connection, complete);
        } else {
            assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> apply(connection, complete));
        }
        assertEquals(next.orElse(state), read(connection).state());
    }

    @Test
    void anotherConnectionBeginsAfterTheEndOfTheFormerAndNotBefore() {
        assertRefused(AccessRefusal.ALREADY_CONNECTED, () -> scene.connect(Contour.TEST, Scene.PROCEDURE));
        ConnectionView former = scene.apply(ConnectionEvent.DISCONNECT);
        ConnectionView next = scene.connect(Contour.TEST, Scene.PROCEDURE);
        assertTrue(!next.id().equals(former.id()));
        assertEquals(ConnectionState.DISCONNECTED, read(former).state());
        assertEquals(List.of(), scene.application.with(AccessRights.class, rights -> rights.of(scene.subsystem.id(), Contour.TEST)).stream()
                .filter(right -> right.state() == AccessRightState.ACTIVE).toList());
    }

    @ParameterizedTest
    @CsvSource({"SUSPEND, BREACH", "SUSPEND, ", "ANNOUNCE_TERMINATION, INCIDENT", "FORCE_DISCONNECTION, INCIDENT"})
    void aMeasureNeedsAGroundOfTheProceduresList(ConnectionEvent event, String ground) {
        ConnectionChange change = Scene.change(event).from(scene.today().plusDays(20));
        assertRefused(AccessRefusal.GROUND_NOT_LISTED, () -> scene.apply(ground == null ? change : change.on(ground)));
        assertEquals(1, read(scene.connection()).events());
    }

    @Test
    void underThePlatformsProcedureOnlyDangerToDataSuspendsAtOnce() {
        ConnectionView connection = scene.connect(Contour.TEST, PLATFORM);
        assertRefused(AccessRefusal.ANNOUNCEMENT_REQUIRED, () -> apply(connection, Scene.change(ConnectionEvent.SUSPEND).on("EXCESSIVE_LOAD")));
        ConnectionChange danger = Scene.change(ConnectionEvent.SUSPEND).on("DANGER_TO_DATA");
        assertRefused(AccessRefusal.INCIDENT_REQUIRED, () -> apply(connection, danger));
        assertRefused(AccessRefusal.INCIDENT_UNFIT, () -> apply(connection, danger.after(incident("OTHER", scene.participant.id()))));
        assertRefused(AccessRefusal.INCIDENT_UNFIT, () -> apply(connection, danger.after(incident("DANGER_TO_DATA", new Scene().participant.id()))));
        assertRefused(InputRefusal.NOT_FOUND, () -> apply(connection, danger.after(UUID.randomUUID())));
        UUID closed = incident("DANGER_TO_DATA", scene.participant.id());
        scene.application.run(Incidents.class, incidents -> incidents.close(new IncidentId(closed), Contour.TEST, "Over.", Scene.OFFICIAL));
        assertRefused(AccessRefusal.INCIDENT_UNFIT, () -> apply(connection, danger.after(closed)));
        UUID open = incident("DANGER_TO_DATA", scene.participant.id());
        ConnectionView suspended = apply(connection, danger.after(open));
        assertEquals(ConnectionState.SUSPENDED, suspended.state());
        assertEquals(Optional.of(open), suspended.incident());
        assertEquals(true, scene.application.with(Receipts.class, receipts -> {
            List<EntryView> entries = receipts.about(connection.id().value(), Contour.TEST);
            return receipts.tells(entries.get(entries.size() - 1), "incident", open.toString());
        }));
    }

    @Test
    void theDatabaseAsksForTheGroundAndTheIncidentToo() {
        ConnectionView connection = scene.connect(Contour.TEST, PLATFORM);
        assertEquals("ground_of_suspension", broken(connection, "SUSPEND", "EXCESSIVE_LOAD", null));
        assertEquals("ground_of_suspension", broken(connection, "SUSPEND", "NO_SUCH_GROUND", null));
        assertEquals("incident_of_suspension", broken(connection, "SUSPEND", "DANGER_TO_DATA", null));
        assertEquals("incident_of_suspension", broken(connection, "SUSPEND", "DANGER_TO_DATA", incident("OTHER", scene.participant.id())));
        assertEquals("incident_of_suspension", broken(connection, "SUSPEND", "DANGER_TO_DATA", incident("DANGER_TO_DATA", new Scene().participant.id())));
        assertEquals("connection_event_incident_check", broken(connection, "DISCONNECT", "DANGER_TO_DATA", incident("DANGER_TO_DATA", scene.participant.id())));
        assertEquals("", broken(connection, "SUSPEND", "DANGER_TO_DATA", incident("DANGER_TO_DATA", null)), "an incident of nobody in particular fits everybody");
    }

    @Test
    void anySuspensionMayReferToAnOpenIncidentAndNothingElseMay() {
        UUID incident = incident("OTHER", scene.participant.id());
        assertRefused(InputRefusal.FIELD_INVALID, () -> scene.apply(Scene.change(ConnectionEvent.DISCONNECT).after(incident)));
        assertRefused(InputRefusal.FIELD_INVALID,
                () -> scene.apply(Scene.change(ConnectionEvent.ANNOUNCE_TERMINATION).on("DUTIES_NOT_PERFORMED").from(scene.today().plusDays(20)).after(incident)));
        assertEquals(Optional.of(incident), scene.apply(Scene.change(ConnectionEvent.SUSPEND).on("INCIDENT").after(incident)).incident());
        ConnectionView platform = scene.connect(Contour.TEST, PLATFORM);
        assertEquals(Optional.of(incident),
                apply(platform, Scene.change(ConnectionEvent.ANNOUNCE_SUSPENSION).on("OFF_PURPOSE").from(scene.today().plusDays(20)).after(incident)).incident());
    }

    private UUID incident(String kind, ParticipantId about) {
        return scene.application.with(Incidents.class, incidents -> incidents.open(
                new NewIncident(IncidentSource.OFFICER, IncidentSeverity.HIGH, kind, Optional.ofNullable(about), "In a test."), Contour.TEST, Scene.OFFICIAL)).id().value();
    }

    /** The constraint; empty where the event was taken. */
    private static String broken(ConnectionView connection, String event, String ground, UUID incident) {
        try (Connection application = TestDatabase.shared().application().getConnection(); PreparedStatement statement = application.prepareStatement("""
                insert into access.connection_event (connection_id, number, from_state, event, to_state, at, actor, actor_role, ground, reason, incident_id)
                select id, events + 1, state, ?, case ? when 'SUSPEND' then 'SUSPENDED' else 'DISCONNECTED' end, since, ?, 'OPERATOR', ?, 'in a test', ? from access.connection where id = ?""")) {
            statement.setString(1, event);
            statement.setString(2, event);
            statement.setObject(3, Scene.OFFICIAL.account().orElseThrow());
            statement.setString(4, ground);
            statement.setObject(5, incident);
            statement.setObject(6, connection.id().value());
            statement.executeUpdate();
            return "";
        } catch (SQLException e) {
            return BrokenConstraint.in(e).orElse(e.getMessage());
        }
    }

    @Test
    void aProcedureWithoutAnnouncedSuspensionRefusesOne() {
        assertRefused(AccessRefusal.NOT_ANNOUNCED_UNDER_THIS_PROCEDURE,
                () -> scene.apply(Scene.change(ConnectionEvent.ANNOUNCE_SUSPENSION).on("INCIDENT").from(scene.today().plusDays(20))));
    }

    /** ACC-114; the scene's day is Monday, 2 March 2026. */
    @Test
    void aTerminationIsAnnouncedThreeFullWorkingDaysBefore() {
        ConnectionChange announcement = Scene.change(ConnectionEvent.ANNOUNCE_TERMINATION).on("DUTIES_NOT_PERFORMED");
        assertRefused(AccessRefusal.ANNOUNCED_TOO_SHORTLY, () -> scene.apply(announcement.from(LocalDate.of(2026, 3, 5))));
        ConnectionView announced = scene.apply(announcement.from(LocalDate.of(2026, 3, 6)));
        assertEquals(ConnectionState.TERMINATION_ANNOUNCED, announced.state());
        assertEquals("2026-03-05T18:00:00Z", announced.announcedFor().orElseThrow().toString());
    }

    @Test
    void anAnnouncedDayPassesCallsUntilItsBeginningAndThenEndsEverything() {
        scene.apply(Scene.change(ConnectionEvent.ANNOUNCE_TERMINATION).on("DUTIES_NOT_PERFORMED").from(LocalDate.of(2026, 3, 6)));
        scene.announcementTaken(scene.connection());
        reachDates();
        assertEquals(ConnectionState.TERMINATION_ANNOUNCED, scene.connection().state());
        scene.application.clock().advance(Duration.between(Scene.NOON, LocalDate.of(2026, 3, 6).atStartOfDay(java.time.ZoneId.of("Asia/Bishkek")).toInstant()));
        reachDates();
        assertEquals(ConnectionState.DISCONNECTED, scene.connection().state());
    }

    @Test
    void aWithdrawnAnnouncementNeverTakesEffect() {
        scene.apply(Scene.change(ConnectionEvent.ANNOUNCE_TERMINATION).on("DUTIES_NOT_PERFORMED").from(LocalDate.of(2026, 3, 6)));
        scene.apply(ConnectionEvent.WITHDRAW_TERMINATION);
        scene.application.clock().advance(Duration.ofDays(30));
        reachDates();
        assertEquals(ConnectionState.CONNECTED, scene.connection().state());
        assertEquals(Optional.empty(), scene.connection().announcedFor());
    }

    @ParameterizedTest
    @CsvSource({"ANNOUNCE_TERMINATION, DUTIES_NOT_PERFORMED, KG-147", "FORCE_DISCONNECTION, BREACH, RU-422-696"})
    void aMeasureThatEndsAConnectionNeedsASecondOfficial(ConnectionEvent event, String ground, String procedure) {
        ConnectionView connection = procedure.equals(PLATFORM) ? scene.connect(Contour.TEST, PLATFORM) : scene.connection();
        ConnectionChange change = Scene.change(event).on(ground).from(scene.today().plusDays(20));
        assertRefused(AccessRefusal.APPROVAL_REQUIRED, () -> scene.application.run(Connections.class, connections -> connections.apply(connection.id(), Contour.TEST, change)));
        ProposalView proposal = scene.application.with(Proposals.class, proposals -> proposals.proposeMeasure(connection.id(), Contour.TEST, change));
        assertRefused(RequestRefusal.OWN_PROPOSAL, () -> scene.application.run(Proposals.class, proposals -> proposals.approve(proposal.id(), Contour.TEST, Scene.OFFICIAL)));
        assertEquals(ConnectionState.CONNECTED, read(connection).state());
        scene.application.run(Proposals.class, proposals -> proposals.approve(proposal.id(), Contour.TEST, Scene.APPROVER));
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> scene.application.run(Proposals.class, proposals -> proposals.approve(proposal.id(), Contour.TEST, Scene.APPROVER)));
        assertEquals(1, read(connection).events() - connection.events());
    }

    @Test
    void aLiquidationThatNothingTellsOfIsRefused() throws SQLException {
        scene.report(ReportKind.PARTICULARS_CHANGED, Contour.TEST);
        new Scene().report(ReportKind.LIQUIDATION, Contour.TEST);
        Scene inBoth = new Scene(Contour.PRODUCTION);
        inBoth.report(ReportKind.LIQUIDATION, Contour.PRODUCTION);
        ConnectionView inTest = inBoth.application.with(Connections.class, connections -> connections.of(inBoth.participant.id(), Contour.TEST)).get(0);
        for (ConnectionView connection : List.of(scene.connection(), inTest)) {
            assertRefused(AccessRefusal.LIQUIDATION_NOT_KNOWN, () -> propose(connection));
            assertRefused(AccessRefusal.LIQUIDATION_NOT_KNOWN,
                    () -> scene.application.run(Connections.class, connections -> connections.apply(connection.id(), Contour.TEST, Scene.change(ConnectionEvent.LIQUIDATE))));
            assertEquals("ground_of_liquidation", BrokenConstraint.in(assertThrows(SQLException.class,
                    () -> add(connection, ConnectionState.CONNECTED, "LIQUIDATE", ConnectionState.DISCONNECTED))).orElse("none"), "approved, yet without a report");
            assertEquals(ConnectionState.CONNECTED, read(connection).state());
        }
    }

    @ParameterizedTest
    @EnumSource(value = ReportKind.class, names = {"LIQUIDATION", "REORGANISATION"})
    void aReportedEndOfTheParticipantTakesTwoOfficials(ReportKind kind) {
        ConnectionView connection = scene.connection();
        scene.report(kind, Contour.TEST);
        assertRefused(AccessRefusal.APPROVAL_REQUIRED,
                () -> scene.application.run(Connections.class, connections -> connections.apply(connection.id(), Contour.TEST, Scene.change(ConnectionEvent.LIQUIDATE))));
        assertEquals("four_eyes", broken(connection, "LIQUIDATE", null, null));
        ProposalView proposal = propose(connection);
        assertRefused(RequestRefusal.OWN_PROPOSAL, () -> scene.application.run(Proposals.class, proposals -> proposals.approve(proposal.id(), Contour.TEST, Scene.OFFICIAL)));
        assertEquals(ConnectionState.CONNECTED, read(connection).state());
        scene.application.run(Proposals.class, proposals -> proposals.approve(proposal.id(), Contour.TEST, Scene.APPROVER));
        assertEquals(ConnectionState.DISCONNECTED, read(connection).state());
    }

    @Test
    void anEndThatIsPlannedOrOfAnEarlierParticipationIsNone() {
        scene.report(ReportKind.LIQUIDATION, Contour.TEST, scene.today().plusDays(1));
        assertRefused(AccessRefusal.LIQUIDATION_NOT_KNOWN, () -> propose(scene.connection()));
        scene.application.clock().advance(Duration.ofDays(1));
        scene.apply(ConnectionEvent.LIQUIDATE);
        scene.application.clock().advance(Duration.ofDays(1));
        ConnectionView anew = scene.connect(Contour.TEST, Scene.PROCEDURE);
        assertRefused(AccessRefusal.LIQUIDATION_NOT_KNOWN, () -> propose(anew));
    }

    @Test
    void whoeverIsStruckOffTheRegisterOfTheContourNeedsNoReport() {
        Inn inn = new Inn("23002198110000");
        RegisterRows.aTaxpayer(Contour.TEST, inn);
        RegisterRows.aTaxpayer(Contour.PRODUCTION, inn);
        Rows.registeredWithInn(scene.participant.id().value(), inn.digits());
        assertRefused(AccessRefusal.LIQUIDATION_NOT_KNOWN, () -> propose(scene.connection()));
        String strike = "update registers.taxpayer set ended_on = ? where contour = ? and inn = ?";
        Rows.change(strike, scene.today(), Contour.PRODUCTION.name(), inn.digits());
        assertRefused(AccessRefusal.LIQUIDATION_NOT_KNOWN, () -> propose(scene.connection()));
        Rows.change(strike, scene.today().plusDays(1), Contour.TEST.name(), inn.digits());
        assertRefused(AccessRefusal.LIQUIDATION_NOT_KNOWN, () -> propose(scene.connection()));
        Rows.change(strike, scene.today(), Contour.TEST.name(), inn.digits());
        ProposalView proposal = propose(scene.connection());
        scene.application.run(Proposals.class, proposals -> proposals.approve(proposal.id(), Contour.TEST, Scene.APPROVER));
        assertEquals(ConnectionState.DISCONNECTED, scene.connection().state());
    }

    private ProposalView propose(ConnectionView connection) {
        return scene.application.with(Proposals.class, proposals -> proposals.proposeMeasure(connection.id(), Contour.TEST, Scene.change(ConnectionEvent.LIQUIDATE)));
    }

    @Test
    void aRenewalRemovesNoOtherCauseOfASuspension() {
        scene.apply(ConnectionEvent.SUSPEND);
        assertRefused(AccessRefusal.SUSPENDED_FOR_ANOTHER_CAUSE, () -> scene.apply(ConnectionEvent.AGREEMENT_RENEWED));
        assertThrows(SQLException.class, () -> add(scene.connection(), ConnectionState.SUSPENDED, "AGREEMENT_RENEWED", ConnectionState.CONNECTED));
        assertEquals(ConnectionState.SUSPENDED, scene.connection().state());
    }

    @Test
    void nobodyBringsAboutWhatOnlyTheClockDoes() throws SQLException {
        reach(scene.connection(), ConnectionState.TERMINATION_ANNOUNCED);
        assertRefused(AccessRefusal.EVENT_OF_THE_SYSTEM, () -> scene.apply(ConnectionChange.of(ConnectionEvent.TERMINATION_DUE, Scene.OFFICIAL, "impatience")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"update access.connection set state = 'CONNECTED' where id = ?", "update access.connection set announced_for = null where id = ?",
        "delete from access.connection_event where connection_id = ?", "update access.connection_event set reason = 'another' where connection_id = ?"})
    void theApplicationCannotChangeAConnectionWithoutAnEvent(String sql) throws SQLException {
        try (Connection application = TestDatabase.shared().application().getConnection(); PreparedStatement statement = application.prepareStatement(sql)) {
            statement.setObject(1, scene.connection().id().value());
            assertThrows(SQLException.class, statement::executeUpdate);
        }
    }

    @Test
    void anEventThatLeapsIsRefusedByTheDatabase() {
        assertThrows(SQLException.class, () -> add(scene.connection(), ConnectionState.SUSPENDED, "RESTORE", ConnectionState.CONNECTED));
        assertThrows(SQLException.class, () -> add(scene.connection(), ConnectionState.CONNECTED, "RESTORE", ConnectionState.CONNECTED));
        assertEquals(ConnectionState.CONNECTED, scene.connection().state());
    }

    @Test
    void ofTwoEventsAtTheSameInstantOneFindsTheOthersState() throws InterruptedException, ExecutionException {
        ConnectionView connection = scene.connection();
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        List<Future<Boolean>> attempts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            attempts.add(nodes.submit(() -> {
                try {
                    apply(connection, Scene.change(ConnectionEvent.SUSPEND).on("INCIDENT"));
                    return true;
                } catch (Refusal e) {
                    assertEquals(InputRefusal.TRANSITION_NOT_ALLOWED, e.code());
                    return false;
                }
            }));
        }
        int succeeded = 0;
        for (Future<Boolean> attempt : attempts) {
            succeeded += attempt.get() ? 1 : 0;
        }
        nodes.shutdown();
        assertEquals(1, succeeded);
        assertEquals(2, read(connection).events());
    }

    private void reachDates() {
        scene.application.run(DueDates.class, DueDates::look);
    }

    private ConnectionView apply(ConnectionView connection, ConnectionChange change) {
        return scene.apply(connection, change);
    }

    private ConnectionView read(ConnectionView connection) {
        return scene.application.with(Connections.class, connections -> connections.get(connection.id(), Contour.TEST));
    }

    private static void assertRefused(RefusalCode code, org.junit.jupiter.api.function.Executable action) {
        assertEquals(code, assertThrows(Refusal.class, action).code());
    }

    /** By the shortest way, past the preconditions. */
    private void reach(ConnectionView connection, ConnectionState state) throws SQLException {
        switch (state) {
            case CONNECTED -> { }
            case SUSPENSION_ANNOUNCED -> add(connection, ConnectionState.CONNECTED, "ANNOUNCE_SUSPENSION", state);
            case TERMINATION_ANNOUNCED -> add(connection, ConnectionState.CONNECTED, "ANNOUNCE_TERMINATION", state);
            case SUSPENDED -> add(connection, ConnectionState.CONNECTED, "AGREEMENT_EXPIRED", state);
            case SUSPENDED_TERMINATION_ANNOUNCED -> {
                add(connection, ConnectionState.CONNECTED, "AGREEMENT_EXPIRED", ConnectionState.SUSPENDED);
                add(connection, ConnectionState.SUSPENDED, "ANNOUNCE_TERMINATION", state);
            }
            case DISCONNECTED -> add(connection, ConnectionState.CONNECTED, "DISCONNECT", state);
        }
        Rows.change("""
                with letter as (
                    insert into notices.notice (id, dedup_key, kind, procedure_code, language, contour, about_kind, about_id, subject, body, written_at, read_at)
                    select gen_random_uuid(), gen_random_uuid()::text, 'N11', procedure_code, 'EN', contour, 'connection', id, 'announced', 'announced', since, since
                      from access.connection where id = ? and announced_for is not null returning id, contour, about_id)
                insert into access.connection_announcement (connection_id, number, contour, notice_id)
                select c.id, c.events, letter.contour, letter.id from letter join access.connection c on c.id = letter.about_id""", connection.id().value());
    }

    private static void add(ConnectionView connection, ConnectionState from, String event, ConnectionState to) throws SQLException {
        try (Connection application = TestDatabase.shared().application().getConnection(); PreparedStatement statement = application.prepareStatement("""
                with approval as (
                    insert into access.proposal (id, contour, connection_id, event, reason, proposed_by, proposed_role, proposed_at, decided_by, decided_role, decided_at, outcome)
                    select gen_random_uuid(), contour, id, ?, 'in a test', gen_random_uuid(), 'OPERATOR', since, ?, 'APPROVER', since, 'APPROVED' from access.connection
                     where id = ? and ? in ('ANNOUNCE_TERMINATION', 'FORCE_DISCONNECTION', 'LIQUIDATE'))
                insert into access.connection_event (connection_id, number, from_state, event, to_state, at, actor, actor_role, ground, reason, announced_for)
                select id, events + 1, ?, ?, ?, since, ?, 'APPROVER', (select min(code) from access.procedure_ground g
                       where g.procedure_code = connection.procedure_code and g.measure = 'SUSPENSION' and g.incident_kind is null), 'in a test', case when ? like 'ANNOUNCE%' then since + interval '5 days' end from access.connection where id = ?""")) {
            int i = 0;
            statement.setString(++i, event);
            statement.setObject(++i, Scene.APPROVER.account().orElseThrow());
            statement.setObject(++i, connection.id().value());
            statement.setString(++i, event);
            statement.setString(++i, from.name());
            statement.setString(++i, event);
            statement.setString(++i, to.name());
            statement.setObject(++i, Scene.APPROVER.account().orElseThrow());
            statement.setString(++i, event);
            statement.setObject(++i, connection.id().value());
            statement.executeUpdate();
        }
    }
}
