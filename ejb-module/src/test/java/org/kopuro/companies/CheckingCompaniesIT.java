package org.kopuro.companies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.kopuro.testing.ProviderSimulator.answer;
import static org.kopuro.testing.ProviderSimulator.fault;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.outgoing.PeerRefusal;
import org.kopuro.registers.RegisterRows;
import org.kopuro.testing.ProviderSimulator;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** An official asks whether a company exists: another agency's register where one is set for the contour, ours elsewhere. */
class CheckingCompaniesIT {

    private static final String REGISTER = "central-server/GOV/70000024/minjust-service/getSubjectByTin";
    private static final Inn KNOWN = new Inn("03002202009301");
    private static final Inn UNKNOWN = new Inn("03002202009302");

    private ProviderSimulator simulator;
    private TestApplication application;

    @BeforeEach
    void start() {
        simulator = ProviderSimulator.http();
        application = new TestApplication("TEST,PRODUCTION", Scene.NOON,
                Map.of("kopuro.security-server.url", simulator.address(), "kopuro.companies.service", REGISTER, "kopuro.companies.ended-element", "endedOn"));
        RegisterRows.aTaxpayer(Contour.TEST, KNOWN);
        RegisterRows.aTaxpayer(Contour.PRODUCTION, KNOWN);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private CompanyView check(Contour contour, Inn inn) {
        return application.with(Companies.class, companies -> companies.check(contour, inn, "An application came.", Scene.OFFICIAL));
    }

    private RefusalCode refused(Contour contour, Inn inn, String reason) {
        return assertThrows(Refusal.class, () -> application.with(Companies.class, companies -> companies.check(contour, inn, reason, Scene.OFFICIAL))).code();
    }

    private static ProviderSimulator.Reply subject(String inn, String name, String more) {
        return answer("<p:getSubjectByTinResponse xmlns:p=\"http://tunduk.gov.kg\"><subject><tin>" + inn + "</tin><fullNameOl>" + name + "</fullNameOl>" + more + "</subject></p:getSubjectByTinResponse>");
    }

    @Test
    void ourOwnRegisterAnswersWhereNoOtherIsSet() {
        CompanyView found = check(Contour.TEST, KNOWN);
        assertEquals(CompanySource.OWN_REGISTER, found.source());
        assertEquals(CompanyState.ACTIVE, found.state());
        assertEquals(Optional.of("Сыноо"), found.name());
        assertEquals(Optional.of(LocalDate.of(2020, 1, 1)), found.registeredOn());
        assertEquals(CompanyState.NOT_FOUND, check(Contour.TEST, UNKNOWN).state());
        Inn ended = new Inn("03002202009303");
        RegisterRows.aTaxpayer(Contour.TEST, ended);
        Rows.change("update registers.taxpayer set ended_on = ?::date where contour = 'TEST' and inn = ?", "2026-03-02", ended.digits());
        assertEquals(CompanyState.ENDED, check(Contour.TEST, ended).state());
        Rows.change("update registers.taxpayer set ended_on = ?::date where contour = 'TEST' and inn = ?", "2026-03-03", ended.digits());
        assertEquals(CompanyState.ACTIVE, check(Contour.TEST, ended).state());
        // An invented company is never asked of a real register.
        assertEquals(List.of(), simulator.asked());
    }

    @Test
    void anotherAgencysRegisterAnswersWhereItIsSet() {
        simulator.then(subject(KNOWN.digits(), " ОсОО\n «Мисал» ", "")).then(subject(UNKNOWN.digits(), "", "")).then(subject("", "", "")).then(subject(KNOWN.digits(), "Мисал", "<endedOn>2025-12-31T00:00:00</endedOn>"));
        CompanyView found = check(Contour.PRODUCTION, KNOWN);
        assertEquals(CompanySource.EXTERNAL_REGISTER, found.source());
        assertEquals(CompanyState.ACTIVE, found.state());
        assertEquals(Optional.of("ОсОО «Мисал»"), found.name());
        assertEquals(KNOWN.digits(), simulator.asked().get(0).text("tin"));
        assertEquals(found.call().orElseThrow().toString(), simulator.asked().get(0).text("id"));
        assertEquals(CompanyState.ACTIVE, check(Contour.PRODUCTION, UNKNOWN).state());
        assertEquals(CompanyState.NOT_FOUND, check(Contour.PRODUCTION, UNKNOWN).state());
        CompanyView over = check(Contour.PRODUCTION, KNOWN);
        assertEquals(CompanyState.ENDED, over.state());
        assertEquals(Optional.of(LocalDate.of(2025, 12, 31)), over.endedOn());
    }

    @Test
    void aCheckIsAnEntryThatTellsTheSourceAndNotTheCompany() {
        simulator.then(subject(KNOWN.digits(), "Мисал", ""));
        CompanyView found = check(Contour.PRODUCTION, KNOWN);
        String entry = Rows.of("select content from ledger.entry where id = ?", found.check()).get(0);
        assertTrue(entry.contains("\"source\":\"EXTERNAL_REGISTER\"") && entry.contains("\"state\":\"ACTIVE\"") && entry.contains(found.call().orElseThrow().toString()), entry);
        assertFalse(entry.contains(KNOWN.digits()) || entry.contains("application"), entry);
    }

    @Test
    void anAnswerAboutSomebodyElseIsNone() {
        simulator.then(subject(UNKNOWN.digits(), "Another", ""));
        assertEquals(PeerRefusal.PEER_ANSWER_UNUSABLE, refused(Contour.PRODUCTION, KNOWN, "An application came."));
    }

    @Test
    void ourRegisterDoesNotSpeakForTheOneThatIsSilent() {
        simulator.usually(fault("Server.ServerProxy.ServiceDisabled"));
        assertEquals(PeerRefusal.PEER_REFUSED, refused(Contour.PRODUCTION, KNOWN, "An application came."));
    }

    @Test
    void peopleAreNotCheckedAndChecksHaveAReason() {
        assertEquals(CompanyRefusal.INN_NOT_OF_AN_ORGANISATION, refused(Contour.PRODUCTION, new Inn("23002199000001"), "An application came."));
        assertEquals(InputRefusal.FIELD_MISSING, refused(Contour.PRODUCTION, KNOWN, " "));
        assertEquals(List.of(), simulator.asked());
    }
}
