package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kopuro.accounts.Role;
import org.kopuro.kernel.Contour;
import org.kopuro.loans.Confirmations;
import org.kopuro.loans.LoanEvent;
import org.kopuro.loans.LoanField;
import org.kopuro.loans.LoanScene;
import org.kopuro.loans.LoanView;
import org.kopuro.loans.Loans;
import org.kopuro.loans.Wish;
import org.kopuro.testing.Rows;
import org.kopuro.testing.TestAccounts;

/** A bank sends files of loans, watches the server at work, and takes the results (LOAN-90 to LOAN-96). */
interface LoanImportsOverRest {

    String IMPORTS = "/api/v1/loan-imports";

    private static String anAccount(Role role, LoanScene scene) {
        return TestAccounts.make(role, Contour.TEST, Optional.empty(), Optional.of(scene.bank));
    }

    private static Server.Response accepting(String type, String path, String login) {
        return Server.send("GET", path, null, Map.of("Accept", type, "Accept-Language", "en", "Authorization",
                "Basic " + Base64.getEncoder().encodeToString((login + ":" + RestApi.PASSWORD).getBytes(StandardCharsets.UTF_8))));
    }

    private static JsonObject ended(String login, String id) throws InterruptedException {
        Instant until = Clock.systemUTC().instant().plus(Duration.ofSeconds(60));
        while (true) {
            JsonObject view = RestApi.ok(RestApi.as(login, "GET", IMPORTS + "/" + id, null));
            if (view.containsKey("endedAt")) {
                return view;
            }
            assertTrue(Clock.systemUTC().instant().isBefore(until), view::toString);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static byte[] file(LoanScene scene, String... numbers) {
        StringBuilder csv = new StringBuilder("applicationNumber;inn;appliedAt;requested;approved;decidedOn;note\n");
        Stream.of(numbers).forEach(number -> csv.append(number).append(';').append(scene.aBorrower()).append(";02.02.2026;1000000,00;900000,00;10.02.2026;=1+1\n"));
        return csv.append("BAD;12;02.02.2026;1;1;10.02.2026;\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    default void aFileIsCheckedThenAppliedWatchedAndAnsweredWithItself() throws InterruptedException {
        LoanScene scene = new LoanScene("FLAG");
        String operator = anAccount(Role.BANK_OPERATOR, scene);
        byte[] file = file(scene, "A-1", "A-2");
        Server.Response sent = Server.upload(IMPORTS + "?mode=check&fileName=march.csv&programme=" + scene.programme, operator, RestApi.PASSWORD, file);
        assertEquals(202, sent.status(), sent::text);
        JsonObject checked = ended(operator, RestApi.json(sent).getString("id"));
        assertEquals("DONE 2 1 march.csv", checked.getString("state") + " " + checked.getInt("created") + " " + checked.getInt("refused") + " " + checked.getString("fileName"));
        assertEquals(List.of("0"), Rows.of("select count(*) from loans.loan where bank_id = ?", scene.bank));

        Server.Response applying = RestApi.as(operator, "POST", IMPORTS + "/" + checked.getString("id") + "/events", "{\"event\":\"APPLY\"}");
        String id = RestApi.json(applying).getString("id");
        Server.Response events = accepting("text/event-stream", IMPORTS + "/" + id + "/events", operator);
        assertEquals(200, events.status(), events::text);
        assertTrue(events.contentType().startsWith("text/event-stream"), events::contentType);
        List<String> told = events.text().lines().filter(line -> line.startsWith("data:")).toList();
        assertTrue(events.text().contains("event: progress") && told.get(told.size() - 1).contains("\"state\":\"DONE\""), events::text);
        assertEquals(List.of("2"), Rows.of("select count(*) from loans.loan where bank_id = ?", scene.bank));

        Server.Response again = Server.upload(IMPORTS + "?mode=apply&choice=good-rows&programme=" + scene.programme, operator, RestApi.PASSWORD, file);
        assertEquals(200, again.status(), again::text);
        assertEquals(id, RestApi.json(again).getString("id"));

        String[] lines = accepting("text/csv", IMPORTS + "/" + id + "/result", operator).text().split("\r\n");
        assertEquals("applicationNumber,inn,appliedAt,requested,approved,decidedOn,note,Import outcome,Loan id,Import messages,Import changes", lines[0]);
        assertTrue(lines[1].contains(",'=1+1,CREATED,"), lines[1]);
        assertTrue(lines[3].contains(",REFUSED,,"), lines[3]);
        Server.Response workbook = accepting("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", IMPORTS + "/" + id + "/result", operator);
        assertEquals("PK", workbook.text().substring(0, 2));
        Server.Response back = Server.upload(IMPORTS + "?mode=check&programme=" + scene.programme, operator, RestApi.PASSWORD, workbook.body());
        assertEquals(202, back.status(), back::text);
        assertEquals(2, ended(operator, RestApi.json(back).getString("id")).getInt("unchanged"), "what we write, we read");

        JsonObject refused = RestApi.ok(RestApi.as(operator, "GET", IMPORTS + "/" + id + "/rows?refused=true", null)).getJsonArray("rows").getJsonObject(0);
        assertEquals("4 BAD inn", refused.getInt("row") + " " + refused.getString("applicationNumber") + " " + refused.getJsonArray("messages").getJsonObject(0).getString("column"));
    }

    /** Where it came from, and why it was changed last (LOAN-F17, LOAN-F29, LOAN-110). */
    @Test
    default void theCardNamesTheImportThatTouchedItLastAndTheHistoryOnlyWhatThatDid() throws InterruptedException {
        LoanScene scene = new LoanScene("FLAG");
        String operator = anAccount(Role.BANK_OPERATOR, scene);
        String id = ended(operator, RestApi.json(Server.upload(IMPORTS + "?mode=apply&programme=" + scene.programme, operator, RestApi.PASSWORD, file(scene, "A-1"))).getString("id")).getString("id");
        String loan = Rows.of("select id from loans.loan where bank_id = ?", scene.bank).get(0);
        assertEquals("IMPORT " + id + " 2", from(operator, loan));
        scene.application.run(Loans.class, loans -> loans.change(Wish.change(UUID.fromString(loan), LoanEvent.WITHDRAW, Map.of(), 1, Optional.of("Sent twice.")), scene.placer()));
        assertEquals("API " + id + " 2", from(operator, loan));
        assertEquals("Sent twice.", RestApi.ok(RestApi.as(operator, "GET", "/api/v1/loans/" + loan, null)).getString("reason"));
        assertEquals(List.of("IMPORT true true", "API false false"), RestApi.ok(RestApi.as(operator, "GET", "/api/v1/loans/" + loan + "/history", null)).getJsonArray("versions").getValuesAs(JsonObject.class).stream()
                .map(version -> version.getString("source") + " " + version.containsKey("import") + " " + version.containsKey("row")).toList());
    }

    private static String from(String operator, String loan) {
        JsonObject card = RestApi.ok(RestApi.as(operator, "GET", "/api/v1/loans/" + loan, null));
        return card.getString("source") + " " + card.getString("import") + " " + card.getInt("row");
    }

    /** LOAN-104, in both formats: contracts, issues, balances, a number that a spreadsheet would take for a formula, and one that a withdrawn loan and the one after it have. */
    @Test
    default void whatIsExportedIsImportedBackWithoutAnyChange() throws InterruptedException {
        LoanScene scene = new LoanScene("FLAG");
        String operator = anAccount(Role.BANK_OPERATOR, scene);
        LoanView loan = scene.contracted(scene.aBorrower());
        scene.application.run(Loans.class, loans -> loans.record(loan.loan().id(), loan.loan().version(), LoanScene.sums("2026-02-17", 50_000_01L, "2026-02-18", 1L),
                LoanScene.sums("2026-02-01", 70_000_00L), scene.placer()));
        Map<LoanField, Object> odd = scene.application(scene.aBorrower());
        odd.put(LoanField.APPLICATION_NUMBER, "=1+1;\"x\"");
        scene.form(odd);
        Map<LoanField, Object> again = scene.application(scene.aBorrower());
        scene.apply(scene.form(again), LoanEvent.WITHDRAW, Map.of());
        again.put(LoanField.REQUESTED, 2_000_000_00L);
        scene.form(again);
        for (String type : List.of("text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")) {
            Server.Response exported = accepting(type, "/api/v1/loan-exports", operator);
            assertEquals(200, exported.status(), exported::text);
            Server.Response back = Server.upload(IMPORTS + "?mode=check", operator, RestApi.PASSWORD, exported.body());
            assertEquals(202, back.status(), back::text);
            JsonObject view = ended(operator, RestApi.json(back).getString("id"));
            assertEquals("4 of 4", view.getInt("unchanged") + " of " + view.getInt("rows"), () -> type + ": " + RestApi.as(operator, "GET", IMPORTS + "/" + view.getString("id") + "/rows", null).text());
        }
    }

    /** Where a bank wants four eyes: §2 of the requirements, LOAN-153. */
    @Test
    default void whatWaitsForTheControllerIsLetThroughByNobodyElse() throws InterruptedException {
        LoanScene scene = new LoanScene("FLAG");
        scene.application.run(Confirmations.class, confirmations -> confirmations.turn(scene.bank, scene.contour, true, "a rule of ours", scene.operator));
        LoanCaller operator = LoanCaller.of(Role.BANK_OPERATOR, scene.bank);
        LoanCaller controller = LoanCaller.of(Role.BANK_CONTROLLER, scene.bank);
        String path = IMPORTS + "/" + proposed(scene, operator, "A-1");
        String confirm = "{\"event\":\"CONFIRM\"}";
        assertEquals(403, operator.post(path + "/events", confirm).status());
        assertEquals(403, LoanCaller.official(Role.OPERATOR).post(path + "/events", confirm).status());
        RestApi.assertProblem(404, "NOT_FOUND", "import", LoanCaller.of(Role.BANK_CONTROLLER, scene.anotherBank().bank).post(path + "/events", confirm));
        assertEquals("PROPOSED", controller.read(path).getString("state"), "nobody has taken it up");

        Rows.change("update loans.import set actor = (select id from accounts.account where login = ?) where id = ?::uuid", controller.login(), path.substring(IMPORTS.length() + 1));
        RestApi.assertProblem(403, "OWN_PROPOSAL", "import", controller.post(path + "/events", confirm));
        Rows.change("update loans.import set actor = (select id from accounts.account where login = ?) where id = ?::uuid", operator.login(), path.substring(IMPORTS.length() + 1));

        Server.Response confirmed = controller.post(path + "/events", confirm);
        assertEquals("202 RECEIVED", confirmed.status() + " " + RestApi.json(confirmed).getString("state"));
        assertTrue(RestApi.json(confirmed).containsKey("confirmedAt"));
        RestApi.assertProblem(409, "TRANSITION_NOT_ALLOWED", "event", controller.post(path + "/events", confirm));
        assertEquals("DONE 1", ended(operator.login(), path.substring(IMPORTS.length() + 1)).getString("state") + " " + operator.read(path).getInt("created"));
        RestApi.assertProblem(409, "TRANSITION_NOT_ALLOWED", "event", controller.post(path + "/events", confirm));

        String unwanted = IMPORTS + "/" + proposed(scene, operator, "A-2");
        assertEquals("CANCELLED", RestApi.ok(controller.post(unwanted + "/events", "{\"event\":\"CANCEL\"}")).getString("state"));
        RestApi.assertProblem(409, "TRANSITION_NOT_ALLOWED", "event", controller.post(unwanted + "/events", confirm));
    }

    private static String proposed(LoanScene scene, LoanCaller operator, String number) {
        Server.Response sent = Server.upload(IMPORTS + "?mode=apply&programme=" + scene.programme, operator.login(), RestApi.PASSWORD, file(scene, number));
        assertEquals("202 PROPOSED", sent.status() + " " + RestApi.json(sent).getString("state"));
        return RestApi.json(sent).getString("id");
    }

    /** Limits that became narrower are others' as well, so the row is set as the node sets it; the description judges what is told. */
    @Test
    default void aFileThatWasRefusedWhileItWasWorkedOnTellsWhy() {
        LoanScene scene = new LoanScene("FLAG");
        scene.application.run(Confirmations.class, confirmations -> confirmations.turn(scene.bank, scene.contour, true, "a rule of ours", scene.operator));
        LoanCaller operator = LoanCaller.of(Role.BANK_OPERATOR, scene.bank);
        String id = proposed(scene, operator, "A-1");
        Rows.change("""
                update loans.import set state = 'REFUSED', ended_at = now(), refusal = '{"code": "TABLE_EMPTY", "field": "file", "detail": {"ru": "а", "ky": "б", "en": "c"}, "whatToDo": {"ru": "г", "ky": "д", "en": "f"}}'
                 where id = ?::uuid""", id);
        JsonObject view = operator.read(IMPORTS + "/" + id);
        assertEquals("REFUSED {\"code\":\"TABLE_EMPTY\",\"field\":\"file\",\"detail\":{\"ru\":\"а\",\"ky\":\"б\",\"en\":\"c\"},\"whatToDo\":{\"ru\":\"г\",\"ky\":\"д\",\"en\":\"f\"}}",
                view.getString("state") + " " + view.getJsonObject("refusal"));
    }

    /** A bank has so many files on their way to a node; others wait for none of them. */
    @Test
    default void moreFilesThanABankMayHaveComingAreRefusedUntilOneIsOver() throws IOException, InterruptedException {
        LoanScene scene = new LoanScene("FLAG");
        String operator = anAccount(Role.BANK_OPERATOR, scene);
        int most = scene.application.installation().loanRequests().filesAtOnce();
        List<Socket> coming = new ArrayList<>();
        try {
            for (int i = 0; i < most; i++) {
                coming.add(beginning(operator));
            }
            Server.Response refused = untilRefused(operator, coming);
            RestApi.assertProblem(429, "LOAN_FILES_AT_ONCE", "limit.filesAtOnce", refused);
            assertEquals(422, nothing(anAccount(Role.BANK_OPERATOR, scene.anotherBank())).status());
        } finally {
            for (Socket socket : coming) {
                socket.close();
            }
        }
        until(operator, 422);
    }

    /** Whoever asks may come before a file that was sent earlier, which then is the one that is refused: it comes again. */
    private static Server.Response untilRefused(String login, List<Socket> coming) throws IOException, InterruptedException {
        Instant end = Clock.systemUTC().instant().plus(Duration.ofSeconds(20));
        while (true) {
            Server.Response response = nothing(login);
            if (response.status() == 429) {
                return response;
            }
            assertTrue(Clock.systemUTC().instant().isBefore(end), response::text);
            for (int i = 0; i < coming.size(); i++) {
                if (coming.get(i).getInputStream().available() > 0) {
                    coming.get(i).close();
                    coming.set(i, beginning(login));
                }
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /** A file of which the beginning has come, and no more. */
    private static Socket beginning(String login) throws IOException {
        Socket socket = new Socket(Server.base().getHost(), Server.base().getPort());
        socket.getOutputStream().write(("POST " + IMPORTS + "?mode=check HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\nContent-Length: 1000000\r\nAuthorization: Basic "
                + Base64.getEncoder().encodeToString((login + ":" + RestApi.PASSWORD).getBytes(StandardCharsets.UTF_8)) + "\r\n\r\napplicationNumber;inn\n").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return socket;
    }

    /** A file that is over at once: no row. */
    private static Server.Response nothing(String login) {
        return Server.upload(IMPORTS + "?mode=check", login, RestApi.PASSWORD, new byte[0]);
    }

    private static Server.Response until(String login, int status) throws InterruptedException {
        Instant end = Clock.systemUTC().instant().plus(Duration.ofSeconds(60));
        while (true) {
            Server.Response response = nothing(login);
            if (response.status() == status) {
                return response;
            }
            assertTrue(Clock.systemUTC().instant().isBefore(end), response::text);
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    @Test
    default void othersSeeNothingOfficialsThatThereIsOneAndAuditorsAll() {
        LoanScene scene = new LoanScene("FLAG");
        Server.Response sent = Server.upload(IMPORTS + "?mode=apply&programme=" + scene.programme, anAccount(Role.BANK_OPERATOR, scene), RestApi.PASSWORD, file(scene, "A-1"));
        String path = IMPORTS + "/" + RestApi.json(sent).getString("id");
        String other = anAccount(Role.BANK_OPERATOR, scene.anotherBank());
        for (String tail : List.of("", "/rows", "/result", "/events")) {
            RestApi.assertProblem(404, "NOT_FOUND", "import", RestApi.as(other, "GET", path + tail, null));
        }
        RestApi.assertProblem(404, "NOT_FOUND", "import", RestApi.as(other, "POST", path + "/events", "{\"event\":\"CANCEL\"}"));
        assertEquals(0, RestApi.ok(RestApi.as(other, "GET", IMPORTS, null)).getJsonArray("imports").size());
        String controller = anAccount(Role.BANK_CONTROLLER, scene);
        assertEquals(1, RestApi.ok(RestApi.as(controller, "GET", IMPORTS, null)).getJsonArray("imports").size());
        assertEquals(403, RestApi.as(controller, "POST", path + "/events", "{\"event\":\"APPLY\"}").status());
        assertEquals(403, Server.upload(IMPORTS + "?mode=apply", controller, RestApi.PASSWORD, new byte[1]).status());
        String auditor = RestApi.anAccount(Role.AUDITOR, Contour.TEST, null);
        assertEquals(2, RestApi.ok(RestApi.as(auditor, "GET", path, null)).getInt("rows"));
        assertEquals(200, RestApi.as(auditor, "GET", path + "/rows", null).status());
        assertTrue(accepting("text/csv", path + "/result", auditor).text().startsWith("applicationNumber,inn,"));
        assertEquals(403, RestApi.as(auditor, "POST", path + "/events", "{\"event\":\"CANCEL\"}").status());
        assertEquals(403, RestApi.as(RestApi.anAccount(Role.OPERATOR, Contour.TEST, null), "GET", path + "/rows", null).status());
        assertEquals(403, RestApi.as(RestApi.anAccount(Role.REGULATOR, Contour.TEST, null), "GET", IMPORTS, null).status());
    }

    @Test
    default void aFileThatIsNoneIsRefusedWithWhatToDo() {
        LoanScene scene = new LoanScene("FLAG");
        String operator = anAccount(Role.BANK_OPERATOR, scene);
        RestApi.assertProblem(400, "FIELD_MISSING", "mode", Server.upload(IMPORTS, operator, RestApi.PASSWORD, new byte[1]));
        RestApi.assertProblem(400, "FIELD_INVALID", "choice", Server.upload(IMPORTS + "?mode=apply&choice=some", operator, RestApi.PASSWORD, new byte[1]));
        RestApi.assertProblem(422, "DOCUMENT_EMPTY", "file", Server.upload(IMPORTS + "?mode=apply", operator, RestApi.PASSWORD, new byte[0]));
        RestApi.assertProblem(422, "TABLE_COLUMN_MISSING", "file", Server.upload(IMPORTS + "?mode=apply", operator, RestApi.PASSWORD, "a;b\n1;2\n".getBytes(StandardCharsets.UTF_8)));
        RestApi.assertProblem(422, "DOCUMENT_DAMAGED", "file", Server.upload(IMPORTS + "?mode=apply", operator, RestApi.PASSWORD, "PK\3\4".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    default void aTemplateIsThereInEachLanguageAndCanBeSentBack() {
        LoanScene scene = new LoanScene("FLAG");
        String operator = anAccount(Role.BANK_OPERATOR, scene);
        assertEquals(18, RestApi.ok(RestApi.as(operator, "GET", "/api/v1/loan-templates/columns", null)).getJsonArray("columns").size());
        for (String language : List.of("ru", "ky", "en")) {
            Server.Response csv = accepting("text/csv", "/api/v1/loan-templates/" + language, operator);
            assertEquals(16, csv.text().split(";").length, csv::text);
            Server.Response filled = Server.upload(IMPORTS + "?mode=check", operator, RestApi.PASSWORD, (csv.text() + "A;" + scene.programme + ";" + scene.aBorrower() + ";02.02.2026;1;1;10.02.2026;;;;;;;;;\n")
                    .getBytes(StandardCharsets.UTF_8));
            assertEquals(202, filled.status(), filled::text);
            assertEquals(0, RestApi.json(filled).getJsonArray("unknownColumns").size());
            Server.Response workbook = accepting("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "/api/v1/loan-templates/" + language, operator);
            RestApi.assertProblem(422, "TABLE_EMPTY", "file", Server.upload(IMPORTS + "?mode=check", operator, RestApi.PASSWORD, workbook.body()));
        }
        RestApi.assertProblem(400, "FIELD_INVALID", "language", accepting("text/csv", "/api/v1/loan-templates/de", operator));
    }
}
