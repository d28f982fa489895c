package org.kopuro.access.jointtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.AccessRights;
import org.kopuro.access.NewAccessRight;
import org.kopuro.access.catalogue.Contracts;
import org.kopuro.access.conformance.ConformanceRefusal;
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
import org.kopuro.access.requests.RequestRefusal;
import org.kopuro.access.requests.RequestView;
import org.kopuro.access.requests.Requests;
import org.kopuro.access.requests.ServiceWish;
import org.kopuro.documents.DocumentLimits;
import org.kopuro.documents.DocumentRefusal;
import org.kopuro.documents.Upload;
import org.kopuro.exchange.Answer;
import org.kopuro.exchange.Asked;
import org.kopuro.exchange.Call;
import org.kopuro.exchange.Credential;
import org.kopuro.exchange.Exchange;
import org.kopuro.exchange.ServiceAddress;
import org.kopuro.exchange.XRoadClient;
import org.kopuro.exchange.operations.Operation;
import org.kopuro.exchange.operations.OperationLog;
import org.kopuro.exchange.operations.Operations;
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
import org.kopuro.registers.RegisterRows;
import org.kopuro.taxservices.TaxRefusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestCertificates;
import org.kopuro.testing.TestDatabase;

/** A joint test under the procedure that demands one, shown by the signed report of a conformance run, honest or not, or by screen forms: ACC-18, ACC-43. */
class JointTestIT {

    private static final String PLATFORM = "RU-422-696";

    private final Scene scene = new Scene();
    private final String service = aService();
    private final Instant startedAt = Scene.NOON;
    private final ForwardedCall answered;
    private CertificateView ofProduction;

    JointTestIT() {
        connect(scene);
        answered = answeredCall(scene, service);
        scene.application.clock().advance(Duration.ofMinutes(10));
    }

    @Test
    void anHonestReportIsAcceptedKeptAndOpensProductionForWhatItShows() {
        RequestView request = jointTest();
        assertRefused(RequestRefusal.ATTACHMENT_MISSING, () -> confirm(request));
        ForwardedCall refused = refusedCall();
        UUID document = attach(request, report(answered, refused));
        AcceptedReport report = with(tests -> tests.reports(request.id().value())).get(0);
        assertEquals(document, report.document());
        assertEquals(scene.certificate.thumbprint(), report.thumbprint());
        assertEquals(Scenario.values().length, report.scenarios().size());
        assertEquals(Set.of(Verdict.PASSED), Set.copyOf(report.scenarios().stream().map(AcceptedReport.OfScenario::verdict).toList()));
        assertEquals(List.of(new AcceptedReport.Shown(new TestedVersion(service, "1"), 1)), report.services());
        assertEquals(List.of(answered.ledgerEntry().get(), refused.ledgerEntry().get()).stream().sorted().toList(),
                Rows.of("select ledger_entry::text from access.conformance_call where document_id = ? order by 1", document));
        assertEquals(1, told("access.conformance_report_accepted", request));
        assertEquals(List.of(), with(tests -> tests.passed(request.id().value())));
        pass(request);
        assertEquals(List.of(new TestedVersion(service, "1")), with(tests -> tests.passed(request.id().value())));
        assertEquals(1, told("access.joint_test_passed", request));
        assertTrue(passedLetter(request).contains("Services: " + service + " 1\n"), passedLetter(request));
        opensInProduction(service);
    }

    @Test
    void productionOpensForNoServiceThatWasNotPassed() {
        String another = aService();
        RequestView test = jointTest();
        attach(test, report(answered));
        pass(test);
        RequestView wish = connectToProduction(service, another);
        Refusal refusal = assertThrows(Refusal.class, () -> propose(wish));
        assertEquals("JOINT_TEST_NOT_PASSED " + another + " 1", refusal.code() + " " + refusal.argument(0));
    }

    /** Past Java: the right itself is refused. */
    @Test
    void theDatabaseRefusesARightThatNoJointTestOpened() {
        scene.connect(Contour.PRODUCTION, PLATFORM);
        assertRefused(AccessRefusal.JOINT_TEST_MISSING, () -> new Grants(scene, Contour.PRODUCTION).grant(service));
        new Grants(scene, Contour.TEST).grant(aService());
    }

