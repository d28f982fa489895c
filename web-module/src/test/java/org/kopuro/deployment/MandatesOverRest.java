package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.kopuro.accounts.Role;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Language;
import org.kopuro.registers.RegisterRows;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;

/** A company, its firm, an accountant, each with an account of his own; with the samples of docs/protocols/consent. */
interface MandatesOverRest {

    String MANDATES = "/api/v1/mandates";

    @Test
    default void anAccountantMakesATokenForACompanyAndTheCompanyEndsItWithTheMandateOfHisFirm() throws IOException {
        Scene scene = new Scene(Contour.TEST, Participants.APPLICATION);
        Inn company = taxpayer("0");
        Inn firm = taxpayer("0");
        Inn accountant = taxpayer("1");
        String atCompany = RestApi.anAccount(Role.TAXPAYER, Contour.TEST, company);
        String atFirm = RestApi.anAccount(Role.TAXPAYER, Contour.TEST, firm);
        String person = RestApi.anAccount(Role.TAXPAYER, Contour.TEST, accountant);
        String stranger = RestApi.anAccount(Role.TAXPAYER, Contour.TEST, scene.inn);

        JsonObject above = RestApi.created(RestApi.as(atCompany, "POST", MANDATES, wish(firm)));
        ConsentOverRest.assertFits("mandate-response.json", above);
        RestApi.assertProblem(404, "NOT_FOUND", "mandate", RestApi.as(stranger, "GET", MANDATES + "/" + above.getString("id"), null));
        RestApi.assertProblem(400, "FIELD_UNKNOWN", "state", RestApi.as(atCompany, "POST", MANDATES, wish(firm).replaceFirst("\\{", "{\"state\":1,")));
        RestApi.assertProblem(400, "FIELD_INVALID", "rights", RestApi.as(atCompany, "POST", MANDATES, wish(firm).replace("\"VIEW\"", "\"ALL\"")));
        RestApi.assertProblem(400, "FIELD_UNKNOWN", "Kopuro-Mandate", as(atCompany, "GET", MANDATES, Map.of("Kopuro-Mandate", above.getString("id")), null));
        JsonObject mandate = RestApi.created(RestApi.as(atFirm, "POST", MANDATES + "/" + above.getString("id") + "/delegate", wish(accountant)));
        assertEquals(above.getString("id"), mandate.getString("passedOnFrom"));
        Map<String, String> acting = Map.of("Kopuro-Mandate", mandate.getString("id"));

        JsonObject token = RestApi.created(as(person, "POST", ConsentOverRest.TOKENS, acting, token(scene)));
        assertEquals(List.of(firm.digits(), accountant.digits()), token.getJsonArray("through").stream().map(link -> link.asJsonObject().getString("inn")).toList());
        assertEquals("", call(scene, token, company));
        String path = ConsentOverRest.TOKENS + "/" + token.getString("id");
        RestApi.assertProblem(403, "ONLY_TAXPAYER", "mandate", as(person, "POST", path + "/unfreeze", acting, ""));
        RestApi.assertProblem(403, "ONLY_TAXPAYER", "mandate", as(person, "PUT", ConsentOverRest.TOKENS + "/pause", acting, ""));
        RestApi.assertProblem(404, "NOT_FOUND", "token", RestApi.as(person, "GET", path, null));
        assertEquals("FROZEN", RestApi.ok(as(person, "POST", path + "/freeze", acting, "")).getString("state"));
        assertEquals("ACTIVE", RestApi.ok(RestApi.as(atCompany, "POST", path + "/unfreeze", "")).getString("state"));
        assertEquals(1, RestApi.ok(as(person, "GET", "/api/v1/usage", acting, null)).getJsonArray("uses").size());
        assertTrue(RestApi.ok(RestApi.as(atCompany, "GET", "/api/v1/usage", null)).getJsonArray("uses").getJsonObject(0).getString("through").contains(" → "));
        assertEquals(1, RestApi.ok(RestApi.as(atCompany, "GET", ConsentOverRest.TOKENS + "?mandate=" + above.getString("id"), null)).getJsonArray("tokens").size());
        JsonObject kept = RestApi.created(as(person, "POST", ConsentOverRest.TOKENS, acting, token(scene)));
        assertFalse(RestApi.ok(RestApi.as(atCompany, "POST", ConsentOverRest.TOKENS + "/" + kept.getString("id") + "/confirm-as-own", "")).containsKey("mandate"));

        assertEquals("REVOKED", RestApi.ok(RestApi.as(atCompany, "POST", MANDATES + "/" + above.getString("id") + "/revoke", "")).getString("state"));
        assertEquals("CONSENT_REVOKED", call(scene, token, company));
        assertEquals("", call(scene, kept, company));
        assertEquals("MANDATE_ENDED", RestApi.ok(RestApi.as(atCompany, "GET", path, null)).getString("cause"));
        RestApi.assertProblem(403, "MANDATE_NOT_IN_FORCE", "mandate", as(person, "POST", ConsentOverRest.TOKENS, acting, token(scene)));
        assertEquals("PARENT_ENDED", RestApi.ok(RestApi.as(person, "GET", MANDATES + "/" + mandate.getString("id"), null)).getString("cause"));
        JsonArray tidings = RestApi.ok(RestApi.as(person, "GET", MANDATES + "/tidings", null)).getJsonArray("tidings");
        assertTrue(tidings.stream().map(JsonValue::asJsonObject).anyMatch(tiding -> tiding.getString("tiding").equals("TOKENS_REVOKED")
                && tiding.getJsonArray("tokens").getString(0).equals(token.getString("id"))), tidings::toString);
    }

