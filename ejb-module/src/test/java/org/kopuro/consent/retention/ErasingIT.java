package org.kopuro.consent.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.kopuro.access.duties.IncidentView;
import org.kopuro.access.duties.Incidents;
import org.kopuro.consent.ConsentRefusal;
import org.kopuro.consent.HeldTokens;
import org.kopuro.consent.Holder;
import org.kopuro.consent.IssuedToken;
import org.kopuro.consent.Taxpayer;
import org.kopuro.consent.Tidings;
import org.kopuro.consent.TokenReceipts;
import org.kopuro.consent.Tokens;
import org.kopuro.consent.UsageFilter;
import org.kopuro.consent.UsageLog;
import org.kopuro.consent.UsageView;
import org.kopuro.consent.complaints.ComplaintView;
import org.kopuro.consent.complaints.Complaints;
import org.kopuro.consent.events.ConsentEvents;
import org.kopuro.consent.forms.FormReceipts;
import org.kopuro.consent.forms.FormScene;
import org.kopuro.consent.forms.FormView;
import org.kopuro.consent.forms.Forms;
import org.kopuro.consent.forms.Representative;
import org.kopuro.documents.DocumentLimits;
import org.kopuro.documents.Documents;
import org.kopuro.documents.Upload;
import org.kopuro.exchange.Answer;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.ledger.PublishedTree;
import org.kopuro.ledger.Receipts;
import org.kopuro.ledger.Sequencer;
import org.kopuro.ledger.proof.Receipt;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.ledger.proof.VerifierKey;
import org.kopuro.representation.Ground;
import org.kopuro.representation.MandateId;
import org.kopuro.representation.MandateScene;
import org.kopuro.representation.NewMandate;
import org.kopuro.taxservices.TaxServices;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestDatabase;

/** Consents that ended five years ago, and calls of that time (CON-146, CON-147). The database's clock stands where the application's does. */
class ErasingIT {

    private static final Actor AUDITOR = Actor.of(UUID.fromString("00000000-0000-4000-8000-000000000004"), "AUDITOR");
    private static final Duration FIVE_YEARS = Duration.ofDays(1827);
    /** As it ships. */
    private static final String MOMENT = Rows.of("select pg_get_functiondef('consent.erasure_moment(timestamptz)'::regprocedure)").get(0);
    private static final List<String> COUNTED = List.of("consent.token", "consent.token_event", "consent.token_link", "consent.token_service", "consent.form_consent", "consent.form_event",
            "consent.tiding", "consent.event_out", "consent.usage", "consent.usage_inspection", "consent.complaint", "consent.complaint_answer", "representation.mandate",
            "representation.mandate_event", "representation.ground_document", "representation.tiding", "documents.document", "access.incident", "access.incident_event");

    private final FormScene forms = new FormScene();
    private final Scene scene = forms.scene;
    private final TestApplication application = scene.application;

    @BeforeEach
    void theDatabasesClockMovesWithTheApplications() {
        Rows.change("create or replace function consent.erasure_moment(told timestamptz) returns timestamptz language sql stable as 'select told'");
    }

    @AfterEach
    void theDatabasesClockIsItsOwn() {
        Rows.change(MOMENT);
    }

