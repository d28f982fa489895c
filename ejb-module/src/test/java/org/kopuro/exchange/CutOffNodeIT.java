package org.kopuro.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kopuro.consent.ConsentRefusal;
import org.kopuro.consent.IssuedToken;
import org.kopuro.consent.Tokens;
import org.kopuro.registers.TaxpayerView;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.CutWire;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestDatabase;

/** One node has lost its way to the database, the other has not: the first answers nothing, and the second stops consents all the same (CON-73, CON-74). */
class CutOffNodeIT {

    /** Five seconds, and what a busy machine takes. */
    private static final long LEASE_SECONDS_MAX = 15;

    private final Scene scene = new Scene();
    private final IssuedToken token = scene.token();
    private CutWire wire;
    private TestApplication node;

    @BeforeEach
    void start() throws IOException {
        String url = TestDatabase.shared().url();
        int port = Integer.parseInt(url.replaceFirst(".*:(\\d+)/.*", "$1"));
        wire = new CutWire(port);
        node = TestApplication.node("TEST,PRODUCTION", Scene.NOON, url.replace(":" + port + "/", ":" + wire.port() + "/"), "socketTimeout=1", "connectTimeout=1");
    }

    @AfterEach
    void stop() throws IOException {
        wire.mend();
        node.close();
        wire.close();
    }

    @Test
    void remembersNothingOfAConsentThatWasStoppedElsewhere() {
        assertInstanceOf(Answer.Disclosed.class, ask(node));
        wire.tear();
        assertOutage(assertThrows(RuntimeException.class, () -> ask(node)));
        scene.application.run(Tokens.class, tokens -> tokens.deactivate(scene.taxpayer(), token.token().id(), Scene.TAXPAYER));
        assertOutage(assertThrows(RuntimeException.class, () -> ask(node)));
        wire.mend();
        assertEquals(ConsentRefusal.CONSENT_REVOKED, assertInstanceOf(Answer.Refused.class, afterTheOutage()).refusal().code());
    }

    @Test
    void failsWhereTheDatabaseIsSilent() {
        assertInstanceOf(Answer.Disclosed.class, ask(node));
        wire.silence();
        assertOutage(assertThrows(RuntimeException.class, () -> ask(node)));
    }

    /** The consent's row is held by a call that never goes on: PostgreSQL gives it back, so that the stop is acknowledged, and the call's answer can never be. */
    @Test
    void keepsNoStopWaitingAndDisclosesNothingOfACallThatItWasCutOffIn() throws Exception {
        TestApplication.Open<Answer<TaxpayerView>> inFlight = node.begin(TaxServices.class, services -> services.tpDataByINN(scene.call("tpDataByINN", token.text()), scene.inn.digits()));
        assertInstanceOf(Answer.Disclosed.class, inFlight.result());
        wire.silence();
        CompletableFuture<Void> stop = CompletableFuture.runAsync(() ->
                scene.application.run(Tokens.class, tokens -> tokens.deactivate(scene.taxpayer(), token.token().id(), Scene.TAXPAYER)));
        assertThrows(TimeoutException.class, () -> stop.get(1, TimeUnit.SECONDS), "acknowledged while the call could still have been committed");
        stop.get(LEASE_SECONDS_MAX, TimeUnit.SECONDS);
        assertThrows(RuntimeException.class, inFlight::commit);
        assertEquals(List.of("0"), Rows.of("select count(*) from consent.usage where consent_id = ?", token.token().id().value()));
        assertEquals(ConsentRefusal.CONSENT_REVOKED, assertInstanceOf(Answer.Refused.class, ask(scene.application)).refusal().code());
    }

    private Answer<TaxpayerView> ask(TestApplication of) {
        return of.with(TaxServices.class, services -> services.tpDataByINN(scene.call("tpDataByINN", token.text()), scene.inn.digits()));
    }

    /** What was in the pool is dead, and this pool, unlike a server's, finds out by using it. */
    private Answer<TaxpayerView> afterTheOutage() {
        Instant until = Instant.now().plus(Duration.ofSeconds(30));
        while (true) {
            try {
                return ask(node);
            } catch (RuntimeException e) {
                assertOutage(e);
                assertTrue(Instant.now().isBefore(until), "the node never comes back");
            }
        }
    }

    /** What the edges tell as TEMPORARILY_UNAVAILABLE. */
    private static void assertOutage(Throwable thrown) {
        Optional<String> state = Stream.iterate(thrown, each -> each != null, Throwable::getCause).filter(SQLException.class::isInstance).map(each -> ((SQLException) each).getSQLState()).findFirst();
        assertTrue(state.filter(code -> code.startsWith("08")).isPresent(), () -> state + " " + thrown);
    }
}
