package org.kopuro.consent.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.consent.ConsentKind;
import org.kopuro.consent.ConsentRefusal;
import org.kopuro.consent.IssuedToken;
import org.kopuro.consent.Taxpayer;
import org.kopuro.consent.TokenId;
import org.kopuro.consent.Tokens;
import org.kopuro.consent.UsageFilter;
import org.kopuro.consent.UsageLog;
import org.kopuro.consent.UsageView;
import org.kopuro.consent.events.ConsentEventView;
import org.kopuro.consent.events.ConsentEvents;
import org.kopuro.documents.DocumentLimits;
import org.kopuro.documents.Upload;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.Credential;
import org.kopuro.exchange.XRoadClient;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.participants.SubsystemView;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestDatabase;

/** What may happen to a form consent, and what a call on it is answered then: CON-43, CON-96 to CON-103, CON-T20 to CON-T28, CON-175. */
class FormLifeIT {

    private final FormScene forms = new FormScene();
    private final Scene scene = forms.scene;

    @Test
    void theDatabaseHoldsTheSameTable() {
        Set<String> java = new HashSet<>(Set.of("NONE RECEIVE RECEIVED"));
        for (FormState state : FormState.values()) {
            for (FormEvent event : FormEvent.values()) {
                state.on(event).ifPresent(next -> java.add(state + " " + event + " " + next + (next == FormState.WITHDRAWN ? " " + event.cause() : "")));
            }
        }
        assertEquals(java, new HashSet<>(Rows.of("select concat_ws(' ', from_state, event, to_state, cause) from consent.form_transition")));
    }

