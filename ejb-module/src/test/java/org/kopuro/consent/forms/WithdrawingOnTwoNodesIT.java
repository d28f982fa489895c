package org.kopuro.consent.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.kopuro.consent.ConsentRefusal;
import org.kopuro.consent.Taxpayer;
import org.kopuro.exchange.Call;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.registers.RegisterRows;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TwoNodes;

/** What {@code StoppingOnTwoNodesIT} shows of tokens, of form consents (CON-73, CON-74). */
class WithdrawingOnTwoNodesIT {

    private static final int CHECKS_PER_STOP = 30;

    private final FormScene forms = new FormScene(Contour.TEST);
    private final Scene scene = forms.scene;

    private enum Way {
        WITHDRAWN(ConsentRefusal.CONSENT_WITHDRAWN), REPORTED(ConsentRefusal.CONSENT_WITHDRAWN), DISPUTED(ConsentRefusal.CONSENT_DISPUTED);

        private final ConsentRefusal code;

        Way(ConsentRefusal code) {
            this.code = code;
        }
    }

    @Test
    void nothingThatBeginsAfterAnAcknowledgedWithdrawalIsAnsweredOnEitherNode() throws Exception {
        try (TwoNodes nodes = new TwoNodes("TEST,PRODUCTION", Scene.NOON)) {
            for (int number = 0; number < 2 * Way.values().length; number++) {
                Way way = Way.values()[number / 2];
                Inn inn = new Inn("1160219750%04d".formatted(number));
                RegisterRows.aTaxpayer(scene.contour, inn);
                FormView form = forms.registered(forms.aForm().about(inn.digits(), FormScene.NAME));
                TwoNodes.Round round = nodes.round(number, CHECKS_PER_STOP, () -> {
                    Call call = scene.call(FormScene.SERVICE, null);
                    return node -> node.with(TaxServices.class, services -> services.headcount(call, inn.digits(), "2026-01", "2026-02"));
                }, stopping(way, new Taxpayer(scene.contour, inn), form.id()));
                assertTrue(round.disclosed() > 0, "nothing was answered before the stop");
                assertEquals(Set.of(Optional.of(way.code)), round.late().stream().map(TwoNodes.Check::refusal).collect(Collectors.toSet()), () -> way + ", begun after the acknowledgement");
            }
            TwoNodes.Places places = nodes.placesInTheLedger(scene.participant.id().value());
            assertTrue(places.beforeTheStop() > 0, "this would find nothing");
            assertEquals(0, places.afterTheStop());
        }
    }

    private Consumer<TestApplication> stopping(Way way, Taxpayer taxpayer, FormId id) {
        return node -> node.run(Forms.class, all -> {
            switch (way) {
                case WITHDRAWN -> all.withdraw(taxpayer, id, Scene.TAXPAYER);
                case REPORTED -> all.reportWithdrawal(scene.participant.id(), scene.contour, id, Scene.NOON, Scene.OFFICIAL);
                case DISPUTED -> all.dispute(taxpayer, id, "I never was there.", Scene.TAXPAYER);
            }
        });
    }
}
