package org.kopuro.notices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kopuro.installation.BrokenConstraint;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestDatabase;

/** The texts of notices: those that ship, and those that an officer publishes. */
class TemplatesIT {

    private final TestApplication application = new TestApplication("TEST", Scene.NOON);

    private LocalDate today() {
        return LocalDate.ofInstant(application.clock().instant(), Installation.ZONE);
    }

    private NoticeView written(NewNotice notice) {
        return Letters.read(application, Letters.write(application, notice));
    }

    private static NewNotice notice(NoticeKind kind, Language language) {
        UUID about = UUID.randomUUID();
        return NewNotice.of(kind, kind + " " + about, "test", about, language);
    }

    @ParameterizedTest
    @EnumSource(NoticeKind.class)
    void tellEveryFactThatTheirKindNeedsInEveryLanguage(NoticeKind kind) {
        for (Language language : Language.values()) {
            NoticeView view = written(notice(kind, language).with(Letters.factsOf(kind)));
            for (String fact : kind.required()) {
                // What kind of request it was is told by the number where the sentence does not name it.
                assertTrue((view.subject() + view.body()).contains("‹" + fact + "›"), () -> kind + " in " + language + " does not tell " + fact + ":\n" + view.body());
            }
            assertFalse((view.subject() + view.body()).contains("{{"), view.body());
            assertFalse(view.body().contains("\n\n\n"), () -> "no empty sections: " + view.body());
        }
    }

    @ParameterizedTest
    @EnumSource(NoticeKind.class)
    void tellEveryFactThatTheirKindMayHave(NoticeKind kind) {
        for (Language language : Language.values()) {
            NewNotice notice = notice(kind, language);
            kind.facts().forEach(fact -> notice.with(fact, "‹" + fact + "›"));
            NoticeView view = written(notice);
            for (String fact : List.of("services", "contour", "causes", "grounds", "deadline", "howToAnswer")) {
                assertTrue(view.body().contains("‹" + fact + "›"), () -> kind + " in " + language + " does not tell " + fact + ":\n" + view.body());
            }
        }
    }

    @Test
    void nameNothingThatTheirKindDoesNotKnow() {
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (String row : Rows.of("select kind || chr(1) || language || chr(1) || subject || chr(1) || body from notices.template where valid_from = '2020-01-01'")) {
            String[] parts = row.split("\u0001");
            NoticeKind kind = NoticeKind.valueOf(parts[0]);
            Wording.unknown(parts[2], kind.facts()).forEach(name -> wrong.add(parts[0] + " " + parts[1] + " subject: " + name));
            Wording.unknown(parts[3], kind.facts()).forEach(name -> wrong.add(parts[0] + " " + parts[1] + " body: " + name));
            seen++;
        }
        assertEquals(List.of(), wrong);
        assertEquals(NoticeKind.values().length * Language.values().length, seen);
    }

    @Test
    void headsOfLettersNameWhatEveryKindKnows() {
        List<String> heads = Rows.of("select subject from access.procedure_subject");
        assertTrue(heads.size() >= 14);
        heads.forEach(head -> assertEquals(head, Heading.checked(head, "subject")));
        assertEquals(NoticeRefusal.TEMPLATE_FACT_UNKNOWN, assertThrows(Refusal.class, () -> Heading.checked("[{{deadlines}}]", "subject")).code());
        assertEquals(NoticeRefusal.TEMPLATE_MALFORMED, assertThrows(Refusal.class, () -> Heading.checked("[{{participant]", "subject")).code());
    }

    @Test
    void comeBehindTheHeadThatTheProcedureWants() {
        Map<String, String> facts = Map.of("participant", "ОсОО «Банк»", "number", "7");
        NoticeView view = written(notice(NoticeKind.N01, Language.RU).headed("[Платформа ФНС России_{{participant}}] [Подключение к КИТ]").with(Letters.factsOf(NoticeKind.N01)).with(facts));
        assertEquals("[Платформа ФНС России_ОсОО «Банк»] [Подключение к КИТ] Обращение 7 принято к рассмотрению", view.subject());
    }

