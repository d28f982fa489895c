package org.kopuro.access.agreements;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.AccessRightState;
import org.kopuro.access.AccessRights;
import org.kopuro.access.ConnectionChanged;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.ConnectionState;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.access.NewAccessRight;
import org.kopuro.access.NewConnection;
import org.kopuro.access.requests.DueDates;
import org.kopuro.access.requests.ProposalView;
import org.kopuro.access.requests.Proposals;
import org.kopuro.access.requests.RequestRefusal;
import org.kopuro.calendar.Calendars;
import org.kopuro.documents.DocumentLimits;
import org.kopuro.documents.Upload;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestDatabase;

/** An agreement changes along its table, and PRODUCTION opens, is suspended and ends with it: ACC-55 to ACC-58, ACC-65, ACC-T40 to ACC-T46. */
class AgreementLifeIT {

    private static final LocalDate LAST = LocalDate.of(2026, 4, 30);
    /** In TEST, with nothing in PRODUCTION yet; Monday, 2 March 2026. */
    private final Scene scene = new Scene();

    static Stream<Arguments> pairs() {
        return Stream.of(AgreementState.values()).flatMap(state -> Stream.of(AgreementEvent.values()).map(event -> Arguments.of(state, event)));
    }

    @Test
    void theDatabaseHoldsTheSameTable() {
        Set<String> java = new HashSet<>(Set.of("NONE DRAFT DRAFT"));
        for (AgreementState state : AgreementState.values()) {
            for (AgreementEvent event : AgreementEvent.values()) {
                state.on(event).ifPresent(next -> java.add(state + " " + event + " " + next));
            }
        }
        assertEquals(java, new HashSet<>(Rows.of("select from_state || ' ' || event || ' ' || to_state from access.agreement_transition")));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("pairs")
    void anEventThatTheStateDoesNotAllowChangesNothing(AgreementState state, AgreementEvent event) {
        AgreementView agreement = reach(state);
        AgreementTerms terms = scene.terms(scene.today().plusYears(1), null, Scene.SERVICES);
        int before = read(agreement).events();
        switch (event) {
            case DRAFT -> assertRefused(AgreementRefusal.AGREEMENT_NUMBER_TAKEN, () -> draft(agreement.number(), false));
            case SIGN -> attempt(state.on(event).isPresent(), () -> sign(agreement, terms));
            case AMEND -> attempt(state.on(event).isPresent(), () -> amend(agreement, scene.terms(LocalDate.of(2026, 3, 1), LAST, Set.of("headcount"))));
            case ANNOUNCE_TERMINATION, WITHDRAW_TERMINATION -> tell(ConnectionEvent.valueOf(event.name()));
            case TERMINATION_DUE -> {
                scene.application.clock().advance(Duration.ofDays(90));
                tell(ConnectionEvent.TERMINATION_DUE);
            }
            case EXPIRE -> {
                scene.application.clock().advance(Duration.ofDays(61));
                look();
            }
        }
        assertEquals(state.on(event).orElse(state), read(agreement).state());
        assertEquals(before + (state.on(event).isPresent() ? 1 : 0), read(agreement).events());
    }

    private void attempt(boolean allowed, Executable action) {
        if (allowed) {
            assertDoesNotThrow(action);
        } else {
            assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, action);
        }
    }

    private AgreementView reach(AgreementState state) {
        AgreementView agreement = draft(UUID.randomUUID().toString(), false);
        if (state != AgreementState.DRAFT) {
            sign(agreement, scene.terms(LocalDate.of(2026, 3, 1), LAST, Scene.SERVICES));
        }
        if (state == AgreementState.TERMINATION_ANNOUNCED || state == AgreementState.TERMINATED) {
            tell(ConnectionEvent.ANNOUNCE_TERMINATION);
        }
        if (state == AgreementState.TERMINATED) {
            scene.application.clock().advance(Duration.ofDays(90));
            tell(ConnectionEvent.TERMINATION_DUE);
        }
        if (state == AgreementState.EXPIRED) {
            scene.application.clock().advance(Duration.ofDays(61));
            look();
        }
        assertEquals(state, read(agreement).state());
        return agreement;
    }