    /** Under a right of before, which nobody has to give again. */
    @Test
    void aNewMajorVersionIsCalledInProductionAfterANewPassAndAMinorOneWithout() {
        RequestView test = jointTest();
        byte[] old = report(answered);
        attach(test, old);
        pass(test);
        opensInProduction(service);
        ofProduction = scene.addCertificate(scene.subsystem, Contour.PRODUCTION);
        RegisterRows.aTaxpayer(Contour.PRODUCTION, scene.inn);
        serve("v1.4");
        serve("v2");
        assertEquals(List.of("DISCLOSED", "DISCLOSED", "DISCLOSED", "MAJOR_VERSION_NOT_TESTED " + service + " 2"),
                List.of(production("v1"), production("v1.4"), production(null), production("v2")));
        // What was run before cannot show the new version, whoever signs it when.
        scene.application.clock().advance(Duration.ofDays(100));
        RequestView anew = jointTest();
        assertRefused(ConformanceRefusal.REPORT_TOO_OLD, () -> attach(anew, old));
        Instant now = now();
        attach(anew, signed(honest(now, now, answeredCall(scene, service, "v2"), answeredCall(scene, service))));
        assertEquals(List.of(new AcceptedReport.Shown(new TestedVersion(service, "1"), 1), new AcceptedReport.Shown(new TestedVersion(service, "2"), 1)),
                with(tests -> tests.reports(anew.id().value())).get(0).services());
        assertEquals("MAJOR_VERSION_NOT_TESTED " + service + " 2", production("v2"));
        pass(anew);
        assertEquals(List.of(new TestedVersion(service, "1"), new TestedVersion(service, "2")), with(tests -> tests.passed(anew.id().value())));
        assertEquals(List.of("DISCLOSED", "DISCLOSED"), List.of(production("v2"), production("v1")));
    }

    @Test
    void aRunShowsWhatTestServedDuringAllOfIt() {
        RequestView request = jointTest();
        Contracts.serve(scene.application, service, "v2", Contour.TEST);
        assertRefused(ConformanceRefusal.SERVICE_VERSION_CHANGED, () -> attach(request, signed(honest(startedAt, now(), answered, answeredCall(scene, service, "v2")))));
        attach(request, report(answered));
        assertEquals(List.of(new AcceptedReport.Shown(new TestedVersion(service, "1"), 1)), with(tests -> tests.reports(request.id().value())).get(0).services());
    }

    /** It was as quick as TEST, and PRODUCTION is not there yet. */
    @Test
    void productionOpensForAMajorVersionThatItServes() {
        Contracts.serve(scene.application, service, "v2", Contour.TEST);
        scene.application.clock().advance(Duration.ofMinutes(1));
        RequestView test = jointTest();
        attach(test, signed(honest(now(), now(), answeredCall(scene, service, "v2"))));
        pass(test);
        RequestView wish = connectToProduction(service);
        Refusal refusal = assertThrows(Refusal.class, () -> propose(wish));
        assertEquals("JOINT_TEST_NOT_PASSED " + service + " 1", refusal.code() + " " + refusal.argument(0));
        Contracts.serve(scene.application, service, "v2", Contour.PRODUCTION);
        propose(wish);
    }

    @Test
    void screenFormsCountForTheServicesThatTheRequestNames() {
        RequestView unnamed = jointTest();
        attach(unnamed, "forms.txt", "Look.".getBytes(StandardCharsets.UTF_8), Attachment.Kind.OTHER);
        assertRefused(RequestRefusal.ATTACHMENT_MISSING, () -> confirm(unnamed));
        attach(unnamed, "forms.txt", "Look.".getBytes(StandardCharsets.UTF_8), Attachment.Kind.SCREEN_FORM);
        assertRefused(RequestRefusal.TESTED_SERVICES_NOT_NAMED, () -> confirm(unnamed));
        on(requests -> requests.retract(unnamed.id(), Contour.TEST, Scene.OFFICIAL));
        RequestView named = jointTest(service);
        attach(named, "forms.txt", "Look.".getBytes(StandardCharsets.UTF_8), Attachment.Kind.SCREEN_FORM);
        pass(named);
        assertTrue(passedLetter(named).contains("Services: " + service + " 1\n"), passedLetter(named));
        opensInProduction(service);
    }

    @Test
    void screenFormsOfAVersionThatTestServesNoMoreAreNotGranted() {
        RequestView named = jointTest(service);
        attach(named, "forms.txt", "Look.".getBytes(StandardCharsets.UTF_8), Attachment.Kind.SCREEN_FORM);
        scene.application.clock().advance(Duration.ofSeconds(1));
        Contracts.serve(scene.application, service, "v2", Contour.TEST);
        Rows.change("""
                do $$ begin
                    alter table access.served_version disable trigger by_publication_only;
                    update access.served_version set ended_at = clock_timestamp() where service_code = '%s' and contour = 'PRODUCTION' and version = 'v1';
                    update access.served_version set ended_at = clock_timestamp() where service_code = '%s' and contour = 'TEST' and version = 'v1';
                    alter table access.served_version enable trigger by_publication_only;
                end $$""".formatted(service, service));
        assertRefused(RequestRefusal.TESTED_VERSION_SUPERSEDED, () -> pass(named));
    }

