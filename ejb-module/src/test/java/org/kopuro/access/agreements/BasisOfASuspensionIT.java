package org.kopuro.access.agreements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionView;
import org.kopuro.kernel.Contour;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** A suspension stands on the basis that the agreement names: it is kept with the event, and its letter quotes it (§6, suspension grounds of KG-147). */
class BasisOfASuspensionIT {

    private final Scene scene = new Scene(Contour.PRODUCTION);

    @ParameterizedTest
    @CsvSource({"EN, Basis of the suspension in the agreement", "RU, Основание приостановления по соглашению", "KY, 'Макулдашууда аталган токтотуунун негизи, макулдашуу'"})
    void theLetterQuotesItInEachLanguage(String language, String word) {
        Rows.change("update participants.participant set language = '" + language + "' where id = ?", scene.participant.id().value());
        ConnectionView suspended = scene.apply(scene.connection(), Scene.change(ConnectionEvent.SUSPEND).on("INCIDENT"));
        AgreementView agreement = agreement();
        assertEquals(Optional.of(new ConnectionView.Basis(agreement.id().value(), agreement.number(), 1, "An incident, 7.1.")), suspended.basis());
        String body = Rows.of("select body from notices.notice where about_id = ? and kind = 'N13'", suspended.id().value()).get(0);
        assertTrue(body.contains(word + " № " + agreement.number() + ": An incident, 7.1."), body);
        assertEquals(List.of(agreement.id().value() + " 1 hmac-sha256"), Rows.of("""
                select (d ->> 'agreement') || ' ' || (d ->> 'agreementVersion') || ' ' || split_part(d ->> 'suspensionBasis', ':', 1)
                  from ledger.entry, lateral (select content::json -> 'data' d) data where record_id = ? and d ->> 'event' = 'SUSPEND'""", suspended.id().value()));
    }

    @Test
    void anAmendmentChangesNothingOfWhatWasDecidedBefore() {
        scene.apply(scene.connection(), Scene.change(ConnectionEvent.SUSPEND).on("INCIDENT"));
        amended("Any incident, 7.2.");
        assertEquals("1 An incident, 7.1.", scene.connection().basis().map(basis -> basis.version() + " " + basis.text()).orElseThrow());
        scene.apply(ConnectionEvent.RESTORE);
        assertEquals(Optional.empty(), scene.connection().basis());
        scene.apply(scene.connection(), Scene.change(ConnectionEvent.SUSPEND).on("INCIDENT"));
        assertEquals("2 Any incident, 7.2.", scene.connection().basis().map(basis -> basis.version() + " " + basis.text()).orElseThrow());
    }

    @Test
    void whereNoAgreementIsInForceNothingIsQuotedAndNobodyClaimsABasis() {
        Scene test = new Scene(Contour.TEST, scene.application);
        ConnectionView suspended = test.apply(test.connection(), Scene.change(ConnectionEvent.SUSPEND).on("INCIDENT"));
        assertEquals(Optional.empty(), suspended.basis());
        UUID elsewhere = agreement().id().value();
        // Whatever an event says of it, the database looks itself.
        Rows.change("""
                insert into access.connection_event (connection_id, number, from_state, event, to_state, at, actor, actor_role, reason, agreement_id, agreement_version)
                select id, events + 1, state, 'RESTORE', 'CONNECTED', since, gen_random_uuid(), 'OPERATOR', 'x', ?::uuid, 1 from access.connection where id = ?""", elsewhere, suspended.id().value());
        assertEquals(Optional.empty(), test.connection().basis());
        assertThrows(IllegalStateException.class, () -> Rows.change("update access.connection_event set agreement_id = ?::uuid, agreement_version = 1 where connection_id = ?", elsewhere,
                suspended.id().value()));
    }

    private void amended(String basis) {
        AgreementView agreement = agreement();
        AgreementTerms terms = scene.onPaper(agreement, agreement.terms().orElseThrow());
        AgreementTerms other = new AgreementTerms(terms.signedOn(), terms.firstDay(), terms.lastDay(), terms.dataFormat(), terms.consentForm(), terms.consentKeptMonths(),
                terms.consentTransferFormat(), terms.authoritySignatory(), terms.participantSignatory(), new TreeSet<>(terms.services()), terms.document(), terms.confirmations(),
                terms.noticeEmail(), Optional.of(basis));
        scene.application.run(Agreements.class, agreements -> agreements.amend(agreement.id(), Contour.PRODUCTION, other, "Another basis.", Scene.OFFICIAL));
    }

    private AgreementView agreement() {
        return scene.application.with(Agreements.class, agreements -> agreements.of(scene.participant.id(), Contour.PRODUCTION)).get(0);
    }
}
