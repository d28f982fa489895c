package org.kopuro.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.kopuro.accounts.Role;
import org.kopuro.kernel.Contour;
import org.kopuro.loans.LoanScene;
import org.kopuro.registers.payroll.PayrollRows;
import org.kopuro.testing.Rows;
import org.kopuro.testing.TestAccounts;

/** Two banks with loans of two programmes, and two bodies that watch one each: whatever consolidates loans shows each of them its own, and nothing else (LOAN-17 to LOAN-24, LOAN-135, LOAN-137, LOAN-155). */
interface ConsolidatedLoansOverRest {

    String RANKINGS = "/api/v1/loan-rankings";
    String AGGREGATES = "/api/v1/loan-aggregates";
    String EXPORTS = "/api/v1/loan-exports";
    String JOBS = "/api/v1/loan-alerts/jobs";
    String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /** Entered once for all that only look. */
    final class Entered {

        static final Entered ONCE = new Entered();

        final LoanCaller.Watched first = LoanCaller.Watched.flagging();
        final LoanCaller.Watched second = LoanCaller.Watched.flagging();
        final UUID bank = LoanScene.aBank(Participants.APPLICATION, Contour.TEST, first.programme(), second.programme());
        final UUID otherBank = LoanScene.aBank(Participants.APPLICATION, Contour.TEST, first.programme(), second.programme());
        final LoanCaller one = LoanCaller.of(Role.BANK_OPERATOR, bank);
        final LoanCaller other = LoanCaller.of(Role.BANK_OPERATOR, otherBank);
        final LoanCaller regulator = LoanCaller.watching(first.regulator());
        final LoanCaller stranger = LoanCaller.watching(second.regulator());
        final LoanCaller auditor = LoanCaller.official(Role.AUDITOR);
        /** With the largest contract, and with the only other one. */
        final JsonObject large = contracted(one, first.programme(), "900000.00");
        final JsonObject small = contracted(other, first.programme(), "500000.00");
        final List<String> ofOneInFirst = Stream.concat(Stream.of(large), Stream.generate(() -> one.entered(first.programme(), LoanCaller.aBorrower())).limit(2)).map(Entered::id).toList();
        final List<String> ofOneInSecond = List.of(id(one.entered(second.programme(), LoanCaller.aBorrower())));
        final List<String> ofOtherInFirst = List.of(id(small));
        final List<String> ofOtherInSecond = Stream.generate(() -> other.entered(second.programme(), LoanCaller.aBorrower())).limit(2).map(Entered::id).toList();
        final List<String> ofOne = both(ofOneInFirst, ofOneInSecond);
        final List<String> ofOther = both(ofOtherInFirst, ofOtherInSecond);
        final List<String> inFirst = both(ofOneInFirst, ofOtherInFirst);
        final List<String> inSecond = both(ofOneInSecond, ofOtherInSecond);
        final String ofBoth = "bank=" + bank + "&bank=" + otherBank;

        static List<String> both(List<String> some, List<String> others) {
            return Stream.concat(some.stream(), others.stream()).sorted().toList();
        }

        static String id(JsonObject loan) {
            return loan.getString("id");
        }

        static JsonObject contracted(LoanCaller bank, String programme, String sum) {
            JsonObject approved = bank.change(bank.entered(programme, LoanCaller.aBorrower()), "approve", LoanCaller.sample("approval")).ok();
            return bank.change(approved, "contract", LoanCaller.sample("contract").replace("900000.00", sum)).ok();
        }
    }

    /** All that a listing tells, two loans a page. */
    private static List<JsonObject> listed(LoanCaller reader, String question) {
        List<JsonObject> rows = new ArrayList<>();
        String cursor = "";
        do {
            JsonObject page = reader.read(LoanCaller.LOANS + "?limit=2" + (question.isEmpty() ? "" : "&" + question) + cursor);
            assertTrue(page.getJsonArray("loans").size() <= 2, page::toString);
            rows.addAll(page.getJsonArray("loans").getValuesAs(JsonObject.class));
            cursor = page.containsKey("next") ? cursor(page) : "";
        } while (!cursor.isEmpty());
        return rows;
    }

    private static String cursor(JsonObject page) {
        return "&cursor=" + URLEncoder.encode(page.getString("next"), StandardCharsets.UTF_8);
    }

    private static List<String> ids(List<JsonObject> rows) {
        return rows.stream().map(Entered::id).sorted().toList();
    }