    @Test
    void screenFormsShowTheMajorVersionThatTheSubsystemCalls() {
        Contracts.serve(scene.application, service, "v2", Contour.TEST);
        scene.application.clock().advance(Duration.ofSeconds(1));
        answeredCall(scene, service, "v1");
        RequestView former = jointTest(service);
        attach(former, "forms.txt", "Look.".getBytes(StandardCharsets.UTF_8), Attachment.Kind.SCREEN_FORM);
        pass(former);
        assertTrue(passedLetter(former).contains("Services: " + service + " 1\n"), passedLetter(former));
        scene.application.clock().advance(Duration.ofSeconds(1));
        answeredCall(scene, service, "v2");
        RequestView newer = jointTest(service);
        attach(newer, "forms.txt", "Look.".getBytes(StandardCharsets.UTF_8), Attachment.Kind.SCREEN_FORM);
        pass(newer);
        assertTrue(passedLetter(newer).contains("Services: " + service + " 2\n"), passedLetter(newer));
    }

    @Test
    void aReportCountsOnceWhateverBecomesOfItsRequest() {
        RequestView first = jointTest();
        byte[] report = report(answered);
        attach(first, report);
        assertRefused(ConformanceRefusal.REPORT_REUSED, () -> attach(first, report));
        on(requests -> requests.retract(first.id(), Contour.TEST, Scene.OFFICIAL));
        RequestView second = jointTest();
        isRefused(ConformanceRefusal.REPORT_REUSED, second, report);
        // Nor its calls beside new ones.
        isRefused(ConformanceRefusal.REPORT_REUSED, second, report(answered, anotherAnsweredCall()));
    }

