package org.kopuro.access.procedures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonPatchBuilder;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
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
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.access.obligations.About;
import org.kopuro.access.obligations.ObligationView;
import org.kopuro.access.obligations.Obligations;
import org.kopuro.access.requests.NewRequest;
import org.kopuro.access.requests.RequestView;
import org.kopuro.access.requests.Requests;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.participants.NewContact;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestDatabase;
import org.kopuro.testing.TestProcedures;

/** A version is published as a whole, for a day to come, by two officials (ACC-2, ACC-20), and changes nothing that began before (ACC-21, ACC-112). It is Monday, 2 March 2026. */
class PublishingAVersionIT {

    /** A request of the second version, written around the application. */
    private static final String COPY = """
            insert into access.request overriding user value
            select n.* from access.request r cross join jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'version', 2, 'state', 'SUBMITTED', 'kind', '%s')) n where r.id = ?""";

    private final TestApplication application = new TestApplication("TEST,PRODUCTION", Scene.NOON);
    private final String code = TestProcedures.publish("KG");
    private final JsonObject second = TestProcedures.with(TestProcedures.with(TestProcedures.like(code), "version", Json.createValue(2)), "firstDay", "2026-04-01");

    @ParameterizedTest
    @ValueSource(strings = {"KG-147", "RU-422-696", "RU-1221"})
    void whatIsShownIsWhatIsPublished(String shipped) {
        String shown = TestProcedures.document(shipped);
        assertEquals(shown, ProcedureDocument.write(ProcedureDocument.read(shown)));
        String own = "T-" + UUID.randomUUID().toString().substring(0, 8);
        String first = shown.replace('"' + shipped + '"', '"' + own + '"').replaceFirst("(\"version\": ?)\\d", "$11").replaceFirst("(\"firstDay\": ?)\"[^\"]+\"", "$1\"2026-03-03\"");
        TestProcedures.publish(first, Scene.NOON);
        assertEquals(first, TestProcedures.document(own));
    }

