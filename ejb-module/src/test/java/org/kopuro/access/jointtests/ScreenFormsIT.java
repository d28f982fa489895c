package org.kopuro.access.jointtests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.kopuro.access.catalogue.Contracts;
import org.kopuro.access.requests.Attachment;
import org.kopuro.access.requests.RequestRefusal;
import org.kopuro.access.requests.RequestView;
import org.kopuro.kernel.Contour;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** A joint test shown by screen forms (ACC-43). */
class ScreenFormsIT extends JointTestScene {

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
}
