package org.kopuro.consent.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.Connections;
import org.kopuro.access.SubsystemDropped;
import org.kopuro.consent.ConsentReceipt;
import org.kopuro.consent.ConsentRefusal;
import org.kopuro.consent.ConsentWarnings;
import org.kopuro.consent.NoticeChoices;
import org.kopuro.consent.Taxpayer;
import org.kopuro.consent.Tiding;
import org.kopuro.consent.TidingKind;
import org.kopuro.consent.Tidings;
import org.kopuro.consent.events.PublishedKeys;
import org.kopuro.consent.events.Receiver;
import org.kopuro.documents.DocumentLimits;
import org.kopuro.documents.Upload;
import org.kopuro.exchange.Answer;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.notices.NoticeKind;
import org.kopuro.notices.NoticeView;
import org.kopuro.notices.Notices;
import org.kopuro.participants.ParticipantId;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** A taxpayer is told of form consents in his name, may do without warnings, and gets a receipt: CON-96, CON-102, CON-123, CON-140 to CON-142, CON-156, CON-T21 to CON-T28. */
class TellingOfFormsIT {

    private final FormScene forms = new FormScene();
    private final Scene scene = forms.scene;

    @Test
    void whatIsRegisteredInHisNameAndHowItEndsIsToldButNotWhatHeDidHimself() {
        FormView form = forms.registered(forms.aForm());
        forms.transfer(forms.aForm().version("2"));
        Tiding registered = told().get(0);
        assertEquals("REGISTERED " + form.id().value() + " " + form.number(), registered.kind() + " " + registered.form().orElseThrow() + " " + registered.formNumber().orElseThrow());
        assertEquals(List.of("REGISTERED"), kinds(), "of what was rejected nothing");
        later(bean -> bean.dispute(scene.taxpayer(), form.id(), "I never saw it.", Scene.TAXPAYER));
        settle(form, true);
        later(bean -> bean.dispute(scene.taxpayer(), form.id(), "Still not.", Scene.TAXPAYER));
        settle(form, true);
        later(bean -> bean.withdraw(scene.taxpayer(), form.id(), Scene.TAXPAYER));
        assertEquals(List.of("SETTLED", "SETTLED", "REGISTERED"), kinds());
        assertEquals(Optional.of("As asked."), told().get(0).reason(), "the authority's reason, and each settlement by itself");

        FormView second = forms.registered(forms.aForm());
        later(bean -> bean.reportWithdrawal(scene.participant.id(), Contour.TEST, second.id(), scene.application.clock().instant(), forms.system));
        assertEquals("WITHDRAWN REPORTED_BY_PARTICIPANT", told().get(0).kind() + " " + told().get(0).cause().orElseThrow());
        FormView third = forms.registered(forms.aForm());
        scene.application.clock().advance(Duration.ofSeconds(1));
        scene.apply(ConnectionEvent.DISCONNECT);
        assertEquals("WITHDRAWN PARTICIPANT_DISCONNECTED " + third.id().value(), told().get(0).kind() + " " + told().get(0).cause().orElseThrow() + " " + told().get(0).form().orElseThrow());
        assertEquals(List.of(), scene.application.with(Tidings.class, all -> all.of(new Scene(Contour.TEST, scene.application).taxpayer(), Optional.empty(), 10)));
        assertEquals(List.of(), scene.application.with(Tidings.class, all -> all.of(new Taxpayer(Contour.PRODUCTION, scene.inn), Optional.empty(), 10)));
    }

    @Test
    void anExpiryIsWarnedOfBothSidesAndToldWhenItHasCome() {
        FormView form = forms.registered(forms.aForm().dated(scene.today(), scene.today().plusDays(10)));
        assertEquals(0, warn());
        scene.application.clock().advance(Duration.ofDays(4));
        assertEquals(1, warn());
        assertEquals(0, warn(), "once");
        assertTrue(letters().get(0).body().contains(form.id().value().toString()), () -> letters().get(0).body());
        assertEquals(form.expiresAt(), told().get(0).effectiveAt());
        scene.application.clock().set(form.expiresAt().orElseThrow());
        forms.look();
        assertEquals(List.of("EXPIRED", "EXPIRES_SOON", "REGISTERED"), kinds());
    }

