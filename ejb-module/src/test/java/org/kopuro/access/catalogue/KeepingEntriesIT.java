package org.kopuro.access.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.kopuro.access.ServiceRule;
import org.kopuro.access.TokenRule;
import org.kopuro.access.duties.AnnouncementView;
import org.kopuro.access.duties.Announcements;
import org.kopuro.access.duties.DutyRefusal;
import org.kopuro.access.duties.NewChange;
import org.kopuro.accounts.Role;
import org.kopuro.documents.DocumentContent;
import org.kopuro.documents.DocumentLimits;
import org.kopuro.documents.Documents;
import org.kopuro.documents.Upload;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestAccounts;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestDatabase;

/** Entries and texts: ACC-84, ACC-85, ACC-87, ACC-88. */
class KeepingEntriesIT {

    private static final Map<Language, String> TEXTS = Map.of(Language.RU, "Описание", Language.KY, "Сүрөттөмө", Language.EN, "Description");

    private final TestApplication application = new TestApplication("TEST,PRODUCTION", Scene.NOON);
    private final String service = Contracts.aService();

    @Test
    void whatIsServedSinceTheBeginningIsDescribed() {
        List<EntryView> entries = application.with(Entries.class, Entries::list);
        for (String code : Scene.SERVICES) {
            EntryView entry = entries.stream().filter(one -> one.service().code().equals(code)).findFirst().orElseThrow();
            assertEquals(3, entry.revision().orElseThrow().descriptions().size());
            assertTrue(entry.revision().get().ownerUnit().isPresent());
        }
    }

    @Test
    void anEntryIsStaleUntilItIsDescribedAndAfterNinetyDaysUntilItIsConfirmed() {
        assertTrue(stale());
        assertRefused(CatalogueRefusal.ENTRY_NOT_DESCRIBED, () -> confirm(1, Scene.OFFICIAL));
        describe(0, Optional.empty());
        assertFalse(stale());
        application.clock().advance(Duration.ofDays(90).minusMillis(1));
        assertFalse(stale());
        application.clock().advance(Duration.ofMillis(1));
        assertTrue(stale());
        confirm(1, Scene.OFFICIAL);
        assertFalse(stale());
        application.clock().advance(Duration.ofDays(90));
        assertTrue(stale());
    }

    @Test
    void theAccountThatOwnsAnEntryConfirmsItAndNobodyElse() {
        UUID owner = anAccount(Role.SERVICE_OWNER);
        describe(0, Optional.of(owner));
        assertRefused(CatalogueRefusal.ENTRY_OF_ANOTHER_OWNER, () -> confirm(1, Scene.OFFICIAL));
        confirm(1, Actor.of(owner, "SERVICE_OWNER"));
        assertThrows(IllegalStateException.class, () -> Rows.change("insert into access.catalogue_confirmation values (?, 1, now(), gen_random_uuid(), 'OPERATOR')", service));
        assertRefused(CatalogueRefusal.ENTRY_OWNER_UNKNOWN, () -> describe(1, Optional.of(anAccount(Role.OPERATOR))));
        assertRefused(CatalogueRefusal.ENTRY_OWNER_UNKNOWN, () -> describe(1, Optional.of(UUID.randomUUID())));
    }

    @Test
    void ofTwoWhoReadTheSameRevisionOneWritesTheNext() {
        describe(0, Optional.empty());
        describe(1, Optional.empty());
        assertRefused(CatalogueRefusal.ENTRY_CHANGED_MEANWHILE, () -> describe(1, Optional.empty()));
        assertRefused(CatalogueRefusal.ENTRY_CHANGED_MEANWHILE, () -> describe(7, Optional.empty()));
        assertRefused(CatalogueRefusal.ENTRY_CHANGED_MEANWHILE, () -> confirm(1, Scene.OFFICIAL));
        assertThrows(IllegalStateException.class, () -> Rows.change("update access.catalogue_entry set protocol = 'x' where service_code = ?", service));
        assertEquals(List.of("access.entry_described", "access.entry_described"),
                Rows.of("select content::json->>'type' from ledger.entry where content::json->'data'->>'service' = ?", service));
    }