    @Test
    void fiveYearsAfterwardsNothingPersonalIsLeftWhileEveryRowAndEveryProofIs() throws Unproven {
        MandateScene parties = new MandateScene(scene);
        UUID paper = parties.file(parties.company).id();
        NewMandate usual = parties.wish(parties.firm);
        MandateId mandate = parties.grant(new NewMandate(parties.firm, usual.rights(), usual.services(), usual.firstDay(), usual.lastDay(),
                new Ground("power-" + UUID.randomUUID(), scene.today(), Optional.empty(), Optional.of(paper))));
        MandateId below = parties.delegate(mandate, parties.wish(parties.accountant));
        IssuedToken represented = parties.issue(parties.self(parties.accountant).under(below));
        IssuedToken token = scene.token();
        Answer<?> answered = call(token);
        Scene stranger = new Scene(Contour.TEST, application);
        application.run(TaxServices.class, services -> services.tpDataByINN(stranger.call("tpDataByINN", token.text()), scene.inn.digits()));
        FormView form = forms.registered(forms.aForm().by(new Representative(parties.accountant, "Bolot Representative", "Power of attorney 77")));
        FormView rejected = forms.transfer(forms.aForm().about("12202199099999", "Nobody at all")).form();
        application.run(Forms.class, bean -> bean.dispute(scene.taxpayer(), form.id(), "My cousin signed it.", Scene.TAXPAYER));
        settle(form);
        UUID evidence = UUID.fromString(Rows.of("select evidence_id from consent.form_event where form_id = ? and evidence_id is not null", form.id().value()).get(0));
        ComplaintView complaint = application.with(Complaints.class, bean -> bean.file(scene.taxpayer(), scene.participant.id(), Optional.empty(), "They wanted my signature.", Scene.TAXPAYER));
        application.run(Complaints.class, bean -> bean.answer(complaint.id(), Contour.TEST, "They were told, dear Aida.", Scene.OFFICIAL));
        application.run(UsageLog.class, log -> log.inspect(scene.taxpayer(), UsageFilter.EVERYTHING, Optional.empty(), 10, "A complaint of Aida.", AUDITOR));
        application.with(Incidents.class, bean -> bean.list(Contour.TEST, Optional.empty(), Optional.empty(), 50)).stream()
                .filter(one -> one.text().contains(form.id().value().toString())).forEach(one -> application.run(Incidents.class, bean -> bean.close(one.id(), Contour.TEST, "Settled with the cousin.", Scene.OFFICIAL)));
        application.run(Tokens.class, tokens -> tokens.deactivate(scene.taxpayer(), token.token().id(), Scene.TAXPAYER));
        parties.revoke(parties.company, mandate);
        Optional<RefusalCode> late = refusal(call(token));

        String message = Rows.of("select message_id from consent.usage where occurrence = ?", answered.occurrence()).get(0);
        Rows.change("""
                insert into exchange.message (occurrence, at, contour, message_id, thumbprint, request_type, answer_type, request_sha256, answer_sha256, keep_until)
                select occurrence, at, contour, message_id, sha256(''), 'text/xml', 'text/xml', sha256(''), sha256(''), at + interval '1 day' from consent.usage where occurrence = ?""", answered.occurrence());
        batch(form);

        List<String> personal = List.of(scene.inn.digits(), parties.company.digits(), parties.firm.digits(), parties.accountant.digits(), "12202199099999", "Nobody at all", form.number(),
                rejected.number(), form.fileSha256(), "Bolot Representative", "Power of attorney 77", "My cousin signed", "They wanted my", "dear Aida", "complaint of Aida", "Settled with the cousin", message, "row-of-" + form.id().value(),
                "refused-" + form.id().value());
        personal.forEach(value -> assertFalse(holding(value).isEmpty(), () -> value + " is kept as long as it has to be"));
        Map<String, Integer> rows = counts();
        Instant now = application.clock().instant();
        integrate();
        String entries = entriesUntil(ledgerEnd());
        String end = ledgerEnd();

        application.clock().set(now.plus(Duration.ofDays(1824)));
        eraseAll();
        assertEquals(List.of("0"), Rows.of("select count(erased_at) from consent.token where participant_id = ?", scene.participant.id().value()), "not a day too early");
        assertEquals(Optional.of(ConsentRefusal.CONSENT_REVOKED), introspect(token), "CON-147");
        assertEquals(Optional.of(ConsentRefusal.CONSENT_REVOKED), late);

        application.clock().set(now.plus(FIVE_YEARS));
        int rounds = eraseAll();
        assertTrue(rounds > 0);
        personal.forEach(value -> assertEquals(List.of(), holding(value), value));
        assertEquals(rows, counts());
        assertEquals(List.of("2"), Rows.of("select count(*) from consent.form_evidence e join documents.document d on d.id = e.document_id where e.form_id = ? and d.erased_at is not null",
                form.id().value()));
        for (UUID file : List.of(paper, evidence, form.document().orElseThrow())) {
            assertEquals(List.of("0"), Rows.of("select count(*) from documents.part where document_id = ?", file));
            assertRefused(InputRefusal.NOT_FOUND, () -> application.run(Documents.class, documents -> documents.open(file)));
        }
        assertEquals(Optional.empty(), application.with(Retention.class, Retention::round), "once");

        theLedgerIsAsItWas(answered.occurrence(), entries, end);
        whoeverReadsFindsThatItIsErased(token, form, complaint, stranger);
        assertEquals(Optional.empty(), introspect(token), "as a token that nobody made");
        application.clock().set(now);
        assertEquals(Optional.of(ConsentRefusal.TOKEN_NOT_ACCEPTED), refusal(call(token)), "CON-147");
        assertEquals(List.of("REVOKED"), Rows.of("select state from consent.token where id = ?", represented.token().id().value()));
    }