    @Test
    void whatIsSwitchedOffIsNotToldFromThenOnAndToldAgainOnceItIsOn() {
        choose(Set.of(TidingKind.EXPIRES_SOON, TidingKind.FIRST_USE));
        FormView form = forms.registered(forms.aForm().dated(scene.today(), scene.today().plusDays(10)));
        scene.application.clock().advance(Duration.ofDays(4));
        assertEquals(1, warn(), "its participant is told");
        assertEquals(List.of("REGISTERED"), kinds());
        choose(Set.of());
        assertEquals(List.of("REGISTERED"), kinds(), "what was not wanted then is not told now");
        assertEquals(0, warn(), "nor twice");
        scene.application.clock().advance(Duration.ofDays(4));
        assertEquals(1, warn());
        assertEquals(List.of("EXPIRES_SOON", "REGISTERED"), kinds());
        assertEquals(Optional.of(form.id().value()), told().get(0).form());
        assertEquals(Set.of(), scene.application.with(NoticeChoices.class, choices -> choices.of(scene.taxpayer())));
    }

    @ParameterizedTest
    @EnumSource(TidingKind.class)
    void whatIsNoWarningCannotBeSwitchedOff(TidingKind kind) {
        if (kind.switchable()) {
            choose(Set.of(kind));
            assertEquals(Set.of(kind), scene.application.with(NoticeChoices.class, choices -> choices.of(scene.taxpayer())));
        } else {
            assertRefused(ConsentRefusal.NOTICE_NOT_SWITCHABLE, () -> choose(Set.of(TidingKind.FIRST_USE, kind)));
            assertEquals(Set.of(), scene.application.with(NoticeChoices.class, choices -> choices.of(scene.taxpayer())), "nor is anything of it");
            assertThrows(RuntimeException.class, () -> Rows.change("insert into consent.muted_tiding values ('TEST', ?, ?)", scene.inn.digits(), kind.name()));
        }
    }

    @Test
    void aParticipantDoesWithoutLettersAboutExpiryAndWithNoOthers() {
        ParticipantId participant = scene.participant.id();
        scene.application.run(NoticeChoices.class, choices -> choices.choose(participant, Contour.TEST, Set.of(NoticeKind.N26), forms.system));
        assertRefused(ConsentRefusal.NOTICE_NOT_SWITCHABLE, () -> scene.application.run(NoticeChoices.class, choices -> choices.choose(participant, Contour.TEST, Set.of(NoticeKind.N27), forms.system)));
        forms.registered(forms.aForm().dated(scene.today(), scene.today().plusDays(10)));
        scene.application.clock().advance(Duration.ofDays(4));
        warn();
        assertEquals(List.of(), letters());
        assertEquals(List.of("EXPIRES_SOON", "REGISTERED"), kinds(), "its taxpayers are told");
        assertEquals(Set.of(), scene.application.with(NoticeChoices.class, choices -> choices.of(participant, Contour.PRODUCTION)));
    }

    /** CON-T28 names REGISTERED alone: what is disputed is found out about, and does not come back to a participant that has gone. */
    @Test
    void whatIsDisputedSurvivesADisconnectionAndEndsForItWhenItWasGiven() {
        FormView form = forms.registered(forms.aForm());
        FormView other = forms.registered(forms.aForm());
        later(bean -> bean.dispute(scene.taxpayer(), form.id(), "I never saw it.", Scene.TAXPAYER));
        later(bean -> bean.dispute(scene.taxpayer(), other.id(), "I never saw it.", Scene.TAXPAYER));
        scene.application.clock().advance(Duration.ofSeconds(1));
        scene.apply(ConnectionEvent.DISCONNECT);
        assertEquals(FormState.DISPUTED, forms.read(form).state());
        scene.connect(Contour.TEST, Scene.PROCEDURE);
        FormView settled = settle(form, true);
        assertEquals(List.of("WITHDRAWN", "PARTICIPANT_DISCONNECTED"), List.of(settled.state().name(), settled.cause().orElseThrow()));
        assertEquals(List.of("DISPUTE", "SETTLE_AS_GIVEN", "DISCONNECT_PARTICIPANT"), Rows.of("select event from consent.form_event where form_id = ? and number > 2 order by number", form.id().value()));
        assertEquals(Optional.of("NOT_GIVEN"), settle(other, false).cause());
    }

