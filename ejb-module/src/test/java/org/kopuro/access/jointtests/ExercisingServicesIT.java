package org.kopuro.access.jointtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.kopuro.access.AccessRightEvent;
import org.kopuro.access.AccessRightView;
import org.kopuro.access.AccessRights;
import org.kopuro.access.NewAccessRight;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Scene;

/** Which of its services a participant has tried in TEST is what TEST recorded of its calls (ACC-O19). */
class ExercisingServicesIT {

    private static final String BUSINESS = "tpDataByINNforBusinessActivity";
    private final Scene scene = new Scene();

    @Test
    void aServiceIsExercisedOnceItWasAnsweredAndARefusalIsToldBesides() {
        assertEquals(Scene.SERVICES.stream().sorted().toList(), list(scene).stream().map(Exercise::service).sorted().toList(), "all that are granted");
        assertTrue(list(scene).stream().noneMatch(Exercise::exercised));
        Instant first = now();
        answered(BUSINESS);
        scene.application.clock().advance(Duration.ofMinutes(1));
        Instant second = now();
        answered(BUSINESS);
        scene.application.clock().advance(Duration.ofMinutes(1));
        refused();
        scene.application.with(TaxServices.class, services -> services.tpDataByINN(scene.call("tpDataByINN", null), scene.inn.digits()));
        assertTrue(first.isBefore(second));
        Exercise business = of(BUSINESS);
        assertEquals(new Exercise(scene.subsystem.id(), BUSINESS, 2, 1, Optional.of(second), Optional.of(now()), Optional.of("TAXPAYER_UNKNOWN")), business);
        assertTrue(business.exercised());
        Exercise refusedOnly = of("tpDataByINN");
        assertEquals(List.of(false, 0, 1, Optional.of("CONSENT_REQUIRED")), List.of(refusedOnly.exercised(), refusedOnly.answered(), refusedOnly.refused(), refusedOnly.lastRefusal()));
        assertEquals(new Exercise(scene.subsystem.id(), "headcount", 0, 0, Optional.empty(), Optional.empty(), Optional.empty()), of("headcount"));
    }

    @Test
    void whatIsNoMoreGrantedIsNotListedAndOthersCallsAreOthers() {
        Scene other = new Scene(Contour.TEST, scene.application);
        answered(BUSINESS);
        assertTrue(list(other).stream().noneMatch(Exercise::exercised));
        AccessRightView right = scene.application.with(AccessRights.class, rights -> rights.of(scene.subsystem.id(), Contour.TEST)).stream()
                .filter(one -> one.serviceCode().equals(BUSINESS)).findFirst().orElseThrow();
        scene.application.run(AccessRights.class, rights -> rights.apply(AccessRightEvent.REVOKE, right.id(), Contour.TEST, "in a test", Scene.OFFICIAL));
        assertTrue(list(scene).stream().noneMatch(one -> one.service().equals(BUSINESS)));
    }

    @Test
    void callsInProductionExerciseNothing() {
        Scene production = new Scene(Contour.PRODUCTION, scene.application);
        production.application.with(TaxServices.class, services -> services.tpDataByINNforBusinessActivity(production.call(BUSINESS, null), production.inn.digits()));
        assertEquals(List.of(), list(production), "it was granted nothing in TEST");
        production.application.run(AccessRights.class, rights -> rights.grant(
                new NewAccessRight(production.subsystem.id(), BUSINESS, Contour.TEST, production.today(), Optional.empty()), "in a test", Scene.OFFICIAL));
        assertEquals(List.of(false), list(production).stream().map(Exercise::exercised).toList());
        assertRefused(InputRefusal.FIELD_INVALID, "contour", () -> ask(Contour.PRODUCTION, Optional.empty(), Optional.of(production.participant.id())));
    }

    @Test
    void othersAndUnknownParticipantsAreNotFoundAndAnOfficialNamesOne() {
        Scene other = new Scene(Contour.TEST, scene.application);
        Optional<ParticipantId> own = Optional.of(scene.participant.id());
        assertEquals(list(scene), ask(Contour.TEST, own, Optional.empty()));
        assertRefused(InputRefusal.NOT_FOUND, "participant", () -> ask(Contour.TEST, own, Optional.of(other.participant.id())));
        assertRefused(InputRefusal.NOT_FOUND, "participant", () -> ask(Contour.TEST, Optional.empty(), Optional.of(new ParticipantId(UUID.randomUUID()))));
        assertRefused(InputRefusal.FIELD_MISSING, "participant", () -> ask(Contour.TEST, Optional.empty(), Optional.empty()));
    }

    private void answered(String service) {
        scene.application.with(TaxServices.class, services -> services.tpDataByINNforBusinessActivity(scene.call(service, null), scene.inn.digits()));
    }

    private void refused() {
        scene.application.with(TaxServices.class, services -> services.tpDataByINNforBusinessActivity(scene.call(BUSINESS, null), "23002198099999"));
    }

    private Exercise of(String service) {
        return list(scene).stream().filter(one -> one.service().equals(service)).findFirst().orElseThrow();
    }

    private List<Exercise> list(Scene of) {
        return ask(Contour.TEST, Optional.empty(), Optional.of(of.participant.id()));
    }

    private List<Exercise> ask(Contour contour, Optional<ParticipantId> own, Optional<ParticipantId> named) {
        return scene.application.with(Exercises.class, exercises -> exercises.of(contour, own, named));
    }

    private Instant now() {
        return scene.application.clock().instant();
    }

    private static void assertRefused(InputRefusal code, String field, Executable action) {
        Refusal refusal = assertThrows(Refusal.class, action);
        assertEquals(List.of(code, field), List.of(refusal.code(), refusal.field()));
    }
}