    /** As the connection's change would, 90 days after the scene's day. */
    private void tell(ConnectionEvent event) {
        ConnectionView connection = new ConnectionView(new ConnectionId(UUID.randomUUID()), scene.participant.id(), Contour.PRODUCTION, Scene.PROCEDURE, ConnectionState.TERMINATION_ANNOUNCED,
                now(), Optional.empty(), "in a test", Optional.of(Scene.NOON.plus(Duration.ofDays(90))), 1, Optional.empty());
        scene.application.run(Agreements.class, agreements -> agreements.follow(new ConnectionChanged(event, connection, Scene.OFFICIAL)));
    }

    @Test
    void aDraftNeedsAConnectionToTestUnlessTheAgreementIsOlderThanTheOrder() {
        scene.apply(ConnectionEvent.DISCONNECT);
        assertRefused(AccessRefusal.PARTICIPANT_NOT_CONNECTED, () -> draft("1", false));
        assertEquals(AgreementState.DRAFT, draft(UUID.randomUUID().toString(), true).state());
    }

    @Test
    void aProcedureThatDemandsNoAgreementHasNone() {
        assertRefused(AgreementRefusal.AGREEMENT_NOT_FORESEEN, () -> scene.application.with(Agreements.class,
                agreements -> agreements.draft(new NewAgreement(scene.participant.id(), "RU-1221", "1", false), Scene.OFFICIAL)));
    }

    @Test
    void whatIsSignedIsCompleteTimelyAndAlone() {
        AgreementTerms sound = scene.terms(scene.today(), LAST, Scene.SERVICES);
        AgreementView agreement = draft(UUID.randomUUID().toString(), false);
        assertRefused(InputRefusal.FIELD_MISSING, () -> scene.terms(scene.today(), null, Set.of()));
        assertRefused(AgreementRefusal.AGREEMENT_TERM_INVALID, () -> scene.terms(scene.today(), scene.today().minusDays(1), Scene.SERVICES));
        assertRefused(AgreementRefusal.AGREEMENT_TERM_OVER, () -> sign(agreement, scene.terms(LocalDate.of(2026, 2, 1), LocalDate.of(2026, 3, 1), Scene.SERVICES)));
        assertRefused(AgreementRefusal.SERVICE_NOT_UNDER_THE_PROCEDURE, () -> sign(agreement, scene.terms(scene.today(), null, Set.of("nothing"))));
        assertRefused(AgreementRefusal.AGREEMENT_SIGNED_IN_THE_FUTURE, () -> sign(agreement, with(sound, scene.today().plusDays(1), sound.document())));
        UUID ofAnother = scene.onPaper(draft(UUID.randomUUID().toString(), false), sound).document();
        for (UUID document : List.of(UUID.randomUUID(), ofAnother)) {
            assertRefused(AgreementRefusal.AGREEMENT_DOCUMENT_UNKNOWN, () -> scene.application.run(Agreements.class,
                    agreements -> agreements.sign(agreement.id(), Contour.PRODUCTION, with(sound, scene.today(), document), Scene.OFFICIAL)));
        }
        assertEquals(AgreementState.DRAFT, read(agreement).state());
        assertEquals(AgreementState.IN_FORCE, sign(agreement, sound).state());
        AgreementView another = draft(UUID.randomUUID().toString(), false);
        assertRefused(AgreementRefusal.AGREEMENT_OVERLAPS, () -> sign(another, scene.terms(LAST, null, Scene.SERVICES)));
        assertEquals(AgreementState.IN_FORCE, sign(another, scene.terms(LAST.plusDays(1), null, Scene.SERVICES)).state());
    }

    @Test
    void anAmendmentIsTheNextVersionAndKeepsTheFormer() {
        AgreementView agreement = connected(LAST);
        assertRefused(AgreementRefusal.AGREEMENT_TERM_INVALID, () -> amend(agreement, scene.terms(scene.today(), LAST, Scene.SERVICES)));
        AgreementView amended = amend(agreement, scene.terms(LocalDate.of(2026, 3, 1), LAST.plusDays(1), Set.of("headcount")));
        assertEquals(2, amended.version());
        List<AgreementView> versions = scene.application.with(Agreements.class, agreements -> agreements.versions(agreement.id(), Contour.PRODUCTION));
        assertEquals(List.of("2 2026-05-01 1", "1 2026-04-30 " + Scene.SERVICES.size()), versions.stream()
                .map(one -> one.version() + " " + one.terms().orElseThrow().lastDay().orElseThrow() + " " + one.terms().orElseThrow().services().size()).toList());
        assertEquals(List.of("N06", "N06"), notices(agreement));
        assertEquals(List.of("headcount"), activeServices());
    }

