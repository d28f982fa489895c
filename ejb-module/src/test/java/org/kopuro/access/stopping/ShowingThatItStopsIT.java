package org.kopuro.access.stopping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.AccessRights;
import org.kopuro.access.NewAccessRight;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.products.Applicant;
import org.kopuro.access.requests.NewRequest;
import org.kopuro.access.requests.ProductWish;
import org.kopuro.access.requests.Proposals;
import org.kopuro.access.requests.RequestState;
import org.kopuro.access.requests.RequestView;
import org.kopuro.access.requests.Requests;
import org.kopuro.access.requests.SubsystemWish;
import org.kopuro.consent.ClockControl;
import org.kopuro.consent.IssuedToken;
import org.kopuro.consent.Tokens;
import org.kopuro.consent.events.ConsentEventView;
import org.kopuro.consent.events.ConsentEvents;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Call;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.participants.NewContact;
import org.kopuro.participants.Ogrn;
import org.kopuro.participants.Particulars;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** A participant in TEST shows that it stops with tokens, before PRODUCTION opens services to it that take them: CON-160. */
class ShowingThatItStopsIT {

    private static final String WITH_TOKEN = "tpDataByINN";
    private static final String WITHOUT = "tpDataByINNforBusinessActivity";
    private static final String ALL = "REVOCATION_ACKNOWLEDGED EXPIRY_ACKNOWLEDGED FREEZE_ACKNOWLEDGED NO_CALLS_AFTER_STOP REFUSAL_CODES_HANDLED";

    private final Scene scene = new Scene();

    @Test
    void productionOpensWhenAllIsShownAndIsRefusedByNameBefore() {
        scene.agree(List.of(WITH_TOKEN));
        RequestView wish = wish(WITH_TOKEN);
        assertEquals("NO_CALLS_AFTER_STOP", shown(wish));
        Refusal refusal = assertThrows(Refusal.class, () -> propose(wish));
        assertEquals("STOPPING_NOT_SHOWN request app: REVOCATION_ACKNOWLEDGED, app: EXPIRY_ACKNOWLEDGED, app: FREEZE_ACKNOWLEDGED, app: REFUSAL_CODES_HANDLED",
                refusal.code() + " " + refusal.field() + " " + refusal.argument(0));
        stopAll();
        assertEquals("NO_CALLS_AFTER_STOP", shown(wish), "told is not acknowledged");
        Instant acknowledged = acknowledge();
        assertEquals(Optional.of(acknowledged.plus(Duration.ofHours(24))), fact(wish, "EXPIRY_ACKNOWLEDGED").quietUntil());
        later(Duration.ofHours(24).minusSeconds(2));
        assertEquals("NO_CALLS_AFTER_STOP", shown(wish), "the 24 hours are not over");
        later(Duration.ofSeconds(1));
        assertEquals(ALL.replace(" REFUSAL_CODES_HANDLED", ""), shown(wish));
        assertEquals(Optional.of(acknowledged), fact(wish, "FREEZE_ACKNOWLEDGED").at());
        assertRefused(AccessRefusal.STOPPING_NOT_SHOWN, () -> propose(wish));
        Scene.reportAccepted(scene.application, scene.subsystem);
        assertEquals(ALL, shown(wish));
        approve(wish);
        assertEquals(RequestState.GRANTED, read(wish).state());
        assertEquals(List.of(WITH_TOKEN), opened());
        assertEquals(ALL, shown(read(wish)), "as of its decision");
    }

    /** What is lacking is a cause of the refusal, as an item that is not ticked (ACC-47). */
    @Test
    void whatIsNotShownIsACauseOfARefusal() {
        scene.agree(List.of(WITH_TOKEN));
        RequestView wish = wish(WITH_TOKEN);
        scene.application.run(Requests.class, requests -> requests.refuse(wish.id(), Contour.PRODUCTION, List.of(), Scene.OFFICIAL));
        assertEquals("REVOCATION_ACKNOWLEDGED EXPIRY_ACKNOWLEDGED FREEZE_ACKNOWLEDGED REFUSAL_CODES_HANDLED",
                read(wish).causes().stream().map(cause -> cause.code()).filter(code -> ALL.contains(code)).collect(Collectors.joining(" ")));
    }

    @Test
    void aCallWithAStoppedTokenWithin24HoursAfterItsAcknowledgementSetsAllAtNaught() {
        scene.agree(List.of(WITH_TOKEN));
        Scene.reportAccepted(scene.application, scene.subsystem);
        RequestView wish = wish(WITH_TOKEN);
        IssuedToken stopped = stopAll();
        call(stopped);
        acknowledge();
        later(Duration.ofHours(24).minusSeconds(1));
        assertEquals(Optional.empty(), fact(wish, "NO_CALLS_AFTER_STOP").at(), "before the acknowledgement nobody knew");
        Call late = call(stopped);
        later(Duration.ofHours(2));
        StoppingFact offence = fact(wish, "NO_CALLS_AFTER_STOP");
        assertEquals(Optional.of(new LateCall(stopped.token().id().value(), WITH_TOKEN, late.messageId())), offence.lateCall());
        assertEquals("REFUSAL_CODES_HANDLED", shown(wish));
        assertRefused(AccessRefusal.STOPPING_NOT_SHOWN, () -> propose(wish));
        stopAll();
        acknowledge();
        later(Duration.ofHours(25));
        assertEquals(ALL, shown(wish), "shown anew");
        assertEquals(offence.lateCall(), fact(wish, "NO_CALLS_AFTER_STOP").lateCall(), "and still told");
    }

