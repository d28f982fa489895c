package org.kopuro.access.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.catalogue.Contracts;
import org.kopuro.consent.ConsentRefusal;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.Credential;
import org.kopuro.exchange.IdentityRefusal;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.participants.SubsystemId;
import org.kopuro.registers.RegisterRows;
import org.kopuro.registers.TaxpayerView;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** Thresholds and the calls that run into them, on one node and on two (ACC-96). */
class LimitingCallsIT {

    private static final String SERVICE = "tpDataByINNforBusinessActivity";

    private final Scene scene = new Scene();
    private final TestApplication other = new TestApplication("TEST,PRODUCTION", Scene.NOON);

    @Test
    void aCallBeyondTheLimitIsRefusedAndRecordedLikeAnyRefusal() {
        set(ceilings(null, 2, null, null));
        round(scene.application);
        assertDisclosed(call(scene.application));
        assertDisclosed(call(scene.application));
        Answer.Refused<?> refused = assertLimited("limit.callsPerHour", call(scene.application));
        assertEquals("2026-03-02T07:00:00Z", refused.refusal().argument(1));
        assertEquals(List.of(SERVICE + "|RATE_LIMITED|0"), Rows.of("select concat_ws('|', service_code, outcome, records) from consent.usage where occurrence = ?", refused.occurrence()));
        assertEquals(List.of("RATE_LIMITED"), Rows.of("select content::jsonb -> 'data' ->> 'outcome' from ledger.entry where id = ?", refused.occurrence()));
        scene.application.clock().advance(java.time.Duration.ofHours(1));
        assertDisclosed(call(scene.application));
    }

    @Test
    void twoNodesHoldALimitTogetherOnceTheyHaveToldEachOther() {
        set(ceilings(null, 4, null, null));
        round(scene.application);
        round(other);
        assertDisclosed(call(scene.application));
        assertDisclosed(call(scene.application));
        assertDisclosed(call(other));
        round(scene.application);
        round(other);
        assertDisclosed(call(other));
        assertLimited("limit.callsPerHour", call(other));
        // The first has heard of none of the other's two: so much more passes, and no more.
        assertDisclosed(call(scene.application));
        assertDisclosed(call(scene.application));
        assertLimited("limit.callsPerHour", call(scene.application));
        round(other);
        round(scene.application);
        assertLimited("limit.callsPerHour", call(scene.application));
        assertEquals(List.of("6"), Rows.of("select sum(calls) from access.admitted where subsystem_id = ?", scene.subsystem.id().value()));
    }

    @Test
    void aNodeThatStartsKnowsTheDaySoFar() {
        assertDisclosed(call(scene.application));
        round(scene.application);
        set(ceilings(null, null, 1, null));
        round(other);
        assertLimited("limit.callsPerDay", call(other));
    }

    @Test
    void taxpayersOfADayAreCountedOverBothNodesAndFromItsBeginning() {
        String second = taxpayer();
        String third = taxpayer();
        assertDisclosed(call(other, scene.inn.digits()));
        set(ceilings(null, null, null, 2));
        round(scene.application);
        assertDisclosed(call(scene.application, second));
        assertDisclosed(call(scene.application, scene.inn.digits()));
        assertEquals("2026-03-02T18:00:00Z", assertLimited("limit.taxpayersPerDay", call(scene.application, third)).refusal().argument(1));
        round(other);
        assertLimited("limit.taxpayersPerDay", call(other, third));
        round(other);
        assertDisclosed(call(other, second));
    }

    @Test
    void aSecondHasRoomForItsLimit() {
        set(ceilings(1, null, null, null));
        round(scene.application);
        int refused = 0;
        for (int i = 0; i < 5; i++) {
            refused += call(scene.application) instanceof Answer.Refused ? 1 : 0;
        }
        assertEquals(true, refused > 0, "five calls passed in a second that has room for one");
    }

    @Test
    void aThresholdBeginsAtItsMomentAndTheNextOneEndsIt() {
        Instant later = Scene.NOON.plusSeconds(1800);
        Instant end = Scene.NOON.plusSeconds(2400);
        scene.application.run(Thresholds.class, thresholds -> thresholds.set(threshold(Optional.of(later), ceilings(null, 1, null, null)), Contour.TEST, Scene.OFFICIAL));
        scene.application.run(Thresholds.class, thresholds -> thresholds.set(threshold(Optional.of(end), Ceilings.NONE), Contour.TEST, Scene.OFFICIAL));
        round(scene.application);
        assertDisclosed(call(scene.application));
        scene.application.clock().set(later);
        round(scene.application);
        assertLimited("limit.callsPerHour", call(scene.application));
        scene.application.clock().set(end);
        round(scene.application);
        assertDisclosed(call(scene.application));
    }

