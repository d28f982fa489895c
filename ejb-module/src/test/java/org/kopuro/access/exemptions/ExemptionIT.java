package org.kopuro.access.exemptions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionState;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.products.Applicant;
import org.kopuro.access.products.ProductRefusal;
import org.kopuro.access.requests.RequestRefusal;
import org.kopuro.access.requests.RequestState;
import org.kopuro.access.requests.RequestView;
import org.kopuro.access.requests.Requests;
import org.kopuro.documents.DocumentLimits;
import org.kopuro.documents.Upload;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** Whom the order does not concern is connected on another basis: ACC-10, 003 §5. */
class ExemptionIT {

    private final Scene scene = new Scene();
    private final Applicant applicant = new Applicant(scene);

    static Stream<Arguments> pairs() {
        return Stream.of(ExemptionState.values()).flatMap(state -> Stream.of(ExemptionEvent.CONFIRM, ExemptionEvent.REJECT, ExemptionEvent.END).map(event -> Arguments.of(state, event)));
    }

    @Test
    void theDatabaseHoldsTheSameTable() {
        Set<String> java = new HashSet<>(Set.of("NONE RECORD RECORDED"));
        for (ExemptionState state : ExemptionState.values()) {
            for (ExemptionEvent event : ExemptionEvent.values()) {
                state.on(event).ifPresent(next -> java.add(state + " " + event + " " + next));
            }
        }
        assertEquals(java, new HashSet<>(Rows.of("select from_state || ' ' || event || ' ' || to_state from access.exemption_transition")));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("pairs")
    void anEventThatTheStateDoesNotAllowChangesNothing(ExemptionState state, ExemptionEvent event) {
        ExemptionView exemption = reach(state);
        if (state.on(event).isPresent()) {
            apply(exemption, event);
        } else {
            assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> apply(exemption, event));
        }
        assertEquals(state.on(event).orElse(state), read(exemption).state());
    }

    @Test
    void nothingThatTheProcedureWantsIsDemandedOfWhomItDoesNotConcern() {
        scene.apply(ConnectionEvent.DISCONNECT);
        scene.exempt();
        applicant.grant(applicant.connect(Contour.TEST));
        assertEquals(ConnectionState.CONNECTED, scene.connection().state());
        RequestView request = applicant.connect(Contour.PRODUCTION);
        assertEquals(RequestState.GRANTED, applicant.grantByTwo(request).state(), "without a tick, a product or an agreement; by two officials all the same");
        ConnectionView production = scene.application.with(Connections.class, connections -> connections.of(scene.participant.id(), Contour.PRODUCTION)).get(0);
        scene.apply(production, Scene.change(ConnectionEvent.SUSPEND).on("INCIDENT"));
        assertEquals(RequestState.GRANTED, applicant.grant(applicant.tick(applicant.plain(RequestKind.RESTORE, Contour.PRODUCTION))).state());
    }

    @Test
    void whatIsOnlyRecordedChangesNothing() {
        scene.apply(ConnectionEvent.DISCONNECT);
        scene.recordExemption();
        RequestView request = applicant.connect(Contour.TEST);
        assertRefused(RequestRefusal.CHECKLIST_INCOMPLETE, () -> applicant.grant(request));
        applicant.tick(request);
        assertRefused(ProductRefusal.PRODUCT_MISSING, () -> applicant.grant(request));
    }

    @Test
    void afterItsEndTheProcedureIsDemandedAgainAndWhatWasGrantedStays() {
        ExemptionView exemption = scene.exempt();
        applicant.grantByTwo(applicant.connect(Contour.PRODUCTION));
        apply(exemption, ExemptionEvent.END);
        ConnectionView production = scene.application.with(Connections.class, connections -> connections.of(scene.participant.id(), Contour.PRODUCTION)).get(0);
        assertEquals(ConnectionState.CONNECTED, production.state());
        scene.apply(production, Scene.change(ConnectionEvent.SUSPEND).on("INCIDENT"));
        RequestView restore = applicant.tick(applicant.plain(RequestKind.RESTORE, Contour.PRODUCTION));
        assertRefused(AccessRefusal.AGREEMENT_MISSING, () -> applicant.grant(restore));
    }

    @Test
    void theDatabaseWantsTheAgreementOfEverybodyElse() {
        assertRefused(AccessRefusal.AGREEMENT_MISSING, () -> scene.connect(Contour.PRODUCTION, Scene.PROCEDURE));
        scene.exempt();
        assertEquals(ConnectionState.CONNECTED, scene.connect(Contour.PRODUCTION, Scene.PROCEDURE).state());
    }

