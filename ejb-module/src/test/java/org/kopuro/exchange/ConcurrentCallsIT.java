package org.kopuro.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ConnectionChange;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.Connections;
import org.kopuro.consent.ConsentRefusal;
import org.kopuro.consent.IssuedToken;
import org.kopuro.consent.NewToken;
import org.kopuro.consent.Tokens;
import org.kopuro.kernel.Language;
import org.kopuro.registers.RegisterRows;
import org.kopuro.registers.TaxpayerView;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** Two requests at the same instant, as on two nodes: each transaction has a connection of its own. */
class ConcurrentCallsIT {

    private final Scene scene = new Scene();
    private final ExecutorService threads = Executors.newFixedThreadPool(8);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void answersOneOfManyIdenticalMessages() throws Exception {
        Call call = scene.call("tpDataByINN", scene.token().text());
        List<Answer<TaxpayerView>> answers = all(8, () -> ask(call));
        assertEquals(1, answers.stream().filter(Answer.Disclosed.class::isInstance).count());
        answers.stream().filter(Answer.Refused.class::isInstance).map(Answer.Refused.class::cast)
                .forEach(refused -> assertEquals(IdentityRefusal.MESSAGE_REPLAYED, refused.refusal().code()));
    }

    @Test
    void acknowledgesADeactivationOnlyAfterTheCallsItCouldNotPrevent() throws Exception {
        IssuedToken token = scene.token();
        TestApplication.Open<Answer<TaxpayerView>> inFlight = scene.application.begin(TaxServices.class, services ->
                services.tpDataByINN(scene.call("tpDataByINN", token.text()), scene.inn.digits()));
        assertInstanceOf(Answer.Disclosed.class, inFlight.result());
        Future<?> deactivation = threads.submit(() -> scene.application.run(Tokens.class, tokens -> tokens.deactivate(scene.taxpayer(), token.token().id(), Scene.TAXPAYER)));
        try {
            deactivation.get(500, TimeUnit.MILLISECONDS);
            throw new AssertionError("acknowledged while a disclosure was not yet committed");
        } catch (TimeoutException expected) {
            assertFalse(deactivation.isDone());
        }
        inFlight.commit();
        deactivation.get(10, TimeUnit.SECONDS);
    }

    @Test
    void acknowledgesADeactivationSoonThoughCallsNeverCease() throws Exception {
        IssuedToken token = scene.token();
        AtomicBoolean stop = new AtomicBoolean();
        List<Future<?>> callers = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            callers.add(threads.submit(() -> {
                while (!stop.get()) {
                    ask(scene.call("tpDataByINN", token.text()));
                }
            }));
        }
        try {
            threads.submit(() -> scene.application.run(Tokens.class, tokens -> tokens.deactivate(scene.taxpayer(), token.token().id(), Scene.TAXPAYER))).get(10, TimeUnit.SECONDS);
        } finally {
            stop.set(true);
        }
        for (Future<?> caller : callers) {
            caller.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void disclosesNothingThatBeginsAfterAnAcknowledgedDeactivation() throws Exception {
        for (int round = 0; round < 20; round++) {
            IssuedToken token = scene.token(scene.subsystem, Set.of("tpDataByINN"), scene.today());
            AtomicBoolean acknowledged = new AtomicBoolean();
            List<Future<Boolean>> callers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                callers.add(threads.submit(() -> {
                    boolean late = false;
                    for (int n = 0; n < 12; n++) {
                        boolean began = acknowledged.get();
                        late |= began && ask(scene.call("tpDataByINN", token.text())) instanceof Answer.Disclosed;
                    }
                    return late;
                }));
            }
            scene.application.run(Tokens.class, tokens -> tokens.deactivate(scene.taxpayer(), token.token().id(), Scene.TAXPAYER));
            acknowledged.set(true);
            for (Future<Boolean> caller : callers) {
                assertFalse(caller.get(30, TimeUnit.SECONDS));
            }
        }
    }

