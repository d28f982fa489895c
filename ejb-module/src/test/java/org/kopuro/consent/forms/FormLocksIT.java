package org.kopuro.consent.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kopuro.consent.ConsentRefusal;
import org.kopuro.consent.Tokens;
import org.kopuro.exchange.Answer;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** What waits for what where two nodes do something to a form consent at the same instant: CON-73, CON-74, CON-81, CON-94. Each lock is missed by one of these tests. */
class FormLocksIT {

    private static final int MOMENT_MILLIS = 500;

    private final FormScene forms = new FormScene();
    private final Scene scene = forms.scene;
    private final ExecutorService nodes = Executors.newFixedThreadPool(2);

    @AfterEach
    void leave() {
        nodes.shutdownNow();
    }

    /** The taxpayer's lock: else the pause would not see the form, nor the form the pause. */
    @Test
    void aPauseWaitsForATransferThatIsUnderWayAndStopsWhatItBrings() throws Exception {
        FormScene.Sent sent = forms.aForm();
        TestApplication.Open<TransferResult> transfer = forms.begin(sent);
        Future<?> pause = nodes.submit(() -> scene.application.run(Tokens.class, tokens -> tokens.pauseAll(scene.taxpayer(), Scene.TAXPAYER)));
        try {
            assertWaits(pause);
        } finally {
            transfer.commit();
        }
        pause.get(10, TimeUnit.SECONDS);
        assertTrue(forms.read(transfer.result().form()).paused());
        assertFrozen(forms.ask());
    }

    @Test
    void aTransferWaitsForAPauseThatIsUnderWayAndInheritsIt() throws Exception {
        FormScene.Sent sent = forms.aForm();
        TestApplication.Open<Boolean> pause = scene.application.begin(Tokens.class, tokens -> {
            tokens.pauseAll(scene.taxpayer(), Scene.TAXPAYER);
            return true;
        });
        Future<FormView> transfer = nodes.submit(() -> forms.registered(sent));
        try {
            assertWaits(transfer);
        } finally {
            pause.commit();
        }
        assertTrue(transfer.get(10, TimeUnit.SECONDS).paused());
        assertFrozen(forms.ask());
    }

    /** The participant's lock: else the second would break at the database's unique number instead of being answered. */
    @Test
    void twoFormsOfOneNumberAtOnceAreOneAndTheOtherIsTold() throws Exception {
        FormScene.Sent one = forms.aForm();
        FormScene.Sent other = forms.aForm().number(one.number());
        TestApplication.Open<TransferResult> first = forms.begin(one);
        Future<TransferResult> second = nodes.submit(() -> forms.transfer(other));
        try {
            assertWaits(second);
        } finally {
            first.commit();
        }
        TransferResult told = second.get(10, TimeUnit.SECONDS);
        assertEquals(FormResult.ALREADY_REGISTERED, told.result());
        assertEquals(first.result().form().id(), told.form().id());
        assertEquals(List.of("1"), Rows.of("select count(*) from consent.form_consent where participant_id = ?", scene.participant.id().value()));
    }

    /** The queue: row locks would let ever new calls pass a withdrawal that waits. */
    @Test
    void aCallThatComesLaterWaitsBehindAWithdrawalAndIsRefused() throws Exception {
        FormView form = forms.registered(forms.aForm());
        TestApplication.Open<Optional<PresentForm>> inFlight = lookAt();
        Future<FormView> withdrawal = nodes.submit(() -> scene.application.with(Forms.class, bean -> bean.withdraw(scene.taxpayer(), form.id(), Scene.TAXPAYER)));
        Future<Answer<?>> later;
        try {
            assertWaits(withdrawal);
            later = nodes.submit(() -> forms.ask());
            assertWaits(later);
            assertFalse(withdrawal.isDone());
        } finally {
            inFlight.commit();
        }
        assertEquals(FormState.WITHDRAWN, withdrawal.get(10, TimeUnit.SECONDS).state());
        assertEquals(ConsentRefusal.CONSENT_WITHDRAWN, assertInstanceOf(Answer.Refused.class, later.get(10, TimeUnit.SECONDS)).refusal().code());
    }

    /** The same queue, of a pause of all. */
    @Test
    void aCallThatComesLaterWaitsBehindAPauseAndIsRefused() throws Exception {
        forms.registered(forms.aForm());
        TestApplication.Open<Optional<PresentForm>> inFlight = lookAt();
        Future<?> pause = nodes.submit(() -> scene.application.run(Tokens.class, tokens -> tokens.pauseAll(scene.taxpayer(), Scene.TAXPAYER)));
        Future<Answer<?>> later;
        try {
            assertWaits(pause);
            later = nodes.submit(() -> forms.ask());
            assertWaits(later);
        } finally {
            inFlight.commit();
        }
        pause.get(10, TimeUnit.SECONDS);
        assertFrozen(later.get(10, TimeUnit.SECONDS));
    }

    /** A call that has looked and not yet written anything. */
    private TestApplication.Open<Optional<PresentForm>> lookAt() {
        return scene.application.begin(PresentForms.class, present -> present.find(scene.contour, scene.participant.id().value(), scene.subsystem.id().value(), scene.inn, FormScene.SERVICE,
                scene.application.clock().instant()));
    }

    private static void assertWaits(Future<?> work) {
        assertThrows(TimeoutException.class, () -> work.get(MOMENT_MILLIS, TimeUnit.MILLISECONDS));
    }

    private static void assertFrozen(Answer<?> answer) {
        assertEquals(ConsentRefusal.CONSENT_FROZEN, assertInstanceOf(Answer.Refused.class, answer).refusal().code());
    }
}