    /** The connection lives on: nothing but the news itself says that what it was given to has ended. */
    @Test
    void whatIsDisputedSurvivesTheEndOfItsSubsystemAndEndsForItWhenItWasGiven() {
        FormView form = forms.registered(forms.aForm());
        FormView other = forms.registered(forms.aForm());
        FormView expired = forms.registered(forms.aForm().dated(scene.today(), scene.today()));
        for (FormView each : List.of(form, other, expired)) {
            later(bean -> bean.dispute(scene.taxpayer(), each.id(), "I never saw it.", Scene.TAXPAYER));
        }
        drop();
        assertEquals(FormState.DISPUTED, forms.read(form).state());
        FormView settled = settle(form, true);
        assertEquals(List.of("WITHDRAWN", "PARTICIPANT_DISCONNECTED"), List.of(settled.state().name(), settled.cause().orElseThrow()));
        assertEquals(Optional.of("NOT_GIVEN"), settle(other, false).cause());
        scene.application.clock().advance(Duration.ofDays(1));
        assertEquals(FormState.EXPIRED, settle(expired, true).state(), "its time is over anyway");
    }

    /** Whichever comes first, the other sees it. */
    @Test
    void aSubsystemThatEndsWaitsForASettlementThatIsUnderWay() throws Exception {
        FormView form = forms.registered(forms.aForm());
        later(bean -> bean.dispute(scene.taxpayer(), form.id(), "I never saw it.", Scene.TAXPAYER));
        scene.application.clock().advance(Duration.ofSeconds(1));
        ExecutorService participant = Executors.newSingleThreadExecutor();
        try (Upload evidence = Upload.receive("evidence.txt", new ByteArrayInputStream("As asked.".getBytes(StandardCharsets.UTF_8)), DocumentLimits.USUAL)) {
            var settlement = scene.application.begin(Forms.class, bean -> bean.settle(form.id(), Contour.TEST, true, "The original was shown.", bean.addEvidence(form.id(), Contour.TEST, evidence, Scene.OFFICIAL).id(), Scene.OFFICIAL));
            Future<?> drop = participant.submit(this::drop);
            try {
                assertThrows(TimeoutException.class, () -> drop.get(500, TimeUnit.MILLISECONDS));
            } finally {
                settlement.commit();
            }
            drop.get(10, TimeUnit.SECONDS);
            assertEquals(Optional.of("PARTICIPANT_DISCONNECTED"), forms.read(form).cause());
        } finally {
            participant.shutdown();
        }
    }

    @Test
    void theDatabaseLetsNoFormComeBackWhoseHolderHasEnded() {
        FormView form = forms.registered(forms.aForm());
        later(bean -> bean.dispute(scene.taxpayer(), form.id(), "I never saw it.", Scene.TAXPAYER));
        settle(form, true);
        Object now = scene.application.clock().instant().atOffset(ZoneOffset.UTC);
        assertBroken("what is not disputed ends itself", "insert into consent.form_holder_ended (form_id, contour, at) values (?, 'TEST', ?)", form.id().value(), now);
        later(bean -> bean.dispute(scene.taxpayer(), form.id(), "I never saw it.", Scene.TAXPAYER));
        drop();
        assertBroken("its holder has ended", """
                insert into consent.form_event (form_id, number, from_state, event, to_state, at, actor, actor_role, text, evidence_id)
                select form_id, 6, 'DISPUTED', 'SETTLE_AS_GIVEN', 'REGISTERED', ?, actor, actor_role, text, evidence_id from consent.form_event where form_id = ? and evidence_id is not null""",
                now, form.id().value());
        assertBroken("append-only|not edited|never", "delete from consent.form_holder_ended");
        assertEquals(Optional.of("PARTICIPANT_DISCONNECTED"), settle(form, true).cause());
    }

