package org.kopuro.exchange.evidence;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.accounts.Accounts;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.Call;
import org.kopuro.kernel.Contour;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestAccounts;
import org.kopuro.testing.TestApplication;

/** A call that was answered, and the messages of it that an edge would hand over. */
record RecordedCall(Scene scene, UUID occurrence, String token, Exchanged messages) {

    static RecordedCall of(TestApplication application) {
        return of(new Scene(Contour.TEST, application));
    }

    static RecordedCall of(Scene scene) {
        String token = scene.token().text();
        Call call = scene.call("tpDataByINN", token);
        UUID occurrence = scene.application.with(TaxServices.class, services -> services.tpDataByINN(call, scene.inn.digits())).occurrence();
        return new RecordedCall(scene, occurrence, token, new Exchanged(
                message("<request><securityToken>" + token + "</securityToken>" + "<padding/>".repeat(300) + "</request>"),
                message("<answer>" + UUID.randomUUID() + "</answer>"), Scene.thumbprint(scene.certificate)));
    }

    /** By a node that has started, and so has its key registered. */
    RecordedCall kept() {
        scene.application.run(MessageKeyCheck.class, MessageKeyCheck::check);
        scene.application.run(MessageLog.class, log -> log.keep(occurrence, messages));
        return this;
    }

    static SignedIn anAuditor(Contour contour) {
        TestApplication application = new TestApplication("TEST,PRODUCTION", Clock.systemUTC().instant());
        String login = TestAccounts.make(Role.AUDITOR, contour, Optional.empty(), Optional.empty());
        return application.with(Accounts.class, accounts -> accounts.signIn(login, TestAccounts.PASSWORD.toCharArray())).orElseThrow();
    }

    private static Exchanged.Message message(String text) {
        return new Exchanged.Message("text/xml;charset=UTF-8", text.getBytes(StandardCharsets.UTF_8));
    }
}