    /** ACC-67, ACC-113: the official's node is another one than that which the calls come to. */
    @Test
    void disclosesNothingThatBeginsAfterAnAcknowledgedSuspensionOnAnotherNodeAndRestoresWithTheSameToken() throws Exception {
        TestApplication other = new TestApplication("TEST,PRODUCTION", Scene.NOON);
        ConnectionId connection = scene.connection().id();
        IssuedToken token = scene.token();
        for (int round = 0; round < 20; round++) {
            AtomicBoolean acknowledged = new AtomicBoolean();
            CountDownLatch answered = new CountDownLatch(4);
            List<Future<List<Answer<TaxpayerView>>>> callers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                callers.add(threads.submit(() -> {
                    assertInstanceOf(Answer.Disclosed.class, ask(scene.call("tpDataByINN", token.text())));
                    answered.countDown();
                    List<Answer<TaxpayerView>> late = new ArrayList<>();
                    while (late.size() < 3) {
                        boolean began = acknowledged.get();
                        Answer<TaxpayerView> answer = ask(scene.call("tpDataByINN", token.text()));
                        if (began) {
                            late.add(answer);
                        }
                    }
                    return late;
                }));
            }
            assertTrue(answered.await(30, TimeUnit.SECONDS));
            try {
                change(other, connection, Scene.change(ConnectionEvent.SUSPEND).on("INCIDENT"));
            } finally {
                acknowledged.set(true);
            }
            for (Future<List<Answer<TaxpayerView>>> caller : callers) {
                for (Answer<TaxpayerView> late : caller.get(30, TimeUnit.SECONDS)) {
                    assertEquals(AccessRefusal.PARTICIPANT_SUSPENDED, assertInstanceOf(Answer.Refused.class, late).refusal().code());
                }
            }
            change(other, connection, Scene.change(ConnectionEvent.RESTORE));
            assertInstanceOf(Answer.Disclosed.class, ask(scene.call("tpDataByINN", token.text())));
        }
    }

    private void change(TestApplication node, ConnectionId connection, ConnectionChange change) {
        node.run(Connections.class, connections -> connections.apply(connection, scene.contour, change));
    }

    @Test
    void holdsTheDailyCeilingExactly() throws Exception {
        RegisterRows.run("insert into access.service (code, version, title_ru, title_ky, title_en, procedure_code) values ('limitedInTest', 'v1', 'x', 'x', 'x', 'KG-147') on conflict do nothing");
        RegisterRows.run("insert into access.service_rule values ('limitedInTest', '2020-01-01', true, 'REQUIRED', false, 30, null, null, 10) on conflict do nothing");
        scene.grant(scene.subsystem, "limitedInTest", scene.today(), null);
        IssuedToken token = scene.token(scene.subsystem, Set.of("limitedInTest"), scene.today());
        List<Answer<TaxpayerView>> answers = all(50, () -> ask(scene.call("limitedInTest", token.text())));
        assertEquals(10, answers.stream().filter(Answer.Disclosed.class::isInstance).count());
        answers.stream().filter(Answer.Refused.class::isInstance).map(Answer.Refused.class::cast)
                .forEach(refused -> assertEquals(ConsentRefusal.FREQUENCY_EXCEEDED, refused.refusal().code()));
    }

    @Test
    void disclosesExactlyAsOftenAsTheBudgetSays() throws Exception {
        IssuedToken token = scene.token(new NewToken(scene.subsystem.id(), scene.today(), Set.of("tpDataByINN"), Language.EN, Optional.empty(), Optional.of(10), Optional.empty()));
        List<Answer<TaxpayerView>> answers = all(50, () -> ask(scene.call("tpDataByINN", token.text())));
        assertEquals(10, answers.stream().filter(Answer.Disclosed.class::isInstance).count());
        answers.stream().filter(Answer.Refused.class::isInstance).map(Answer.Refused.class::cast)
                .forEach(refused -> assertEquals(ConsentRefusal.CONSENT_EXHAUSTED, refused.refusal().code()));
    }

    @Test
    void acknowledgesAPauseOfAllOnlyAfterTheCallsItCouldNotPreventAndSoon() throws Exception {
        IssuedToken token = scene.token();
        scene.token();
        TestApplication.Open<Answer<TaxpayerView>> inFlight = scene.application.begin(TaxServices.class, services ->
                services.tpDataByINN(scene.call("tpDataByINN", token.text()), scene.inn.digits()));
        Future<?> pause = threads.submit(() -> scene.application.run(Tokens.class, tokens -> tokens.pauseAll(scene.taxpayer(), Scene.TAXPAYER)));
        assertThrows(TimeoutException.class, () -> pause.get(500, TimeUnit.MILLISECONDS));
        Future<Answer<TaxpayerView>> next = threads.submit(() -> ask(scene.call("tpDataByINN", token.text())));
        inFlight.commit();
        pause.get(10, TimeUnit.SECONDS);
        assertEquals(ConsentRefusal.CONSENT_FROZEN, assertInstanceOf(Answer.Refused.class, next.get(10, TimeUnit.SECONDS)).refusal().code(), "it had begun to wait before the pause");
    }

    @Test
    void issuesNoMoreTokensThanTheLimitWhateverComesAtOnce() throws Exception {
        List<Boolean> issued = all(30, () -> {
            try {
                scene.token(scene.subsystem, Set.of("tpDataByINN"), scene.today());
                return true;
            } catch (org.kopuro.kernel.Refusal refusal) {
                return false;
            }
        });
        assertTrue(issued.stream().filter(each -> each).count() == 20);
    }

    private Answer<TaxpayerView> ask(Call call) {
        return scene.application.with(TaxServices.class, services -> services.tpDataByINN(call, scene.inn.digits()));
    }

    private <T> List<T> all(int times, Callable<T> task) throws Exception {
        List<Future<T>> futures = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            futures.add(threads.submit(task));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get(60, TimeUnit.SECONDS));
        }
        return results;
    }
}
