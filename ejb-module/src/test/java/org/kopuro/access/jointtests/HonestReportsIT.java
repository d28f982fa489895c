package org.kopuro.access.jointtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.conformance.ConformanceRefusal;
import org.kopuro.access.conformance.ForwardedCall;
import org.kopuro.access.conformance.Scenario;
import org.kopuro.access.conformance.Verdict;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.access.requests.NewRequest;
import org.kopuro.access.requests.RequestRefusal;
import org.kopuro.access.requests.RequestView;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestCertificates;

/** A joint test shown by the honest report of a conformance run: ACC-18, ACC-43. */
class HonestReportsIT extends JointTestScene {

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
        assertEquals(List.of(), report.scenarios().stream().filter(one -> one.verdict() != (one.scenario().appliesTo(false) ? Verdict.PASSED : Verdict.NOT_APPLICABLE)).toList());
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
}
