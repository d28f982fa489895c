package org.kopuro.consent.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.kopuro.access.agreements.AgreementTerms;
import org.kopuro.access.agreements.AgreementView;
import org.kopuro.access.agreements.Agreements;
import org.kopuro.consent.HeldTokens;
import org.kopuro.consent.Holder;
import org.kopuro.consent.Introspected;
import org.kopuro.consent.IssuedToken;
import org.kopuro.consent.Tokens;
import org.kopuro.consent.events.ConsentEventView;
import org.kopuro.consent.events.ConsentEvents;
import org.kopuro.kernel.Contour;
import org.kopuro.testing.Scene;

/** For how long a participant has to keep a consent, as its agreement says (CON-145). */
class KeepingConsentsIT {

    @Test
    void itReadsTheTermOfItsAgreementWithEveryConsent() {
        FormScene forms = new FormScene(Contour.PRODUCTION);
        Scene scene = forms.scene;
        FormView form = forms.registered(forms.aForm());
        IssuedToken token = scene.token(scene.subsystem, Set.of("TPpaymentDateByInn"), scene.today().plusDays(30));
        assertEquals(List.of(Optional.of(60), Optional.empty()), List.of(form.keptMonths(), form.keepUntil()));
        assertEquals(Optional.of(60), introspect(scene, token).keptMonths());

        AgreementView agreement = scene.application.with(Agreements.class, agreements -> agreements.of(scene.participant.id(), Contour.PRODUCTION)).get(0);
        AgreementTerms terms = agreement.terms().orElseThrow();
        AgreementTerms longer = new AgreementTerms(scene.today(), terms.firstDay(), terms.lastDay(), terms.dataFormat(), terms.consentForm(), 72, terms.consentTransferFormat(), terms.authoritySignatory(),
                terms.participantSignatory(), terms.services(), terms.document(), terms.confirmations(), terms.noticeEmail(), terms.suspensionBasis());
        scene.application.run(Agreements.class, agreements -> agreements.amend(agreement.id(), Contour.PRODUCTION, longer, "Kept longer.", Scene.OFFICIAL));
        FormView withdrawn = scene.application.with(Forms.class, bean -> bean.withdraw(scene.taxpayer(), form.id(), Scene.TAXPAYER));
        assertEquals(Optional.of(scene.today().plusMonths(72)), withdrawn.keepUntil());
        scene.application.run(Tokens.class, tokens -> tokens.deactivate(scene.taxpayer(), token.token().id(), Scene.TAXPAYER));
        assertEquals(Optional.of(72), introspect(scene, token).keptMonths());
        List<ConsentEventView> told = scene.application.with(ConsentEvents.class, events -> events.after(scene.participant.id(), Contour.PRODUCTION, 0, 10));
        assertEquals(List.of(Optional.of(72), Optional.of(72)), told.stream().map(ConsentEventView::keptMonths).toList());
    }

    @Test
    void whereNothingWasAgreedNoTermIsTold() {
        FormScene forms = new FormScene();
        assertEquals(Optional.empty(), forms.registered(forms.aForm()).keptMonths());
        assertEquals(Optional.empty(), introspect(forms.scene, forms.scene.token()).keptMonths());
    }

    private static Introspected introspect(Scene scene, IssuedToken token) {
        Holder holder = new Holder(scene.contour, scene.participant.id().value(), scene.subsystem.id().value(), Scene.OFFICIAL);
        return scene.application.with(HeldTokens.class, tokens -> tokens.introspect(token.text(), holder)).orElseThrow();
    }
}