    @Test
    void ofManyNodesThatAreGivenTheSameReportOneTakesIt() throws InterruptedException, ExecutionException {
        RequestView request = jointTest();
        byte[] report = report(answered, refusedCall());
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        List<Future<Boolean>> attempts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            attempts.add(nodes.submit(() -> {
                try {
                    attach(request, report);
                    return true;
                } catch (Refusal e) {
                    assertEquals(ConformanceRefusal.REPORT_REUSED, e.code());
                    return false;
                }
            }));
        }
        int taken = 0;
        for (Future<Boolean> attempt : attempts) {
            taken += attempt.get() ? 1 : 0;
        }
        nodes.shutdown();
        assertEquals(1, taken);
    }

    @Test
    void aReportOfAnotherSubsystemOrParticipantIsRefused() {
        RequestView request = jointTest();
        SubsystemView sibling = scene.addSubsystem("other");
        TestCertificates.Identity siblings = TestCertificates.elliptic(now());
        scene.addCertificate(sibling, Contour.TEST, siblings);
        isRefused(ConformanceRefusal.REPORT_OF_ANOTHER_SUBSYSTEM, request, signed(honest(startedAt, now(), answered), siblings));
        Scene stranger = new Scene(Contour.TEST, scene.application);
        isRefused(ConformanceRefusal.REPORT_SIGNATURE_WRONG, request, signed(honest(startedAt, now(), answered), stranger.identity));
        TestCertificates.Identity ofProduction = TestCertificates.elliptic(now());
        scene.addCertificate(scene.subsystem, Contour.PRODUCTION, ofProduction);
        isRefused(ConformanceRefusal.REPORT_SIGNATURE_WRONG, request, signed(honest(startedAt, now(), answered), ofProduction));
    }

    @Test
    void aReportByABlockedCertificateOrOneThatWasOverIsRefused() {
        RequestView request = jointTest();
        TestCertificates.Identity brief = TestCertificates.make("EC", 256, "SHA256withECDSA", startedAt.minusSeconds(60), now().plusSeconds(60));
        scene.addCertificate(scene.subsystem, Contour.TEST, brief);
        scene.application.clock().advance(Duration.ofMinutes(3));
        isRefused(ConformanceRefusal.REPORT_CERTIFICATE_NOT_IN_FORCE, request, signed(honest(startedAt, now(), answered), brief));
        byte[] report = report(answered);
        block(CertificateEvent.BLOCK);
        isRefused(ConformanceRefusal.REPORT_CERTIFICATE_NOT_IN_FORCE, request, report);
        block(CertificateEvent.UNBLOCK);
        attach(request, report);
    }

    /** The certificate need not live longer than the run. */
    @Test
    void aCertificateThatEndsAfterTheRunHasSigned() {
        RequestView request = jointTest();
        TestCertificates.Identity brief = TestCertificates.make("EC", 256, "SHA256withECDSA", startedAt.minusSeconds(60), now().plusSeconds(60));
        scene.addCertificate(scene.subsystem, Contour.TEST, brief);
        byte[] report = signed(honest(startedAt, now(), answered), brief);
        scene.application.clock().advance(Duration.ofDays(2));
        attach(request, report);
    }

    @Test
    void callsOfOthersOfProductionAndOfNobodyAreNotFound() {
        RequestView request = jointTest();
        Scene stranger = new Scene(Contour.TEST, scene.application);
        connect(stranger);
        SubsystemView sibling = scene.addSubsystem("other");
        Scene production = new Scene(Contour.PRODUCTION, scene.application);
        for (String entry : List.of(answeredCall(stranger, service).ledgerEntry().orElseThrow(), callBySibling(sibling), callInProduction(production), UUID.randomUUID().toString(), "entry 17",
                Rows.of("select id::text from ledger.entry where record_id = ?", request.id().value()).get(0))) {
            isRefused(ConformanceRefusal.LEDGER_ENTRY_NOT_FOUND, request, report(answered, changed(anotherAnsweredCall(), call -> Optional.of(entry))));
        }
    }

    enum Claim {
        SERVICE, OUTCOME, MESSAGE
    }

    @ParameterizedTest
    @EnumSource
    void whatTheReportSaysOfACallIsWhatTheLedgerSays(Claim claim) {
        ForwardedCall refused = refusedCall();
        ForwardedCall lie = switch (claim) {
            case SERVICE -> new ForwardedCall(refused.messageId(), "headcount", refused.outcome(), refused.ledgerEntry());
            case OUTCOME -> new ForwardedCall(refused.messageId(), refused.service(), ForwardedCall.ANSWERED, refused.ledgerEntry());
            case MESSAGE -> new ForwardedCall(UUID.randomUUID().toString(), refused.service(), refused.outcome(), refused.ledgerEntry());
        };
        isRefused(ConformanceRefusal.LEDGER_ENTRY_DIFFERS, jointTest(), report(answered, lie));
    }

    /** What was shown by one protocol is not shown by the other, and the officer sees by which it was. */
    @Test
    void whatIsReportedByRestHasCalledByRest() {
        RequestView request = jointTest();
        arrivedBy(answered, Optional.of(new Operation.RestCall("POST", "/r1/central-server/GOV/70000002/gns-service/" + service)));
        isRefused(ConformanceRefusal.LEDGER_ENTRY_DIFFERS, request, report(answered));
        attach(request, signed(byRest(honest(startedAt, now(), answered))));
        assertEquals(MessageProtocol.REST, with(tests -> tests.reports(request.id().value())).get(0).protocol());
        pass(request);
        opensInProduction(service);
    }

    /** Operations are statistics: what a node lost before it wrote it cannot count against the participant. */
    @Test
    void whatNoOperationTellsIsTakenAsReported() {
        RequestView request = jointTest();
        ForwardedCall known = refusedCall();
        arrivedBy(known, Optional.empty());
        isRefused(ConformanceRefusal.LEDGER_ENTRY_DIFFERS, request, signed(byRest(honest(startedAt, now(), answered, known))));
        attach(request, signed(byRest(honest(startedAt, now(), answered))));
        attach(request, signed(honest(startedAt, now(), answeredCall(scene, service), known)));
        assertEquals(Set.of(MessageProtocol.REST, MessageProtocol.SOAP), with(tests -> tests.reports(request.id().value())).stream().map(AcceptedReport::protocol).collect(Collectors.toSet()));
    }

    private void arrivedBy(ForwardedCall call, Optional<Operation.RestCall> rest) {
        scene.application.run(OperationLog.class, log -> log.ended(new Operation(UUID.fromString(call.ledgerEntry().orElseThrow()), startedAt, startedAt, rest, new Operation.Size(1, 0),
                new Operation.Size(1, 0), Optional.empty(), 200)));
        scene.application.run(Operations.class, Operations::write);
    }

    private static ConformanceReport byRest(ConformanceReport report) {
        return new ConformanceReport(report.subsystem(), MessageProtocol.REST, report.harness(), report.endpoint(), report.startedAt(), report.finishedAt(), report.services(), report.results());
    }

    @Test
    void aCallOfAnotherTimeIsNoCallOfTheRun() {
        RequestView request = jointTest();
        Instant called = Scene.NOON;
        isRefused(ConformanceRefusal.LEDGER_ENTRY_DIFFERS, request, signed(honest(called.plus(ConformanceReport.SKEW).plusSeconds(1), now(), answered)));
        isRefused(ConformanceRefusal.LEDGER_ENTRY_DIFFERS, request, signed(honest(called.minusSeconds(900), called.minus(ConformanceReport.SKEW).minusSeconds(1), answered)));
        // Clocks differ.
        attach(request, signed(honest(called.plus(ConformanceReport.SKEW), now(), answered)));
    }

    @Test
    void aRunThatPassedNothingOrNotAllIsRefused() {
        RequestView request = jointTest();
        isRefused(ConformanceRefusal.SCENARIO_NOT_PASSED, request, signed(with(honest(startedAt, now(), answered), List.of(service), results -> results.stream()
                .map(one -> one.scenario() == Scenario.GIVES_UP ? new ScenarioResult(one.scenario(), Verdict.FAILED, List.of("x"), List.of()) : one).toList())));
        isRefused(ConformanceRefusal.SERVICE_NOT_SHOWN, request, signed(with(honest(startedAt, now(), answered), List.of(), results -> results.stream()
                .map(one -> one.scenario().appliesTo(List.of()) ? one : new ScenarioResult(one.scenario(), Verdict.NOT_APPLICABLE, List.of(), List.of())).toList())));
        ForwardedCall ofKyrgyzstan = answeredCall(scene, "tpDataByINNforBusinessActivity");
        isRefused(ConformanceRefusal.SERVICE_NOT_OFFERED, request, signed(with(honest(startedAt, now(), answered, ofKyrgyzstan), List.of(service, ofKyrgyzstan.service()), results -> results)));
    }

    @Test
    void whatIsNoReportIsRefusedBeforeItIsReadOrBecauseOfIt() throws Exception {
        RequestView request = jointTest();
        byte[] report = report(answered);
        isRefused(DocumentRefusal.DOCUMENT_TOO_LARGE, request, new byte[50 * 1024 * 1024]);
        isRefused(DocumentRefusal.DOCUMENT_DAMAGED, request, Arrays.copyOf(report, report.length / 2));
        isRefused(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS, request, Arrays.copyOf(report, report.length + 1));
        isRefused(DocumentRefusal.DOCUMENT_TYPE_NOT_ALLOWED, request, new byte[] {7, 1, 2});
        isRefused(DocumentRefusal.DOCUMENT_TEXT_NOT_UTF8, request, signedOctets(new byte[] {(byte) 0xff, 0}));
        isRefused(ConformanceRefusal.REPORT_UNREADABLE, request, signedOctets("hello".getBytes(StandardCharsets.UTF_8)));
        byte[] altered = new String(report, StandardCharsets.ISO_8859_1).replace("test.example", "test.elpmaxe").getBytes(StandardCharsets.ISO_8859_1);
        isRefused(ConformanceRefusal.REPORT_SIGNATURE_WRONG, request, altered);
        byte[] text = "Passed.".getBytes(StandardCharsets.UTF_8);
        assertRefused(DocumentRefusal.DOCUMENT_TYPE_NOT_WANTED_HERE, () -> attach(request, "report.txt", text, DocumentLimits.USUAL, Attachment.Kind.CONFORMANCE_REPORT));
        assertRefused(DocumentRefusal.DOCUMENT_TYPE_NOT_WANTED_HERE, () -> attach(request, "report.p7m", report, DocumentLimits.USUAL, Attachment.Kind.SCREEN_FORM));
        assertRefused(DocumentRefusal.DOCUMENT_TYPE_NOT_WANTED_HERE, () -> attach(request, "report.p7m", report, DocumentLimits.SIGNED_TEXT, Attachment.Kind.SCREEN_FORM));
    }

    @Test
    void aReportComesWithAJointTestOnly() {
        RequestView change = on(requests -> requests.submit(new NewRequest(RequestKind.CHANGE, scene.participant.id(), Contour.TEST, PLATFORM, Optional.empty(), "bank@example.ru", "New people.",
                List.of(), List.of(), Set.of(), Optional.empty(), Optional.empty()), Scene.OFFICIAL));
        assertRefused(InputRefusal.FIELD_INVALID, () -> attach(change, report(answered)));
    }

    /** With the application's rights, past Java. */
    @Test
    void theDatabaseHoldsEachCallAgainstTheLedger() throws SQLException {
        RequestView request = jointTest();
        UUID document = attach(request, report(answered));
        ForwardedCall refused = refusedCall();
        String insert = "insert into access.conformance_call (ledger_entry, contour, document_id, scenario, service_code, outcome) values ('%s', '%s', '%s', 'CONF-02', '%s', '%s')";
        assertEquals("conformance_call_pk", broken(insert.formatted(answered.ledgerEntry().get(), "TEST", document, service, "ANSWERED")));
        assertEquals("conformance_call_in_ledger", broken(insert.formatted(refused.ledgerEntry().get(), "TEST", document, service, "ANSWERED")));
        assertEquals("conformance_call_in_ledger", broken(insert.formatted(refused.ledgerEntry().get(), "TEST", document, "headcount", refused.outcome())));
        Scene stranger = new Scene(Contour.TEST, scene.application);
        connect(stranger);
        assertEquals("conformance_call_in_ledger", broken(insert.formatted(answeredCall(stranger, service).ledgerEntry().get(), "TEST", document, service, "ANSWERED")));
        assertEquals("conformance_call_report_fk", broken(insert.formatted(callInProduction(new Scene(Contour.PRODUCTION, scene.application)), "PRODUCTION", document, service, "ANSWERED")));
        assertEquals("joint_test_shown", broken("""
                insert into access.joint_test_pass select request_id, participant_id, '%s', subsystem_id, '%s', '1', document_id, accepted_at from access.conformance_report
                 where document_id = '%s'""".formatted(PLATFORM, service, document)));
        scene.application.clock().advance(Duration.ofHours(1));
        ForwardedCall late = answeredCall(scene, service);
        assertEquals("conformance_call_in_ledger", broken(insert.formatted(late.ledgerEntry().get(), "TEST", document, service, "ANSWERED")));
        assertTrue(assertThrows(SQLException.class, () -> execute("delete from access.conformance_call where document_id = '" + document + "'")).getMessage().contains("permission denied"));
    }

    private static String broken(String sql) {
        return BrokenConstraint.in(assertThrows(SQLException.class, () -> execute(sql))).orElse("");
    }

    private static void execute(String sql) throws SQLException {
        try (Connection application = TestDatabase.shared().application().getConnection(); PreparedStatement statement = application.prepareStatement(sql)) {
            statement.executeUpdate();
        }
    }

    private static String aService() {
        String code = "jt" + UUID.randomUUID().toString().substring(0, 8);
        Rows.change("insert into access.service (code, version, title_ru, title_ky, title_en, procedure_code) values (?, 'v1', 'x', 'x', 'x', ?)", code, PLATFORM);
        Rows.change("insert into access.service_rule (service_code, effective_from, discloses_tax_secret, token_rule, self_call) values (?, '2024-01-01', false, 'NOT_USED', true)", code);
        return code;
    }

    private void serve(String version) {
        Contracts.serve(scene.application, service, version, Contour.TEST);
        Contracts.serve(scene.application, service, version, Contour.PRODUCTION);
    }

    /** What becomes of a call in PRODUCTION under the scene's right there. */
    private String production(String version) {
        Call call = scene.call(service, null);
        ServiceAddress to = call.service();
        Answer<String> answer = ask(scene, new Call(call.client(), new ServiceAddress(to.instance(), to.memberClass(), to.memberCode(), to.subsystemCode(), service, Optional.ofNullable(version)),
                call.messageId(), call.userId(), call.issue(), call.consentToken(), Credential.signature(Scene.thumbprint(ofProduction), Scene.freshDigest()), call.remoteAddress()),
                () -> Asked.about(scene.inn));
        return answer instanceof Answer.Refused<String> refused ? refused.refusal().code() + " " + refused.refusal().argument(0) + " " + refused.refusal().argument(1) : "DISCLOSED";
    }

    private void connect(Scene to) {
        to.connect(Contour.TEST, PLATFORM);
        to.grant(to.subsystem, service, to.today(), null);
    }

    private record Grants(Scene scene, Contour contour) {
        void grant(String code) {
            scene.application.run(AccessRights.class, rights -> rights.grant(
                    new NewAccessRight(scene.subsystem.id(), code, contour, scene.today(), Optional.empty()), "in a test", Scene.OFFICIAL));
        }
    }

    private static ForwardedCall answeredCall(Scene by, String code) {
        return answeredCall(by, code, "v1");
    }

    private static ForwardedCall answeredCall(Scene by, String code, String version) {
        Call first = by.call(code, null);
        ServiceAddress to = first.service();
        Call call = new Call(first.client(), new ServiceAddress(to.instance(), to.memberClass(), to.memberCode(), to.subsystemCode(), code, Optional.of(version)), first.messageId(),
                first.userId(), first.issue(), first.consentToken(), first.credential(), first.remoteAddress());
        Answer<String> answer = ask(by, call, () -> Asked.about(by.inn));
        return new ForwardedCall(call.messageId(), code, ForwardedCall.ANSWERED, Optional.of(((Answer.Disclosed<String>) answer).occurrence().toString()));
    }

    private ForwardedCall anotherAnsweredCall() {
        return answeredCall(scene, service);
    }

    private ForwardedCall refusedCall() {
        Call call = scene.call(service, null);
        Answer<String> answer = ask(scene, call, () -> {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "inn");
        });
        return new ForwardedCall(call.messageId(), service, "FIELD_INVALID", Optional.of(((Answer.Refused<String>) answer).occurrence().toString()));
    }

    private static Answer<String> ask(Scene by, Call call, Supplier<Asked> asked) {
        return by.application.with(Exchange.class, exchange -> exchange.answer(call, asked, (contour, question) -> Optional.of("data"), TaxRefusal.TAXPAYER_UNKNOWN, data -> 1));
    }

    private String callBySibling(SubsystemView sibling) {
        scene.grant(sibling, service, scene.today(), null);
        Call call = scene.call(service, null);
        Call siblings = new Call(new XRoadClient(scene.participant.instance(), scene.participant.memberClass(), scene.participant.memberCode(), sibling.code()), call.service(), call.messageId(),
                call.userId(), call.issue(), call.consentToken(), Credential.signature(Scene.thumbprint(scene.addCertificate(sibling, Contour.TEST)), Scene.freshDigest()), call.remoteAddress());
        return ((Answer.Disclosed<String>) ask(scene, siblings, () -> Asked.about(scene.inn))).occurrence().toString();
    }

    private static String callInProduction(Scene production) {
        return answeredCall(production, "tpDataByINNforBusinessActivity").ledgerEntry().orElseThrow();
    }

    private static ForwardedCall changed(ForwardedCall call, Function<ForwardedCall, Optional<String>> entry) {
        return new ForwardedCall(call.messageId(), call.service(), call.outcome(), entry.apply(call));
    }

    /** All scenarios passed; answered calls in the first one, refused ones in the second. */
    private ConformanceReport honest(Instant from, Instant until, ForwardedCall... calls) {
        List<ScenarioResult> results = Arrays.stream(Scenario.values()).map(scenario -> new ScenarioResult(scenario, Verdict.PASSED, List.of(), Arrays.stream(calls)
                .filter(call -> scenario == (call.outcome().equals(ForwardedCall.ANSWERED) ? Scenario.SIGNED_CALLS : Scenario.REFUSED_BY_TEST)).toList())).toList();
        String subsystem = String.join("/", scene.participant.instance(), scene.participant.memberClass(), scene.participant.memberCode(), scene.subsystem.code());
        return new ConformanceReport(subsystem, MessageProtocol.SOAP, "0.1.0", "https://test.example/soap/tax/v1", from, until, List.of(service), results);
    }

    private static ConformanceReport with(ConformanceReport report, List<String> services, UnaryOperator<List<ScenarioResult>> change) {
        return new ConformanceReport(report.subsystem(), report.protocol(), report.harness(), report.endpoint(), report.startedAt(), report.finishedAt(), services, change.apply(report.results()));
    }

    private byte[] report(ForwardedCall... calls) {
        return signed(honest(startedAt, now(), calls));
    }

    private byte[] signed(ConformanceReport report) {
        return signed(report, scene.identity);
    }

    private static byte[] signed(ConformanceReport report, TestCertificates.Identity by) {
        try {
            return report.signed(by.keys().getPrivate(), by.certificate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] signedOctets(byte[] octets) throws Exception {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(scene.identity.keys().getPrivate()), scene.identity.certificate()));
        return generator.generate(new CMSProcessableByteArray(octets), true).getEncoded("DER");
    }

    private void block(CertificateEvent event) {
        scene.application.run(Participants.class, participants -> participants.apply(event, scene.certificate.thumbprint(), Contour.TEST, "in a test", Scene.OFFICIAL));
    }

    private RequestView jointTest(String... named) {
        return on(requests -> requests.submit(new NewRequest(RequestKind.JOINT_TEST, scene.participant.id(), Contour.TEST, PLATFORM, Optional.empty(), "bank@example.ru", "Tested.",
                wishes(named), List.of(), Set.of("SETTINGS_MADE"), Optional.empty(), Optional.empty()), Scene.OFFICIAL));
    }

    private List<ServiceWish> wishes(String... codes) {
        return Arrays.stream(codes).map(code -> Scene.wish(scene.subsystem.id(), code)).toList();
    }

    private void confirm(RequestView request) {
        on(requests -> requests.confirm(request.id(), Contour.TEST, Scene.OFFICIAL));
    }

    private void pass(RequestView request) {
        confirm(request);
        on(requests -> requests.check(request.id(), Contour.TEST, "PROTOCOLS_SHOWN", true, "", Scene.OFFICIAL));
        on(requests -> requests.grant(request.id(), Contour.TEST, "all in order", Scene.OFFICIAL));
    }

    /** The participant is told what it has passed (N20). */
    private static String passedLetter(RequestView request) {
        return Rows.of("select body from notices.notice where about_id = ? and kind = 'N20'", request.id().value()).get(0);
    }

    private RequestView connectToProduction(String... codes) {
        RequestView request = on(requests -> requests.submit(new NewRequest(RequestKind.CONNECT, scene.participant.id(), Contour.PRODUCTION, PLATFORM, Optional.empty(), "bank@example.ru",
                "Please connect us.", wishes(codes), List.of(new NewContact("A Person", "IT", "Engineer", "a@example.kg", "+996 312 000000")), Set.of("TEST_DONE"), Optional.empty(),
                Optional.empty()).stating(new Particulars(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Applicant.INN))), Scene.OFFICIAL));
        on(requests -> requests.confirm(request.id(), Contour.PRODUCTION, Scene.OFFICIAL));
        for (String item : List.of("NAME_AND_INN", "CONTACTS", "DECREE_CRITERIA")) {
            on(requests -> requests.check(request.id(), Contour.PRODUCTION, item, true, "", Scene.OFFICIAL));
        }
        return request;
    }

    private ProposalView propose(RequestView request) {
        return scene.application.with(Proposals.class, proposals -> proposals.proposeGrant(request.id(), Contour.PRODUCTION, "in order", Scene.OFFICIAL));
    }

    private void opensInProduction(String code) {
        ProposalView proposal = propose(connectToProduction(code));
        scene.application.run(Proposals.class, proposals -> proposals.approve(proposal.id(), Contour.PRODUCTION, Scene.APPROVER));
        assertEquals(List.of(code), Rows.of("select service_code from access.access_right where subsystem_id = ? and contour = 'PRODUCTION'", scene.subsystem.id().value()));
    }

    private UUID attach(RequestView request, byte[] report) {
        return attach(request, "conformance-report.p7m", report, DocumentLimits.SIGNED_TEXT, Attachment.Kind.CONFORMANCE_REPORT);
    }

    private UUID attach(RequestView request, String fileName, byte[] octets, Attachment.Kind kind) {
        return attach(request, fileName, octets, DocumentLimits.USUAL, kind);
    }

    private UUID attach(RequestView request, String fileName, byte[] octets, DocumentLimits limits, Attachment.Kind kind) {
        try (Upload upload = Upload.receive(fileName, new ByteArrayInputStream(octets), limits)) {
            return scene.application.with(Requests.class, requests -> requests.attach(request.id(), request.contour(),
                    new Attachment(kind, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()), upload, Scene.OFFICIAL)).document();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** And leaves nothing. */
    private void isRefused(RefusalCode code, RequestView request, byte[] octets) {
        assertRefused(code, () -> attach(request, octets));
        assertEquals(List.of(), scene.application.with(Requests.class, requests -> requests.documents(request.id())));
        assertEquals(List.of(), with(tests -> tests.reports(request.id().value())));
        assertEquals(0, told("access.document_attached", request));
    }

    private static int told(String type, RequestView request) {
        return Rows.of("select id from ledger.entry where record_id = ? and content::json ->> 'type' = ?", request.id().value(), type).size();
    }

    private <T> T with(Function<JointTests, T> question) {
        return scene.application.with(JointTests.class, question);
    }

    private RequestView on(Function<Requests, RequestView> action) {
        return scene.application.with(Requests.class, action);
    }

    private Instant now() {
        return scene.application.clock().instant();
    }

    private static void assertRefused(RefusalCode code, Executable action) {
        assertEquals(code, assertThrows(Refusal.class, action).code());
    }
}
