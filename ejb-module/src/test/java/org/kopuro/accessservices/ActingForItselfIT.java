package org.kopuro.accessservices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.duties.ReportId;
import org.kopuro.access.duties.ReportKind;
import org.kopuro.access.duties.ReportView;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.requests.RequestId;
import org.kopuro.access.requests.RequestRefusal;
import org.kopuro.access.requests.RequestState;
import org.kopuro.access.requests.RequestView;
import org.kopuro.access.requests.Requests;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.Credential;
import org.kopuro.exchange.Exchange;
import org.kopuro.exchange.IdentityRefusal;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.notices.NoticeView;
import org.kopuro.participants.CertificateEvent;
import org.kopuro.participants.CertificateView;
import org.kopuro.participants.NewContact;
import org.kopuro.participants.Particulars;
import org.kopuro.participants.Participants;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** A participant's system acts for its participant by calls: what it may, what is recorded, what it never reaches. The scene's day is Monday, 2 March 2026. */
class ActingForItselfIT {

    private Scene scene;

    @BeforeEach
    void connectedInTest() {
        scene = new Scene();
    }

    @Test
    void filesAlthoughDisconnectedAndIsRecordedAsTheSubsystem() {
        scene.apply(ConnectionEvent.DISCONNECT);
        assertEquals(IdentityRefusal.CERTIFICATE_BLOCKED, assertInstanceOf(Answer.Refused.class, apply(scene.call("apply", null), connect())).refusal().code());
        Call call = signed(scene.addCertificate(scene.subsystem, Contour.TEST), "apply");
        RequestStanding filed = told(apply(call, connect()));
        assertEquals(List.of("CONNECT|TEST|SOAP|SUBSYSTEM|" + scene.subsystem.id().value()), Rows.of("""
                select concat_ws('|', r.kind, r.contour, r.channel, e.actor_role, e.actor) from access.request r join access.request_event e on e.request_id = r.id where r.id = ?""",
                filed.request().id().value()));
        assertEquals(List.of("apply|NONE|DISCLOSED|1|" + call.messageId()), Rows.of("""
                select concat_ws('|', service_code, consent_kind, outcome, records, message_id) from consent.usage where participant_id = ?""", scene.participant.id().value()));
        assertEquals("app", filed.subsystems().get(filed.request().services().get(0).subsystem()));
        assertTrue(filed.deadline().isPresent());
        assertEquals("The applicant is registered with the tax authority", filed.gaps().get(0).text());
    }

    @Test
    void filesWhereItWasNeverConnected() {
        Call call = signed(scene.addCertificate(scene.subsystem, Contour.PRODUCTION), "apply");
        assertEquals(Contour.PRODUCTION, told(apply(call, connect())).request().contour());
    }

    @Test
    void asksToBeRestoredWhileSuspended() {
        scene.apply(ConnectionEvent.SUSPEND);
        assertEquals(RequestState.SUBMITTED, told(apply(scene.call("apply", null), plain(RequestKind.RESTORE))).request().state());
    }

    @Test
    void asksForProductionInTestAndSeesNothingOfItThere() {
        RequestStanding filed = told(ask(scene.call("requestProduction", null), (services, call) -> services.requestProduction(call, this::connect)));
        assertEquals(List.of(Contour.PRODUCTION, RequestKind.CONNECT), List.of(filed.request().contour(), filed.request().kind()));
        assertRefused(InputRefusal.NOT_FOUND, "request", status(scene.call("requestStatus", null), filed.request().id()));
        assertEquals(List.of(), told(ask(scene.call("listRequests", null), (services, call) -> services.listRequests(call, Optional.empty(), 50))).requests());
        CertificateView production = scene.addCertificate(scene.subsystem, Contour.PRODUCTION);
        assertEquals(filed.request(), told(status(signed(production, "requestStatus"), filed.request().id())).request());
        assertRefused(RequestRefusal.PRODUCTION_ASKED_FROM_THERE, "xrd:service",
                ask(signed(production, "requestProduction"), (services, call) -> services.requestProduction(call, this::connect)));
    }