    static Stream<Arguments> pairs() {
        return Stream.of(FormState.REGISTERED, FormState.REJECTED, FormState.WITHDRAWN, FormState.DISPUTED, FormState.EXPIRED)
                .flatMap(state -> Stream.of(FormEvent.WITHDRAW, FormEvent.REPORT_WITHDRAWAL, FormEvent.DISPUTE, FormEvent.SETTLE_AS_GIVEN, FormEvent.SETTLE_AS_NOT_GIVEN,
                        FormEvent.DISCONNECT_PARTICIPANT, FormEvent.REACH_EXPIRY, FormEvent.END_SUBJECT).map(event -> Arguments.of(state, event)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("pairs")
    void anEventThatTheStateDoesNotAllowChangesNothing(FormState state, FormEvent event) {
        FormView form = reach(state);
        Optional<FormState> next = state.on(event);
        switch (event) {
            case REACH_EXPIRY -> {
                scene.application.clock().advance(Duration.ofDays(200));
                forms.look();
            }
            case END_SUBJECT -> {
                Rows.change("update registers.taxpayer set ended_on = date '2026-01-01' where contour = 'TEST' and inn = ?", scene.inn.digits());
                forms.look();
            }
            case DISCONNECT_PARTICIPANT -> scene.apply(ConnectionEvent.DISCONNECT);
            default -> {
                if (next.isPresent()) {
                    apply(form, event);
                } else {
                    // A rejected transfer is nothing that anybody could withdraw or dispute.
                    assertRefused(state == FormState.REJECTED ? InputRefusal.NOT_FOUND : InputRefusal.TRANSITION_NOT_ALLOWED, () -> apply(form, event));
                }
            }
        }
        assertEquals(next.orElse(state).name(), Rows.of("select state from consent.form_consent where id = ?", form.id().value()).get(0));
        assertEquals(Optional.ofNullable(next.orElse(state) == FormState.WITHDRAWN ? (next.isPresent() ? event : FormEvent.WITHDRAW).cause() : null), forms.read(form).cause());
    }

    private FormView reach(FormState state) {
        FormView form = state == FormState.REJECTED ? forms.transfer(forms.aForm().version("2")).form() : forms.registered(forms.aForm());
        switch (state) {
            case WITHDRAWN -> apply(form, FormEvent.WITHDRAW);
            case DISPUTED -> apply(form, FormEvent.DISPUTE);
            case EXPIRED -> {
                scene.application.clock().advance(Duration.ofDays(181));
                forms.look();
            }
            default -> { }
        }
        assertEquals(state, forms.read(form).state());
        return form;
    }

    /** A second later than what was before: events of one instant are in no order. */
    private FormView apply(FormView form, FormEvent event) {
        scene.application.clock().advance(Duration.ofSeconds(1));
        Instant now = scene.application.clock().instant();
        try (Upload evidence = Upload.receive("evidence.txt", new ByteArrayInputStream("As asked.".getBytes(StandardCharsets.UTF_8)), DocumentLimits.USUAL)) {
            return scene.application.with(Forms.class, bean -> switch (event) {
                case WITHDRAW -> bean.withdraw(scene.taxpayer(), form.id(), Scene.TAXPAYER);
                case REPORT_WITHDRAWAL -> bean.reportWithdrawal(scene.participant.id(), scene.contour, form.id(), now.minusSeconds(3600), forms.system);
                case DISPUTE -> bean.dispute(scene.taxpayer(), form.id(), "I never saw it.", Scene.TAXPAYER);
                case SETTLE_AS_GIVEN -> bean.settle(form.id(), scene.contour, true, "The original was shown.", bean.addEvidence(form.id(), scene.contour, evidence, Scene.OFFICIAL).id(), Scene.OFFICIAL);
                case SETTLE_AS_NOT_GIVEN -> bean.settle(form.id(), scene.contour, false, "There is no original.", bean.addEvidence(form.id(), scene.contour, evidence, Scene.OFFICIAL).id(), Scene.OFFICIAL);
                default -> throw new IllegalArgumentException(event.name());
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"update consent.form_consent set state = 'WITHDRAWN', cause = 'TAXPAYER', ended_at = now() where id = ?", "update consent.form_consent set paused = true where id = ?",
        "update consent.form_consent set expires_at = expires_at + interval '1 day' where id = ?", "delete from consent.form_event where form_id = ?",
        "insert into consent.form_service values (?, 'taxpayerDataByInn')",
        "insert into consent.form_event values (?, 3, 'REGISTERED', 'REACH_EXPIRY', 'EXPIRED', '2026-03-02T06:00:00Z', null, 'SYSTEM', '')",
        "insert into consent.form_event values (?, 3, 'DISPUTED', 'SETTLE_AS_GIVEN', 'REGISTERED', '2026-03-02T06:00:00Z', null, 'SYSTEM', 'a', null, gen_random_uuid())",
        "insert into consent.form_event values (?, 4, 'REGISTERED', 'WITHDRAW', 'WITHDRAWN', '2026-03-02T06:00:00Z', null, 'SYSTEM', '')"})
    void theApplicationCannotChangeAConsentWithoutAnEventThatFits(String sql) throws SQLException {
        FormView form = forms.registered(forms.aForm());
        try (Connection application = TestDatabase.shared().application().getConnection(); PreparedStatement statement = application.prepareStatement(sql)) {
            statement.setObject(1, form.id().value());
            assertThrows(SQLException.class, statement::executeUpdate);
        }
    }

    @Test
    void aCallIsAnsweredOnItWithoutATokenAndRefusedOnceTheTaxpayerHasWithdrawnIt() {
        assertAnswer(ConsentRefusal.CONSENT_REQUIRED, forms.ask());
        FormView form = forms.registered(forms.aForm());
        Answer<?> disclosed = forms.ask();
        assertDisclosed(disclosed);
        scene.application.clock().advance(Duration.ofMinutes(1));
        apply(form, FormEvent.WITHDRAW);
        Answer.Refused<?> refused = assertAnswer(ConsentRefusal.CONSENT_WITHDRAWN, forms.ask());
        assertEquals(Optional.of(form.id().value()), refused.consentId());
        assertEquals(Optional.of(scene.application.clock().instant()), refused.since());
        UsageFilter all = UsageFilter.EVERYTHING;
        List<UsageView> uses = scene.application.with(UsageLog.class, log -> log.of(scene.taxpayer(), new UsageFilter(all.participant(), all.service(), Optional.of(new TokenId(form.id().value())),
                all.from(), all.to(), all.outcome()), Optional.empty(), 10));
        assertEquals(List.of("CONSENT_WITHDRAWN FORM", "DISCLOSED FORM"), uses.stream().map(use -> use.outcome() + " " + use.kind()).toList());
        assertEquals(disclosed.occurrence(), uses.get(1).occurrence());
        assertEquals(Optional.of(form.id().value()), uses.get(1).consentId());
        assertEquals(ConsentKind.FORM, uses.get(0).kind());
        assertTrue(Rows.of("select content from ledger.entry where id = ?", disclosed.occurrence()).get(0).contains(form.id().value().toString()));
    }

    @Test
    void itPermitsItsServicesAloneToItsSubsystemAloneAboutItsTaxpayer() {
        forms.registered(forms.aForm());
        assertAnswer(ConsentRefusal.CONSENT_REQUIRED, scene.application.with(TaxServices.class, services -> services.taxpayerDataByInn(scene.call("taxpayerDataByInn", null), scene.inn.digits())));
        SubsystemView sibling = scene.addSubsystem("other");
        Credential credential = Credential.signature(Scene.thumbprint(scene.addCertificate(sibling, Contour.TEST)), Scene.freshDigest());
        scene.grant(sibling, "headcount", scene.today(), null);
        Call own = scene.call("headcount", null);
        XRoadClient client = new XRoadClient(own.client().instance(), own.client().memberClass(), own.client().memberCode(), sibling.code());
        assertAnswer(ConsentRefusal.CONSENT_REQUIRED, scene.application.with(TaxServices.class, services -> services.headcount(new Call(client, own.service(), own.messageId(), own.userId(),
                own.issue(), own.consentToken(), credential, own.remoteAddress()), scene.inn.digits(), "2026-01", "2026-02")));
        Scene other = new Scene(Contour.TEST, scene.application);
        assertAnswer(ConsentRefusal.CONSENT_REQUIRED, scene.application.with(TaxServices.class, services -> services.headcount(other.call("headcount", null), scene.inn.digits(), "2026-01", "2026-02")));
        assertAnswer(ConsentRefusal.CONSENT_REQUIRED, scene.application.with(TaxServices.class, services -> services.headcount(scene.call("headcount", null), other.inn.digits(), "2026-01", "2026-02")));
        assertDisclosed(forms.ask());
    }

    /** CON-4, CON-2. */
    @Test
    void aTokenThatIsSentDecidesAlone() {
        forms.registered(forms.aForm());
        IssuedToken token = scene.token();
        assertDisclosed(forms.ask(token.text()));
        scene.application.run(Tokens.class, tokens -> tokens.deactivate(scene.taxpayer(), token.token().id(), Scene.TAXPAYER));
        assertAnswer(ConsentRefusal.CONSENT_REVOKED, forms.ask(token.text()));
        assertAnswer(ConsentRefusal.TOKEN_MALFORMED, forms.ask("GNS1T"));
        assertDisclosed(forms.ask());
    }

    @Test
    void aServiceThatUsesNoTokenIsAnsweredOnAFormWhateverIsSent() {
        forms.registered(forms.aForm());
        Rows.change("insert into access.service_rule (service_code, effective_from, discloses_tax_secret, token_rule, self_call) values ('headcount', date '2026-03-02', true, 'NOT_USED', false)");
        try {
            assertDisclosed(forms.ask());
            assertDisclosed(forms.ask("GNS1T"));
            FormScene without = new FormScene();
            assertEquals("inn", assertAnswer(ConsentRefusal.CONSENT_REQUIRED, without.ask()).refusal().field());
        } finally {
            Rows.change("delete from access.service_rule where service_code = 'headcount' and effective_from = date '2026-03-02'");
        }
    }

    @Test
    void anotherThatIsStillGoodServesWhereOneIsWithdrawn() {
        FormView first = forms.registered(forms.aForm());
        FormView second = forms.registered(forms.aForm());
        apply(first, FormEvent.WITHDRAW);
        assertDisclosed(forms.ask());
        apply(second, FormEvent.DISPUTE);
        assertAnswer(ConsentRefusal.CONSENT_DISPUTED, forms.ask());
    }

    @Test
    void itsTimeIsOverAtItsInstantWhetherOrNotThatIsWrittenDown() {
        FormView form = forms.registered(forms.aForm().dated(scene.today(), scene.today()));
        scene.application.clock().set(form.expiresAt().orElseThrow().minusMillis(1));
        assertDisclosed(forms.ask());
        scene.application.clock().set(form.expiresAt().get());
        Answer.Refused<?> refused = assertAnswer(ConsentRefusal.CONSENT_EXPIRED, forms.ask());
        assertEquals(form.expiresAt(), refused.since());
        assertEquals(FormState.EXPIRED, forms.read(form).state());
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> apply(form, FormEvent.WITHDRAW));
        forms.look();
        assertEquals(List.of("EXPIRED"), events().stream().map(event -> event.kind().name()).toList());
    }

    @Test
    void aPauseOfAllStopsItAndWhatIsTransferredMeanwhile() {
        forms.registered(forms.aForm());
        scene.application.run(Tokens.class, tokens -> tokens.pauseAll(scene.taxpayer(), Scene.TAXPAYER));
        FormView meanwhile = forms.registered(forms.aForm());
        assertTrue(meanwhile.paused());
        assertAnswer(ConsentRefusal.CONSENT_FROZEN, forms.ask());
        scene.application.run(Tokens.class, tokens -> tokens.resumeAll(scene.taxpayer(), Scene.TAXPAYER));
        assertDisclosed(forms.ask());
        assertEquals(List.of("FROZEN", "UNFROZEN", "UNFROZEN"), events().stream().map(event -> event.kind().name()).sorted().toList());
    }

    /** CON-85, CON-T28. */
    @Test
    void aSuspensionStopsItForATimeAndADisconnectionForGood() {
        FormView form = forms.registered(forms.aForm());
        scene.apply(ConnectionEvent.SUSPEND);
        assertAnswer(AccessRefusal.PARTICIPANT_SUSPENDED, forms.ask());
        scene.apply(ConnectionEvent.RESTORE);
        assertDisclosed(forms.ask());
        scene.apply(ConnectionEvent.DISCONNECT);
        assertEquals(Optional.of("PARTICIPANT_DISCONNECTED"), forms.read(form).cause());
        assertEquals("WITHDRAWN PARTICIPANT_DISCONNECTED", events().get(0).kind() + " " + events().get(0).cause().orElseThrow());
    }

    @Test
    void aParticipantReportsAWithdrawalOfItsOwnThatHasHappened() {
        FormView form = forms.registered(forms.aForm());
        Instant now = scene.application.clock().instant();
        FormScene stranger = new FormScene();
        assertRefused(InputRefusal.NOT_FOUND, () -> scene.application.run(Forms.class, bean ->
                bean.reportWithdrawal(stranger.scene.participant.id(), Contour.TEST, form.id(), now, stranger.system)));
        assertRefused(InputRefusal.NOT_FOUND, () -> scene.application.run(Forms.class, bean ->
                bean.reportWithdrawal(scene.participant.id(), Contour.PRODUCTION, form.id(), now, forms.system)));
        assertRefused(FormRefusal.WITHDRAWN_IN_THE_FUTURE, () -> scene.application.run(Forms.class, bean ->
                bean.reportWithdrawal(scene.participant.id(), Contour.TEST, form.id(), now.plusSeconds(1), forms.system)));
        assertDisclosed(forms.ask());
        FormView withdrawn = apply(form, FormEvent.REPORT_WITHDRAWAL);
        assertEquals(Optional.of(scene.application.clock().instant()), withdrawn.endedAt(), "on receipt, whatever its own time is");
        assertEquals(List.of("t"), Rows.of("select declared_at = at - interval '1 hour' from consent.form_event where form_id = ? and event = 'REPORT_WITHDRAWAL'", form.id().value()));
        assertAnswer(ConsentRefusal.CONSENT_WITHDRAWN, forms.ask());
        ConsentEventView told = events().get(0);
        assertEquals("WITHDRAWN REPORTED_BY_PARTICIPANT " + form.id().value() + " [headcount]", String.join(" ", told.kind().name(), told.cause().orElseThrow(), told.consent().toString(),
                told.services().toString()));
    }

    @Test
    void nobodyElseWithdrawsOrDisputesATaxpayersConsent() {
        FormView form = forms.registered(forms.aForm());
        Inn other = new Scene(Contour.TEST, scene.application).inn;
        for (Taxpayer stranger : List.of(new Taxpayer(Contour.TEST, other), new Taxpayer(Contour.PRODUCTION, scene.inn))) {
            assertRefused(InputRefusal.NOT_FOUND, () -> scene.application.run(Forms.class, bean -> bean.withdraw(stranger, form.id(), Scene.TAXPAYER)));
            assertRefused(InputRefusal.NOT_FOUND, () -> scene.application.run(Forms.class, bean -> bean.dispute(stranger, form.id(), "No.", Scene.TAXPAYER)));
        }
        assertDisclosed(forms.ask());
    }

    @Test
    void whatATaxpayerDisputesStopsAtOnceBecomesAnIncidentAndIsSettledOnEvidence() {
        FormView form = forms.registered(forms.aForm());
        apply(form, FormEvent.DISPUTE);
        assertAnswer(ConsentRefusal.CONSENT_DISPUTED, forms.ask());
        assertEquals(List.of("TAXPAYER HIGH"), Rows.of("select source || ' ' || severity from access.incident where kind = 'CONSENT_DISPUTED' and participant_id = ?",
                scene.participant.id().value()));
        DisputedForm listed = scene.application.with(Forms.class, bean -> bean.disputed(Contour.TEST, Optional.empty(), 100)).stream().filter(one -> one.id().equals(form.id())).findFirst().orElseThrow();
        assertEquals(List.of(form.number(), "app", List.of("headcount"), scene.application.clock().instant()), List.of(listed.number(), listed.subsystem(), listed.services(), listed.disputedAt()));
        assertFalse(listed.toString().contains(scene.inn.digits()) || listed.toString().contains(FormScene.NAME), "the list is about nobody");
        assertEquals(form.id(), scene.application.with(Forms.class, bean -> bean.get(Contour.TEST, form.id(), Scene.APPROVER)).id());
        assertEquals(List.of("APPROVER FORM " + form.id().value()), scene.application.with(UsageLog.class, log -> log.inspectionsOf(scene.taxpayer(), Optional.empty(), 100)).stream()
                .map(one -> one.role() + " " + one.kind() + " " + one.about().orElseThrow()).toList(), "the form that was opened is told to the taxpayer");
        apply(form, FormEvent.SETTLE_AS_GIVEN);
        assertDisclosed(forms.ask());
        apply(form, FormEvent.DISPUTE);
        apply(form, FormEvent.SETTLE_AS_NOT_GIVEN);
        assertEquals(Optional.of("NOT_GIVEN"), forms.read(form).cause());
        assertEquals(List.of("DISPUTED", "SETTLED", "DISPUTED", "WITHDRAWN"), events().stream().map(event -> event.kind().name()).toList());
        assertEquals(List.of("2"), Rows.of("select count(*) from consent.form_event e join documents.document d on d.id = e.evidence_id where form_id = ?", form.id().value()));
    }

    /** CON-73, CON-74. */
    @Test
    void aWithdrawalIsAcknowledgedOnlyAfterTheCallsItCouldNotPrevent() throws Exception {
        FormView form = forms.registered(forms.aForm());
        ExecutorService node = Executors.newSingleThreadExecutor();
        try {
            // A call that has looked and not yet written anything: what it writes would hold the consent by itself.
            TestApplication.Open<Optional<PresentForm>> inFlight = scene.application.begin(PresentForms.class, present -> present.find(scene.contour, scene.participant.id().value(),
                    scene.subsystem.id().value(), scene.inn, FormScene.SERVICE, scene.application.clock().instant()));
            Future<?> withdrawal = node.submit(() -> apply(form, FormEvent.WITHDRAW));
            try {
                assertTrue(inFlight.result().isPresent());
                assertThrows(TimeoutException.class, () -> withdrawal.get(500, TimeUnit.MILLISECONDS));
            } finally {
                inFlight.commit();
            }
            withdrawal.get(10, TimeUnit.SECONDS);
            assertAnswer(ConsentRefusal.CONSENT_WITHDRAWN, forms.ask());
        } finally {
            node.shutdown();
        }
    }

    @Test
    void theDaysCeilingOfAServiceHoldsForItAsForATokens() {
        forms.registered(forms.aForm());
        Rows.change("update access.service_rule set calls_per_day = 2 where service_code = 'headcount'");
        try {
            assertDisclosed(forms.ask());
            assertDisclosed(forms.ask());
            assertAnswer(ConsentRefusal.FREQUENCY_EXCEEDED, forms.ask());
        } finally {
            Rows.change("update access.service_rule set calls_per_day = 1000 where service_code = 'headcount'");
        }
    }

    private List<ConsentEventView> events() {
        return scene.application.with(ConsentEvents.class, events -> events.after(scene.participant.id(), scene.contour, 0, 100));
    }

    private static void assertDisclosed(Answer<?> answer) {
        assertInstanceOf(Answer.Disclosed.class, answer, answer::toString);
    }

    private static Answer.Refused<?> assertAnswer(RefusalCode expected, Answer<?> answer) {
        Answer.Refused<?> refused = assertInstanceOf(Answer.Refused.class, answer);
        assertEquals(expected, refused.refusal().code());
        return refused;
    }

    private static void assertRefused(RefusalCode expected, Runnable work) {
        assertEquals(expected, assertThrows(Refusal.class, work::run).code());
    }
}
