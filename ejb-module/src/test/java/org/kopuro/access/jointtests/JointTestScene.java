package org.kopuro.access.jointtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.function.Executable;
import org.kopuro.access.AccessRights;
import org.kopuro.access.NewAccessRight;
import org.kopuro.access.catalogue.Contracts;
import org.kopuro.access.conformance.ConformanceReport;
import org.kopuro.access.conformance.ForwardedCall;
import org.kopuro.access.conformance.MessageProtocol;
import org.kopuro.access.conformance.Scenario;
import org.kopuro.access.conformance.ScenarioResult;
import org.kopuro.access.conformance.Verdict;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.products.Applicant;
import org.kopuro.access.requests.Attachment;
import org.kopuro.access.requests.NewRequest;
import org.kopuro.access.requests.ProposalView;
import org.kopuro.access.requests.Proposals;
import org.kopuro.access.requests.RequestView;
import org.kopuro.access.requests.Requests;
import org.kopuro.access.requests.ServiceWish;
import org.kopuro.documents.DocumentLimits;
import org.kopuro.documents.Upload;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Asked;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.Credential;
import org.kopuro.exchange.Exchange;
import org.kopuro.exchange.ServiceAddress;
import org.kopuro.exchange.XRoadClient;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.participants.CertificateEvent;
import org.kopuro.participants.CertificateView;
import org.kopuro.participants.NewContact;
import org.kopuro.participants.Participants;
import org.kopuro.participants.Particulars;
import org.kopuro.participants.SubsystemView;
import org.kopuro.taxservices.TaxRefusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestCertificates;
import org.kopuro.testing.TestDatabase;

/** A participant connected under the procedure that demands a joint test, a service of that, and the report of a run that shows it. */
abstract class JointTestScene {

    static final String PLATFORM = "RU-422-696";

    final Scene scene = new Scene();
    final String service = aService();
    final Instant startedAt = Scene.NOON;
    final ForwardedCall answered;
    CertificateView ofProduction;

    JointTestScene() {
        connect(scene);
        answered = answeredCall(scene, service);
        scene.application.clock().advance(Duration.ofMinutes(10));
    }

    static String broken(String sql) {
        return BrokenConstraint.in(assertThrows(SQLException.class, () -> execute(sql))).orElse("");
    }

    static void execute(String sql) throws SQLException {
        try (Connection application = TestDatabase.shared().application().getConnection(); PreparedStatement statement = application.prepareStatement(sql)) {
            statement.executeUpdate();
        }
    }

    static String aService() {
        String code = "jt" + UUID.randomUUID().toString().substring(0, 8);
        Rows.change("insert into access.service (code, version, title_ru, title_ky, title_en, procedure_code) values (?, 'v1', 'x', 'x', 'x', ?)", code, PLATFORM);
        Rows.change("insert into access.service_rule (service_code, effective_from, discloses_tax_secret, token_rule, self_call) values (?, '2024-01-01', false, 'NOT_USED', true)", code);
        return code;
    }

    void serve(String version) {
        Contracts.serve(scene.application, service, version, Contour.TEST);
        Contracts.serve(scene.application, service, version, Contour.PRODUCTION);
    }

    /** What becomes of a call in PRODUCTION under the scene's right there. */
    String production(String version) {
        Call call = scene.call(service, null);
        ServiceAddress to = call.service();
        Answer<String> answer = ask(scene, new Call(call.client(), new ServiceAddress(to.instance(), to.memberClass(), to.memberCode(), to.subsystemCode(), service, Optional.ofNullable(version)),
                call.messageId(), call.userId(), call.issue(), call.consentToken(), Credential.signature(Scene.thumbprint(ofProduction), Scene.freshDigest()), call.remoteAddress()),
                () -> Asked.about(scene.inn));
        return answer instanceof Answer.Refused<String> refused ? refused.refusal().code() + " " + refused.refusal().argument(0) + " " + refused.refusal().argument(1) : "DISCLOSED";
    }

    void connect(Scene to) {
        to.connect(Contour.TEST, PLATFORM);
        to.grant(to.subsystem, service, to.today(), null);
    }

    record Grants(Scene scene, Contour contour) {
        void grant(String code) {
            scene.application.run(AccessRights.class, rights -> rights.grant(
                    new NewAccessRight(scene.subsystem.id(), code, contour, scene.today(), Optional.empty()), "in a test", Scene.OFFICIAL));
        }
    }

    static ForwardedCall answeredCall(Scene by, String code) {
        return answeredCall(by, code, "v1");
    }