    @Test
    void whatAnEntrySaysHasItsLimits() {
        assertRefused(InputRefusal.FIELD_MISSING, () -> entry(0, Map.of(Language.RU, "x"), Optional.empty(), Optional.of("unit"), 90));
        assertRefused(InputRefusal.FIELD_TOO_LONG, () -> entry(0, TEXTS, Optional.empty(), Optional.of("u".repeat(201)), 90));
        assertRefused(InputRefusal.FIELD_MISSING, () -> entry(0, TEXTS, Optional.empty(), Optional.empty(), 90));
        assertRefused(InputRefusal.FIELD_INVALID, () -> entry(0, TEXTS, Optional.of(UUID.randomUUID()), Optional.of("unit"), 90));
        assertRefused(InputRefusal.FIELD_INVALID, () -> entry(0, TEXTS, Optional.empty(), Optional.of("unit"), 0));
        assertRefused(InputRefusal.FIELD_INVALID, () -> entry(-1, TEXTS, Optional.empty(), Optional.of("unit"), 90));
        assertRefused(InputRefusal.NOT_FOUND, () -> application.with(Entries.class, entries -> entries.get("nothing")));
    }

    @Test
    void anOwnerAddsAServiceThatIsServedOnceItIsPublished() {
        String code = "added" + UUID.randomUUID().toString().substring(0, 8);
        ServiceToAdd added = new ServiceToAdd(code, TEXTS, Scene.PROCEDURE, rule(30));
        assertRefused(CatalogueRefusal.CATALOGUE_BY_PRODUCTION, () -> application.with(Entries.class, entries -> entries.add(added, Contour.TEST, Scene.OFFICIAL)));
        EntryView entry = application.with(Entries.class, entries -> entries.add(added, Contour.PRODUCTION, Scene.OFFICIAL));
        assertEquals(ServiceState.NOT_SERVED, entry.state());
        assertEquals(rule(30), entry.service().rule());
        assertEquals(List.of(), Rows.of("select contour from access.served_version where service_code = ?", code));
        assertRefused(CatalogueRefusal.SERVICE_CODE_TAKEN, () -> application.with(Entries.class, entries -> entries.add(added, Contour.PRODUCTION, Scene.OFFICIAL)));
        assertRefused(InputRefusal.NOT_FOUND, () -> application.with(Entries.class, entries -> entries.add(new ServiceToAdd(code + "x", TEXTS, "NONE", rule(30)), Contour.PRODUCTION, Scene.OFFICIAL)));
        assertRefused(InputRefusal.FIELD_INVALID, () -> new ServiceToAdd("a b", TEXTS, Scene.PROCEDURE, rule(30)));
        assertRefused(InputRefusal.FIELD_INVALID, () -> new ServiceToAdd(code, TEXTS, Scene.PROCEDURE, rule(0)));
        Contracts.serve(application, code, "v1", Contour.TEST);
        assertEquals(ServiceState.IN_TEST, application.with(Entries.class, entries -> entries.get(code)).state());
        // Nobody calls it in PRODUCTION: nobody is to be told of another rule.
        application.with(Entries.class, entries -> entries.rule(code, LocalDate.of(2026, 3, 3), rule(60), Contour.PRODUCTION, Scene.OFFICIAL));
        Contracts.serve(application, code, "v1", Contour.PRODUCTION);
        assertEquals(ServiceState.IN_PRODUCTION, application.with(Entries.class, entries -> entries.get(code)).state());
    }