    @Test
    void noOtherCallIsAnOffence() {
        scene.agree(List.of(WITH_TOKEN));
        RequestView wish = wish(WITH_TOKEN);
        IssuedToken revoked = stopAll();
        IssuedToken paused = token();
        with(tokens -> tokens.freeze(scene.taxpayer(), paused.token().id(), Scene.TAXPAYER));
        acknowledge();
        with(tokens -> tokens.unfreeze(scene.taxpayer(), paused.token().id(), Scene.TAXPAYER));
        later(Duration.ofMinutes(1));
        assertInstanceOf(Answer.Disclosed.class, answer(scene.call(WITH_TOKEN, paused.text())));
        with(tokens -> tokens.deactivate(scene.taxpayer(), paused.token().id(), Scene.TAXPAYER));
        later(Duration.ofMinutes(1));
        // Stopped for good, and the bank does not know it yet.
        call(paused);
        later(Duration.ofHours(24));
        call(revoked);
        later(Duration.ofSeconds(1));
        assertEquals(Optional.empty(), fact(wish, "NO_CALLS_AFTER_STOP").lateCall());
        assertEquals(ALL.replace(" REFUSAL_CODES_HANDLED", ""), shown(wish));
    }

    @Test
    void theDatabaseRefusesTheRightAndServicesWithoutTokensNeedNothing() {
        scene.agree(List.of(WITH_TOKEN, WITHOUT, "headcount"));
        assertEquals("", shown(wish(WITHOUT)));
        scene.connect(Contour.PRODUCTION, Scene.PROCEDURE);
        assertRefused(AccessRefusal.STOPPING_NOT_SHOWN, () -> grant(WITH_TOKEN));
        assertRefused(AccessRefusal.STOPPING_NOT_SHOWN, () -> grant("headcount"));
        grant(WITHOUT);
        assertEquals(List.of(WITHOUT), opened());
        scene.showStopping(scene.subsystem);
        grant(WITH_TOKEN);
    }

    /** Tokens are of one subsystem, and so is the proof: one that PRODUCTION is to add has shown nothing. */
    @Test
    void whatOneSubsystemHasShownOpensNothingToAnother() {
        scene.agree(List.of(WITH_TOKEN));
        scene.showStopping(scene.subsystem);
        scene.connect(Contour.PRODUCTION, Scene.PROCEDURE);
        RequestView wish = submit(new NewRequest(RequestKind.CHANGE, scene.participant.id(), Contour.PRODUCTION, Scene.PROCEDURE, Optional.empty(), "bank@example.kg", "One more.", List.of(), List.of(),
                Set.of(), Optional.empty(), Optional.empty()).naming(List.of(new ProductWish(scene.product(), false)))
                .with(List.of(new SubsystemWish("mobile", Optional.of("The app"), false, List.of(new SubsystemWish.Called(WITH_TOKEN, "To lend."))))));
        assertEquals(List.of("mobile"), facts(wish).stream().flatMap(fact -> fact.subsystem().stream()).distinct().toList());
        assertEquals("NO_CALLS_AFTER_STOP", shown(wish));
        assertRefused(AccessRefusal.STOPPING_NOT_SHOWN, () -> propose(wish));
    }

    @Test
    void aProcedureMayWaiveItAndItsChecklistSaysSo() {
        String lending = "st" + UUID.randomUUID().toString().substring(0, 8);
        Rows.change("insert into access.service (code, version, title_ru, title_ky, title_en, procedure_code) values (?, 'v1', 'x', 'x', 'x', 'RU-1221')", lending);
        Rows.change("insert into access.service_rule (service_code, effective_from, discloses_tax_secret, token_rule, self_call) values (?, '2024-01-01', true, 'REQUIRED', false)", lending);
        RequestView wish = submit(new NewRequest(RequestKind.CONNECT, scene.participant.id(), Contour.PRODUCTION, "RU-1221", Optional.empty(), "bank@example.ru", "Please.",
                List.of(Scene.wish(scene.subsystem.id(), lending)), contacts(), Set.of(), Optional.empty(), Optional.empty())
                .stating(new Particulars(Optional.empty(), Optional.empty(), Optional.of(new Ogrn("1027700132195")), Optional.empty(), Optional.of(Applicant.INN))));
        assertEquals("STOPPING_PROOF_WAIVED", shown(wish));
        scene.connect(Contour.PRODUCTION, "RU-1221");
        grant(lending);
        assertEquals(List.of(lending), opened());
    }