    static ForwardedCall answeredCall(Scene by, String code, String version) {
        Call first = by.call(code, null);
        ServiceAddress to = first.service();
        Call call = new Call(first.client(), new ServiceAddress(to.instance(), to.memberClass(), to.memberCode(), to.subsystemCode(), code, Optional.of(version)), first.messageId(),
                first.userId(), first.issue(), first.consentToken(), first.credential(), first.remoteAddress());
        Answer<String> answer = ask(by, call, () -> Asked.about(by.inn));
        return new ForwardedCall(call.messageId(), code, ForwardedCall.ANSWERED, Optional.of(((Answer.Disclosed<String>) answer).occurrence().toString()));
    }

    ForwardedCall anotherAnsweredCall() {
        return answeredCall(scene, service);
    }

    ForwardedCall refusedCall() {
        Call call = scene.call(service, null);
        Answer<String> answer = ask(scene, call, () -> {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "inn");
        });
        return new ForwardedCall(call.messageId(), service, "FIELD_INVALID", Optional.of(((Answer.Refused<String>) answer).occurrence().toString()));
    }

    static Answer<String> ask(Scene by, Call call, Supplier<Asked> asked) {
        return by.application.with(Exchange.class, exchange -> exchange.answer(call, asked, (contour, question) -> Optional.of("data"), TaxRefusal.TAXPAYER_UNKNOWN, data -> 1));
    }

    String callBySibling(SubsystemView sibling) {
        scene.grant(sibling, service, scene.today(), null);
        Call call = scene.call(service, null);
        Call siblings = new Call(new XRoadClient(scene.participant.instance(), scene.participant.memberClass(), scene.participant.memberCode(), sibling.code()), call.service(), call.messageId(),
                call.userId(), call.issue(), call.consentToken(), Credential.signature(Scene.thumbprint(scene.addCertificate(sibling, Contour.TEST)), Scene.freshDigest()), call.remoteAddress());
        return ((Answer.Disclosed<String>) ask(scene, siblings, () -> Asked.about(scene.inn))).occurrence().toString();
    }

    static String callInProduction(Scene production) {
        return answeredCall(production, "tpDataByINNforBusinessActivity").ledgerEntry().orElseThrow();
    }

    static ForwardedCall changed(ForwardedCall call, Function<ForwardedCall, Optional<String>> entry) {
        return new ForwardedCall(call.messageId(), call.service(), call.outcome(), entry.apply(call));
    }

    /** All scenarios passed that are demanded of whoever presents no tokens; answered calls in the first one, refused ones in the second. */
    ConformanceReport honest(Instant from, Instant until, ForwardedCall... calls) {
        List<ScenarioResult> results = Arrays.stream(Scenario.values()).map(scenario -> new ScenarioResult(scenario, scenario.appliesTo(false) ? Verdict.PASSED : Verdict.NOT_APPLICABLE, List.of(), Arrays.stream(calls)
                .filter(call -> scenario == (call.outcome().equals(ForwardedCall.ANSWERED) ? Scenario.SIGNED_CALLS : Scenario.REFUSED_BY_TEST)).toList())).toList();
        String subsystem = String.join("/", scene.participant.instance(), scene.participant.memberClass(), scene.participant.memberCode(), scene.subsystem.code());
        return new ConformanceReport(subsystem, MessageProtocol.SOAP, "0.1.0", "https://test.example/soap/tax/v1", from, until, List.of(service), results);
    }

    static ConformanceReport with(ConformanceReport report, List<String> services, UnaryOperator<List<ScenarioResult>> change) {
        return new ConformanceReport(report.subsystem(), report.protocol(), report.harness(), report.endpoint(), report.startedAt(), report.finishedAt(), services, change.apply(report.results()));
    }

    byte[] report(ForwardedCall... calls) {
        return signed(honest(startedAt, now(), calls));
    }

    byte[] signed(ConformanceReport report) {
        return signed(report, scene.identity);
    }

    static byte[] signed(ConformanceReport report, TestCertificates.Identity by) {
        try {
            return report.signed(by.keys().getPrivate(), by.certificate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] signedOctets(byte[] octets) throws Exception {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(scene.identity.keys().getPrivate()), scene.identity.certificate()));
        return generator.generate(new CMSProcessableByteArray(octets), true).getEncoded("DER");
    }

    void block(CertificateEvent event) {
        scene.application.run(Participants.class, participants -> participants.apply(event, scene.certificate.thumbprint(), Contour.TEST, "in a test", Scene.OFFICIAL));
    }

    RequestView jointTest(String... named) {
        return on(requests -> requests.submit(new NewRequest(RequestKind.JOINT_TEST, scene.participant.id(), Contour.TEST, PLATFORM, Optional.empty(), "bank@example.ru", "Tested.",
                wishes(named), List.of(), Set.of("SETTINGS_MADE"), Optional.empty(), Optional.empty()), Scene.OFFICIAL));
    }

    List<ServiceWish> wishes(String... codes) {
        return Arrays.stream(codes).map(code -> Scene.wish(scene.subsystem.id(), code)).toList();
    }

    void confirm(RequestView request) {
        on(requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
    }

    void pass(RequestView request) {
        confirm(request);
        on(requests -> requests.check(request.id(), Contour.TEST, "PROTOCOLS_SHOWN", true, "", Scene.OFFICIAL));
        on(requests -> requests.grant(request.id(), Contour.TEST, "all in order", Scene.OFFICIAL));
    }

    /** The participant is told what it has passed (N20). */
    static String passedLetter(RequestView request) {
        return Rows.of("select body from notices.notice where about_id = ? and kind = 'N20'", request.id().value()).get(0);
    }

    RequestView connectToProduction(String... codes) {
        RequestView request = on(requests -> requests.submit(new NewRequest(RequestKind.CONNECT, scene.participant.id(), Contour.PRODUCTION, PLATFORM, Optional.empty(), "bank@example.ru",
                "Please connect us.", wishes(codes), List.of(new NewContact("A Person", "IT", "Engineer", "a@example.kg", "+996 312 000000")), Set.of("TEST_DONE"), Optional.empty(),
                Optional.empty()).stating(new Particulars(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Applicant.INN))), Scene.OFFICIAL));
        on(requests -> requests.confirm(request.id(), Contour.PRODUCTION, Scene.OFFICIAL));
        for (String item : List.of("NAME_AND_INN", "CONTACTS", "DECREE_CRITERIA")) {
            on(requests -> requests.check(request.id(), Contour.PRODUCTION, item, true, "", Scene.OFFICIAL));
        }
        return request;
    }

    ProposalView propose(RequestView request) {
        return scene.application.with(Proposals.class, proposals -> proposals.proposeGrant(request.id(), Contour.PRODUCTION, "in order", Scene.OFFICIAL));
    }

    void opensInProduction(String code) {
        ProposalView proposal = propose(connectToProduction(code));
        scene.application.run(Proposals.class, proposals -> proposals.approve(proposal.id(), Contour.PRODUCTION, Scene.APPROVER));
        assertEquals(List.of(code), Rows.of("select service_code from access.access_right where subsystem_id = ? and contour = 'PRODUCTION'", scene.subsystem.id().value()));
    }

    UUID attach(RequestView request, byte[] report) {
        return attach(request, "conformance-report.p7m", report, DocumentLimits.SIGNED_TEXT, Attachment.Kind.CONFORMANCE_REPORT);
    }

    UUID attach(RequestView request, String fileName, byte[] octets, Attachment.Kind kind) {
        return attach(request, fileName, octets, DocumentLimits.USUAL, kind);
    }

    UUID attach(RequestView request, String fileName, byte[] octets, DocumentLimits limits, Attachment.Kind kind) {
        try (Upload upload = Upload.receive(fileName, new ByteArrayInputStream(octets), limits)) {
            return scene.application.with(Requests.class, requests -> requests.attach(request.id(), request.contour(),
                    new Attachment(kind, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()), upload, Scene.OFFICIAL)).document();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** And leaves nothing. */
    void isRefused(RefusalCode code, RequestView request, byte[] octets) {
        assertRefused(code, () -> attach(request, octets));
        assertEquals(List.of(), scene.application.with(Requests.class, requests -> requests.documents(request.id())));
        assertEquals(List.of(), with(tests -> tests.reports(request.id().value())));
        assertEquals(0, told("access.document_attached", request));
    }

    static int told(String type, RequestView request) {
        return Rows.of("select id from ledger.entry where record_id = ? and content::json ->> 'type' = ?", request.id().value(), type).size();
    }

    <T> T with(Function<JointTests, T> question) {
        return scene.application.with(JointTests.class, question);
    }

    RequestView on(Function<Requests, RequestView> action) {
        return scene.application.with(Requests.class, action);
    }

    Instant now() {
        return scene.application.clock().instant();
    }

    static void assertRefused(RefusalCode code, Executable action) {
        assertEquals(code, assertThrows(Refusal.class, action).code());
    }
}
