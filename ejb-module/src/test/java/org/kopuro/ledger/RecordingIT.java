package org.kopuro.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.access.AccessRightEvent;
import org.kopuro.access.AccessRightView;
import org.kopuro.access.AccessRights;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.consent.IssuedToken;
import org.kopuro.consent.Tokens;
import org.kopuro.kernel.Contour;
import org.kopuro.ledger.proof.CanonicalJson;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.participants.CertificateEvent;
import org.kopuro.participants.Participants;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestDatabase;

/** What business code does is recorded, with it or not at all, and nobody's number stands in it. */
class RecordingIT {

    private final Scene scene = new Scene();

    private List<JsonObject> entriesAbout(UUID record) {
        return scene.application.with(Receipts.class, receipts -> receipts.about(record, Contour.TEST)).stream().map(entry -> json(entry.content())).toList();
    }

    private static JsonObject json(String content) {
        try {
            return CanonicalJson.parse(content, "entry");
        } catch (Unproven e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> types(List<JsonObject> entries) {
        return entries.stream().map(entry -> entry.getString("type")).toList();
    }

    @Test
    void aTokensLifeIsRecorded() {
        IssuedToken issued = scene.token();
        scene.application.run(Tokens.class, tokens -> tokens.deactivate(scene.taxpayer(), issued.token().id(), Scene.TAXPAYER));
        List<JsonObject> entries = entriesAbout(issued.token().id().value());
        assertEquals(List.of("consent.token_issued", "consent.token_changed"), types(entries));
        assertEquals("REVOKED", entries.get(1).getJsonObject("data").getString("state"));
    }

    @Test
    void accessAndItsEndAreRecorded() {
        scene.token();
        AccessRightView right = scene.application.with(AccessRights.class, rights -> rights.of(scene.subsystem.id(), Contour.TEST)).get(0);
        scene.application.run(AccessRights.class, rights -> rights.apply(AccessRightEvent.REVOKE, right.id(), Contour.TEST, "a test", Scene.OFFICIAL));
        assertEquals(List.of("access.right_granted", "access.right_changed"), types(entriesAbout(right.id().value())));
        scene.application.run(Participants.class, participants -> participants.apply(CertificateEvent.BLOCK, scene.certificate.thumbprint(), Contour.TEST, "lost", Scene.OFFICIAL));
        assertEquals(List.of("participants.subsystem_added", "participants.certificate_registered", "participants.certificate_changed"),
                types(entriesAbout(scene.subsystem.id().value())));
        UUID connection = scene.connection().id().value();
        scene.apply(ConnectionEvent.DISCONNECT);
        assertEquals(List.of("access.connection_changed", "access.connection_changed"), types(entriesAbout(connection)));
        assertEquals(List.of("participants.registered", "consent.tokens_revoked"), types(entriesAbout(scene.participant.id().value())));
    }

    @Test
    void whatARefusedUseCaseDidIsNotRecorded() {
        IssuedToken issued = scene.token();
        scene.application.run(Tokens.class, tokens -> tokens.deactivate(scene.taxpayer(), issued.token().id(), Scene.TAXPAYER));
        assertThrows(RuntimeException.class, () -> scene.application.run(Tokens.class, tokens -> tokens.deactivate(scene.taxpayer(), issued.token().id(), Scene.TAXPAYER)));
        assertEquals(2, entriesAbout(issued.token().id().value()).size());
    }

    @Test
    void noEntryHoldsAPersonsNumberOrAToken() throws SQLException {
        IssuedToken issued = scene.token();
        for (JsonObject entry : entriesAbout(issued.token().id().value())) {
            assertFalse(entry.toString().contains(scene.inn.digits()), entry::toString);
            assertFalse(entry.toString().contains(issued.text()), entry::toString);
            assertTrue(entry.getJsonObject("data").getString("subject").matches("hmac-sha256:[A-Za-z0-9+/]{43}="), entry::toString);
        }
    }

    @Test
    void twoEntriesAboutOnePersonShowNothingInCommon() {
        Set<String> subjects = new TreeSet<>();
        for (int i = 0; i < 2; i++) {
            subjects.add(entriesAbout(scene.token().token().id().value()).get(0).getJsonObject("data").getString("subject"));
        }
        assertEquals(2, subjects.size());
    }

    @Test
    void whoNamesThePersonLearnsThatTheEntryIsAboutHim() {
        UUID token = scene.token().token().id().value();
        scene.application.run(Receipts.class, receipts -> {
            EntryView entry = receipts.about(token, Contour.TEST).get(0);
            assertTrue(receipts.tells(entry, "subject", scene.inn.digits()));
            assertFalse(receipts.tells(entry, "subject", "23002199000001"));
            assertFalse(receipts.tells(entry, "participant", scene.participant.id().value().toString()), "not a keyed hash");
            assertFalse(receipts.tells(entry, "nothing", "x"));
        });
    }

    @Test
    void anEntryOfTheOtherContourIsNotThere() {
        UUID token = scene.token().token().id().value();
        scene.application.run(Receipts.class, receipts -> {
            EntryView entry = receipts.about(token, Contour.TEST).get(0);
            assertEquals(List.of(), receipts.about(token, Contour.PRODUCTION));
            assertThrows(RuntimeException.class, () -> receipts.entry(entry.id(), Contour.PRODUCTION));
            assertEquals(entry, receipts.entry(entry.id(), Contour.TEST));
        });
    }

    @ParameterizedTest
    @CsvSource({"entry, content = ''", "leaf, index = 1", "subtree, hash = ''", "checkpoint, note = ''", "verifier_key, vkey = ''", "cosignature, line = ''"})
    void nothingCanBeChangedByTheApplicationNorInPassingByTheOwner(String table, String change) {
        for (String sql : List.of("delete from ledger." + table, "truncate ledger." + table + " cascade", "update ledger." + table + " set " + change)) {
            assertEquals("42501", state(TestDatabase.shared().application(), sql), sql);
            assertEquals("P0001", state(TestDatabase.shared().owner(), sql), sql);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "not json", "[]", "{\"id\":\"00000000-0000-0000-0000-000000000001\",\"record\":{\"id\":\"00000000-0000-0000-0000-000000000000\"}}",
        "{\"id\":\"00000000-0000-0000-0000-000000000000\",\"record\":{\"id\":\"00000000-0000-0000-0000-000000000001\"}}",
        "{\"contour\":\"TEST\",\"id\":\"00000000-0000-0000-0000-000000000000\",\"record\":{\"id\":\"00000000-0000-0000-0000-000000000000\"}}"})
    void anEntryThatSaysOtherThanItsRowIsRefusedByTheDatabase(String content) {
        assertEquals("23514", state(TestDatabase.shared().application(), "insert into ledger.entry (id, record_id, secret, content) values ("
                + "'00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000', 1, '" + content + "')"));
    }

    @Test
    void anEntryTooLongForABundleIsRefusedByTheDatabase() {
        UUID id = UUID.randomUUID();
        LedgerEvent event = LedgerEvent.itself("test.long", 1, Optional.empty(), "test", id, Instant.EPOCH).with("text", "x".repeat(65_535));
        assertThrows(RuntimeException.class, () -> scene.application.run(Ledger.class, ledger -> ledger.record(event)));
    }

    @Test
    void anOperatorsCommandRecordsWhatItDoesAndNothingPersonal() throws SQLException {
        UUID record = UUID.randomUUID();
        try (Connection owner = TestDatabase.shared().owner().getConnection()) {
            LedgerAdministration.record(owner, LedgerEvent.of("test.done", 1, Contour.TEST, "test", record, Instant.EPOCH).with("number", 1));
            LedgerEvent personal = LedgerEvent.of("test.done", 1, Contour.TEST, "test", record, Instant.EPOCH).personal("name", "A Person");
            assertThrows(IllegalStateException.class, () -> LedgerAdministration.record(owner, personal));
        }
        assertEquals(List.of("test.done"), types(entriesAbout(record)));
    }

    @Test
    void theOrderOfLeavesHasNoGap() {
        assertEquals("23000", state(TestDatabase.shared().application(),
                "insert into ledger.leaf (index, entry_id, hash) select 1000000000, id, sha256('') from ledger.entry where not exists (select from ledger.leaf where entry_id = id) limit 1"));
    }

    @Test
    void aLeafIsALeafOfAnEntry() {
        assertEquals("23503", state(TestDatabase.shared().application(),
                "insert into ledger.leaf (index, entry_id, hash) select coalesce(max(index), -1) + 1, gen_random_uuid(), sha256('') from ledger.leaf"));
    }

    private static String state(DataSource source, String sql) {
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(sql);
            connection.rollback();
            return "";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }
}