    @Test
    void anExemptionThatADecisionRestsOnDoesNotEndBeforeIt() throws InterruptedException, ExecutionException {
        scene.apply(ConnectionEvent.DISCONNECT);
        ExemptionView exemption = scene.exempt();
        RequestView request = applicant.connect(Contour.TEST);
        TestApplication.Open<RequestView> granting = scene.application.begin(Requests.class, requests -> requests.grant(request.id(), Contour.TEST, "in order", Scene.OFFICIAL));
        ExecutorService node = Executors.newSingleThreadExecutor();
        Future<?> end = node.submit(() -> apply(exemption, ExemptionEvent.END));
        assertThrows(TimeoutException.class, () -> end.get(1, TimeUnit.SECONDS));
        granting.commit();
        end.get();
        node.shutdown();
        assertEquals(RequestState.GRANTED, applicant.read(request).state());
    }

    @Test
    void itIsConfirmedByAnApproverWhoHasNotRecordedIt() {
        ExemptionView exemption = scene.recordExemption();
        for (Actor wrong : List.of(Scene.OFFICIAL, Actor.of(UUID.randomUUID(), "OPERATOR"), Actor.of(Scene.OFFICIAL.account().orElseThrow(), "APPROVER"))) {
            assertRefused(ExemptionRefusal.EXEMPTION_SECOND_OFFICIAL, () -> scene.application.run(Exemptions.class, exemptions -> exemptions.confirm(exemption.id(), "x", wrong)));
        }
        assertEquals(ExemptionState.RECORDED, read(exemption).state());
        assertRefused(ExemptionRefusal.EXEMPTION_RECORDED_ALREADY, scene::recordExemption);
    }

    @ParameterizedTest
    @CsvSource({"KG-147, BECAUSE, 2026-03-02, EXEMPTION_GROUND_NOT_LISTED", "RU-1221, STATE_BODY, 2026-03-02, EXEMPTION_GROUND_NOT_LISTED",
        "KG-147, WITHOUT_EXCHANGE, 2026-03-03, EXEMPTION_ISSUED_IN_THE_FUTURE"})
    void itHasAGroundOfItsProcedureAndADayThatHasCome(String procedure, String ground, LocalDate issuedOn, ExemptionRefusal refusal) {
        NewExemption exemption = new NewExemption(scene.participant.id(), procedure, ground, "1", issuedOn, "A ministry.");
        assertRefused(refusal, () -> {
            try (Upload upload = Upload.receive("decree.txt", new ByteArrayInputStream("x".getBytes(StandardCharsets.UTF_8)), DocumentLimits.USUAL)) {
                scene.application.run(Exemptions.class, exemptions -> exemptions.record(exemption, upload, Scene.OFFICIAL));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void everyStepIsInTheLedger() {
        ExemptionView exemption = scene.exempt();
        apply(exemption, ExemptionEvent.END);
        assertEquals(List.of("RECORD", "CONFIRM", "END"), Rows.of("select content from ledger.entry where record_id = ? order by number", exemption.id().value()).stream()
                .map(entry -> entry.replaceAll("(?s).*\"event\":\"([A-Z]+)\".*", "$1")).toList());
    }

    private ExemptionView reach(ExemptionState state) {
        ExemptionView exemption = scene.recordExemption();
        switch (state) {
            case RECORDED -> { }
            case IN_FORCE -> apply(exemption, ExemptionEvent.CONFIRM);
            case REJECTED -> apply(exemption, ExemptionEvent.REJECT);
            case ENDED -> {
                apply(exemption, ExemptionEvent.CONFIRM);
                apply(exemption, ExemptionEvent.END);
            }
        }
        return exemption;
    }

    private void apply(ExemptionView exemption, ExemptionEvent event) {
        scene.application.run(Exemptions.class, exemptions -> {
            switch (event) {
                case CONFIRM -> exemptions.confirm(exemption.id(), "in a test", Scene.APPROVER);
                case REJECT -> exemptions.reject(exemption.id(), "in a test", Scene.APPROVER);
                case END -> exemptions.end(exemption.id(), "in a test", Scene.OFFICIAL);
                case RECORD -> throw new IllegalArgumentException();
            }
        });
    }

    private ExemptionView read(ExemptionView exemption) {
        return scene.application.with(Exemptions.class, exemptions -> exemptions.get(exemption.id()));
    }

    private static void assertRefused(RefusalCode code, Executable action) {
        assertEquals(code, assertThrows(Refusal.class, action).code());
    }
}
