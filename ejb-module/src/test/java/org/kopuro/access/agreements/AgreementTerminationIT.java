package org.kopuro.access.agreements;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionState;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Contour;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestDatabase;

/** The termination of an agreement goes with its connection’s (ACC-T43 to ACC-T45). It is Monday, 2 March 2026. */
class AgreementTerminationIT extends AgreementScene {

    @Test
    void itsTerminationIsAnnouncedWithdrawnAndReachedWithTheConnections() {
        AgreementView agreement = connected(null);
        scene.apply(connection(), Scene.change(ConnectionEvent.ANNOUNCE_TERMINATION).on("DUTIES_NOT_PERFORMED").from(LocalDate.of(2026, 3, 6)));
        assertEquals(AgreementState.TERMINATION_ANNOUNCED, read(agreement).state());
        assertEquals(connection().announcedFor(), read(agreement).announcedFor());
        scene.apply(connection(), Scene.change(ConnectionEvent.WITHDRAW_TERMINATION));
        assertEquals(AgreementState.IN_FORCE, read(agreement).state());
        scene.apply(connection(), Scene.change(ConnectionEvent.ANNOUNCE_TERMINATION).on("DUTIES_NOT_PERFORMED").from(LocalDate.of(2026, 3, 6)));
        scene.announcementTaken(connection());
        until(LocalDate.of(2026, 3, 6), 0);
        look();
        assertEquals(AgreementState.TERMINATED, read(agreement).state());
        assertEquals(ConnectionState.DISCONNECTED, connection().state());
        assertRefused(AccessRefusal.AGREEMENT_MISSING, () -> scene.connect(Contour.PRODUCTION, Scene.PROCEDURE));
    }

    @Test
    void itsAnnouncementNamesTheAgreementThatIsInForce() {
        AgreementView agreement = connected(null);
        draft("0-" + agreement.number(), false);
        scene.apply(connection(), Scene.change(ConnectionEvent.ANNOUNCE_TERMINATION).on("DUTIES_NOT_PERFORMED").from(LocalDate.of(2026, 3, 6)));
        assertEquals(List.of("Agreement " + agreement.number() + " will be terminated on 06.03.2026"),
                Rows.of("select subject from notices.notice where about_id = ? and kind = 'N15'", connection().id().value()));
    }

    @Test
    void ofTwoAgreementsItsAnnouncementNamesTheNewest() {
        connected(LAST);
        AgreementView renewal = scene.agree(scene.terms(LAST.plusDays(1), null, Scene.SERVICES));
        scene.apply(connection(), Scene.change(ConnectionEvent.ANNOUNCE_TERMINATION).on("DUTIES_NOT_PERFORMED").from(LocalDate.of(2026, 3, 6)));
        assertEquals(List.of("Agreement " + renewal.number() + " will be terminated on 06.03.2026"),
                Rows.of("select subject from notices.notice where about_id = ? and kind = 'N15'", connection().id().value()));
    }

    @Test
    void anAnnouncedTerminationIsReachedAlsoWhenTheConnectionEndedOtherwise() {
        AgreementView agreement = connected(null);
        scene.apply(connection(), Scene.change(ConnectionEvent.ANNOUNCE_TERMINATION).on("DUTIES_NOT_PERFORMED").from(LocalDate.of(2026, 3, 6)));
        scene.announcementTaken(connection());
        scene.apply(connection(), Scene.change(ConnectionEvent.DISCONNECT));
        look();
        assertEquals(AgreementState.TERMINATION_ANNOUNCED, read(agreement).state());
        until(LocalDate.of(2026, 3, 6), 0);
        look();
        assertEquals(AgreementState.TERMINATED, read(agreement).state());
    }

    /** Friday, 6 March; told on Wednesday, after which Thursday, Friday and Monday are full working days. */
    @Test
    void itsDayMovesWithTheConnectionsWhereTheAnnouncementWasToldTooLate() {
        AgreementView agreement = connected(null);
        scene.apply(connection(), Scene.change(ConnectionEvent.ANNOUNCE_TERMINATION).on("DUTIES_NOT_PERFORMED").from(LocalDate.of(2026, 3, 6)));
        until(LocalDate.of(2026, 3, 4), 3600);
        scene.announcementTaken(connection());
        until(LocalDate.of(2026, 3, 6), 0);
        look();
        assertEquals(ConnectionState.TERMINATION_ANNOUNCED, connection().state());
        assertEquals(AgreementState.TERMINATION_ANNOUNCED, read(agreement).state());
        assertEquals(Optional.of(LocalDate.of(2026, 3, 10).atStartOfDay(Installation.ZONE).toInstant()), read(agreement).announcedFor());
        assertEquals(connection().announcedFor(), read(agreement).announcedFor());
        until(LocalDate.of(2026, 3, 10), 0);
        look();
        assertEquals(AgreementState.TERMINATED, read(agreement).state());
        assertEquals(List.of("DRAFT", "SIGN", "ANNOUNCE_TERMINATION", "DATE_MOVED", "TERMINATION_DUE"), Rows.of(
                "select content::json -> 'data' ->> 'event' from ledger.entry where record_id = ? and content like '%access.agreement_changed%' order by number", agreement.id().value()));
    }

    @Test
    void itsDayMovesAlsoWhenTheConnectionEndedOtherwiseAndNobodyWasTold() {
        AgreementView agreement = connected(null);
        scene.apply(connection(), Scene.change(ConnectionEvent.ANNOUNCE_TERMINATION).on("DUTIES_NOT_PERFORMED").from(LocalDate.of(2026, 3, 6)));
        scene.apply(connection(), Scene.change(ConnectionEvent.DISCONNECT));
        until(LocalDate.of(2026, 3, 6), 0);
        look();
        assertEquals(AgreementState.TERMINATION_ANNOUNCED, read(agreement).state());
        assertEquals(Optional.of(LocalDate.of(2026, 3, 12).atStartOfDay(Installation.ZONE).toInstant()), read(agreement).announcedFor());
        assertEquals("announced_in_time", broken(agreement));
        scene.announcementTaken(connection());
        until(LocalDate.of(2026, 3, 12), 0);
        look();
        assertEquals(AgreementState.TERMINATED, read(agreement).state());
    }

    /** What the database says to an event that somebody adds past the application, on its day. */
    private String broken(AgreementView agreement) {
        try (Connection application = TestDatabase.shared().application().getConnection(); PreparedStatement statement = application.prepareStatement("""
                insert into access.agreement_event (agreement_id, number, from_state, event, to_state, at, actor_role, reason)
                select id, events + 1, state, 'TERMINATION_DUE', 'TERMINATED', announced_for, 'SYSTEM', 'in a test' from access.agreement where id = ?""")) {
            statement.setObject(1, agreement.id().value());
            statement.executeUpdate();
            return "";
        } catch (SQLException e) {
            return BrokenConstraint.in(e).orElse(e.getMessage());
        }
    }
}