    /** Of an archive: the form, and a row that nobody could read. */
    private static void batch(FormView form) {
        Rows.change("""
                with batch as (
                    insert into consent.form_batch (id, contour, participant_id, subsystem_id, archive_sha256, row_count, received_at, actor_role)
                    select gen_random_uuid(), contour, participant_id, subsystem_id, sha256(id::text::bytea), 2, received_at, 'SYSTEM' from consent.form_consent where id = ? returning id, contour)
                insert into consent.form_batch_row (batch_id, contour, number, own_number, result, problem, form_id)
                select b.id, b.contour, r.number, r.kind || ?::text, r.result, r.problem, r.form from batch b
                 cross join (values (1, 'row-of-', 'REGISTERED', null, ?::uuid), (2, 'refused-', 'REFUSED', 'FIELD_MISSING', null)) r (number, kind, result, problem, form)""",
                form.id().value(), form.id().value().toString(), form.id().value());
    }

    private void theLedgerIsAsItWas(UUID call, String entries, String end) throws Unproven {
        assertEquals(entries, entriesUntil(end), "no entry changed");
        integrate();
        assertEquals(Boolean.TRUE, application.with(Receipts.class, receipts -> receipts.tells(receipts.entry(call, Contour.TEST), "asked", scene.inn.digits())), "a keyed hash still says of whom, to whoever knows");
        Receipt receipt = application.with(Receipts.class, receipts -> receipts.receipt(receipts.entry(call, Contour.TEST), Map.of("asked", scene.inn.digits())));
        Receipt.Verified verified = Receipt.parse(receipt.format()).verify(application.with(PublishedTree.class, PublishedTree::verifierKeys).stream().map(ErasingIT::key).toList(), List.of());
        assertEquals(call.toString(), verified.entry().id());
        List<String> told = Rows.of("select content from ledger.entry e join consent.erasure r on r.id = e.id where r.at = ?::timestamptz", application.clock().instant().toString());
        assertEquals(Rows.of("select count(*) from consent.erasure where at = ?::timestamptz", application.clock().instant().toString()), List.of(String.valueOf(told.size())), "one for each round");
        assertFalse(told.isEmpty());
        told.forEach(entry -> assertTrue(entry.matches("\\{\"at\":\"[^\"]+\",\"data\":\\{(\"[a-z_]+\":[0-9]+,?){9}},\"id\":\"[^\"]+\",\"record\":.*\"type\":\"consent.erased\",\"version\":1}"), entry));
    }