    /** ACC-10. */
    @Test
    void whomTheProcedureDoesNotConcernHasNothingToShow() {
        scene.exempt();
        assertEquals("", shown(wish(WITH_TOKEN)));
        scene.connect(Contour.PRODUCTION, Scene.PROCEDURE);
        grant(WITH_TOKEN);
    }

    /** One frozen, which it stays; one revoked; one expired by the clock control. The revoked one. */
    private IssuedToken stopAll() {
        IssuedToken revoked = token();
        IssuedToken expired = token();
        IssuedToken frozen = token();
        later(Duration.ofSeconds(1));
        with(tokens -> tokens.deactivate(scene.taxpayer(), revoked.token().id(), Scene.TAXPAYER));
        with(tokens -> tokens.freeze(scene.taxpayer(), frozen.token().id(), Scene.TAXPAYER));
        scene.application.with(ClockControl.class, clock -> clock.expire(expired.token().id(), scene.participant.id(), Contour.TEST, Scene.OFFICIAL));
        later(Duration.ofSeconds(1));
        return revoked;
    }

    private IssuedToken token() {
        return scene.token(scene.subsystem, Set.of(WITH_TOKEN), scene.today().plusDays(20));
    }

    private Instant acknowledge() {
        Instant at = scene.application.clock().instant();
        scene.application.run(ConsentEvents.class, events -> events.acknowledge(scene.participant.id(), Contour.TEST,
                events.waiting(scene.participant.id(), Contour.TEST, 100).stream().map(ConsentEventView::id).toList()));
        later(Duration.ofSeconds(1));
        return at;
    }

    /** Refused, as every call with a stopped token is. */
    private Call call(IssuedToken token) {
        Call call = scene.call(WITH_TOKEN, token.text());
        assertInstanceOf(Answer.Refused.class, answer(call));
        return call;
    }

    private Answer<?> answer(Call call) {
        return scene.application.with(TaxServices.class, services -> services.tpDataByINN(call, scene.inn.digits()));
    }

    private void with(Consumer<Tokens> action) {
        scene.application.run(Tokens.class, action);
    }

    private RequestView wish(String service) {
        return submit(new NewRequest(RequestKind.CONNECT, scene.participant.id(), Contour.PRODUCTION, Scene.PROCEDURE, Optional.empty(), "bank@example.kg", "Please connect us.",
                List.of(Scene.wish(scene.subsystem.id(), service)), contacts(), Set.of(), Optional.empty(), Optional.empty()).naming(List.of(new ProductWish(scene.product(), false))));
    }

    /** Considered, with all that officials tick. */
    private RequestView submit(NewRequest wish) {
        RequestView request = scene.application.with(Requests.class, requests -> requests.submit(wish, Scene.OFFICIAL));
        scene.application.run(Requests.class, requests -> requests.confirm(request.id(), Contour.PRODUCTION, Scene.OFFICIAL));
        return new Applicant(scene).tick(read(request));
    }

    private static List<NewContact> contacts() {
        return List.of(new NewContact("A Person", "IT", "Engineer", "a@example.kg", "+996 312 000000"));
    }

    private void propose(RequestView request) {
        scene.application.run(Proposals.class, proposals -> proposals.proposeGrant(request.id(), Contour.PRODUCTION, "in order", Scene.OFFICIAL));
    }

    private void approve(RequestView request) {
        new Applicant(scene).grantByTwo(request);
    }

    private void grant(String service) {
        scene.application.run(AccessRights.class, rights -> rights.grant(
                new NewAccessRight(scene.subsystem.id(), service, Contour.PRODUCTION, scene.today(), Optional.empty()), "in a test", Scene.OFFICIAL));
    }

    private List<String> opened() {
        return Rows.of("select service_code from access.access_right where subsystem_id = ? and contour = 'PRODUCTION' order by 1", scene.subsystem.id().value());
    }

    private RequestView read(RequestView request) {
        return scene.application.with(Requests.class, requests -> requests.get(request.id(), Contour.PRODUCTION));
    }

    private List<StoppingFact> facts(RequestView request) {
        return scene.application.with(Requests.class, requests -> requests.facts(request));
    }

    private StoppingFact fact(RequestView request, String code) {
        return facts(request).stream().filter(fact -> fact.code().equals(code)).findFirst().orElseThrow();
    }

    private String shown(RequestView request) {
        return facts(request).stream().filter(StoppingFact::shown).map(StoppingFact::code).collect(Collectors.joining(" "));
    }

    private void later(Duration time) {
        scene.application.clock().advance(time);
    }

    private static void assertRefused(RefusalCode code, Executable action) {
        assertEquals(code, assertThrows(Refusal.class, action).code());
    }
}
