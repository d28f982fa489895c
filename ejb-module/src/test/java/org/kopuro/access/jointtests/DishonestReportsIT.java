package org.kopuro.access.jointtests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kopuro.access.conformance.ConformanceRefusal;
import org.kopuro.access.conformance.ConformanceReport;
import org.kopuro.access.conformance.ForwardedCall;
import org.kopuro.access.conformance.MessageProtocol;
import org.kopuro.access.conformance.Scenario;
import org.kopuro.access.conformance.ScenarioResult;
import org.kopuro.access.conformance.Verdict;
import org.kopuro.access.requests.Attachment;
import org.kopuro.access.requests.RequestView;
import org.kopuro.documents.DocumentLimits;
import org.kopuro.documents.DocumentRefusal;
import org.kopuro.exchange.operations.Operation;
import org.kopuro.exchange.operations.OperationLog;
import org.kopuro.exchange.operations.Operations;
import org.kopuro.kernel.Contour;
import org.kopuro.participants.CertificateEvent;
import org.kopuro.participants.SubsystemView;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestCertificates;

/** Reports that show something else than what happened, or are none (ACC-43). */
class DishonestReportsIT extends JointTestScene {

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
                .map(one -> one.scenario().appliesTo(false) ? one : new ScenarioResult(one.scenario(), Verdict.NOT_APPLICABLE, List.of(), List.of())).toList())));
        ForwardedCall ofKyrgyzstan = answeredCall(scene, "tpDataByINNforBusinessActivity");
        isRefused(ConformanceRefusal.SERVICE_NOT_OFFERED, request, signed(with(honest(startedAt, now(), answered, ofKyrgyzstan), List.of(service, ofKyrgyzstan.service()), results -> results)));
    }

    /** The catalogue says what is demanded, as of the run's day: not the report, and no list of our own. */
    @Test
    void aServiceWhoseRuleIsToTakeATokenWantsTheScenariosAboutTokens() {
        RequestView request = jointTest();
        Rows.change("insert into access.service_rule (service_code, effective_from, discloses_tax_secret, token_rule, self_call) values (?, '2026-03-03', true, 'REQUIRED', true)", service);
        scene.application.clock().set(Instant.parse("2026-03-02T17:58:00Z"));
        ForwardedCall beforeMidnight = answeredCall(scene, service);
        scene.application.clock().advance(Duration.ofMinutes(3));
        isRefused(ConformanceRefusal.SCENARIO_NOT_PASSED, request, signed(honest(now(), now(), beforeMidnight)));
        attach(request, signed(honest(now().minusSeconds(120), now(), beforeMidnight)));
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
}