    private void whoeverReadsFindsThatItIsErased(IssuedToken token, FormView form, ComplaintView complaint, Scene stranger) {
        FormView seen = application.with(Forms.class, bean -> bean.of(scene.participant.id(), Contour.TEST, Optional.empty(), 10)).stream().filter(one -> one.id().equals(form.id())).findFirst().orElseThrow();
        assertEquals(List.of(true, "", "", "", Optional.empty(), "WITHDRAWN"), List.of(seen.erased(), seen.number(), seen.taxpayerInn(), seen.fileSha256(), seen.representative(), seen.state().name()));
        assertRefused(InputRefusal.NOT_FOUND, () -> application.run(FormReceipts.class, bean -> bean.of(scene.participant.id(), Contour.TEST, form.id(), Language.RU)));
        assertRefused(InputRefusal.NOT_FOUND, () -> application.run(TokenReceipts.class, bean -> bean.of(scene.participant.id(), Contour.TEST, token.token().id(), Language.RU)));
        assertRefused(InputRefusal.NOT_FOUND, () -> application.run(Forms.class, bean -> bean.get(Contour.TEST, form.id(), Scene.OFFICIAL)));
        List<UsageView> uses = application.with(UsageLog.class, log -> log.by(scene.participant.id(), Contour.TEST, UsageFilter.EVERYTHING, Optional.empty(), 10));
        assertEquals(Set.of("true  Optional.empty Optional.empty"), Set.copyOf(uses.stream().map(use -> use.erased() + " " + use.messageId() + " " + use.taxpayerInn() + " " + use.userId()).toList()));
        assertTrue(uses.stream().anyMatch(use -> use.outcome().equals("DISCLOSED") && use.consentId().equals(Optional.of(token.token().id().value()))), "what was disclosed on which consent is known");
        assertTrue(application.with(ConsentEvents.class, events -> events.after(scene.participant.id(), Contour.TEST, 0, 100)).stream().allMatch(event -> event.taxpayerInn().isEmpty()));
        assertTrue(application.with(Tidings.class, tidings -> tidings.strangers(Contour.TEST, 1000)).stream().anyMatch(one -> one.participant().equals(stranger.participant.id())));
        assertTrue(application.with(Complaints.class, bean -> bean.list(Contour.TEST, Optional.empty(), Optional.empty(), 100)).stream()
                .anyMatch(one -> one.id().equals(complaint.id()) && one.erased() && one.text().isEmpty() && one.answer().orElseThrow().text().isEmpty()));
        IncidentView incident = application.with(Incidents.class, bean -> bean.get(complaint.incident(), Contour.TEST));
        assertEquals("", incident.text());
        Taxpayer taxpayer = scene.taxpayer();
        assertEquals(0, application.with(UsageLog.class, log -> log.of(taxpayer, UsageFilter.EVERYTHING, Optional.empty(), 10)).size() + application.with(UsageLog.class, log -> log.inspectionsOf(taxpayer, Optional.empty(), 10)).size()
                + application.with(Tidings.class, tidings -> tidings.of(taxpayer, Optional.empty(), 10)).size() + application.with(Forms.class, bean -> bean.about(taxpayer, Optional.empty(), 10)).size()
                + application.with(Tokens.class, tokens -> tokens.list(taxpayer, Optional.empty(), 10)).size());
    }

    @Test
    void oneNodeErasesAtATimeAndWhatIsInterruptedGoesOn() throws SQLException {
        List<IssuedToken> tokens = List.of(scene.token(), scene.token(), scene.token());
        tokens.forEach(token -> application.run(Tokens.class, bean -> bean.deactivate(scene.taxpayer(), token.token().id(), Scene.TAXPAYER)));
        IssuedToken successor = scene.token();
        application.clock().advance(FIVE_YEARS.plusDays(1));
        TestApplication other = new TestApplication("TEST,PRODUCTION", application.clock().instant());
        TestApplication.Open<Optional<Erased>> first = application.begin(Retention.class, Retention::round);
        assertTrue(first.result().isPresent());
        assertEquals(Optional.empty(), other.with(Retention.class, Retention::round), "another node is at it");
        first.entities().getTransaction().rollback();
        first.entities().close();
        assertEquals(0, erasedTokens(), "it died");
        int before = erasedEverywhere();
        for (int batch = 1; batch <= 2; batch++) {
            // Batches as small as can be: the oldest first, one of a kind each.
            asTheApplication("select consent.erase(gen_random_uuid(), '" + application.clock().instant() + "', 1)");
            assertEquals(before + batch, erasedEverywhere());
        }
        eraseAll(other);
        assertEquals(3, erasedTokens());
        assertEquals(List.of(scene.inn.digits()), Rows.of("select taxpayer_inn from consent.token where id = ?", successor.token().id().value()), "nobody wrote down yet that it ended");
    }