    @Test
    void namesAndSwitchAreChangedByRevisions() {
        ServiceChange off = new ServiceChange(0, TEXTS, false, Optional.of("Until noon"), "in a test");
        EntryView changed = application.with(Entries.class, entries -> entries.change(service, off, Contour.PRODUCTION, Scene.OFFICIAL));
        assertEquals(ServiceState.DISABLED + " 1 Описание", changed.state() + " " + changed.changes() + " " + changed.service().titles().get(Language.RU));
        assertRefused(CatalogueRefusal.ENTRY_CHANGED_MEANWHILE, () -> application.with(Entries.class, entries -> entries.change(service, off, Contour.PRODUCTION, Scene.OFFICIAL)));
        ServiceChange on = new ServiceChange(1, TEXTS, true, Optional.empty(), "in a test");
        assertRefused(CatalogueRefusal.CATALOGUE_BY_PRODUCTION, () -> application.with(Entries.class, entries -> entries.change(service, on, Contour.TEST, Scene.OFFICIAL)));
        assertEquals(ServiceState.IN_PRODUCTION, application.with(Entries.class, entries -> entries.change(service, on, Contour.PRODUCTION, Scene.OFFICIAL)).state());
        assertRefused(InputRefusal.FIELD_MISSING, () -> new ServiceChange(2, TEXTS, false, Optional.empty(), "x"));
        assertRefused(InputRefusal.FIELD_INVALID, () -> new ServiceChange(2, TEXTS, true, Optional.of("x"), "x"));
        assertThrows(IllegalStateException.class, () -> Rows.change("update access.service_revision set enabled = false where service_code = ?", service));
        SQLException past = assertThrows(SQLException.class, () -> {
            try (Connection connection = TestDatabase.shared().application().getConnection(); PreparedStatement statement = connection.prepareStatement(
                    "update access.service set title_ru = 'x' where code = ?")) {
                statement.setString(1, service);
                statement.executeUpdate();
            }
        });
        assertTrue(past.getMessage().contains("a service changes by its revisions"), past.getMessage());
    }

    @Test
    void anotherRuleIsOfADayThatWasAnnounced() {
        LocalDate friday = LocalDate.of(2026, 3, 6);
        assertRefused(InputRefusal.FIELD_INVALID, () -> setRule(LocalDate.of(2026, 3, 2), 60));
        assertRefused(CatalogueRefusal.CHANGE_NOT_ANNOUNCED, () -> setRule(friday, 60));
        NewChange change = new NewChange(Set.of(service), friday, "Tokens live sixty days", Optional.empty(), Optional.empty());
        application.run(Announcements.class, all -> all.publish(change, Contour.TEST, Scene.OFFICIAL));
        assertRefused(CatalogueRefusal.CHANGE_NOT_ANNOUNCED, () -> setRule(friday, 60));
        AnnouncementView taken = application.with(Announcements.class, all -> all.publish(change, Contour.PRODUCTION, Scene.OFFICIAL));
        withdraw(taken);
        assertRefused(CatalogueRefusal.CHANGE_NOT_ANNOUNCED, () -> setRule(friday, 60));
        AnnouncementView announced = application.with(Announcements.class, all -> all.publish(change, Contour.PRODUCTION, Scene.OFFICIAL));
        assertRefused(CatalogueRefusal.CHANGE_NOT_ANNOUNCED, () -> setRule(friday.plusDays(1), 60));
        setRule(friday, 60);
        assertRefused(DutyRefusal.ANNOUNCEMENT_RELIED_ON, () -> withdraw(announced));
        assertEquals(Optional.empty(), application.with(Entries.class, entries -> entries.get(service)).service().rule().validityDays());
        application.clock().set(friday.atStartOfDay(Installation.ZONE).toInstant());
        assertEquals(rule(60), application.with(Entries.class, entries -> entries.get(service)).service().rule());
    }

    private void withdraw(AnnouncementView announcement) {
        application.with(Announcements.class, all -> all.withdraw(announcement.id(), announcement.kind(), Contour.PRODUCTION, "not needed", Scene.OFFICIAL));
    }

    private void setRule(LocalDate from, int days) {
        application.with(Entries.class, entries -> entries.rule(service, from, rule(days), Contour.PRODUCTION, Scene.OFFICIAL));
    }

    private static ServiceRule rule(int days) {
        return new ServiceRule(true, TokenRule.REQUIRED, false, Optional.of(days), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(days * 10));
    }