    @ParameterizedTest
    @ValueSource(strings = {"update access.agreement set state = 'IN_FORCE' where id = ?", "update access.agreement set last_day = null where id = ?",
        "update access.agreement_version set last_day = null where agreement_id = ?", "delete from access.agreement_event where agreement_id = ?"})
    void theApplicationCannotChangeAnAgreementWithoutAnEvent(String sql) throws SQLException {
        AgreementView agreement = connected(LAST);
        try (Connection application = TestDatabase.shared().application().getConnection(); PreparedStatement statement = application.prepareStatement(sql)) {
            statement.setObject(1, agreement.id().value());
            assertThrows(SQLException.class, statement::executeUpdate);
        }
    }

    @Test
    void productionOpensOnlyWithinAnAgreementThatListsTheService() {
        assertRefused(AccessRefusal.AGREEMENT_MISSING, () -> scene.connect(Contour.PRODUCTION, Scene.PROCEDURE));
        scene.agree(Set.of("headcount"));
        scene.connect(Contour.PRODUCTION, Scene.PROCEDURE);
        grant("headcount");
        Refusal refusal = assertThrows(Refusal.class, () -> grant("incomeStatement"));
        assertEquals("AGREEMENT_MISSING incomeStatement", refusal.code() + " " + refusal.argument(0));
    }

    @Test
    void atTheEndOfItsLastDayTheConnectionIsSuspendedAndARenewalRestoresIt() {
        AgreementView agreement = connected(LAST);
        until(LAST.plusDays(1), -1);
        look();
        assertEquals(ConnectionState.CONNECTED, connection().state());
        until(LAST.plusDays(1), 0);
        look();
        assertEquals(AgreementState.EXPIRED, read(agreement).state());
        assertEquals(ConnectionState.SUSPENDED, connection().state());
        assertTrue(notices(agreement).contains("N13"));
        assertEquals(1, openObligations(agreement));
        assertRefused(AccessRefusal.AGREEMENT_MISSING, () -> scene.apply(connection(), Scene.change(ConnectionEvent.RESTORE)));
        scene.agree(Scene.SERVICES);
        assertEquals(ConnectionState.CONNECTED, connection().state());
        assertEquals(0, openObligations(agreement));
        look();
        assertEquals(ConnectionState.CONNECTED, connection().state());
    }

    @Test
    void aRenewalRestoresNothingThatIsSuspendedForAnotherCause() {
        connected(LAST);
        scene.apply(connection(), Scene.change(ConnectionEvent.SUSPEND).on("INCIDENT"));
        until(LAST.plusDays(1), 0);
        look();
        scene.agree(Scene.SERVICES);
        look();
        assertEquals(ConnectionState.SUSPENDED, connection().state());
        assertEquals(ConnectionState.CONNECTED, scene.apply(connection(), Scene.change(ConnectionEvent.RESTORE)).state());
    }

    @Test
    void whereTheRenewalFollowsWithoutAGapNothingIsSuspendedAndItsListCounts() {
        connected(LAST);
        scene.agree(scene.terms(LAST.plusDays(1), null, Set.of("headcount")));
        assertEquals(Scene.SERVICES.size(), activeServices().size());
        int events = connection().events();
        until(LAST.plusDays(1), 0);
        look();
        assertEquals(events, connection().events());
        assertEquals(List.of("headcount"), activeServices());
    }

    @Test
    void aRenewalAfterAGapRestoresOnItsFirstDay() {
        AgreementView agreement = connected(LAST);
        scene.agree(scene.terms(LAST.plusDays(11), null, Scene.SERVICES));
        until(LAST.plusDays(1), 0);
        look();
        assertEquals(ConnectionState.SUSPENDED, connection().state());
        assertEquals(0, openObligations(agreement));
        until(LAST.plusDays(11), 0);
        look();
        assertEquals(ConnectionState.CONNECTED, connection().state());
    }

    @Test
    void withoutARenewalTheConnectionEndsAfterThirtyWorkingDays() {
        AgreementView agreement = connected(LAST);
        until(LAST.plusDays(1), 0);
        look();
        Instant due = scene.application.with(Calendars.class, calendars -> calendars.get("KG").forward(LAST, 30)).orRefuse().ends();
        scene.application.clock().advance(Duration.between(now(), due).minusSeconds(1));
        look();
        assertEquals(ConnectionState.SUSPENDED, connection().state());
        scene.application.clock().advance(Duration.ofSeconds(1));
        look();
        assertEquals(ConnectionState.DISCONNECTED, connection().state());
        assertEquals(0, openObligations(agreement));
    }

