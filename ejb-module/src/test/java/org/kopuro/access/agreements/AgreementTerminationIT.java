package org.kopuro.access.agreements;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionState;
import org.kopuro.kernel.Contour;
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