    /** Versions of a kind are counted for all tests together. */
    @Test
    void textsArePublishedInVersionsAndLanguagesAndNeverEdited() throws IOException {
        int next = application.with(Texts.class, Texts::list).stream().filter(text -> text.kind() == TextKind.GUIDE_FOR_BANKS).mapToInt(TextView::version).max().orElse(0) + 1;
        LocalDate day = LocalDate.of(2026, 3, 1);
        TextView russian = publish(new NewText(TextKind.GUIDE_FOR_BANKS, next, day, Language.RU, "Руководство для банков"), "Текст");
        publish(new NewText(TextKind.GUIDE_FOR_BANKS, next, day, Language.KY, "Банктар үчүн колдонмо"), "Текст");
        assertRefused(CatalogueRefusal.TEXT_PUBLISHED_ALREADY, () -> publish(new NewText(TextKind.GUIDE_FOR_BANKS, next, day, Language.RU, "x"), "y"));
        assertRefused(CatalogueRefusal.TEXT_DATED_OTHERWISE, () -> publish(new NewText(TextKind.GUIDE_FOR_BANKS, next, day.plusDays(1), Language.EN, "x"), "y"));
        assertRefused(CatalogueRefusal.TEXT_VERSION_SKIPPED, () -> publish(new NewText(TextKind.GUIDE_FOR_BANKS, next + 2, day, Language.EN, "x"), "y"));
        assertRefused(InputRefusal.FIELD_INVALID, () -> new NewText(TextKind.ORDER, 0, day, Language.EN, "x"));
        try (DocumentContent content = application.with(Documents.class, documents -> documents.open(russian.document()))) {
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            content.writeTo(read);
            assertEquals("Текст", read.toString(StandardCharsets.UTF_8));
        }
        assertThrows(IllegalStateException.class, () -> Rows.change("update access.published_text_file set title = 'x'"));
        assertThrows(IllegalStateException.class, () -> Rows.change("delete from access.published_text"));
    }

    /** Entries and texts hold in both contours. */
    @Test
    void anAccountOfTestChangesNoneWhereThereIsProduction() {
        describe(0, Optional.empty());
        NewEntry next = entry(1, TEXTS, Optional.empty(), Optional.of("Another unit"), 90);
        NewText text = new NewText(TextKind.REQUEST_FORM, 1, LocalDate.of(2026, 3, 1), Language.RU, "Форма");
        assertRefused(CatalogueRefusal.CATALOGUE_BY_PRODUCTION, () -> application.with(Entries.class, entries -> entries.describe(service, next, Contour.TEST, Scene.OFFICIAL)));
        assertRefused(CatalogueRefusal.CATALOGUE_BY_PRODUCTION, () -> application.with(Entries.class, entries -> entries.confirm(service, 1, Contour.TEST, Scene.OFFICIAL)));
        assertRefused(CatalogueRefusal.CATALOGUE_BY_PRODUCTION, () -> publish(text, "Текст", Contour.TEST));
        assertEquals(List.of("1"), Rows.of("select max(revision) from access.catalogue_entry where service_code = ?", service));
        TestApplication testAlone = new TestApplication("TEST", Scene.NOON);
        assertEquals(2, testAlone.with(Entries.class, entries -> entries.describe(service, next, Contour.TEST, Scene.OFFICIAL)).revision().orElseThrow().number());
    }

    private TextView publish(NewText text, String content) {
        return publish(text, content, Contour.PRODUCTION);
    }

    private TextView publish(NewText text, String content, Contour by) {
        try (Upload upload = Upload.receive("guide.txt", new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), DocumentLimits.USUAL)) {
            return application.with(Texts.class, texts -> texts.publish(text, upload, by, Scene.OFFICIAL));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NewEntry entry(int after, Map<Language, String> descriptions, Optional<UUID> account, Optional<String> unit, int days) {
        return new NewEntry(after, descriptions, "SOAP 1.1, X-Road 4.0", account, unit, days);
    }

    private void describe(int after, Optional<UUID> owner) {
        NewEntry entry = entry(after, TEXTS, owner, owner.isPresent() ? Optional.empty() : Optional.of("A unit"), 90);
        application.with(Entries.class, entries -> entries.describe(service, entry, Contour.PRODUCTION, Scene.OFFICIAL));
    }

    private void confirm(int revision, Actor by) {
        application.with(Entries.class, entries -> entries.confirm(service, revision, Contour.PRODUCTION, by));
    }

    private boolean stale() {
        return application.with(Entries.class, entries -> entries.get(service)).stale(application.clock().instant());
    }

    private static UUID anAccount(Role role) {
        String login = TestAccounts.make(role, Contour.TEST, Optional.empty(), Optional.empty());
        return UUID.fromString(Rows.of("select id from accounts.account where login = ?", login).get(0));
    }

    private static void assertRefused(RefusalCode code, Executable attempt) {
        assertEquals(code, assertThrows(Refusal.class, attempt).code());
    }
}
