package org.kopuro.access.jointtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kopuro.access.catalogue.Contracts;
import org.kopuro.access.conformance.ConformanceRefusal;
import org.kopuro.access.requests.RequestView;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.registers.RegisterRows;

/** A joint test holds for the major versions that it was passed at (ACC-18). */
class TestedVersionsIT extends JointTestScene {

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
}