    @Test
    void doesNotReachWhatBelongsToAnother() {
        Scene other = new Scene(Contour.TEST, scene.application);
        RequestId foreign = told(apply(other.call("apply", null), plain(RequestKind.CHANGE))).request().id();
        for (RequestId id : List.of(foreign, new RequestId(UUID.randomUUID()))) {
            assertRefused(InputRefusal.NOT_FOUND, "request", status(scene.call("requestStatus", null), id));
            assertRefused(InputRefusal.NOT_FOUND, "request", ask(scene.call("retractRequest", null), (services, call) -> services.retractRequest(call, () -> id)));
            assertRefused(InputRefusal.NOT_FOUND, "request", ask(scene.call("supplyInformation", null), (services, call) -> services.supplyInformation(call, () -> id, "yes")));
        }
        Application wish = new Application(RequestKind.CHANGE, Scene.PROCEDURE, "office@bank.example", "Please.", List.of(new Application.Wish(Optional.of("theirs"), "headcount", false, Optional.of("To lend."))),
                List.of(), List.of(), Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Particulars.NONE);
        other.addSubsystem("theirs");
        assertRefused(RequestRefusal.SUBSYSTEM_OF_ANOTHER_PARTICIPANT, "services.subsystem", apply(scene.call("apply", null), wish));
        ReportId outage = told(outage(other)).id();
        assertRefused(InputRefusal.NOT_FOUND, "report",
                ask(scene.call("endOutage", null), (services, call) -> services.endOutage(call, () -> outage, () -> scene.application.clock().instant())));
    }

    @Test
    void isToldWhoItIsBeforeWhatItAsks() {
        Application nonsense = plain(RequestKind.JOINT_TEST);
        scene.application.run(Participants.class, participants -> participants.apply(CertificateEvent.BLOCK, scene.certificate.thumbprint(), Contour.TEST, "in a test", Scene.OFFICIAL));
        assertStranger(IdentityRefusal.CERTIFICATE_BLOCKED, apply(scene.call("apply", null), nonsense));
        assertStranger(IdentityRefusal.CERTIFICATE_OF_ANOTHER_SUBSYSTEM, apply(signed(scene.addCertificate(scene.addSubsystem("other"), Contour.TEST), "apply"), nonsense));
        Call unknown = new Call(scene.client(), Scene.service("apply"), "1", Optional.empty(), Optional.empty(), Optional.empty(),
                Credential.signature(Scene.freshDigest(), Scene.freshDigest()), "127.0.0.1");
        assertStranger(IdentityRefusal.CERTIFICATE_UNKNOWN, apply(unknown, nonsense));
        assertEquals(List.of("0"), Rows.of("select count(*) from access.request where participant_id = ?", scene.participant.id().value()));
    }

    @Test
    void isHeardOnceWhetherAnsweredOrRefused() {
        Call answered = scene.call("apply", null);
        told(apply(answered, plain(RequestKind.CHANGE)));
        assertStranger(IdentityRefusal.MESSAGE_REPLAYED, apply(answered, plain(RequestKind.CHANGE)));
        Call refused = scene.call("apply", null);
        assertRefused(RequestRefusal.REQUEST_OPEN_ALREADY, "kind", apply(refused, plain(RequestKind.CHANGE)));
        assertStranger(IdentityRefusal.MESSAGE_REPLAYED, apply(refused, plain(RequestKind.CHANGE)));
    }

    @Test
    void leavesOfARefusalNothingButItsRecord() {
        Call call = scene.call("submitTestReport", null);
        Answer<RequestStanding> answer = ask(call, (services, heard) -> services.submitTestReport(heard, () -> plain(RequestKind.JOINT_TEST), new byte[0]));
        assertInstanceOf(Answer.Refused.class, answer);
        assertEquals(List.of("0"), Rows.of("select count(*) from access.request where participant_id = ?", scene.participant.id().value()));
        assertEquals(List.of("submitTestReport|DOCUMENT_EMPTY|0"), Rows.of("select concat_ws('|', service_code, outcome, records) from consent.usage where occurrence = ?", answer.occurrence()));
        assertEquals(List.of("1"), Rows.of("select count(*) from ledger.entry where id = ?", answer.occurrence()));
    }

    @Test
    void countsNoTokenEvenAGoodOne() {
        Answer<RequestStanding> answer = apply(scene.call("apply", scene.token().text()), plain(RequestKind.CHANGE));
        told(answer);
        assertEquals(List.of("NONE|"), Rows.of("select concat_ws('|', consent_kind, coalesce(taxpayer_inn, ''), consent_id) from consent.usage where occurrence = ?", answer.occurrence()));
    }

    @Test
    void namesAServiceAndAProviderThatThereAre() {
        Call good = scene.call("apply", null);
        Call version = new Call(good.client(), new org.kopuro.exchange.ServiceAddress("central-server", "GOV", "70000002", Optional.of("gns-service"), "apply", Optional.of("v2")),
                good.messageId(), good.userId(), good.issue(), Optional.empty(), good.credential(), good.remoteAddress());
        assertRefused(AccessRefusal.SERVICE_UNKNOWN, "xrd:service", apply(version, plain(RequestKind.CHANGE)));
        Call elsewhere = new Call(good.client(), new org.kopuro.exchange.ServiceAddress("central-server", "GOV", "70000003", Optional.empty(), "apply", Optional.empty()), "2",
                good.userId(), good.issue(), Optional.empty(), scene.call("apply", null).credential(), good.remoteAddress());
        assertRefused(IdentityRefusal.PROVIDER_UNKNOWN, "xrd:service", apply(elsewhere, plain(RequestKind.CHANGE)));
    }