    @Test
    default void aHeadActsForHisCompanyAndRestsAMandateOnAPaper() throws IOException {
        Inn company = taxpayer("0");
        Inn director = taxpayer("1");
        Inn accountant = taxpayer("1");
        String person = RestApi.anAccount(Role.TAXPAYER, Contour.TEST, director);
        Map<String, String> acting = Map.of("Kopuro-Head-Of", company.digits());
        RestApi.assertProblem(403, "NOT_THE_HEAD", "headOf", as(person, "GET", ConsentOverRest.TOKENS, acting, null));
        RestApi.assertProblem(422, "INN_LENGTH", "Kopuro-Head-Of", as(person, "GET", ConsentOverRest.TOKENS, Map.of("Kopuro-Head-Of", "1"), null));
        Rows.change("insert into registers.head (contour, inn, head_inn, since) values ('TEST', ?, ?, '2020-01-01')", company.digits(), director.digits());
        assertEquals(company.digits(), RestApi.ok(RestApi.as(person, "GET", MANDATES + "/headed", null)).getJsonArray("organisations").getJsonObject(0).getString("inn"));
        Map<String, String> headers = new HashMap<>(acting);
        headers.put("Content-Type", "application/octet-stream");
        JsonObject paper = RestApi.created(as(person, "POST", MANDATES + "/grounds?fileName=power.txt", headers, "I give power."));
        String wish = wish(accountant).replaceFirst("\"registeredWith\": \"[^\"]+\"", "\"document\": \"" + paper.getString("document") + "\"");
        RestApi.assertProblem(404, "NOT_FOUND", "ground.document", RestApi.as(person, "POST", MANDATES, wish));
        JsonObject mandate = RestApi.created(as(person, "POST", MANDATES, acting, wish));
        assertEquals(paper.getString("sha256"), mandate.getJsonObject("ground").getString("sha256"));
        RestApi.assertProblem(409, "MANDATE_EXISTS", "ground.number", as(person, "POST", MANDATES, acting, wish));
        String representative = RestApi.anAccount(Role.TAXPAYER, Contour.TEST, accountant);
        assertEquals("I give power.", RestApi.as(representative, "GET", MANDATES + "/" + mandate.getString("id") + "/document", null).text());
        assertEquals("RESIGNED", RestApi.ok(RestApi.as(representative, "POST", MANDATES + "/" + mandate.getString("id") + "/resign", "")).getString("state"));
        RestApi.assertProblem(409, "TRANSITION_NOT_ALLOWED", "event", as(person, "POST", MANDATES + "/" + mandate.getString("id") + "/revoke", acting, ""));
    }

    private static Inn taxpayer(String first) {
        Inn inn = new Inn(first + "30021980%05d".formatted(10_000 + new SecureRandom().nextInt(80_000)));
        RegisterRows.aTaxpayer(Contour.TEST, inn);
        return inn;
    }

    private static String wish(Inn representative) throws IOException {
        LocalDate today = LocalDate.now(Clock.systemUTC());
        return Files.readString(ConsentOverRest.SAMPLES.resolve("mandate-request.json")).replace("03002198000027", representative.digits()).replace("2026-12-01", today.toString())
                .replace("2027-11-30", today.plusDays(200).toString()).replace("114-2026", UUID.randomUUID().toString());
    }

    private static String token(Scene scene) {
        return "{\"subsystem\":\"" + scene.client() + "\",\"lastDay\":\"" + LocalDate.now(Clock.systemUTC()).plusDays(30) + "\",\"services\":[\"tpDataByINN\"]," + RestApi.read(Language.RU) + "}";
    }

    /** The refusal's code; nothing where the call was answered. */
    private static String call(Scene scene, JsonObject token, Inn about) {
        return SoapAnswer.of(Server.soap(TaxMessage.of(scene).service("tpDataByINN").token(token.getString("token")).inn(about.digits()).signed()))
                .value("faultCode");
    }

    private static Server.Response as(String login, String method, String path, Map<String, String> headers, String body) {
        Map<String, String> all = new HashMap<>(Map.of("Content-Type", "application/json", "Accept-Language", "en", "Authorization",
                "Basic " + Base64.getEncoder().encodeToString((login + ":" + RestApi.PASSWORD).getBytes(StandardCharsets.UTF_8))));
        all.putAll(headers);
        return Server.send(method, path, body == null ? null : body.getBytes(StandardCharsets.UTF_8), all);
    }
}