    private static List<String> searched(LoanCaller reader, String question) {
        return ids(RestApi.ok(reader.post("/api/v1/loan-searches", question)).getJsonArray("loans").getValuesAs(JsonObject.class));
    }

    @Test
    default void aListIsReadPageByPageByWhomItConcerns() {
        Entered loans = Entered.ONCE;
        assertEquals(loans.ofOne, ids(listed(loans.one, "")));
        assertEquals(loans.ofOther, ids(listed(LoanCaller.of(Role.BANK_CONTROLLER, loans.otherBank), "")));
        assertEquals(List.of(), listed(loans.one, "bank=" + loans.otherBank), "a question opens nothing");
        assertEquals(loans.ofOneInFirst.stream().sorted().toList(), ids(listed(loans.one, "programme=" + loans.first.programme())));
        assertEquals(loans.inFirst, ids(listed(loans.regulator, "")));
        assertEquals(loans.inSecond, ids(listed(loans.stranger, "")));
        assertEquals(List.of(), listed(loans.stranger, "programme=" + loans.first.programme()));
        assertEquals(Entered.both(loans.ofOne, loans.ofOther), ids(listed(loans.auditor, loans.ofBoth)));
        JsonObject shown = listed(loans.regulator, "contracted=true&order=contractSum").get(1);
        assertEquals(List.of(loans.large.getString("id"), loans.bank.toString(), "900000.00", "ООО «Ромашка»"),
                List.of(shown.getString("id"), shown.getString("bank"), shown.getString("contractSum"), shown.getString("borrowerName")));
        JsonObject first = loans.one.read(LoanCaller.LOANS + "?limit=2");
        RestApi.assertProblem(400, "LISTING_CURSOR_UNKNOWN", "cursor", loans.other.get(LoanCaller.LOANS + "?limit=2" + cursor(first)));
        RestApi.assertProblem(400, "FIELD_INVALID", "limit", loans.one.get(LoanCaller.LOANS + "?limit=1001"));
        assertEquals(403, LoanCaller.of(Role.NODE_ADMINISTRATOR, loans.bank).get(LoanCaller.LOANS).status());
    }

    /** LOAN-101: what is entered and changed meanwhile is of the next listing. */
    @Test
    default void aListingThatHasBegunStaysAsItBegan() {
        LoanCaller.Watched watched = LoanCaller.Watched.flagging();
        LoanCaller bank = LoanCaller.ofANewBank(watched.programme());
        List<JsonObject> formed = Stream.generate(() -> bank.entered(watched.programme(), LoanCaller.aBorrower())).limit(3).toList();
        JsonObject page = bank.read(LoanCaller.LOANS + "?limit=2");
        List<String> seen = ids(page.getJsonArray("loans").getValuesAs(JsonObject.class));
        JsonObject last = formed.stream().filter(loan -> !seen.contains(Entered.id(loan))).findFirst().orElseThrow();
        bank.change(last, "withdraw", LoanCaller.sample("withdrawal")).ok();
        bank.entered(watched.programme(), LoanCaller.aBorrower());
        JsonObject next = bank.read(LoanCaller.LOANS + "?limit=2" + cursor(page));
        assertEquals(List.of(Entered.id(last)), ids(next.getJsonArray("loans").getValuesAs(JsonObject.class)));
        assertEquals("FORMED", next.getJsonArray("loans").getJsonObject(0).getString("status"));
        assertEquals(4, listed(bank, "").size());
        assertEquals(List.of(Entered.id(last)), ids(listed(bank, "status=WITHDRAWN")));
    }

    @Test
    default void whatIsPersonalIsSearchedForInABody() {
        Entered loans = Entered.ONCE;
        String inFirst = "\"programme\":\"" + loans.first.programme() + "\"";
        assertEquals(loans.ofOneInFirst.stream().sorted().toList(), searched(loans.one, "{\"name\":\"ромашка\"," + inFirst + "}"));
        assertEquals(loans.inFirst, searched(loans.regulator, "{\"name\":\"ромашка\"}"));
        assertEquals(List.of(), searched(loans.stranger, "{\"name\":\"ромашка\"," + inFirst + "}"));
        String inn = "{\"inn\":\"" + loans.small.getString("inn") + "\"}";
        assertEquals(List.of(), searched(loans.one, inn));
        assertEquals(loans.ofOtherInFirst, searched(loans.other, inn));
        RestApi.assertProblem(400, "NOT_IN_THE_ADDRESS", "inn", loans.one.get(LoanCaller.LOANS + "?inn=123456789047"));
        RestApi.assertProblem(400, "NOT_IN_THE_ADDRESS", "name", loans.regulator.get(RANKINGS + "?level=INN&name=x"));
        RestApi.assertProblem(400, "NOT_IN_THE_ADDRESS", "name", loans.regulator.get(AGGREGATES + "?by=BANK&name=x"));
    }