    @Test
    void aTermIsDataAndTheDatabasesClockBoundsTheApplications() throws SQLException {
        IssuedToken token = scene.token();
        application.run(Tokens.class, bean -> bean.deactivate(scene.taxpayer(), token.token().id(), Scene.TAXPAYER));
        theDatabasesClockIsItsOwn();
        application.clock().advance(FIVE_YEARS.plusDays(3650));
        eraseAll();
        assertEquals(0, erasedTokens(), "whoever moves a node's clock forgets nothing");
        theDatabasesClockMovesWithTheApplications();
        Rows.change("insert into consent.retention (what, effective_from, months) values ('CONSENT', '2030-01-01 00:00+06', 1200)");
        try {
            application.clock().set(Scene.NOON.plus(FIVE_YEARS));
            eraseAll();
            assertEquals(0, erasedTokens());
        } finally {
            Rows.change("alter table consent.retention disable trigger append_only");
            Rows.change("delete from consent.retention where months = 1200");
            Rows.change("alter table consent.retention enable trigger append_only");
        }
        assertThrows(SQLException.class, () -> asTheApplication("insert into consent.retention (what, effective_from, months) values ('CONSENT', now(), 12)"));
    }

    @Test
    void nothingElseIsLetThrough() throws SQLException {
        IssuedToken token = scene.token();
        call(token);
        application.run(Tokens.class, bean -> bean.deactivate(scene.taxpayer(), token.token().id(), Scene.TAXPAYER));
        forms.registered(forms.aForm());
        String of = " where id = '" + token.token().id().value() + "'";
        IssuedToken other = scene.token();
        application.run(Tokens.class, bean -> bean.deactivate(scene.taxpayer(), other.token().id(), Scene.TAXPAYER));
        String untold = " where id = '" + other.token().id().value() + "'";
        String whole = "update consent.token set erased_at = now(), taxpayer_inn = null, lookup = null, last_four = null" + untold;
        asTheOwner(whole);
        String events = " where token_id = '" + token.token().id().value() + "'";
        for (String statement : List.of("update consent.token set erased_at = now(), taxpayer_inn = null, lookup = null, last_four = null" + of, "update consent.usage set user_id = null",
                "update consent.token_event set text = null, actor = null, erased_at = now()" + events, "update documents.document set erased_at = now()", "delete from documents.part")) {
            for (String erasing : List.of("", "set kopuro.erasing = 'yes'; ")) {
                assertEquals("42501", assertThrows(SQLException.class, () -> asTheApplication(erasing + statement), statement).getSQLState(), statement);
            }
        }
        for (String statement : List.of("update consent.token set erased_at = now(), lookup = null, last_four = null" + of,
                "update consent.token set erased_at = now(), taxpayer_inn = null, lookup = null, last_four = null, expires_at = expires_at - interval '1 day'" + of,
                "update consent.token set state = 'ACTIVE', ended_at = null, cause = null" + of,
                "update consent.token_event set text = ''" + events, "update consent.token_event set text = null, actor = null, erased_at = now(), actor_role = 'SYSTEM'" + events,
                "delete from consent.token_event" + events, "truncate consent.token_event", "delete from consent.tiding", "update consent.tiding set text = 'x'",
                "update documents.document set file_name = 'x'", "update documents.document set erased_at = now(), file_name = null", "delete from documents.document", "delete from documents.part",
                "update documents.part set octets = octets", "truncate documents.part", "delete from access.incident_event",
                "update consent.usage set taxpayer_inn = null, erased_at = now()",
                whole + "; update consent.token set erased_at = null, last_four = 'AAAA'" + untold, whole + "; " + whole)) {
            assertThrows(SQLException.class, () -> asTheOwner("set kopuro.erasing = 'yes'; " + statement), statement);
        }
        assertEquals(0, erasedTokens());
    }

