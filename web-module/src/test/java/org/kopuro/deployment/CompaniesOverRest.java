package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.kopuro.accounts.Role;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.registers.RegisterRows;
import org.kopuro.testing.ProviderSimulator;
import org.kopuro.testing.TestCertificates;

/** An official checks a company: in our register, or through a Security Server in another agency's. */
interface CompaniesOverRest {

    TestCertificates.Identity OURS = TestCertificates.server("127.0.0.1");
    TestCertificates.Identity SECURITY_SERVER = TestCertificates.server("127.0.0.1");
    ProviderSimulator REGISTER = ProviderSimulator.https(SECURITY_SERVER, OURS);

    /** For the server that is to be started. */
    static List<String> settings(Path folder) {
        return List.of("-Dkopuro.security-server.url=" + REGISTER.address(),
                "-Dkopuro.security-server.certificates=" + ProviderSimulator.pem(folder, "security-server.pem", SECURITY_SERVER),
                "-Dkopuro.security-server.keystore=" + ProviderSimulator.keyStore(folder, "ours.p12", OURS),
                "-Dkopuro.security-server.keystore-password=" + new String(ProviderSimulator.PASSWORD),
                "-Dkopuro.companies.service=central-server/GOV/70000024/minjust-service/getSubjectByTin");
    }

    @AfterAll
    static void stopTheRegister() {
        REGISTER.close();
    }

    @Test
    default void aCompanyIsCheckedInTheRegisterOfItsContour() {
        Inn inn = new Inn("03002202009401");
        RegisterRows.aTaxpayer(Contour.TEST, inn);
        String question = "{\"inn\":\"" + inn.digits() + "\",\"reason\":\"request 17\"}";
        JsonObject own = RestApi.ok(RestApi.as(RestApi.anAccount(Role.OPERATOR, Contour.TEST, null), "POST", "/api/v1/admin/company-checks", question));
        assertEquals("OWN_REGISTER", own.getString("source"));
        assertEquals("ACTIVE", own.getString("state"));

        String official = RestApi.anAccount(Role.OPERATOR, Contour.PRODUCTION, null);
        REGISTER.then(ProviderSimulator.answer("<p:getSubjectByTinResponse xmlns:p=\"http://tunduk.gov.kg\"><subject><tin>" + inn.digits() + "</tin><fullNameOl>Мисал</fullNameOl></subject>"
                + "</p:getSubjectByTinResponse>")).then(ProviderSimulator.fault("Server.ServerProxy.AccessDenied"));
        JsonObject external = RestApi.ok(RestApi.as(official, "POST", "/api/v1/admin/company-checks", question));
        assertEquals("EXTERNAL_REGISTER", external.getString("source"));
        assertEquals("Мисал", external.getString("name"));
        assertEquals(external.getString("call"), REGISTER.asked().get(0).text("id"));
        assertEquals(OURS.certificate(), REGISTER.asked().get(0).by().orElseThrow());

        Server.Response refused = RestApi.as(official, "POST", "/api/v1/admin/company-checks", question);
        RestApi.assertProblem(502, "PEER_REFUSED", "service", refused);
        assertTrue(refused.text().contains("Server.ServerProxy.AccessDenied"), refused::text);
        assertFalse(refused.text().contains("Exception") || refused.text().contains(inn.digits()), refused::text);
        assertEquals(403, RestApi.as(RestApi.anAccount(Role.TAXPAYER, Contour.TEST, inn), "POST", "/api/v1/admin/company-checks", question).status());
    }
}