    private static void assertBroken(String said, String sql, Object... parameters) {
        String message = assertThrows(IllegalStateException.class, () -> Rows.change(sql, parameters)).getCause().getMessage();
        assertTrue(message.matches("(?s).*(" + said + ").*"), message);
    }

    private void drop() {
        scene.application.clock().advance(Duration.ofSeconds(1));
        scene.application.run(Forms.class, bean -> bean.endFormsOf(dropped()));
    }

    private SubsystemDropped dropped() {
        return new SubsystemDropped(scene.participant.id(), scene.subsystem.id(), scene.contour, scene.application.clock().instant());
    }

    @Test
    void aConnectionThatEndedBeforeItWasTransferredEndsNothing() {
        scene.apply(ConnectionEvent.DISCONNECT);
        scene.application.clock().advance(Duration.ofSeconds(1));
        scene.connect(Contour.TEST, Scene.PROCEDURE);
        scene.grant(scene.subsystem, FormScene.SERVICE, scene.today(), null);
        scene.application.clock().advance(Duration.ofSeconds(1));
        FormView form = forms.registered(forms.aForm());
        later(bean -> bean.dispute(scene.taxpayer(), form.id(), "I never saw it.", Scene.TAXPAYER));
        assertEquals(FormState.REGISTERED, settle(form, true).state());
    }

    /** Else it would be REGISTERED with nobody to end it: each would not have seen the other. */
    @Test
    void aSettlementWaitsForADisconnectionThatIsUnderWay() throws Exception {
        FormView form = forms.registered(forms.aForm());
        later(bean -> bean.dispute(scene.taxpayer(), form.id(), "I never saw it.", Scene.TAXPAYER));
        scene.application.clock().advance(Duration.ofSeconds(1));
        ConnectionId held = scene.connection().id();
        ExecutorService officer = Executors.newSingleThreadExecutor();
        try {
            var disconnection = scene.application.begin(Connections.class, connections -> connections.apply(held, Contour.TEST,
                    Scene.change(ConnectionEvent.DISCONNECT)));
            Future<FormView> settlement = officer.submit(() -> settle(form, true));
            try {
                assertThrows(TimeoutException.class, () -> settlement.get(500, TimeUnit.MILLISECONDS));
            } finally {
                disconnection.commit();
            }
            assertEquals(Optional.of("PARTICIPANT_DISCONNECTED"), settlement.get(10, TimeUnit.SECONDS).cause());
        } finally {
            officer.shutdown();
        }
    }

    @Test
    void aReceiptSaysWhatWasAgreedWhatWasDisclosedAndWhomToAskForDeletion() throws Exception {
        FormView form = forms.registered(forms.aForm());
        Answer<?> disclosed = forms.ask();
        later(bean -> bean.withdraw(scene.taxpayer(), form.id(), Scene.TAXPAYER));
        Answer<?> refused = forms.ask();
        ConsentReceipt receipt = scene.application.with(FormReceipts.class, receipts -> receipts.of(scene.taxpayer(), form.id(), Language.EN));
        JsonObject claims = json(receipt.json());
        JsonObject told = claims.getJsonObject("receipt");
        assertEquals(List.of(form.id().value().toString(), "FORM", "WITHDRAWN", "TAXPAYER", scene.inn.digits()), List.of(told.getString("consentId"), told.getString("consentKind"),
                told.getString("state"), told.getString("cause"), told.getJsonObject("taxpayer").getString("inn")));
        assertEquals(List.of("RECEIVE", "REGISTER", "WITHDRAW"), told.getJsonArray("events").getValuesAs(one -> one.asJsonObject().getString("event")));
        assertEquals(List.of(disclosed.occurrence().toString()), told.getJsonArray("disclosures").getValuesAs(one -> one.asJsonObject().getString("ledgerEntry")));
        assertFalse(receipt.json().contains(refused.occurrence().toString()), "nothing was disclosed by that");
        assertEquals(1, told.getInt("disclosuresInAll"));
        assertEquals(scene.participant.noticeEmail(), told.getJsonObject("deletion").getString("email"));
        assertTrue(told.getJsonObject("deletion").getString("text").startsWith("A withdrawal does not undo"));
        assertEquals(3, told.getJsonArray("rights").size());

        SignedJWT signed = SignedJWT.parse(receipt.signed());
        var key = JWKSet.parse(scene.application.with(PublishedKeys.class, PublishedKeys::json)).getKeyByKeyId(signed.getHeader().getKeyID());
        assertTrue(signed.verify(new ECDSAVerifier(key.toECKey())));
        assertEquals(claims.getString("jti"), signed.getJWTClaimsSet().getJWTID());
        assertEquals(told, json(signed.getPayload().toString()).getJsonObject("receipt"));
        for (Language language : Language.values()) {
            scene.application.run(FormReceipts.class, receipts -> receipts.of(scene.participant.id(), Contour.TEST, form.id(), language));
        }
    }

