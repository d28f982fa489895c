package org.kopuro.access.agreements;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionState;
import org.kopuro.kernel.Contour;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** The termination of an agreement goes with its connection’s (ACC-T43 to ACC-T45). */
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
        scene.apply(connection(), Scene.change(ConnectionEvent.DISCONNECT));
        look();
        assertEquals(AgreementState.TERMINATION_ANNOUNCED, read(agreement).state());
        until(LocalDate.of(2026, 3, 6), 0);
        look();
        assertEquals(AgreementState.TERMINATED, read(agreement).state());
    }
}