    /** Wrong ones may have been typed by anybody who has the participant's product: its other customers notice nothing. */
    @Test
    void whoeverTriesTokensIsStoppedAndWhoeverHasARightfulOneIsNot() {
        round(other);
        for (int i = 0; i < UnknownTokens.FORGIVEN; i++) {
            assertRefused(ConsentRefusal.TOKEN_NOT_ACCEPTED, ask(scene.application, "tpDataByINN", new Scene(Contour.PRODUCTION).token().text(), scene.inn.digits()));
        }
        assertLimited("limit.unknownTokens", ask(scene.application, "tpDataByINN", new Scene(Contour.PRODUCTION).token().text(), scene.inn.digits()));
        // Another participant's token is as good as a wrong one: a refusal tells nothing of either.
        assertLimited("limit.unknownTokens", ask(scene.application, "tpDataByINN", new Scene().token().text(), scene.inn.digits()));
        assertDisclosed(ask(scene.application, "tpDataByINN", scene.token().text(), scene.inn.digits()));
        assertDisclosed(call(scene.application));
        // The other node has been told, and forgives none of them once more.
        round(scene.application);
        round(other);
        assertLimited("limit.unknownTokens", ask(other, "tpDataByINN", new Scene(Contour.PRODUCTION).token().text(), scene.inn.digits()));
        assertDisclosed(ask(other, "tpDataByINN", scene.token().text(), scene.inn.digits()));
    }

    /** Of what a participant may do, nobody takes anything who has not proven to be it. */
    @Test
    void whoeverPretendsToBeAParticipantTakesNothingOfItsLimits() {
        set(ceilings(null, 2, null, null));
        round(scene.application);
        Scene stranger = new Scene();
        Call own = scene.call(SERVICE, null);
        assertDisclosed(send(own));
        for (int i = 0; i < 3; i++) {
            assertRefused(IdentityRefusal.MESSAGE_REPLAYED, send(own));
            assertRefused(IdentityRefusal.CERTIFICATE_OF_ANOTHER_SUBSYSTEM, send(signed(stranger.call(SERVICE, null).credential())));
            assertRefused(IdentityRefusal.CERTIFICATE_UNKNOWN, send(signed(Credential.signature(Scene.freshDigest(), Scene.freshDigest()))));
        }
        assertDisclosed(call(scene.application));
        assertLimited("limit.callsPerHour", call(scene.application));
    }

    /** Those, too, anybody can type: a taxpayer of whom nothing is disclosed takes no place of the day's, here or where the day is read anew. */
    @Test
    void numbersThatAreOnlyAskedForTakeNoPlace() {
        scene.application.run(Thresholds.class, thresholds -> thresholds.set(new NewThreshold("tpDataByINN", Optional.of(scene.subsystem.id()), Optional.empty(),
                ceilings(null, null, null, 1), "in a test"), Contour.TEST, Scene.OFFICIAL));
        round(scene.application);
        String token = scene.token().text();
        for (int i = 0; i < 3; i++) {
            assertRefused(ConsentRefusal.CONSENT_REQUIRED, ask(scene.application, "tpDataByINN", null, taxpayer()));
        }
        round(other);
        assertDisclosed(ask(other, "tpDataByINN", token, scene.inn.digits()));
        assertDisclosed(ask(scene.application, "tpDataByINN", token, scene.inn.digits()));
        assertLimited("limit.taxpayersPerDay", ask(scene.application, "tpDataByINN", null, taxpayer()));
    }

    @Test
    void aThresholdIsNeverEdited() {
        UUID id = set(ceilings(null, 2, null, null)).id();
        assertThrows(IllegalStateException.class, () -> Rows.change("update access.threshold set calls_per_hour = 3 where id = ?", id));
        assertThrows(IllegalStateException.class, () -> Rows.change("delete from access.threshold where id = ?", id));
        assertEquals(List.of("access.threshold_set"), Rows.of("select content::jsonb ->> 'type' from ledger.entry where record_id = ?", id));
    }

    @ParameterizedTest
    @CsvSource({"0, , , , callsPerSecond", "10001, , , , callsPerSecond", ", 0, , , callsPerHour", ", , -1, , callsPerDay", ", , , 0, taxpayersPerDay", ", , , 100001, taxpayersPerDay"})
    void numbersHaveBounds(Integer second, Integer hour, Integer day, Integer taxpayers, String field) {
        assertRefusal(InputRefusal.FIELD_INVALID, field, () -> set(ceilings(second, hour, day, taxpayers)));
    }

    /** ACC-85: what an entry shows. */
    @Test
    void whoeverHasNoThresholdOfHisOwnHasTheServicesDefault() {
        String service = Contracts.aService();
        Instant later = scene.application.clock().instant().plusSeconds(60);
        scene.application.run(Thresholds.class, all -> all.set(new NewThreshold(service, Optional.empty(), Optional.empty(), ceilings(null, 7, null, null), "x"), Contour.TEST, Scene.OFFICIAL));
        scene.application.run(Thresholds.class, all -> all.set(new NewThreshold(service, Optional.empty(), Optional.of(later), ceilings(null, 9, null, null), "x"), Contour.TEST, Scene.OFFICIAL));
        assertEquals(ceilings(null, 7, null, null), scene.application.with(Thresholds.class, all -> all.defaultOf(service, Contour.TEST)));
        assertEquals(ceilings(100, 100_000, 1_000_000, null), scene.application.with(Thresholds.class, all -> all.defaultOf(service, Contour.PRODUCTION)), "as it ships");
        scene.application.clock().set(later);
        assertEquals(ceilings(null, 9, null, null), scene.application.with(Thresholds.class, all -> all.defaultOf(service, Contour.TEST)));
    }