    @Test
    void itsTerminationIsAnnouncedWithdrawnAndReachedWithTheConnections() {
        AgreementView agreement = connected(null);
        scene.apply(connection(), Scene.change(ConnectionEvent.ANNOUNCE_TERMINATION).on("DUTIES_NOT_PERFORMED").from(LocalDate.of(2026, 3, 6)));
        assertEquals(AgreementState.TERMINATION_ANNOUNCED, read(agreement).state());
        assertEquals(connection().announcedFor(), read(agreement).announcedFor());
        scene.apply(connection(), Scene.change(ConnectionEvent.WITHDRAW_TERMINATION));
        assertEquals(AgreementState.IN_FORCE, read(agreement).state());
        scene.apply(connection(), Scene.change(ConnectionEvent.ANNOUNCE_TERMINATION).on("DUTIES_NOT_PERFORMED").from(LocalDate.of(2026, 3, 6)));
        until(LocalDate.of(2026, 3, 6), 0);
        look();
        assertEquals(AgreementState.TERMINATED, read(agreement).state());
        assertEquals(ConnectionState.DISCONNECTED, connection().state());
        assertRefused(AccessRefusal.AGREEMENT_MISSING, () -> scene.connect(Contour.PRODUCTION, Scene.PROCEDURE));
    }

    @Test
    void anAnnouncedTerminationIsReachedAlsoWhenTheConnectionEndedOtherwise() {
        AgreementView agreement = connected(null);
        scene.apply(connection(), Scene.change(ConnectionEvent.ANNOUNCE_TERMINATION).on("DUTIES_NOT_PERFORMED").from(LocalDate.of(2026, 3, 6)));
        scene.apply(connection(), Scene.change(ConnectionEvent.DISCONNECT));
        look();
        assertEquals(AgreementState.TERMINATION_ANNOUNCED, read(agreement).state());
        until(LocalDate.of(2026, 3, 6), 0);
        look();
        assertEquals(AgreementState.TERMINATED, read(agreement).state());
    }

    /** Its last day, Thursday 30 April 2026; the days before have no holiday. */
    @Test
    void itsEndIsToldThirtyTenAndThreeWorkingDaysAhead() {
        AgreementView agreement = connected(LAST);
        List<String> told = new ArrayList<>();
        for (LocalDate day = scene.today(); !day.isAfter(LAST); day = day.plusDays(1)) {
            until(day, 1);
            look();
            look();
            if (Rows.of("select 1 from access.agreement_warning where agreement_id = ?", agreement.id().value()).size() > told.size()) {
                told.add(day.toString());
            }
        }
        assertEquals(List.of("2026-04-16", "2026-04-27"), told.subList(1, 3));
        assertEquals("30", Rows.of("select working_days from access.agreement_warning where agreement_id = ? order by at limit 1", agreement.id().value()).get(0));
        assertEquals(3, notices(agreement).stream().filter("N19"::equals).count());
    }

    @Test
    void whoSignsShortlyBeforeTheEndIsToldOnce() {
        AgreementView agreement = connected(scene.today().plusDays(2));
        look();
        assertEquals(List.of("3"), Rows.of("select working_days from access.agreement_warning where agreement_id = ?", agreement.id().value()));
    }

    @Test
    void anAgreementFromBeforeTheOrderAdmitsWithoutARequestByTwoOfficials() {
        AgreementView agreement = draft(UUID.randomUUID().toString(), true);
        AgreementTerms terms = scene.terms(LocalDate.of(2024, 1, 1), LAST, Set.of("headcount"));
        assertRefused(AgreementRefusal.NOT_A_LEGACY_AGREEMENT, () -> sign(agreement, with(terms, LocalDate.of(2024, 9, 7), terms.document())));
        sign(agreement, with(terms, LocalDate.of(2024, 9, 6), terms.document()));
        assertRefused(AgreementRefusal.LEGACY_TERM_NOT_EXTENDED, () -> amend(agreement, scene.terms(LocalDate.of(2024, 1, 1), null, Set.of("headcount"))));
        Scene stranger = new Scene();
        assertRefused(RequestRefusal.SUBSYSTEM_OF_ANOTHER_PARTICIPANT, () -> scene.application.with(Proposals.class,
                proposals -> proposals.proposeAdmission(agreement.id(), Contour.PRODUCTION, stranger.subsystem.id(), "older than the order", Scene.OFFICIAL)));
        ProposalView proposal = scene.application.with(Proposals.class,
                proposals -> proposals.proposeAdmission(agreement.id(), Contour.PRODUCTION, scene.subsystem.id(), "older than the order", Scene.OFFICIAL));
        assertRefused(RequestRefusal.OWN_PROPOSAL, () -> scene.application.run(Proposals.class, proposals -> proposals.approve(proposal.id(), Contour.PRODUCTION, Scene.OFFICIAL)));
        assertEquals(List.of(), activeServices());
        scene.application.run(Proposals.class, proposals -> proposals.approve(proposal.id(), Contour.PRODUCTION, Scene.APPROVER));
        assertEquals(ConnectionState.CONNECTED, connection().state());
        assertEquals(List.of("headcount"), activeServices());
    }