    @Test
    void ofManyAreWrittenAsThoseOfOne() {
        List<NewNotice> many = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Language language = Language.values()[i % 3];
            many.add(notice(NoticeKind.N13, language).with(Letters.factsOf(NoticeKind.N13)).to(List.of("a" + i + "@example.kg", "A" + i + "@EXAMPLE.KG", "no address")));
        }
        UUID before = Letters.write(application, many.get(7));
        List<UUID> ids = application.with(Notices.class, notices -> notices.write(many));
        assertEquals(50, Set.copyOf(ids).size());
        assertEquals(before, ids.get(7), "what was told already");
        for (int i = 0; i < 50; i++) {
            NoticeView view = Letters.read(application, ids.get(i));
            assertEquals(Language.values()[i % 3], view.language());
            assertEquals(List.of("PENDING a" + i + "@example.kg", "REJECTED no address"),
                    view.deliveries().stream().map(one -> one.state() + " " + one.address()).sorted().toList());
        }
    }

    @Test
    void holdFromTheirDayForTheirProcedure() {
        String procedure = "P-" + UUID.randomUUID().toString().substring(0, 8);
        TemplateProposal proposal = propose(new NewTemplate(NoticeKind.N13, procedure, Language.EN, today().plusDays(1), "Own {{number}}", "Own text: {{grounds}}"));
        assertFalse(published(procedure).contains("Own {{number}}"), "nothing is published yet");
        assertEquals(NoticeRefusal.TEMPLATE_OWN_PROPOSAL, refused(() -> approve(proposal, Scene.OFFICIAL)));
        approve(proposal, Scene.APPROVER);
        assertTrue(published(procedure).contains("Own {{number}}"));
        assertEquals(InputRefusal.TRANSITION_NOT_ALLOWED, refused(() -> approve(proposal, Scene.APPROVER)));
        List<String> entries = Rows.of("select content from ledger.entry where content like '%notices.template_proposal_changed%' and content like ? order by number", "%" + procedure + "%");
        assertEquals(2, entries.size());
        assertTrue(entries.get(1).contains("\"event\":\"APPROVED\"") && entries.get(1).contains("\"actorRole\":\"APPROVER\""), entries.toString());
        NoticeView before = written(notice(NoticeKind.N13, Language.EN).under(procedure).with(Letters.factsOf(NoticeKind.N13)));
        assertEquals("Connection suspended, ‹number›", before.subject());
        application.clock().set(today().plusDays(1).atStartOfDay(Installation.ZONE).toInstant());
        assertEquals("Own ‹number›", written(notice(NoticeKind.N13, Language.EN).under(procedure).with(Letters.factsOf(NoticeKind.N13))).subject());
        assertEquals("Connection suspended, ‹number›", written(notice(NoticeKind.N13, Language.EN).with(Letters.factsOf(NoticeKind.N13))).subject());
        assertEquals(before.body(), Letters.read(application, before.id()).body(), "what was written stays as it was");
    }

    @Test
    void areNeitherBackdatedNorReplaced() {
        String procedure = "P-" + UUID.randomUUID().toString().substring(0, 8);
        assertEquals(NoticeRefusal.TEMPLATE_IN_THE_PAST, refused(() -> propose(new NewTemplate(NoticeKind.N01, procedure, Language.EN, today().minusDays(1), "S", "B"))));
        approve(propose(new NewTemplate(NoticeKind.N01, procedure, Language.EN, today(), "S", "B")), Scene.APPROVER);
        assertEquals(NoticeRefusal.TEMPLATE_ALREADY_PUBLISHED, refused(() -> propose(new NewTemplate(NoticeKind.N01, procedure, Language.EN, today(), "S2", "B2"))));
        TemplateProposal late = propose(new NewTemplate(NoticeKind.N02, procedure, Language.EN, today(), "S", "B"));
        application.clock().set(today().plusDays(1).atStartOfDay(Installation.ZONE).toInstant());
        assertEquals(NoticeRefusal.TEMPLATE_IN_THE_PAST, refused(() -> approve(late, Scene.APPROVER)), "whose day has gone by while it waited");
        assertEquals(List.of("1"), Rows.of("select count(*) from notices.template_proposal where id = ? and outcome is null", late.id()));
    }

    @Test
    void areNotPublishedOnceRejectedOrTakenBack() {
        String procedure = "P-" + UUID.randomUUID().toString().substring(0, 8);
        NewTemplate wanted = new NewTemplate(NoticeKind.N01, procedure, Language.EN, today().plusDays(1), "S", "B");
        TemplateProposal proposal = propose(wanted);
        assertEquals(NoticeRefusal.TEMPLATE_PROPOSED_ALREADY, refused(() -> propose(wanted)));
        assertTrue(application.with(NoticeTemplates.class, NoticeTemplates::open).contains(proposal));
        assertEquals(InputRefusal.FIELD_MISSING, refused(() -> application.run(NoticeTemplates.class, templates -> templates.reject(proposal.id(), Contour.TEST, " ", Scene.OFFICIAL))));
        application.run(NoticeTemplates.class, templates -> templates.reject(proposal.id(), Contour.TEST, "a slip", Scene.OFFICIAL));
        assertEquals(InputRefusal.TRANSITION_NOT_ALLOWED, refused(() -> approve(proposal, Scene.APPROVER)));
        assertEquals(InputRefusal.NOT_FOUND, refused(() -> application.run(NoticeTemplates.class, templates -> templates.approve(UUID.randomUUID(), Contour.TEST, Scene.APPROVER))));
        assertEquals(Set.of(), published(procedure));
        propose(wanted);
    }

    /** Texts hold in both contours: an account of TEST must not change what participants of PRODUCTION are told. */
    @Test
    void arePublishedByOfficialsOfProductionWhereThereIsThat() {
        TestApplication both = new TestApplication("TEST,PRODUCTION", Scene.NOON);
        NewTemplate wanted = new NewTemplate(NoticeKind.N01, "P-" + UUID.randomUUID().toString().substring(0, 8), Language.EN, today(), "S", "B");
        assertEquals(NoticeRefusal.TEMPLATE_NOT_OF_THIS_CONTOUR, refused(() -> both.with(NoticeTemplates.class, templates -> templates.propose(wanted, "a test", Contour.TEST, Scene.OFFICIAL))));
        TemplateProposal proposal = both.with(NoticeTemplates.class, templates -> templates.propose(wanted, "a test", Contour.PRODUCTION, Scene.OFFICIAL));
        assertEquals(NoticeRefusal.TEMPLATE_NOT_OF_THIS_CONTOUR, refused(() -> both.with(NoticeTemplates.class, templates -> templates.approve(proposal.id(), Contour.TEST, Scene.APPROVER))));
        assertEquals(NoticeRefusal.TEMPLATE_NOT_OF_THIS_CONTOUR, refused(() -> both.run(NoticeTemplates.class, templates -> templates.reject(proposal.id(), Contour.TEST, "no", Scene.APPROVER))));
        assertEquals("S", both.with(NoticeTemplates.class, templates -> templates.approve(proposal.id(), Contour.PRODUCTION, Scene.APPROVER)).subject());
    }

    @Test
    void areTakenByTheDatabaseOnlyAsAnotherOfficialApprovedThem() throws java.sql.SQLException {
        TemplateProposal proposal = propose(new NewTemplate(NoticeKind.N01, "P-" + UUID.randomUUID().toString().substring(0, 8), Language.EN, today(), "S", "B"));
        try (java.sql.Connection connection = TestDatabase.shared().application().getConnection(); java.sql.PreparedStatement statement = connection.prepareStatement(
                "insert into notices.template select kind, procedure_code, language, valid_from, subject, body from notices.template_proposal where id = ?")) {
            statement.setObject(1, proposal.id());
            assertEquals(Optional.of("template_approved"), BrokenConstraint.in(assertThrows(java.sql.SQLException.class, statement::executeUpdate)));
        }
        assertThrows(IllegalStateException.class, () -> Rows.change("update notices.template_proposal set outcome = 'APPROVED', decided_by = proposed_by, decided_at = now() where id = ?", proposal.id()));
        assertThrows(IllegalStateException.class, () -> Rows.change("delete from notices.template_proposal where id = ?", proposal.id()));
    }

    private TemplateProposal propose(NewTemplate template) {
        return application.with(NoticeTemplates.class, templates -> templates.propose(template, "a test", Contour.TEST, Scene.OFFICIAL));
    }

    private void approve(TemplateProposal proposal, Actor by) {
        application.run(NoticeTemplates.class, templates -> templates.approve(proposal.id(), Contour.TEST, by));
    }

    private Set<String> published(String procedure) {
        return Arrays.stream(NoticeKind.values()).flatMap(kind -> application.with(NoticeTemplates.class, templates -> templates.published(kind)).stream())
                .filter(text -> text.procedure().equals(procedure)).map(TemplateView::subject).collect(Collectors.toSet());
    }

    private static RefusalCode refused(Executable attempt) {
        return assertThrows(Refusal.class, attempt).code();
    }

    @Test
    void areRefusedWhenTheyNameWhatIsNotGivenOrCannotBeRead() {
        for (String body : List.of("{{grund}}", "{{#nothing}}x{{/nothing}}", "{{> other}}", "{{^nothing}}x{{/nothing}}", "{{number.class}}", "{{{secret}}}", "{{.}}", "{{this}}")) {
            assertEquals(NoticeRefusal.TEMPLATE_FACT_UNKNOWN, assertThrows(Refusal.class, () -> template("S", body), body).code(), body);
        }
        for (String body : List.of("{{number", "{{#grounds}}never closed", "{{#grounds}}x{{/causes}}", "{{/grounds}}")) {
            assertEquals(NoticeRefusal.TEMPLATE_MALFORMED, assertThrows(Refusal.class, () -> template("S", body), body).code(), body);
        }
        assertThrows(Refusal.class, () -> template("a\nb", "B"));
        assertThrows(Refusal.class, () -> template("S", " "));
        assertThrows(Refusal.class, () -> template("S", "x".repeat(10_001)));
        assertThrows(Refusal.class, () -> template("S", "nul \0"));
        assertEquals("S {{number}}", template("S {{number}}", "B").subject());
    }

    private static NewTemplate template(String subject, String body) {
        return new NewTemplate(NoticeKind.N13, "*", Language.EN, LocalDate.of(2030, 1, 1), subject, body);
    }

    @Test
    void doNotStopADecisionEvenIfTheyWereWrittenAroundTheCheck() {
        String procedure = "P-" + UUID.randomUUID().toString().substring(0, 8);
        Rows.of("insert into notices.template values ('N13', ?, 'EN', '2020-01-02', 'S {{nothing}}', 'B {{#open}}') returning kind", procedure);
        NoticeView view = written(notice(NoticeKind.N13, Language.EN).under(procedure).with(Letters.factsOf(NoticeKind.N13)));
        assertEquals("N13 ‹number›", view.subject());
        assertTrue(view.body().contains("grounds: ‹grounds›"), view.body());
    }

    @Test
    void areNotEditedByTheApplication() {
        for (String sql : List.of("update notices.template set body = 'x'", "delete from notices.template", "update notices.notice set body = 'x'", "delete from notices.notice",
                "delete from notices.delivery", "update notices.delivery set address = 'x@y.kg'", "update notices.attempt set outcome = 'SENT'")) {
            assertThrows(java.sql.SQLException.class, () -> {
                try (java.sql.Connection connection = org.kopuro.testing.TestDatabase.shared().application().getConnection();
                        java.sql.Statement statement = connection.createStatement()) {
                    statement.execute(sql);
                }
            }, sql);
        }
    }

    @Test
    void takeFactsAsTheyAreAndOnLineWhereALineIsWanted() {
        String hostile = "1\r\nBcc: everybody@example.kg\u2028X: y\u0085\u202Egnirts {{link}} \0";
        NoticeView view = written(notice(NoticeKind.N13, Language.EN).with(Letters.factsOf(NoticeKind.N13)).with("number", hostile).with("grounds", hostile));
        assertEquals("Connection suspended, 1 Bcc: everybody@example.kg X: y gnirts {{link}}", view.subject());
        assertTrue(view.body().contains("Grounds:\n1\nBcc: everybody@example.kg\nX: y\ngnirts {{link}}\n"), view.body());
    }

    @Test
    void areNotDrownedByAFact() {
        NoticeView view = written(notice(NoticeKind.N13, Language.EN).with(Letters.factsOf(NoticeKind.N13)).with("number", "n".repeat(5000)).with("grounds", "😀".repeat(50_000)));
        assertTrue(view.subject().length() <= 1000 && view.subject().endsWith("…"), view.subject());
        assertTrue(view.body().length() < 20_000 && view.body().contains("😀…"));
    }

    @Test
    void areNotFilledWithoutWhatTheirKindNeeds() {
        NewNotice without = notice(NoticeKind.N13, Language.EN).with(Letters.factsOf(NoticeKind.N13)).with("grounds", " ");
        assertThrows(IllegalArgumentException.class, () -> Letters.write(application, without));
        assertThrows(IllegalArgumentException.class, () -> notice(NoticeKind.N13, Language.EN).with("questions", "none of its facts"));
        assertThrows(Refusal.class, () -> Input.oneOf(NoticeKind.class, "N99", "kind"));
    }
}