    /** LOAN-F07 to LOAN-F13; asked of lists, of what is added up, and of files, which have the columns they always had. */
    @Test
    default void whatTheRegistersHadOfTheBorrowerIsAskedAndSortedBy() {
        Entered loans = Entered.ONCE;
        String asked = "kpp=770701001&ogrn=1027700132195&okvedAny=56.1&registeredFrom=2015-01-01&registeredTo=2015-01-01&liquidated=false&bankrupt=false&smeSize=LARGE&source=API&ruleSetVersion=1";
        List<JsonObject> rows = listed(loans.one, asked + "&order=-legalForm");
        assertEquals(loans.ofOne, ids(rows));
        assertEquals(List.of("770701001", "1027700132195", "ООО", "2015-01-01", "LARGE"), Stream.of("kpp", "ogrn", "legalForm", "registeredOn", "smeSize").map(rows.get(0)::getString).toList());
        assertEquals(List.of(), listed(loans.stranger, asked + "&bank=" + loans.bank + "&programme=" + loans.first.programme()), "a question opens nothing");
        assertEquals(List.of(), listed(loans.one, "bankrupt=true"));
        assertEquals(loans.inFirst, searched(loans.regulator, "{\"legalForm\":[\"ООО\",\"АО\"],\"contracted696\":false}"));
        assertEquals(List.of(), searched(loans.regulator, "{\"ngoRegister\":\"906\"}"));
        assertEquals(List.of("1 " + loans.first.programme() + " 4 1400000.00"), ranked(loans.regulator.read(RANKINGS + "?level=PROGRAMME&smeSize=LARGE")));
        String file = file(loans.one, "text/csv", EXPORTS + "?" + asked + "&order=ogrn", null).text();
        assertTrue(loans.ofOne.stream().allMatch(file::contains), file);
        assertTrue(file.lines().findFirst().orElseThrow().contains("okved") && !file.contains("770701001"), file);
        RestApi.assertProblem(400, "NOT_IN_THE_ADDRESS", "ogrn", loans.one.get(LoanCaller.LOANS + "?ogrn=399990000001238"));
        RestApi.assertProblem(400, "FIELD_INVALID", "smeSize", loans.one.get(LoanCaller.LOANS + "?smeSize=HUGE"));
    }

    private static List<String> ranked(JsonObject ranking) {
        return ranking.getJsonArray("ranking").getValuesAs(JsonObject.class).stream().map(row -> row.getInt("place") + " " + row.getString("key") + " " + row.getInt("loans") + " " + row.getString("contractSum")).toList();
    }

    @Test
    default void aRankingIsOfTheReadersOwn() {
        Entered loans = Entered.ONCE;
        String byInn = RANKINGS + "?level=INN&programme=" + loans.first.programme();
        String largest = "1 " + loans.large.getString("inn") + " 1 900000.00";
        String smaller = " " + loans.small.getString("inn") + " 1 500000.00";
        List<String> all = ranked(loans.regulator.read(byInn));
        assertEquals(List.of(largest, "2" + smaller), all.subList(0, 2));
        assertEquals(List.of("3", "3"), all.subList(2, all.size()).stream().map(row -> row.substring(0, 1)).toList(), "who has no contract shares the last place");
        JsonObject page = loans.regulator.read(byInn + "&limit=1");
        assertEquals(List.of(largest), ranked(page));
        assertEquals(List.of("2" + smaller), ranked(loans.regulator.read(byInn + "&limit=1" + cursor(page))));
        assertEquals(3, ranked(loans.one.read(byInn)).size());
        assertEquals(List.of("1" + smaller), ranked(loans.other.read(byInn)), "a place among its own tells nothing of others");
        assertEquals(List.of(), ranked(loans.stranger.read(byInn)));
        assertEquals(List.of("1 " + loans.first.programme() + " 4 1400000.00"), ranked(loans.regulator.read(RANKINGS + "?level=PROGRAMME")));
        String question = "{\"level\":\"INN\",\"inn\":\"" + loans.small.getString("inn") + "\"}";
        assertEquals(List.of("1" + smaller), ranked(RestApi.ok(loans.regulator.post(RANKINGS, question))));
        assertEquals(List.of(), ranked(RestApi.ok(loans.one.post(RANKINGS, question))));
    }

