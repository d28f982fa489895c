package org.kopuro.access.agreements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ConnectionState;
import org.kopuro.access.requests.ProposalView;
import org.kopuro.access.requests.Proposals;
import org.kopuro.access.requests.RequestRefusal;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.testing.Scene;

/** PRODUCTION opens within an agreement, and by one from before the order without a request (ACC-56, ACC-58). */
class AdmittingByAnAgreementIT extends AgreementScene {

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
}