    @Test
    void whatIsPastUnknownOrWithoutARightIsRefused() {
        assertRefusal(InputRefusal.FIELD_INVALID, "effectiveFrom", () -> scene.application.with(Thresholds.class,
                thresholds -> thresholds.set(threshold(Optional.of(Scene.NOON.minusSeconds(1)), ceilings(null, 1, null, null)), Contour.TEST, Scene.OFFICIAL)));
        assertRefusal(AccessRefusal.SERVICE_UNKNOWN, "service", () -> setOf("nothing", Optional.empty(), Contour.TEST));
        assertRefusal(AccessRefusal.ACCESS_RIGHT_MISSING, "accessRight.service", () -> setOf(SERVICE, Optional.of(scene.addSubsystem("without").id()), Contour.TEST));
        assertRefusal(AccessRefusal.ACCESS_RIGHT_MISSING, "accessRight.service", () -> setOf(SERVICE, Optional.of(scene.subsystem.id()), Contour.PRODUCTION));
        assertRefusal(InputRefusal.NOT_FOUND, "subsystem", () -> setOf(SERVICE, Optional.of(new SubsystemId(UUID.randomUUID())), Contour.TEST));
        set(ceilings(null, 1, null, null));
        assertRefusal(InputRefusal.FIELD_INVALID, "effectiveFrom", () -> set(ceilings(null, 2, null, null)));
    }

    private ThresholdView set(Ceilings ceilings) {
        return scene.application.with(Thresholds.class, thresholds -> thresholds.set(threshold(Optional.empty(), ceilings), Contour.TEST, Scene.OFFICIAL));
    }

    private ThresholdView setOf(String service, Optional<SubsystemId> subsystem, Contour contour) {
        return scene.application.with(Thresholds.class, thresholds -> thresholds.set(new NewThreshold(service, subsystem, Optional.empty(), ceilings(null, 1, null, null), "in a test"),
                contour, Scene.OFFICIAL));
    }

    private NewThreshold threshold(Optional<Instant> from, Ceilings ceilings) {
        return new NewThreshold(SERVICE, Optional.of(scene.subsystem.id()), from, ceilings, "in a test");
    }

    private static Ceilings ceilings(Integer second, Integer hour, Integer day, Integer taxpayers) {
        return new Ceilings(Optional.ofNullable(second), Optional.ofNullable(hour), Optional.ofNullable(day), Optional.ofNullable(taxpayers));
    }

    private static void round(TestApplication node) {
        node.run(MonitoringRound.class, MonitoringRound::count);
    }

    private String taxpayer() {
        Inn inn = new Inn("2300219810%04d".formatted((int) (Math.random() * 10_000)));
        RegisterRows.aTaxpayer(Contour.TEST, inn);
        return inn.digits();
    }

    private Answer<TaxpayerView> call(TestApplication node) {
        return call(node, scene.inn.digits());
    }

    private Answer<TaxpayerView> call(TestApplication node, String inn) {
        return node.with(TaxServices.class, services -> services.tpDataByINNforBusinessActivity(scene.call(SERVICE, null), inn));
    }

    private Answer<TaxpayerView> ask(TestApplication node, String service, String token, String inn) {
        return node.with(TaxServices.class, services -> services.tpDataByINN(scene.call(service, token), inn));
    }

    private Call signed(Credential credential) {
        Call own = scene.call(SERVICE, null);
        return new Call(own.client(), own.service(), own.messageId(), own.userId(), own.issue(), own.consentToken(), credential, own.remoteAddress());
    }

    private Answer<TaxpayerView> send(Call call) {
        return scene.application.with(TaxServices.class, services -> services.tpDataByINNforBusinessActivity(call, scene.inn.digits()));
    }

    private static void assertDisclosed(Answer<?> answer) {
        assertInstanceOf(Answer.Disclosed.class, answer);
    }

    private static Answer.Refused<?> assertRefused(RefusalCode code, Answer<?> answer) {
        Answer.Refused<?> refused = assertInstanceOf(Answer.Refused.class, answer);
        assertEquals(code, refused.refusal().code());
        return refused;
    }

    private static Answer.Refused<?> assertLimited(String field, Answer<?> answer) {
        Answer.Refused<?> refused = assertRefused(AccessRefusal.RATE_LIMITED, answer);
        assertEquals(field, refused.refusal().field());
        return refused;
    }

    private static void assertRefusal(RefusalCode code, String field, Executable work) {
        Refusal refused = assertThrows(Refusal.class, work);
        assertEquals(List.of(code, field), List.of(refused.code(), refused.field()));
    }
}