    private int erasedTokens() {
        return Integer.parseInt(Rows.of("select count(erased_at) from consent.token where participant_id = ?", scene.participant.id().value()).get(0));
    }

    private static int erasedEverywhere() {
        return Integer.parseInt(Rows.of("select count(erased_at) from consent.token").get(0));
    }

    private int eraseAll() {
        return eraseAll(application);
    }

    private static int eraseAll(TestApplication node) {
        int rounds = 0;
        while (node.with(Retention.class, Retention::round).isPresent()) {
            rounds++;
        }
        return rounds;
    }

    private Answer<?> call(IssuedToken token) {
        return application.with(TaxServices.class, services -> services.tpDataByINN(scene.call("tpDataByINN", token.text()), scene.inn.digits()));
    }

    private static Optional<RefusalCode> refusal(Answer<?> answer) {
        return Optional.of(assertInstanceOf(Answer.Refused.class, answer).refusal().code());
    }

    private Optional<RefusalCode> introspect(IssuedToken token) {
        Holder holder = new Holder(Contour.TEST, scene.participant.id().value(), scene.subsystem.id().value(), Scene.OFFICIAL);
        return application.with(HeldTokens.class, tokens -> tokens.introspect(token.text(), holder)).map(found -> found.reason().orElseThrow());
    }

    private void settle(FormView form) {
        try (Upload upload = Upload.receive("evidence.txt", new ByteArrayInputStream("There is no original.".getBytes(StandardCharsets.UTF_8)), DocumentLimits.USUAL)) {
            // The first is not what the settlement rests on, and is as personal.
            application.run(Forms.class, bean -> bean.addEvidence(form.id(), Contour.TEST, upload, Scene.OFFICIAL));
            application.run(Forms.class, bean -> bean.settle(form.id(), Contour.TEST, false, "There is no original.", bean.addEvidence(form.id(), Contour.TEST, upload, Scene.OFFICIAL).id(), Scene.OFFICIAL));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tables in which the value stands, as text or as a number of octets; registers and accounts are about people whether or not they allowed anything. */
    private static List<String> holding(String value) {
        return Rows.of("""
                select table_schema || '.' || table_name from information_schema.tables
                 where table_type = 'BASE TABLE' and table_schema in ('consent', 'representation', 'documents', 'exchange', 'access', 'notices') and table_name <> 'part'
                   and (xpath('/row/c/text()', query_to_xml(format('select count(*) c from %I.%I t where strpos(t::text, %L) > 0', table_schema, table_name, ?::text), false, true, '')))[1]::text <> '0'""", value);
    }

    private static Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        COUNTED.forEach(table -> counts.put(table, Integer.valueOf(Rows.of("select count(*) from " + table).get(0))));
        return counts;
    }

    private void integrate() {
        application.run(Sequencer.class, Sequencer::announceKeys);
        while (application.with(Sequencer.class, Sequencer::integrate) > 0) {
            continue;
        }
    }

    private static String ledgerEnd() {
        return Rows.of("select max(number) from ledger.entry").get(0);
    }

    private static String entriesUntil(String number) {
        return Rows.of("select md5(string_agg(md5(e.content) || encode(l.hash, 'hex'), '' order by l.index)) from ledger.leaf l join ledger.entry e on e.id = l.entry_id where e.number <= ?::bigint", number).get(0);
    }

    private static VerifierKey key(String text) {
        try {
            return VerifierKey.parse(text);
        } catch (Unproven e) {
            throw new AssertionError(e);
        }
    }

    private static void assertRefused(RefusalCode code, Executable action) {
        assertEquals(code, assertThrows(Refusal.class, action).code());
    }

    private static void asTheApplication(String statement) throws SQLException {
        try (Connection connection = TestDatabase.shared().application().getConnection(); Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private static void asTheOwner(String statements) throws SQLException {
        try (Connection connection = TestDatabase.shared().owner().getConnection(); Statement sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            sql.execute(statements);
        }
    }
}