    @Test
    default void sumsAreOfARegulatorsOwnProgrammes() {
        Entered loans = Entered.ONCE;
        assertEquals(Stream.of(loans.bank + " 3 1 900000.00", loans.otherBank + " 1 1 500000.00").sorted().toList(), summed(loans.regulator.read(AGGREGATES + "?by=BANK")));
        assertEquals(Stream.of(loans.bank + " 1 0 0.00", loans.otherBank + " 2 0 0.00").sorted().toList(), summed(loans.stranger.read(AGGREGATES + "?by=BANK")));
        assertEquals(List.of(loans.first.programme() + " 4 2 1400000.00"), summed(loans.regulator.read(AGGREGATES + "?by=PROGRAMME")));
        assertEquals(List.of(), summed(loans.stranger.read(AGGREGATES + "?by=PROGRAMME&programme=" + loans.first.programme())));
        assertEquals(2, summed(loans.auditor.read(AGGREGATES + "?by=BANK&" + loans.ofBoth)).size());
        JsonObject page = loans.regulator.read(AGGREGATES + "?by=BANK&limit=1");
        assertEquals(1, summed(loans.regulator.read(AGGREGATES + "?by=BANK&limit=1" + cursor(page))).size());
        assertEquals(403, loans.one.get(AGGREGATES + "?by=BANK").status());
        assertEquals(403, loans.one.post(AGGREGATES, "{\"by\":\"BANK\"}").status());
        String question = "{\"by\":\"BANK\",\"inn\":\"" + loans.small.getString("inn") + "\"}";
        assertEquals(List.of(loans.otherBank + " 1 1 500000.00"), summed(RestApi.ok(loans.regulator.post(AGGREGATES, question))));
        assertEquals(List.of(), summed(RestApi.ok(loans.stranger.post(AGGREGATES, question))));
        RestApi.assertProblem(400, "FIELD_MISSING", "by", loans.regulator.post(AGGREGATES, "{}"));
    }

    private static List<String> summed(JsonObject aggregates) {
        return aggregates.getJsonArray("aggregates").getValuesAs(JsonObject.class).stream().map(row -> row.getString("key") + " " + row.getInt("loans") + " " + row.getInt("contracts") + " " + row.getString("contractSum"))
                .toList();
    }

    private static Server.Response file(LoanCaller reader, String type, String address, String question) {
        Server.Response file = reader.send(question == null ? "GET" : "POST", address, question, Map.of("Accept", type)).response();
        assertEquals(200, file.status(), file::text);
        assertTrue(file.contentType().startsWith(type), file::contentType);
        return file;
    }

    /** The lines behind the heading of a file of CSV, this column of each; no cell here has a comma. */
    private static List<String> column(Server.Response csv, String name) {
        List<List<String>> lines = csv.text().lines().map(line -> List.of(line.replace("\"", "").split(",", -1))).toList();
        int column = lines.get(0).indexOf(name);
        assertTrue(column >= 0, csv::text);
        return lines.stream().skip(1).map(cells -> cells.get(column)).sorted().toList();
    }