    @Test
    void anAgreementOfTodayAdmitsNobodyWithoutARequest() {
        AgreementView agreement = scene.agree(Scene.SERVICES);
        assertRefused(AgreementRefusal.NOT_A_LEGACY_AGREEMENT, () -> scene.application.with(Proposals.class,
                proposals -> proposals.proposeAdmission(agreement.id(), Contour.PRODUCTION, scene.subsystem.id(), "x", Scene.OFFICIAL)));
    }

    @Test
    void ofNodesThatLookAtTheSameInstantOneEndsIt() throws InterruptedException, ExecutionException {
        AgreementView agreement = connected(LAST);
        until(LAST.plusDays(1), 0);
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        List<Future<Boolean>> looks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            looks.add(nodes.submit(() -> scene.application.with(AgreementDates.class, dates -> dates.bringAbout(new AgreementDue(AgreementDue.Kind.END, agreement.id(), 0)))));
        }
        int ended = 0;
        for (Future<Boolean> look : looks) {
            ended += look.get() ? 1 : 0;
        }
        nodes.shutdown();
        assertEquals(1, ended);
        assertEquals(AgreementState.EXPIRED, read(agreement).state());
    }

    @Test
    void whoIsBeingConnectedWhileTheAgreementEndsIsSuspendedWithIt() throws InterruptedException, ExecutionException {
        AgreementView agreement = scene.agree(scene.terms(LocalDate.of(2026, 3, 1), LAST, Scene.SERVICES));
        TestApplication.Open<ConnectionView> connecting = scene.application.begin(Connections.class, connections ->
                connections.connect(new NewConnection(scene.participant.id(), Contour.PRODUCTION, Scene.PROCEDURE, Scene.OFFICIAL, "in a test")));
        until(LAST.plusDays(1), 0);
        ExecutorService node = Executors.newSingleThreadExecutor();
        Future<Boolean> end = node.submit(() -> scene.application.with(AgreementDates.class,
                dates -> dates.bringAbout(new AgreementDue(AgreementDue.Kind.END, agreement.id(), 0))));
        assertThrows(TimeoutException.class, () -> end.get(1, TimeUnit.SECONDS));
        connecting.commit();
        assertTrue(end.get());
        node.shutdown();
        assertEquals(ConnectionState.SUSPENDED, connection().state());
    }

    @Test
    void everyChangeIsInTheLedgerAndNoSignatory() {
        AgreementView agreement = connected(LAST);
        amend(agreement, scene.terms(LocalDate.of(2026, 3, 1), LAST, Set.of("headcount")));
        until(LAST.plusDays(1), 0);
        look();
        List<String> entries = Rows.of("select content from ledger.entry where record_id = ? and content like '%access.agreement_changed%' order by number", agreement.id().value());
        assertEquals(List.of("DRAFT", "SIGN", "AMEND", "EXPIRE"), entries.stream().map(entry -> entry.replaceAll("(?s).*\"event\":\"([A-Z]+)\".*", "$1")).toList());
        assertTrue(entries.stream().noneMatch(entry -> entry.contains("director")));
    }

    /** Signed, from 1 March, and connected with rights to everything. */
    private AgreementView connected(LocalDate lastDay) {
        AgreementView agreement = scene.agree(scene.terms(LocalDate.of(2026, 3, 1), lastDay, Scene.SERVICES));
        scene.connect(Contour.PRODUCTION, Scene.PROCEDURE);
        Scene.SERVICES.forEach(this::grant);
        return agreement;
    }

    private void grant(String service) {
        scene.application.run(AccessRights.class, rights -> rights.grant(
                new NewAccessRight(scene.subsystem.id(), service, Contour.PRODUCTION, scene.today(), Optional.empty())));
    }

    private AgreementView draft(String number, boolean legacy) {
        return scene.application.with(Agreements.class, agreements -> agreements.draft(new NewAgreement(scene.participant.id(), Scene.PROCEDURE, number, legacy), Scene.OFFICIAL));
    }

    @Test
    void filesAreAttachedWhileItCanBeSignedOrAmendedAndSayWhichWereSigned() throws IOException {
        AgreementView agreement = draft(UUID.randomUUID().toString(), false);
        AgreementDocument first = attach(agreement);
        scene.application.clock().advance(Duration.ofSeconds(1));
        AgreementDocument second = attach(agreement);
        AgreementTerms sound = scene.terms(scene.today(), LAST, Scene.SERVICES);
        scene.application.run(Agreements.class, agreements -> agreements.sign(agreement.id(), Contour.PRODUCTION, with(sound, scene.today(), second.document()), Scene.OFFICIAL));
        assertEquals(List.of(first.document() + " false", second.document() + " true"), scene.application.with(Agreements.class,
                agreements -> agreements.documents(agreement.id(), Contour.PRODUCTION)).stream().map(one -> one.document() + " " + one.signed()).toList());
        assertRefused(InputRefusal.NOT_FOUND, () -> scene.application.with(Agreements.class, agreements -> agreements.documents(agreement.id(), Contour.TEST)));
        attach(agreement);
        scene.application.clock().set(LAST.plusDays(2).atStartOfDay(Installation.ZONE).toInstant());
        scene.application.run(DueDates.class, DueDates::look);
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> attach(agreement));
    }

    private AgreementDocument attach(AgreementView agreement) throws IOException {
        try (Upload upload = Upload.receive("agreement.txt", new ByteArrayInputStream(new byte[] {'x'}), DocumentLimits.USUAL)) {
            return scene.application.with(Agreements.class, agreements -> agreements.attach(agreement.id(), Contour.PRODUCTION, upload, Scene.OFFICIAL));
        }
    }

    private AgreementView sign(AgreementView agreement, AgreementTerms terms) {
        AgreementTerms signed = scene.onPaper(agreement, terms);
        return scene.application.with(Agreements.class, agreements -> agreements.sign(agreement.id(), Contour.PRODUCTION, signed, Scene.OFFICIAL));
    }

    private AgreementView amend(AgreementView agreement, AgreementTerms terms) {
        AgreementTerms signed = scene.onPaper(agreement, terms);
        return scene.application.with(Agreements.class, agreements -> agreements.amend(agreement.id(), Contour.PRODUCTION, signed, "other services", Scene.OFFICIAL));
    }

    private static AgreementTerms with(AgreementTerms terms, LocalDate signedOn, UUID document) {
        return new AgreementTerms(signedOn, terms.firstDay(), terms.lastDay(), terms.dataFormat(), terms.consentForm(), terms.consentKeptMonths(), terms.consentTransferFormat(),
                terms.authoritySignatory(), terms.participantSignatory(), terms.services(), document);
    }

    private AgreementView read(AgreementView agreement) {
        return scene.application.with(Agreements.class, agreements -> agreements.get(agreement.id(), Contour.PRODUCTION));
    }

    /** The newest in PRODUCTION. */
    private ConnectionView connection() {
        return scene.application.with(Connections.class, connections -> connections.of(scene.participant.id(), Contour.PRODUCTION)).get(0);
    }

    private List<String> activeServices() {
        return scene.application.with(AccessRights.class, rights -> rights.of(scene.subsystem.id(), Contour.PRODUCTION)).stream()
                .filter(right -> right.state() == AccessRightState.ACTIVE).map(right -> right.serviceCode()).toList();
    }

    private static List<String> notices(AgreementView agreement) {
        return Rows.of("select kind from notices.notice where about_id = ? order by kind", agreement.id().value());
    }

    private static int openObligations(AgreementView agreement) {
        return Rows.of("select 1 from access.obligation where about_id = ? and closed_at is null", agreement.id().value()).size();
    }

    private void look() {
        scene.application.run(DueDates.class, DueDates::look);
    }

    private void until(LocalDate day, long seconds) {
        scene.application.clock().advance(Duration.between(now(), day.atStartOfDay(Installation.ZONE).toInstant().plusSeconds(seconds)));
    }

    private Instant now() {
        return scene.application.clock().instant();
    }

    private static void assertRefused(RefusalCode code, Executable action) {
        assertEquals(code, assertThrows(Refusal.class, action).code());
    }
}