    @Test
    void nobodyElseGetsAReceiptAndOfARejectedTransferThereIsNone() {
        FormView form = forms.registered(forms.aForm());
        FormView rejected = forms.transfer(forms.aForm().version("2")).form();
        Scene other = new Scene(Contour.TEST, scene.application);
        assertRefused(InputRefusal.NOT_FOUND, () -> scene.application.run(FormReceipts.class, receipts -> receipts.of(other.taxpayer(), form.id(), Language.RU)));
        assertRefused(InputRefusal.NOT_FOUND, () -> scene.application.run(FormReceipts.class, receipts -> receipts.of(other.participant.id(), Contour.TEST, form.id(), Language.RU)));
        assertRefused(InputRefusal.NOT_FOUND, () -> scene.application.run(FormReceipts.class, receipts -> receipts.of(scene.participant.id(), Contour.PRODUCTION, form.id(), Language.RU)));
        assertRefused(InputRefusal.NOT_FOUND, () -> scene.application.run(FormReceipts.class, receipts -> receipts.of(scene.participant.id(), Contour.TEST, rejected.id(), Language.RU)));
        assertRefused(InputRefusal.NOT_FOUND, () -> scene.application.run(FormReceipts.class, receipts -> receipts.of(scene.taxpayer(), rejected.id(), Language.RU)));
    }

    private interface Change {
        FormView on(Forms forms);
    }

    /** A second after what was before. */
    private FormView later(Change change) {
        scene.application.clock().advance(Duration.ofSeconds(1));
        return scene.application.with(Forms.class, change::on);
    }

    private FormView settle(FormView form, boolean given) {
        try (Upload evidence = Upload.receive("evidence.txt", new ByteArrayInputStream("As asked.".getBytes(StandardCharsets.UTF_8)), DocumentLimits.USUAL)) {
            return later(bean -> bean.settle(form.id(), Contour.TEST, given, "As asked.", bean.addEvidence(form.id(), Contour.TEST, evidence, Scene.OFFICIAL).id(), Scene.OFFICIAL));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void choose(Set<TidingKind> off) {
        scene.application.run(NoticeChoices.class, choices -> choices.choose(scene.taxpayer(), off, Scene.TAXPAYER));
    }

    private int warn() {
        return scene.application.with(ConsentWarnings.class, warnings -> warnings.tell(new Receiver(scene.participant.id(), Contour.TEST)));
    }

    private List<NoticeView> letters() {
        return scene.application.with(Notices.class, notices -> notices.forParticipant(scene.participant.id().value(), Contour.TEST, Optional.empty(), 100)).stream()
                .filter(one -> one.kind() == NoticeKind.N26).toList();
    }

    private List<Tiding> told() {
        return scene.application.with(Tidings.class, all -> all.of(scene.taxpayer(), Optional.empty(), 100));
    }

    private List<String> kinds() {
        return told().stream().map(one -> one.kind().name()).toList();
    }

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }

    private static void assertRefused(RefusalCode code, Runnable work) {
        assertEquals(code, assertThrows(Refusal.class, work::run).code());
    }
}