    /** What stands in a workbook, sheet by sheet; by its directory, as spreadsheets read it. */
    private static List<String> sheets(Server.Response workbook) {
        List<String> sheets = new ArrayList<>();
        try {
            Path file = Files.write(Files.createTempFile("kopuro-loans", ".xlsx"), workbook.body());
            try (ZipFile parts = new ZipFile(file.toFile())) {
                for (int sheet = 1; parts.getEntry("xl/worksheets/sheet" + sheet + ".xml") != null; sheet++) {
                    try (InputStream part = parts.getInputStream(parts.getEntry("xl/worksheets/sheet" + sheet + ".xml"))) {
                        sheets.add(new String(part.readAllBytes(), StandardCharsets.UTF_8));
                    }
                }
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sheets;
    }

    @Test
    default void whatLeavesAsAFileIsTheReadersOwn() {
        Entered loans = Entered.ONCE;
        assertEquals(loans.ofOne, column(file(loans.one, "text/csv", EXPORTS, null), "id"));
        assertEquals(loans.ofOther, column(file(loans.other, "text/csv", EXPORTS, null), "id"));
        assertEquals(loans.inFirst, column(file(loans.regulator, "text/csv", EXPORTS, null), "id"));
        assertEquals(loans.inSecond, column(file(loans.stranger, "text/csv", EXPORTS, null), "id"));
        assertEquals(Entered.both(loans.ofOne, loans.ofOther), column(file(loans.auditor, "text/csv", EXPORTS + "?" + loans.ofBoth, null), "id"));
        String question = "{\"inn\":\"" + loans.small.getString("inn") + "\"}";
        assertEquals(loans.ofOtherInFirst, column(file(loans.regulator, "text/csv", EXPORTS, question), "id"));
        assertEquals(List.of(), column(file(loans.one, "text/csv", EXPORTS, question), "id"));
        String ranked = question.replace("{", "{\"level\":\"INN\",");
        assertEquals(List.of(loans.small.getString("inn")), column(file(loans.regulator, "text/csv", RANKINGS, ranked), "inn"));
        assertEquals(List.of(), column(file(loans.one, "text/csv", RANKINGS, ranked), "inn"));
        assertTrue(sheets(file(loans.regulator, XLSX, RANKINGS, ranked)).get(0).contains(loans.small.getString("inn")));
        assertEquals(4, column(file(loans.regulator, "text/csv", RANKINGS + "?level=INN", null), "inn").size());
        String summed = question.replace("{", "{\"by\":\"BANK\",");
        assertEquals(List.of(loans.otherBank.toString()), column(file(loans.regulator, "text/csv", AGGREGATES, summed), "key"));
        assertEquals(List.of(), column(file(loans.stranger, "text/csv", AGGREGATES, summed), "key"));
        assertTrue(sheets(file(loans.regulator, XLSX, AGGREGATES, summed)).get(0).contains(loans.otherBank.toString()));
        assertEquals(403, loans.one.send("POST", AGGREGATES, summed, Map.of("Accept", XLSX)).response().status());
    }

    /** LOAN-103; what begins with a hyphen is a text there, too (LOAN-104). */
    @Test
    default void anExportSaysOnItsSecondSheetWhatItIsOf() {
        Entered loans = Entered.ONCE;
        List<String> sheets = sheets(file(loans.one, XLSX, EXPORTS + "?programme=" + loans.first.programme() + "&status=FORMED&status=APPROVED&order=-requested", null));
        assertEquals(2, sheets.size());
        assertTrue(loans.ofOneInFirst.stream().allMatch(sheets.get(0)::contains) && !sheets.get(0).contains(loans.ofOneInSecond.get(0)), sheets.get(0));
        String about = sheets.get(1).replaceAll("(</?[a-z]+[^>]*>)+", "|");
        assertTrue(about.matches("(?s).*\\|at\\|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+\\+03:00\\|.*"), about);
        for (String told : List.of("|loans|3|", "|order|'-requested|", "|filter|programme|" + loans.first.programme() + "|", "|filter|status|FORMED; APPROVED|", "|ruleSet|" + loans.first.programme() + "|0|1|3|")) {
            assertTrue(about.contains(told), () -> told + " is not told: " + about);
        }
    }

    @Test
    default void jobsThatAreNotKeptAreToldToTheBankAndItsRegulator() {
        LoanCaller.Watched watched = LoanCaller.Watched.flagging();
        Rows.change("""
                insert into loans.rule_set (programme, stage, version, issued_from, keep_percent, source, reason, proposed_at, outcome, decided_at)
                values (?, 0, 2, date '2020-01-01', 90, 'a test', 'x', now(), 'APPROVED', now())""", watched.programme());
        LoanCaller bank = LoanCaller.ofANewBank(watched.programme());
        JsonObject lost = Entered.contracted(bank, watched.programme(), "900000.00");
        JsonObject kept = Entered.contracted(bank, watched.programme(), "900000.00");
        PayrollRows.aReport(Contour.TEST, lost.getString("inn"), YearMonth.of(2025, 12)).workers(YearMonth.of(2025, 12), 8).stored();
        PayrollRows.aReport(Contour.TEST, kept.getString("inn"), YearMonth.of(2025, 12)).workers(YearMonth.of(2025, 12), 9).stored();
        for (LoanCaller reader : List.of(bank, LoanCaller.watching(watched.regulator()))) {
            JsonObject answer = reader.read(JOBS);
            assertEquals(2, answer.getInt("lookedAt"));
            JsonObject alert = answer.getJsonArray("alerts").getJsonObject(0);
            assertEquals(List.of(1, lost.getString("id"), "2025-12", 8, 10, 9), List.of(answer.getJsonArray("alerts").size(), alert.getString("loan"), alert.getString("month"), alert.getInt("workers"), alert.getInt("fixed"),
                    alert.getInt("smallest")));
        }
        for (LoanCaller reader : List.of(LoanCaller.ofANewBank(watched.programme()), LoanCaller.watching(LoanCaller.Watched.flagging().regulator()))) {
            assertEquals(0, reader.read(JOBS).getInt("lookedAt"));
        }
        JsonObject outlook = bank.read(LoanCaller.LOANS + "/" + lost.getString("id") + "/headcount");
        assertEquals("[\"BELOW_THRESHOLD\"]", outlook.getJsonArray("alerts").toString());
    }

    @Test
    default void whatRulesWouldChangeIsShownToWhomeverApprovesThem() {
        LoanCaller.Watched watched = LoanCaller.Watched.flagging();
        LoanCaller bank = LoanCaller.ofANewBank(watched.programme());
        JsonObject open = bank.entered(watched.programme(), LoanCaller.aBorrower());
        Entered.contracted(bank, watched.programme(), "900000.00");
        String rules = "/api/v1/programmes/" + watched.programme() + "/rule-sets";
        LoanCaller owner = new LoanCaller(TestAccounts.make(Role.METHODOLOGY_OWNER, Contour.PRODUCTION, Optional.empty(), Optional.empty()));
        JsonObject proposed = RestApi.created(owner.post(rules, """
                {"stage": 0, "issuedFrom": "2020-01-01", "eligibility": [{"name": "SECTOR", "conditions": [{"item": "C05", "test": "OKVED_IN", "values": ["56.99"]}]}], "onFail": "FLAG",
                 "onOverMaximum": "FLAG", "keepPercent": 0, "refreshCutoff": 15, "refreshDay": 25, "source": "a test", "reason": "To try it."}"""));
        String effects = rules + "/" + proposed.getString("id") + "/effects";
        for (Role role : List.of(Role.METHODOLOGY_OWNER, Role.OPERATOR, Role.AUDITOR)) {
            JsonObject answer = LoanCaller.official(role).read(effects);
            JsonObject effect = answer.getJsonArray("effects").getJsonObject(0);
            assertEquals(List.of(1, Entered.id(open), "MEETS", "DOES_NOT_MEET"), List.of(answer.getJsonArray("effects").size(), effect.getString("loan"), effect.getString("verdictNow"), effect.getString("verdictThen")));
        }
        assertEquals(0, owner.read(effects).getJsonArray("effects").size(), "loans of the other contour are not of this one");
        assertEquals("MEETS", bank.read(LoanCaller.LOANS + "/" + Entered.id(open)).getString("verdict"), "looking changes nothing");
        assertEquals(403, bank.get(effects).status());
        assertEquals(403, LoanCaller.watching(watched.regulator()).get(effects).status());
    }

    /** LOAN-131: what a card was warned of is read again with its texts. */
    @Test
    default void aWarningThatStaysIsToldInFullWheneverTheCardIsRead() {
        LoanCaller.Watched watched = LoanCaller.Watched.flagging();
        LoanCaller bank = LoanCaller.ofANewBank(watched.programme());
        JsonObject entered = bank.entered(watched.programme(), LoanScene.inn());
        JsonObject said = entered.getJsonArray("sayings").getJsonObject(0);
        assertEquals("WARNING INN_UNKNOWN inn", said.getString("severity") + " " + said.getString("code") + " " + said.getString("field"));
        JsonObject read = bank.read(LoanCaller.LOANS + "/" + Entered.id(entered));
        assertEquals(entered.getJsonArray("sayings"), read.getJsonArray("warnings"));
        JsonObject inRussian = bank.send("GET", LoanCaller.LOANS + "/" + Entered.id(entered), null, Map.of("Accept-Language", "ru")).ok().getJsonArray("warnings").getJsonObject(0);
        assertEquals("INN_UNKNOWN", inRussian.getString("code"));
        assertFalse(inRussian.getString("detail").equals(said.getString("detail")), inRussian::toString);
        JsonObject twin = bank.entered(watched.programme(), entered.getString("inn"));
        JsonObject shown = LoanCaller.watching(watched.regulator()).read(LoanCaller.LOANS + "/" + Entered.id(twin) + "/duplicates").getJsonArray("duplicates").getJsonObject(0).getJsonObject("loan");
        assertEquals(read.getJsonArray("warnings"), shown.getJsonArray("warnings"));
    }
}