    @Test
    void oneOfficialProposesAndAnotherPublishes() {
        ProcedureProposal proposal = propose(second);
        assertEquals(1, versions().size(), "nothing is published yet");
        assertRefused(ProcedureRefusal.PROCEDURE_OWN_PROPOSAL, () -> approve(proposal, Scene.OFFICIAL));
        Procedure published = approve(proposal, Scene.APPROVER);
        assertEquals(List.of(LocalDate.of(2026, 4, 1), LocalDate.of(2026, 1, 1)), versions().stream().map(Procedure::validFrom).toList());
        assertEquals(Optional.of(LocalDate.of(2026, 3, 31)), versions().get(1).validTo(), "the former one ends the day before");
        assertEquals(published, versions().get(0));
        assertEquals(proposal.document(), TestProcedures.document(code));
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> approve(proposal, Scene.APPROVER));
        List<String> entries = Rows.of("select content from ledger.entry where content like '%procedure_published%' and content like ? order by number", "%" + code + "%");
        assertTrue(entries.get(1).contains("\"firstDay\":\"2026-04-01\"") && entries.get(1).contains("\"actorRole\":\"APPROVER\""), entries.toString());
    }

    @Test
    void whatIsRejectedOrTakenBackIsNotPublished() {
        ProcedureProposal proposal = propose(second);
        assertRefused(ProcedureRefusal.PROCEDURE_PROPOSED_ALREADY, () -> propose(second));
        assertTrue(application.with(ProcedureProposals.class, ProcedureProposals::open).stream().anyMatch(one -> one.id().equals(proposal.id())));
        application.run(ProcedureProposals.class, proposals -> proposals.reject(proposal.id(), Contour.PRODUCTION, "a slip", Scene.OFFICIAL));
        assertRefused(InputRefusal.TRANSITION_NOT_ALLOWED, () -> approve(proposal, Scene.APPROVER));
        assertEquals(1, versions().size());
        propose(second);
    }

    /** Procedures hold for both contours: an account of TEST must not move the deadlines of PRODUCTION. */
    @Test
    void officialsOfTestPublishNothingWhereThereIsProduction() {
        assertRefused(ProcedureRefusal.PROCEDURE_NOT_OF_THIS_CONTOUR, () -> application.with(ProcedureProposals.class,
                proposals -> proposals.propose(code, second.toString(), "new law", Contour.TEST, Scene.OFFICIAL)));
        ProcedureProposal proposal = propose(second);
        assertRefused(ProcedureRefusal.PROCEDURE_NOT_OF_THIS_CONTOUR, () -> application.with(ProcedureProposals.class,
                proposals -> proposals.approve(proposal.id(), Contour.TEST, Scene.APPROVER)));
        TestApplication testOnly = new TestApplication("TEST", Scene.NOON);
        assertEquals(2, testOnly.with(ProcedureProposals.class, proposals -> proposals.approve(proposal.id(), Contour.TEST, Scene.APPROVER)).version());
    }

    @Test
    void theDatabaseLetsTheApplicationPublishNothingThatNobodyApproved() throws SQLException {
        propose(second);
        try (Connection connection = TestDatabase.shared().application().getConnection(); PreparedStatement statement = connection.prepareStatement(
                "insert into access.procedure_version (procedure_code, version, valid_from, valid_to, source, joint_test_required, agreement_required) "
                        + "values (?, 2, '2025-01-01', '2025-01-02', 'x', false, false)")) {
            statement.setString(1, code);
            assertEquals(Optional.of("procedure_version_approved"), BrokenConstraint.in(assertThrows(SQLException.class, statement::executeUpdate)));
        }
        assertThrows(IllegalStateException.class, () -> Rows.change("update access.procedure_proposal set outcome = 'APPROVED', decided_by = proposed_by, decided_at = now() where procedure_code = ?", code));
    }

    /** What was published is whole: the application's role, which adds rows when it publishes, adds none afterwards, to whatever table. */
    @Test
    void nothingIsAddedToAVersionOnceItIsPublished() throws SQLException {
        assertEquals(List.of("t"), Rows.of("select sealed from access.procedure_version where procedure_code = ?", code));
        List<String> tables = Rows.of("""
                select r.relname from pg_constraint c join pg_class r on r.oid = c.conrelid
                 where c.contype = 'f' and c.confrelid = 'access.procedure_version'::regclass and r.relname like 'procedure\\_%' and has_table_privilege(?, r.oid, 'insert')
                   and exists (select from pg_attribute a where a.attrelid = r.oid and a.attname = 'procedure_code') order by 1""", TestDatabase.APPLICATION);
        assertEquals(List.of("procedure_deadline", "procedure_decree", "procedure_document", "procedure_ground", "procedure_item", "procedure_provision", "procedure_subject"), tables);
        for (String table : tables) {
            try (Connection connection = TestDatabase.shared().application().getConnection(); PreparedStatement statement = connection.prepareStatement(
                    "insert into access." + table + " (procedure_code, version) values (?, 1)")) {
                statement.setString(1, code);
                assertEquals(Optional.of("procedure_version_sealed"), BrokenConstraint.in(assertThrows(SQLException.class, statement::executeUpdate)), table);
            }
        }
        Rows.change("update access.procedure_version set valid_to = '2026-12-31' where procedure_code = ?", code);
        for (String edit : List.of("sealed = false", "source = 'another'", "valid_to = '2027-12-31'")) {
            assertThrows(IllegalStateException.class, () -> Rows.change("update access.procedure_version set " + edit + " where procedure_code = ?", code), edit);
        }
    }

    /** ACC-42. */
    @Test
    void aDecreeThatItConnectsUnderIsRegisteredAndNamedOnce() {
        assertRefused(ProcedureRefusal.PROCEDURE_DECREE_UNKNOWN, () -> propose(under("no-such")));
        assertRefused(ProcedureRefusal.PROCEDURE_ENTRY_TWICE, () -> propose(under("422", "422")));
        assertRefused(InputRefusal.FIELD_INVALID, () -> propose(under("№ 422")));
        assertRefused(InputRefusal.FIELD_INVALID, () -> propose(TestProcedures.with(second, "decrees", Json.createValue("422"))));
        assertEquals(List.of("696", "422"), approve(propose(under("696", "422")), Scene.APPROVER).decrees().stream().map(Decree::code).toList());
    }

    private JsonObject under(String... decrees) {
        return TestProcedures.with(second, "decrees", Json.createArrayBuilder(List.of(decrees)).build());
    }

    @Test
    void aRequestInFlightKeepsItsVersionAndItsDeadline() {
        Scene scene = new Scene(Contour.TEST, application);
        RequestView before = submit(scene);
        String due = due(before);
        JsonObject shorter = Json.createPatchBuilder().replace("/deadlines/DECIDE_TEST/workingDays", 2).build().apply(second);
        approve(propose(shorter), Scene.APPROVER);
        assertEquals(due, due(before));
        application.run(Requests.class, requests -> requests.retract(before.id(), Contour.TEST, Scene.OFFICIAL));
        application.clock().advance(Duration.ofDays(29));
        assertEquals(1, submitAndRetract(scene).version(), "Tuesday, 31 March");
        application.clock().advance(Duration.ofDays(1));
        RequestView after = submitAndRetract(scene);
        assertEquals("2 2026-04-03T18:00:00Z 2", after.version() + " " + due(after), "two working days after Wednesday, 1 April");
        assertEquals("2026-03-09T18:00:00Z 5", due);
    }

    @ParameterizedTest(name = "at {0}, from {1}")
    @CsvSource({"2026-03-02T06:00:00Z, 2026-03-02, 2026-03-03", "2026-03-02T17:59:59Z, 2026-03-02, 2026-03-03", "2026-03-02T18:00:00Z, 2026-03-03, 2026-03-04", "2026-03-02T06:00:00Z, 2026-03-03,",
        "2026-03-02T06:00:00Z, 2020-01-01, 2026-03-03"})
    void aVersionBeginsOnADayToComeInItsOwnZone(Instant now, String firstDay, String earliest) {
        application.clock().set(now);
        JsonObject document = TestProcedures.with(second, "firstDay", firstDay);
        if (earliest == null) {
            approve(propose(document), Scene.APPROVER);
        } else {
            assertEquals(earliest, assertRefused(ProcedureRefusal.PROCEDURE_FIRST_DAY_TOO_EARLY, () -> propose(document)).argument(0));
        }
    }

    @Test
    void aVersionBeginsAfterTheNewestOne() {
        approve(propose(second), Scene.APPROVER);
        JsonObject third = TestProcedures.with(TestProcedures.with(second, "version", Json.createValue(3)), "firstDay", "2026-04-01");
        assertEquals("2026-04-02", assertRefused(ProcedureRefusal.PROCEDURE_FIRST_DAY_TOO_EARLY, () -> propose(third)).argument(0));
        approve(propose(TestProcedures.with(third, "firstDay", "2026-04-02")), Scene.APPROVER);
        assertEquals(Optional.of(LocalDate.of(2026, 4, 1)), versions().get(1).validTo());
    }

    @Test
    void anApprovalThatComesTooLateIsRefusedAndLeavesTheProposal() {
        ProcedureProposal proposal = propose(second);
        application.clock().advance(Duration.ofDays(30));
        assertRefused(ProcedureRefusal.PROCEDURE_FIRST_DAY_TOO_EARLY, () -> approve(proposal, Scene.APPROVER));
        assertEquals(1, versions().size());
        assertEquals(List.of("1"), Rows.of("select count(*) from access.procedure_proposal where id = ? and outcome is null", proposal.id()));
    }

    @Test
    void ofTwoNodesThatPublishAtOnceOneIsRefused() throws InterruptedException, ExecutionException {
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        List<Future<Boolean>> attempts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String document = TestProcedures.with(second, "source", "attempt " + i).toString();
            attempts.add(nodes.submit(() -> {
                try {
                    TestProcedures.publish(document, Scene.NOON);
                    return true;
                } catch (Refusal refusal) {
                    assertEquals("PROCEDURE_VERSION_TAKEN 3", refusal.code() + " " + refusal.argument(0));
                    return false;
                }
            }));
        }
        int published = 0;
        for (Future<Boolean> attempt : attempts) {
            published += attempt.get() ? 1 : 0;
        }
        nodes.shutdown();
        assertEquals(1, published);
        assertEquals(2, versions().size());
    }

    @Test
    void calendarAndTitlesStayAndTheCodeIsTheAddress() {
        assertEquals("calendar", assertRefused(ProcedureRefusal.PROCEDURE_NOT_THE_SAME, () -> propose(TestProcedures.with(second, "calendar", "RU"))).field());
        assertEquals("titles", assertRefused(ProcedureRefusal.PROCEDURE_NOT_THE_SAME, () -> propose(patched(Json.createPatchBuilder().replace("/titles/en", "Another")))).field());
        assertRefused(InputRefusal.FIELD_INVALID, () -> propose(TestProcedures.with(second, "code", "KG-147")));
        JsonObject unknown = TestProcedures.with(TestProcedures.with(TestProcedures.with(second, "code", "T-new"), "version", Json.createValue(1)), "calendar", "NONE");
        assertRefused(ProcedureRefusal.PROCEDURE_CALENDAR_UNKNOWN, () -> application.with(ProcedureProposals.class,
                proposals -> proposals.propose("T-new", unknown.toString(), "new law", Contour.PRODUCTION, Scene.OFFICIAL)));
        assertRefused(ProcedureRefusal.PROCEDURE_VERSION_TAKEN, () -> propose(TestProcedures.with(second, "version", Json.createValue(3))));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', value = {
        "remove | /deadlines/WARN_OF_END_LAST | | PROCEDURE_RULE_MISSING | deadlines.WARN_OF_END_LAST",
        "replace | /deadlines/DECIDE_TEST | null | PROCEDURE_RULE_MISSING | deadlines.DECIDE_TEST",
        "replace | /deadlines/DECIDE_TEST/workingDays | 0 | FIELD_INVALID | deadlines.DECIDE_TEST.workingDays",
        "replace | /deadlines/DECIDE_TEST/workingDays | -5 | FIELD_INVALID | deadlines.DECIDE_TEST.workingDays",
        "replace | /deadlines/DECIDE_TEST/workingDays | 401 | FIELD_INVALID | deadlines.DECIDE_TEST.workingDays",
        "replace | /deadlines/DECIDE_TEST/workingDays | 1.5 | FIELD_INVALID | deadlines.DECIDE_TEST.workingDays",
        "replace | /deadlines/DECIDE_TEST/workingDays | 99999999999999999999 | FIELD_INVALID | deadlines.DECIDE_TEST.workingDays",
        "replace | /deadlines/DECIDE_TEST/workingDays | \"5\" | FIELD_INVALID | deadlines.DECIDE_TEST.workingDays",
        "add | /deadlines/DECIDE_TEST/fromAgreement | true | FIELD_INVALID | deadlines.DECIDE_TEST.fromAgreement",
        "add | /deadlines/DECIDE_PRODUCTION/fromAgreement | \"yes\" | FIELD_INVALID | deadlines.DECIDE_PRODUCTION.fromAgreement",
        "add | /deadlines/DECIDE_EVERYTHING | null | FIELD_UNKNOWN | deadlines.DECIDE_EVERYTHING",
        "replace | /items/1/kind | \"JOIN\" | FIELD_INVALID | items[1].kind",
        "replace | /items/1/contour | \"KIT\" | FIELD_INVALID | items[1].contour",
        "replace | /items/1/texts/ky | \" \" | FIELD_MISSING | items[1].texts.ky",
        "remove | /items/1/texts/en | | FIELD_MISSING | items[1].texts.en",
        "add | /items/1/text | \"x\" | FIELD_UNKNOWN | items[1].text",
        "replace | /grounds/0/measure | \"FINE\" | FIELD_INVALID | grounds[0].measure",
        "replace | /grounds/0/code | \"so be it\" | FIELD_INVALID | grounds[0].code",
        "replace | /grounds/2/immediate | true | FIELD_INVALID | grounds[2].immediate",
        "remove | /contours | | FIELD_MISSING | contours",
        "replace | /contours | [] | FIELD_INVALID | contours",
        "replace | /contours | [\"TEST\",\"TEST\"] | FIELD_INVALID | contours",
        "replace | /contours | [\"KIT\"] | FIELD_INVALID | contours",
        "replace | /contours | \"TEST\" | FIELD_INVALID | contours",
        "replace | /contours | [\"TEST\"] | FIELD_INVALID | items[1].contour",
        "remove | /channel | | FIELD_MISSING | channel",
        "replace | /channel | \"LETTER\" | FIELD_INVALID | channel",
        "replace | /channel/kind | \"PHONE\" | FIELD_INVALID | channel.kind",
        "remove | /channel/address | | FIELD_MISSING | channel.address",
        "replace | /channel/address | \" \" | FIELD_MISSING | channel.address",
        "remove | /provisions/APPLICANTS | | FIELD_MISSING | provisions.APPLICANTS",
        "replace | /provisions/NOTICES_TO | null | FIELD_INVALID | provisions.NOTICES_TO",
        "remove | /provisions/CHANNEL/source | | FIELD_MISSING | provisions.CHANNEL.source",
        "remove | /provisions/CONTOURS/texts/ky | | FIELD_MISSING | provisions.CONTOURS.texts.ky",
        "add | /provisions/SCOPE | null | FIELD_UNKNOWN | provisions.SCOPE",
        "replace | /senderZones | [] | FIELD_INVALID | senderZones",
        "replace | /senderZones | [\"example.kg\"] | FIELD_INVALID | senderZones",
        "replace | /subjects/CONNECT_TEST | \"[{{nobody}}]\" | TEMPLATE_FACT_UNKNOWN | subjects.CONNECT_TEST",
        "replace | /subjects/CONNECT_TEST | \"[{{participant]\" | TEMPLATE_MALFORMED | subjects.CONNECT_TEST",
        "remove | /subjects/CHANGE | | FIELD_MISSING | subjects.CHANGE",
        "replace | /firstDay | \"soon\" | FIELD_INVALID | firstDay",
        "replace | /agreementRequired | \"yes\" | FIELD_INVALID | agreementRequired",
        "remove | /jointTestRequired | | FIELD_MISSING | jointTestRequired",
        "remove | /ogrnRequired | | FIELD_MISSING | ogrnRequired",
        "remove | /innRequired | | FIELD_MISSING | innRequired",
        "remove | /stoppingProofWaived | | FIELD_MISSING | stoppingProofWaived",
        "add | /validTo | \"2027-01-01\" | FIELD_UNKNOWN | validTo",
        "replace | /items | {} | FIELD_INVALID | items",
        "replace | /version | 0 | FIELD_INVALID | version"})
    void anIncompleteOrWrongDocumentIsRefusedWithItsPlace(String operation, String path, String value, String refusal, String field) {
        JsonPatchBuilder patch = Json.createPatchBuilder();
        if (operation.equals("remove")) {
            patch.remove(path);
        } else {
            JsonValue wanted = Json.createReader(new StringReader("[" + value + "]")).readArray().get(0);
            if (operation.equals("add")) {
                patch.add(path, wanted);
            } else {
                patch.replace(path, wanted);
            }
        }
        Refusal refused = assertThrows(Refusal.class, () -> propose(patched(patch)));
        assertEquals(refusal + " " + field, refused.code() + " " + refused.field());
        assertEquals(1, versions().size());
    }

    @Test
    void anEntryOrANameThatStandsTwiceIsRefused() {
        assertRefused(ProcedureRefusal.PROCEDURE_ENTRY_TWICE, () -> propose(patched(Json.createPatchBuilder().copy("/items/0", "/items/1"))));
        assertRefused(ProcedureRefusal.PROCEDURE_ENTRY_TWICE, () -> propose(patched(Json.createPatchBuilder().copy("/grounds/0", "/grounds/1"))));
        String twice = second.toString().replaceFirst("\\{", "{\"source\":\"x\",");
        assertRefused(InputRefusal.BODY_NOT_JSON, () -> ProcedureDocument.read(twice));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "\"text\""})
    void whatIsNoObjectIsRefused(String text) {
        assertRefused(InputRefusal.BODY_NOT_JSON, () -> ProcedureDocument.read(text));
        assertRefused(InputRefusal.BODY_NOT_JSON, () -> ProcedureDocument.read("[".repeat(100_000)));
        assertRefused(InputRefusal.REQUEST_TOO_LARGE, () -> ProcedureDocument.read(" ".repeat(ProcedureDocument.CHARACTERS_MAX + 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"update access.procedure_subject set subject = 'x' where procedure_code = ?", "delete from access.procedure_subject where procedure_code = ?",
        "update access.procedure_version set id = gen_random_uuid(), valid_to = '2030-01-01', source = 'x' where procedure_code = ?"})
    void whatWasPublishedIsNotEdited(String sql) {
        assertThrows(IllegalStateException.class, () -> Rows.change(sql, code));
    }

    /** ACC-20: a procedure names its contours, and connects to no other; whoever is there already may still leave. */
    @Test
    void aVersionConnectsToItsContoursOnly() {
        JsonArray inProduction = Json.createArrayBuilder(second.getJsonArray("items").stream().filter(item -> item.asJsonObject().getString("contour").equals("PRODUCTION")).toList()).build();
        approve(propose(patched(Json.createPatchBuilder().replace("/items", inProduction).replace("/contours", Json.createArrayBuilder().add("PRODUCTION").build()))), Scene.APPROVER);
        Scene scene = new Scene(Contour.TEST, application);
        RequestView before = submitAndRetract(scene);
        application.clock().set(Instant.parse("2026-04-01T06:00:00Z"));
        Refusal refused = assertThrows(Refusal.class, () -> submit(scene));
        assertEquals("CONTOUR_OF_NO_PROCEDURE contour TEST", refused.code() + " " + refused.field() + " " + refused.argument(0));
        assertEquals(List.of(1, 1), List.of(before.version(), versions().get(1).version()));
        for (String kind : List.of("CONNECT", "JOINT_TEST")) {
            IllegalStateException stopped = assertThrows(IllegalStateException.class, () -> Rows.change(COPY.formatted(kind), before.id().value()), kind);
            assertEquals(Optional.of("request_contour_of_procedure"), BrokenConstraint.in(stopped), kind);
        }
    }

    private JsonObject patched(JsonPatchBuilder patch) {
        JsonStructure patched = patch.build().apply(second);
        return patched.asJsonObject();
    }

    private ProcedureProposal propose(JsonObject document) {
        return application.with(ProcedureProposals.class, proposals -> proposals.propose(code, document.toString(), "new law", Contour.PRODUCTION, Scene.OFFICIAL));
    }

    private Procedure approve(ProcedureProposal proposal, Actor by) {
        return application.with(ProcedureProposals.class, proposals -> proposals.approve(proposal.id(), Contour.PRODUCTION, by));
    }

    private List<Procedure> versions() {
        return application.with(Procedures.class, procedures -> procedures.versions(code));
    }

    private RequestView submitAndRetract(Scene scene) {
        RequestView request = submit(scene);
        application.run(Requests.class, requests -> requests.retract(request.id(), Contour.TEST, Scene.OFFICIAL));
        return request;
    }

    private RequestView submit(Scene scene) {
        return application.with(Requests.class, requests -> requests.submit(new NewRequest(RequestKind.CONNECT, scene.participant.id(), Contour.TEST, code, Optional.empty(),
                "office@bank.example", "Please connect us.", List.of(Scene.wish(scene.subsystem.id(), TestProcedures.service(code))),
                List.of(new NewContact("A Person", "IT", "Engineer", "a@example.kg", "+996 312 000000")), Set.of(), Optional.empty(), Optional.empty()), Scene.OFFICIAL));
    }

    private String due(RequestView request) {
        ObligationView decide = application.with(Obligations.class, obligations -> obligations.of(About.request(request.id().value()))).stream()
                .filter(one -> one.rule() == DeadlineRule.DECIDE_TEST).findFirst().orElseThrow();
        return decide.dueAt().orElseThrow() + " " + decide.workingDays();
    }

    private static Refusal assertRefused(RefusalCode code, Executable action) {
        Refusal refusal = assertThrows(Refusal.class, action);
        assertEquals(code, refusal.code());
        return refusal;
    }
}
