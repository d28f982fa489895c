package org.kopuro.access.agreements;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ConnectionChanged;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.ConnectionState;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestDatabase;

/** An agreement changes along its table, and what is signed is complete: ACC-55, ACC-65, ACC-T40 to ACC-T46. */
class AgreementLifeIT extends AgreementScene {

    private static final Set<ConfirmedDuty> ALL = EnumSet.allOf(ConfirmedDuty.class);

    static Stream<Arguments> pairs() {
        return Stream.of(AgreementState.values()).flatMap(state -> Stream.of(AgreementEvent.values()).map(event -> Arguments.of(state, event)));
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
            announce();
        }
        if (state == AgreementState.TERMINATED) {
            scene.application.clock().advance(Duration.ofDays(90));
            look();
        }
        if (state == AgreementState.EXPIRED) {
            scene.application.clock().advance(Duration.ofDays(61));
            look();
        }
        assertEquals(state, read(agreement).state());
        return agreement;
    }

    /** With its connection, for the 90th day after the scene's day. */
    private void announce() {
        scene.connect(Contour.PRODUCTION, Scene.PROCEDURE);
        scene.apply(connection(), Scene.change(ConnectionEvent.ANNOUNCE_TERMINATION).on("DUTIES_NOT_PERFORMED").from(scene.today().plusDays(90)));
        scene.announcementTaken(connection());
    }

    /** As a change of the connection would, where there is one. */
    private void tell(ConnectionEvent event) {
        ConnectionId id = scene.application.with(Connections.class, connections -> connections.of(scene.participant.id(), Contour.PRODUCTION)).stream().map(ConnectionView::id)
                .findFirst().orElseGet(() -> new ConnectionId(UUID.randomUUID()));
        ConnectionView connection = new ConnectionView(id, scene.participant.id(), Contour.PRODUCTION, Scene.PROCEDURE, ConnectionState.TERMINATION_ANNOUNCED,
                now(), Optional.empty(), "in a test", Optional.of(Scene.NOON.plus(Duration.ofDays(100))), 1, Optional.empty(), Optional.empty());
        Actor by = event == ConnectionEvent.TERMINATION_DUE || event == ConnectionEvent.DATE_MOVED ? Actor.SYSTEM : Scene.OFFICIAL;
        scene.application.run(Agreements.class, agreements -> agreements.follow(new ConnectionChanged(event, connection, by)));
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
            case ANNOUNCE_TERMINATION -> {
                if (state == AgreementState.IN_FORCE) {
                    announce();
                } else {
                    tell(ConnectionEvent.ANNOUNCE_TERMINATION);
                }
            }
            case WITHDRAW_TERMINATION -> tell(ConnectionEvent.WITHDRAW_TERMINATION);
            case TERMINATION_DUE, DATE_MOVED -> {
                scene.application.clock().advance(Duration.ofDays(90));
                tell(ConnectionEvent.valueOf(event.name()));
            }
            case EXPIRE -> {
                scene.application.clock().advance(Duration.ofDays(61));
                look();
            }
        }
        assertEquals(state.on(event).orElse(state), read(agreement).state());
        assertEquals(before + (state.on(event).isPresent() ? 1 : 0), read(agreement).events());
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

    /** ACC-O7, ACC-O9, ACC-O15. */
    @Test
    void theParticipantConfirmsItsDutiesInEachVersionUnlessTheAgreementIsOlderThanTheOrder() {
        AgreementView agreement = draft(UUID.randomUUID().toString(), false);
        AgreementTerms sound = scene.terms(scene.today(), null, Scene.SERVICES);
        Refusal refusal = assertThrows(Refusal.class, () -> sign(agreement, confirming(sound, Set.of(ConfirmedDuty.DATA_PROTECTED))));
        assertEquals(AgreementRefusal.AGREEMENT_CONFIRMATION_MISSING, refusal.code());
        assertTrue(refusal.sentence(Language.EN).endsWith("LAW_OBEYED, CONFIDENTIALITY_KEPT."), refusal.sentence(Language.EN));
        assertEquals(ALL, sign(agreement, sound).terms().orElseThrow().confirmations());
        assertRefused(AgreementRefusal.AGREEMENT_CONFIRMATION_MISSING, () -> amend(agreement, confirming(sound, Set.of())));
        Scene another = new Scene();
        AgreementView legacy = another.application.with(Agreements.class,
                agreements -> agreements.draft(new NewAgreement(another.participant.id(), Scene.PROCEDURE, UUID.randomUUID().toString(), true), Scene.OFFICIAL));
        AgreementTerms old = with(another.terms(LocalDate.of(2024, 1, 1), null, Scene.SERVICES), LocalDate.of(2024, 1, 1), UUID.randomUUID());
        AgreementTerms silent = another.onPaper(legacy, confirming(old, Set.of()));
        assertEquals(Set.of(), another.application.with(Agreements.class, agreements -> agreements.sign(legacy.id(), Contour.PRODUCTION, silent, Scene.OFFICIAL)).terms().orElseThrow().confirmations());
    }

    /** §6: in each version, unless the agreement is older than the order. */
    @Test
    void itNamesWhereNoticesGoAndOnWhichBasisItsConnectionIsSuspended() {
        AgreementView agreement = draft(UUID.randomUUID().toString(), false);
        AgreementTerms sound = scene.terms(scene.today(), null, Scene.SERVICES);
        assertMissing("noticeEmail", () -> sign(agreement, noticing(sound, Optional.empty(), sound.suspensionBasis())));
        assertMissing("suspensionBasis", () -> sign(agreement, noticing(sound, sound.noticeEmail(), Optional.empty())));
        assertRefused(InputRefusal.FIELD_INVALID, () -> noticing(sound, Optional.of("a bank"), sound.suspensionBasis()));
        AgreementTerms signed = sign(agreement, sound).terms().orElseThrow();
        assertEquals(List.of(sound.noticeEmail(), sound.suspensionBasis()), List.of(signed.noticeEmail(), signed.suspensionBasis()));
        assertMissing("noticeEmail", () -> amend(agreement, noticing(sound, Optional.empty(), sound.suspensionBasis())));
        Scene another = new Scene();
        AgreementView legacy = another.application.with(Agreements.class,
                agreements -> agreements.draft(new NewAgreement(another.participant.id(), Scene.PROCEDURE, UUID.randomUUID().toString(), true), Scene.OFFICIAL));
        AgreementTerms old = with(another.terms(LocalDate.of(2024, 1, 1), null, Scene.SERVICES), LocalDate.of(2024, 1, 1), UUID.randomUUID());
        AgreementTerms silent = another.onPaper(legacy, noticing(old, Optional.empty(), Optional.empty()));
        assertEquals(Optional.empty(), another.application.with(Agreements.class, agreements -> agreements.sign(legacy.id(), Contour.PRODUCTION, silent, Scene.OFFICIAL)).terms().orElseThrow().noticeEmail());
    }

    private static void assertMissing(String field, org.junit.jupiter.api.function.Executable attempt) {
        Refusal refusal = assertThrows(Refusal.class, attempt);
        assertEquals(InputRefusal.FIELD_MISSING, refusal.code());
        assertEquals(field, refusal.field());
    }

    private static AgreementTerms noticing(AgreementTerms terms, Optional<String> noticeEmail, Optional<String> suspensionBasis) {
        return new AgreementTerms(terms.signedOn(), terms.firstDay(), terms.lastDay(), terms.dataFormat(), terms.consentForm(), terms.consentKeptMonths(), terms.consentTransferFormat(),
                terms.authoritySignatory(), terms.participantSignatory(), terms.services(), terms.document(), terms.confirmations(), noticeEmail, suspensionBasis);
    }

    private static AgreementTerms confirming(AgreementTerms terms, Set<ConfirmedDuty> confirmations) {
        return new AgreementTerms(terms.signedOn(), terms.firstDay(), terms.lastDay(), terms.dataFormat(), terms.consentForm(), terms.consentKeptMonths(), terms.consentTransferFormat(),
                terms.authoritySignatory(), terms.participantSignatory(), terms.services(), terms.document(), confirmations,
                terms.noticeEmail(), terms.suspensionBasis());
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
    void aVersionWithoutAServiceOrAConfirmationIsRefusedByTheDatabase() throws SQLException {
        AgreementView agreement = draft(UUID.randomUUID().toString(), false);
        UUID document = scene.onPaper(agreement, scene.terms(scene.today(), LAST, Scene.SERVICES)).document();
        assertTrue(assertThrows(SQLException.class, () -> signPastTheApplication(agreement, document, List.of(), ALL, "a@example.kg")).getMessage().contains("no longer in state DRAFT"));
        assertEquals(AgreementState.DRAFT, read(agreement).state());
        SQLException unconfirmed = assertThrows(SQLException.class, () -> signPastTheApplication(agreement, document, List.of("headcount"), EnumSet.of(ConfirmedDuty.DATA_PROTECTED, ConfirmedDuty.LAW_OBEYED), "a@example.kg"));
        assertEquals(Optional.of("agreement_confirmed"), BrokenConstraint.in(unconfirmed));
        SQLException nowhere = assertThrows(SQLException.class, () -> signPastTheApplication(agreement, document, List.of("headcount"), ALL, null));
        assertEquals(Optional.of("agreement_notices"), BrokenConstraint.in(nowhere));
        SQLException noAddress = assertThrows(SQLException.class, () -> signPastTheApplication(agreement, document, List.of("headcount"), ALL, "nowhere"));
        assertEquals(Optional.of("agreement_version_notice_check"), BrokenConstraint.in(noAddress));
        signPastTheApplication(agreement, document, List.of("headcount"), ALL, "a@example.kg");
        assertEquals(AgreementState.IN_FORCE, read(agreement).state());
    }

    private static void signPastTheApplication(AgreementView agreement, UUID document, List<String> services, Set<ConfirmedDuty> confirmations, String noticeEmail) throws SQLException {
        try (Connection application = TestDatabase.shared().application().getConnection()) {
            application.setAutoCommit(false);
            try (PreparedStatement version = application.prepareStatement("""
                    insert into access.agreement_version (agreement_id, version, signed_on, first_day, data_format, consent_form, consent_kept_months, consent_transfer_format,
                           authority_signatory, participant_signatory, document_id, notice_email, suspension_basis)
                    values (?, 1, '2026-03-02', '2026-03-02', 'x', 'x', 60, 'x', 'x', 'x', ?, ?, 'x')""");
                    PreparedStatement service = application.prepareStatement(
                            "insert into access.agreement_service (agreement_id, version, procedure_code, service_code) values (?, 1, 'KG-147', ?)");
                    PreparedStatement confirmation = application.prepareStatement("insert into access.agreement_confirmation (agreement_id, version, duty) values (?, 1, ?)");
                    PreparedStatement event = application.prepareStatement("""
                    insert into access.agreement_event (agreement_id, number, from_state, event, to_state, at, actor, actor_role, reason, version)
                    values (?, 2, 'DRAFT', 'SIGN', 'IN_FORCE', now(), gen_random_uuid(), 'OPERATOR', 'in a test', 1)""")) {
                version.setObject(1, agreement.id().value());
                version.setObject(2, document);
                version.setString(3, noticeEmail);
                version.executeUpdate();
                for (String one : services) {
                    service.setObject(1, agreement.id().value());
                    service.setString(2, one);
                    service.executeUpdate();
                }
                for (ConfirmedDuty one : confirmations) {
                    confirmation.setObject(1, agreement.id().value());
                    confirmation.setString(2, one.name());
                    confirmation.executeUpdate();
                }
                event.setObject(1, agreement.id().value());
                event.executeUpdate();
                application.commit();
            } catch (SQLException e) {
                application.rollback();
                throw e;
            }
        }
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
}
