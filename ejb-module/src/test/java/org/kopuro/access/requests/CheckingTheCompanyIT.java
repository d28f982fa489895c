package org.kopuro.access.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.kopuro.testing.ProviderSimulator.answer;
import static org.kopuro.testing.ProviderSimulator.fault;

import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kopuro.access.procedures.RequestKind;
import org.kopuro.companies.CompanySource;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Refusal;
import org.kopuro.registers.RegisterRows;
import org.kopuro.testing.ProviderSimulator;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** With the confirmation of a request to be connected the register of companies is asked about the applicant (ACC-5); what it says helps the official and hinders nobody. */
class CheckingTheCompanyIT {

    private static final Inn KNOWN = new Inn("03002202009501");

    private ProviderSimulator register;
    private Scene scene;

    @BeforeEach
    void start() {
        register = ProviderSimulator.http();
        scene = Scene.unconnected(Contour.TEST, new TestApplication("TEST,PRODUCTION", Scene.NOON,
                Map.of("kopuro.security-server.url", register.address(), "kopuro.companies.service", "central-server/GOV/70000024/minjust-service/getSubjectByTin")));
    }

    @AfterEach
    void stop() {
        register.close();
    }

    @Test
    void aCompanyThatTheRegisterKnowsIsShownAndTickedAsAnyItem() {
        RegisterRows.aTaxpayer(Contour.TEST, KNOWN);
        RequestView request = confirmed(Contour.TEST, KNOWN);
        CompanyFinding found = finding(request).orElseThrow();
        assertEquals("ACTIVE " + Optional.of(CompanySource.OWN_REGISTER) + " " + Optional.empty(), found.outcome() + " " + found.source() + " " + found.reason());
        assertEquals(List.of("companies.checked"), Rows.of("select content::json ->> 'type' from ledger.entry where id = ?", found.check().orElseThrow()));
        assertEquals(List.of("ACTIVE " + found.check().get()), Rows.of("""
                select (d ->> 'outcome') || ' ' || (d ->> 'check') from ledger.entry, lateral (select content::json -> 'data' d) data
                 where record_id = ? and content::json ->> 'type' = 'access.company_found'""", request.id().value()));
        tick(request, "");
        assertTrue(read(request).ticked().contains("TAX_REGISTRATION"));
    }

    @Test
    void oneThatItDoesNotKnowIsTickedWithAReasonOnlyAndPastJavaToo() {
        RequestView request = confirmed(Contour.TEST, new Inn("03002202009502"));
        assertEquals(CompanyFinding.Outcome.NOT_FOUND, finding(request).orElseThrow().outcome());
        assertEquals(RequestState.ACCEPTED, read(request).state(), "it is considered all the same");
        assertEquals(RequestRefusal.COMPANY_NOT_FOUND, assertThrows(Refusal.class, () -> tick(request, " ")).code());
        assertEquals("check_against_finding", PastJava.broken("""
                insert into access.request_check (request_id, item_code, number, ticked, note, checked_at, actor, actor_role)
                values ('%s', 'TAX_REGISTRATION', 1, true, '', now(), '%s', 'OPERATOR')""".formatted(request.id().value(), UUID.randomUUID())));
        tick(request, "Registered yesterday, certificate 12.");
        assertTrue(read(request).ticked().contains("TAX_REGISTRATION"));
    }

    @Test
    void aRegisterThatIsDownIsSaidToBeAndHindersNothing() {
        register.usually(fault("Server.ServerProxy.ServiceFailed"));
        RequestView request = confirmed(Contour.PRODUCTION, KNOWN);
        assertEquals("NOT_ASKED " + Optional.of("PEER_REFUSED"), finding(request).orElseThrow().outcome() + " " + finding(request).get().reason());
        tick(request, "");
        assertTrue(read(request).ticked().contains("TAX_REGISTRATION"));
        register.then(answer("<p:getSubjectByTinResponse xmlns:p=\"http://tunduk.gov.kg\"><subject><tin>" + KNOWN.digits() + "</tin><fullNameOl>Мисал</fullNameOl></subject></p:getSubjectByTinResponse>"));
        CompanyFinding again = ask(request).orElseThrow();
        assertEquals("ACTIVE " + Optional.of(CompanySource.EXTERNAL_REGISTER), again.outcome() + " " + again.source());
        assertEquals(Optional.of(again), finding(request), "the newest counts");
    }

    @Test
    void whoseNumberIsNotKnownIsNotAskedAboutAndNeitherIsWhatIsNotConsidered() {
        RequestView request = confirmed(Contour.PRODUCTION, null);
        assertEquals(Optional.of("PARTICIPANT_INN_MISSING"), finding(request).orElseThrow().reason());
        scene.application.run(Requests.class, requests -> requests.retract(request.id(), Contour.PRODUCTION, Scene.OFFICIAL));
        assertEquals(Optional.empty(), ask(read(request)));
        CompanyFinding late = finding(request).orElseThrow();
        scene.application.run(CompanyFindings.class, findings -> findings.record(request, late, Scene.OFFICIAL));
        assertEquals(List.of("1"), Rows.of("select count(*) from access.request_finding where request_id = ?", request.id().value()));
        assertEquals("finding_in_order", PastJava.broken("""
                insert into access.request_finding (request_id, number, outcome, reason, found_at, actor, actor_role) values ('%s', 2, 'NOT_ASKED', 'x', now(), '%s', 'OPERATOR')"""
                .formatted(request.id().value(), UUID.randomUUID())));
        assertEquals(List.of(), register.asked());
    }

    /** Another agency may take its time: nothing is locked, and no connection to the database held, while it is waited for. */
    @Test
    void theRegisterIsAskedOutsideTransactions() {
        assertEquals(TransactionAttributeType.NOT_SUPPORTED, CompletenessCheck.class.getAnnotation(TransactionAttribute.class).value());
        assertTrue(List.of(CompletenessCheck.class.getDeclaredMethods()).stream().noneMatch(method -> method.isAnnotationPresent(TransactionAttribute.class)));
    }

    private RequestView confirmed(Contour contour, Inn inn) {
        if (inn != null) {
            Rows.registeredWithInn(scene.participant.id().value(), inn.digits());
        }
        NewRequest wish = new NewRequest(RequestKind.CONNECT, scene.participant.id(), contour, Scene.PROCEDURE, Optional.empty(), "bank@example.kg", "Please connect us.",
                List.of(Scene.wish(scene.subsystem.id(), "headcount")), RequestScene.contacts(), Set.of(), Optional.empty(), Optional.empty());
        RequestView request = scene.application.with(Requests.class, requests -> requests.submit(wish.naming(List.of(new ProductWish(scene.product(), false))), Scene.OFFICIAL));
        return scene.application.with(CompletenessCheck.class, check -> check.confirm(request.id(), contour, Optional.empty(), Scene.OFFICIAL));
    }

    private Optional<CompanyFinding> ask(RequestView request) {
        return scene.application.with(CompletenessCheck.class, check -> check.ask(request.id(), request.contour(), Scene.OFFICIAL));
    }

    private Optional<CompanyFinding> finding(RequestView request) {
        return scene.application.with(CompanyFindings.class, findings -> findings.of(request));
    }

    private void tick(RequestView request, String note) {
        scene.application.run(Requests.class, requests -> requests.check(request.id(), request.contour(), "TAX_REGISTRATION", true, note, Scene.OFFICIAL));
    }

    private RequestView read(RequestView request) {
        return scene.application.with(Requests.class, requests -> requests.get(request.id(), request.contour()));
    }
}