    @Test
    void answersWhatWasAsked() {
        RequestId id = told(apply(scene.call("apply", null), plain(RequestKind.CHANGE))).request().id();
        scene.application.run(Requests.class, requests -> requests.confirm(id, Contour.TEST, Scene.OFFICIAL));
        // Of notices of the same instant nobody can say which is the older one.
        scene.application.clock().advance(Duration.ofMinutes(1));
        scene.application.run(Requests.class, requests -> requests.ask(id, Contour.TEST, "Which subsystem?", Scene.OFFICIAL));
        assertEquals(Optional.of("Which subsystem?"), told(status(scene.call("requestStatus", null), id)).questions());
        RequestStanding supplied = told(ask(scene.call("supplyInformation", null), (services, call) -> services.supplyInformation(call, () -> id, "The one that calls.")));
        assertEquals(RequestState.ACCEPTED, supplied.request().state());
        assertEquals(Optional.empty(), supplied.questions());
    }

    @Test
    void tellsWhatItsParticipantHasToTell() {
        ReportView outage = told(outage(scene));
        assertEquals(List.of("SUBSYSTEM|" + scene.subsystem.id().value() + "|" + scene.subsystem.id().value()),
                Rows.of("select concat_ws('|', actor_role, actor, subsystem_id) from access.participant_report where id = ?", outage.id().value()));
        ReportView ended = told(ask(scene.call("endOutage", null), (services, call) -> services.endOutage(call, outage::id, () -> scene.application.clock().instant())));
        assertEquals(Optional.of(scene.application.clock().instant()), ended.end());
        assertEquals(List.of("1"), Rows.of("select count(*) from access.incident where report_id = ?", outage.id().value()));
    }

    @Test
    void readsItsNoticesOldestFirstAndMarksAllOrNone() {
        answersWhatWasAsked();
        List<NoticeView> unread = told(ask(scene.call("notices", null), (services, call) -> services.notices(call, 50)));
        assertEquals(List.of("N01", "N03"), unread.stream().map(notice -> notice.kind().name()).toList());
        UUID first = unread.get(0).id();
        assertRefused(InputRefusal.NOT_FOUND, "notice", ask(scene.call("markNoticesRead", null), (services, call) -> services.markNoticesRead(call, () -> List.of(first, UUID.randomUUID()))));
        assertEquals(unread, told(ask(scene.call("notices", null), (services, call) -> services.notices(call, 50))));
        int marked = told(ask(scene.call("markNoticesRead", null), (services, call) -> services.markNoticesRead(call, () -> List.of(first))));
        assertEquals(1, marked);
        assertEquals(unread.subList(1, 2), told(ask(scene.call("notices", null), (services, call) -> services.notices(call, 50))));
    }

    @Test
    void seesWhatItMayCallNow() {
        assertTrue(told(ask(scene.call("listServices", null), AccessServices::listServices)).stream().filter(offer -> Scene.SERVICES.contains(offer.service().code())).allMatch(CatalogueOffer::mayCall));
        scene.apply(ConnectionEvent.SUSPEND);
        assertFalse(told(ask(scene.call("listServices", null), AccessServices::listServices)).stream().anyMatch(CatalogueOffer::mayCall));
    }

    /** What is used at addresses of its own is asked for here, and called by no message. */
    @Test
    void seesTheLoanServiceAsOneThatIsNotCalled() {
        scene.connect(scene.contour, "RU-1221");
        scene.grant(scene.subsystem, "lendingMonitoring", scene.today(), null);
        assertEquals(List.of(false), told(ask(scene.call("listServices", null), AccessServices::listServices)).stream().filter(offer -> offer.service().code().equals("lendingMonitoring"))
                .map(CatalogueOffer::mayCall).toList());
    }

    @Test
    void seesHowItStandsInItsOwnContourOnly() {
        Scene production = new Scene(Contour.PRODUCTION);
        Standing standing = production.application.with(AccessServices.class, services -> {
            Answer<Standing> answer = services.connectionStatus(production.call("connectionStatus", null));
            return answer instanceof Answer.Disclosed<Standing> disclosed ? disclosed.value() : null;
        });
        assertEquals(List.of(Contour.PRODUCTION), standing.connections().stream().map(ConnectionView::contour).toList());
        assertEquals(1, standing.agreements().size());
        assertEquals(List.of(), told(ask(scene.call("connectionStatus", null), AccessServices::connectionStatus)).agreements());
    }

