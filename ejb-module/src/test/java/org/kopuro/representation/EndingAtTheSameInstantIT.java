package org.kopuro.representation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kopuro.consent.ConsentRefusal;
import org.kopuro.consent.IssuedToken;
import org.kopuro.consent.Tokens;
import org.kopuro.kernel.Refusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** A mandate ends on one node while another one acts under it: each transaction has a connection of its own. */
class EndingAtTheSameInstantIT {

    private static final Scene SCENE = new Scene();
    private final MandateScene parties = new MandateScene(SCENE);
    private final TestApplication otherNode = new TestApplication("TEST,PRODUCTION", Scene.NOON);
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void waitsForATokenThatIsBeingMadeAndRevokesIt() throws Exception {
        MandateId above = parties.toFirm();
        MandateId mandate = parties.toAccountant(above);
        TestApplication.Open<IssuedToken> making = otherNode.begin(Tokens.class, tokens -> tokens.issue(parties.self(parties.accountant).under(mandate), parties.token(30), Scene.TAXPAYER));
        Future<MandateView> revocation = threads.submit(() -> parties.revoke(parties.company, above));
        assertThrows(TimeoutException.class, () -> revocation.get(500, TimeUnit.MILLISECONDS), "revoked under the hands of whoever exercises it");
        making.commit();
        assertEquals(MandateState.REVOKED, revocation.get(10, TimeUnit.SECONDS).state());
        assertEquals(Optional.of("MANDATE_ENDED"), parties.read(making.result()).cause());
        parties.assertRefused(ConsentRefusal.CONSENT_REVOKED, making.result());
    }

    @Test
    void whoeverComesDuringTheRevocationIsRefusedAfterIt() throws Exception {
        MandateId mandate = parties.toFirm();
        TestApplication.Open<MandateView> revocation = otherNode.begin(Mandates.class, mandates -> mandates.revoke(parties.self(parties.company), mandate, Scene.TAXPAYER));
        List<Future<?>> late = List.of(threads.submit(() -> parties.issue(parties.self(parties.firm).under(mandate))), threads.submit(() -> parties.toAccountant(mandate)),
                threads.submit(() -> parties.application().with(Tokens.class, tokens -> tokens.list(parties.self(parties.firm).under(mandate), Optional.empty(), 10))));
        assertThrows(TimeoutException.class, () -> late.get(0).get(500, TimeUnit.MILLISECONDS));
        revocation.commit();
        for (Future<?> one : late) {
            ExecutionException refused = assertThrows(ExecutionException.class, () -> one.get(10, TimeUnit.SECONDS));
            assertEquals(MandateRefusal.MANDATE_NOT_IN_FORCE, ((Refusal) refused.getCause()).code());
        }
        assertEquals(List.of("0"), Rows.of("select count(*) from consent.token where mandate_id = ?", mandate.value()));
    }

    @Test
    void isAcknowledgedOnlyAfterTheCallsItCouldNotPrevent() throws Exception {
        MandateId mandate = parties.toFirm();
        IssuedToken token = parties.issue(parties.self(parties.firm).under(mandate));
        TestApplication.Open<?> inFlight = otherNode.begin(org.kopuro.taxservices.TaxServices.class, services ->
                services.tpPaymentDateByInn(SCENE.call(MandateScene.SERVICE, token.text()), parties.company.digits(), "2025-05-01", "2025-05-31"));
        Future<MandateView> revocation = threads.submit(() -> parties.revoke(parties.company, mandate));
        assertThrows(TimeoutException.class, () -> revocation.get(500, TimeUnit.MILLISECONDS));
        inFlight.commit();
        revocation.get(10, TimeUnit.SECONDS);
        parties.assertRefused(ConsentRefusal.CONSENT_REVOKED, token);
    }

    /** Both ends of a chain, the taxpayer's confirmation, and new tokens, at once and many times: whatever comes first, nothing alive is left under an ended mandate, and nothing breaks. */
    @Test
    void leavesNothingAliveWhateverComesFirst() throws Exception {
        for (int round = 0; round < 15; round++) {
            MandateScene each = new MandateScene(SCENE);
            MandateId above = each.toFirm();
            MandateId mandate = each.toAccountant(above);
            IssuedToken early = each.issue(each.self(each.accountant).under(mandate));
            CyclicBarrier start = new CyclicBarrier(4);
            List<Future<Boolean>> all = new ArrayList<>();
            all.add(threads.submit(at(start, () -> each.revoke(each.company, above))));
            all.add(threads.submit(at(start, () -> each.resign(each.accountant, mandate))));
            all.add(threads.submit(at(start, () -> otherNode.with(Tokens.class, tokens -> tokens.issue(each.self(each.accountant).under(mandate), each.token(30), Scene.TAXPAYER)))));
            all.add(threads.submit(at(start, () -> otherNode.with(Tokens.class, tokens -> tokens.confirmAsOwn(each.self(each.company), early.token().id(), Scene.TAXPAYER)))));
            for (Future<Boolean> one : all) {
                one.get(20, TimeUnit.SECONDS);
            }
            assertTrue(all.get(0).get(), "the company revokes what is its own in any case");
            assertEquals(List.of("0"), Rows.of("select count(*) from consent.token t where mandate_id in (?, ?) and not own and state in ('ACTIVE', 'FROZEN')", above.value(), mandate.value()));
            assertEquals(all.get(3).get() ? "ACTIVE" : "REVOKED", Rows.of("select state from consent.token where id = ?", early.token().id().value()).get(0));
            assertTrue(each.stored(above) == MandateState.REVOKED && each.stored(mandate) != MandateState.IN_FORCE);
        }
    }

    /** Whether it was done; a refusal says no, anything else is a defect. */
    private static Callable<Boolean> at(CyclicBarrier start, Callable<?> action) {
        return () -> {
            start.await();
            try {
                action.call();
                return true;
            } catch (Refusal refused) {
                return false;
            }
        };
    }
}