    /** Whatever Java believes. */
    @Test
    void theDatabaseLetsASubsystemActAsItsOwnApplicantOnly() {
        RequestView own = told(apply(scene.call("apply", null), plain(RequestKind.CHANGE))).request();
        Scene other = new Scene(Contour.TEST, scene.application);
        assertBroken("own_subsystem", "RETRACT", "SUBMITTED", "RETRACTED", own, other.subsystem.id().value());
        assertBroken("request_event_subsystem_check", "CONFIRM", "SUBMITTED", "ACCEPTED", own, scene.subsystem.id().value());
        IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> Rows.change("""
                insert into access.participant_report (id, kind, contour, participant_id, procedure_code, version, received_at, filed_at, starts_at, text, actor, actor_role)
                values (gen_random_uuid(), 'BREACH', 'TEST', ?, 'KG-147', 1, now(), now(), now(), 'x', ?, 'SUBSYSTEM')""", scene.participant.id().value(), other.subsystem.id().value()));
        assertTrue(thrown.getCause().getMessage().contains("participant_report_subsystem_fk"), thrown.getCause().getMessage());
    }

    private static void assertBroken(String constraint, String event, String from, String to, RequestView request, UUID subsystem) {
        IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> Rows.change("""
                insert into access.request_event (request_id, number, from_state, event, to_state, at, actor, actor_role, text) values (?, 2, ?, ?, ?, now(), ?, 'SUBSYSTEM', 'past Java')""",
                request.id().value(), from, event, to, subsystem));
        assertEquals(constraint, ((org.postgresql.util.PSQLException) thrown.getCause()).getServerErrorMessage().getConstraint());
    }

    private Answer<ReportView> outage(Scene of) {
        return ask(of.call("reportOutage", null), (services, call) -> services.report(call, () -> new NewsOfParticipant(ReportKind.OUTAGE, Scene.PROCEDURE, Optional.empty(),
                Optional.of(of.application.clock().instant().minus(Duration.ofHours(1))), Optional.empty(), "Power cut")));
    }

    private Answer<RequestStanding> status(Call heard, RequestId id) {
        return ask(heard, (services, call) -> services.requestStatus(call, () -> id));
    }

    private Answer<RequestStanding> apply(Call heard, Application application) {
        return ask(heard, (services, call) -> services.apply(call, () -> application));
    }

    private Application connect() {
        return new Application(RequestKind.CONNECT, Scene.PROCEDURE, "office@bank.example", "Please.", List.of(new Application.Wish(Optional.empty(), "headcount", false, Optional.of("To lend."))), List.of(),
                List.of(new NewContact("A Person", "IT", "Engineer", "a@bank.example", "+996 312 000000")), Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), Particulars.NONE);
    }

    private static Application plain(RequestKind kind) {
        return Application.plain(kind, Scene.PROCEDURE, "office@bank.example", "Please.", Set.of(), Optional.empty(), Optional.empty());
    }

    private Call signed(CertificateView certificate, String service) {
        return new Call(scene.client(), Scene.service(service), UUID.randomUUID().toString(), Optional.empty(), Optional.empty(), Optional.empty(),
                Credential.signature(Scene.thumbprint(certificate), Scene.freshDigest()), "127.0.0.1");
    }

    private interface Operation<T> {
        Answer<T> on(AccessServices services, Call call);
    }

    /** As the edge does it: two transactions where something is refused. */
    private <T> Answer<T> ask(Call call, Operation<T> operation) {
        Function<AccessServices, Answer<T>> work = services -> operation.on(services, call);
        try {
            return scene.application.with(AccessServices.class, work);
        } catch (Refusal refusal) {
            return scene.application.<Exchange, Answer<T>>with(Exchange.class, exchange -> exchange.refuse(call, refusal));
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T told(Answer<T> answer) {
        return ((Answer.Disclosed<T>) assertInstanceOf(Answer.Disclosed.class, answer, answer::toString)).value();
    }

    private static void assertRefused(RefusalCode code, String field, Answer<?> answer) {
        Answer.Refused<?> refused = assertInstanceOf(Answer.Refused.class, answer);
        assertEquals(List.of(code, field), List.of(refused.refusal().code(), refused.refusal().field()));
        assertTrue(refused.established());
    }

    private static void assertStranger(RefusalCode code, Answer<?> answer) {
        Answer.Refused<?> refused = assertInstanceOf(Answer.Refused.class, answer);
        assertEquals(code, refused.refusal().code());
        assertFalse(refused.established());
    }
}
