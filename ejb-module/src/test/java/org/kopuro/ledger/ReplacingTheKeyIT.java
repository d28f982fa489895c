package org.kopuro.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kopuro.kernel.Contour;
import org.kopuro.ledger.proof.Receipt;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.ledger.proof.VerifierKey;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestDatabase;

/** The ledger's key is replaced while it runs; whoever trusts the old key is led to the new one. */
class ReplacingTheKeyIT {

    @TempDir
    private Path keys;

    private TestApplication node(TestDatabase database) {
        TestApplication node = new TestApplication("TEST", Scene.NOON, database, keys);
        node.run(Sequencer.class, Sequencer::announceKeys);
        SequencingIT.integrateAll(node);
        return node;
    }

    private static Receipt receiptOfSomething(TestApplication node) {
        UUID id = UUID.randomUUID();
        node.run(Ledger.class, ledger -> ledger.record(LedgerEvent.itself("test.happened", 1, Optional.of(Contour.TEST), "test", id, Scene.NOON)));
        SequencingIT.integrateAll(node);
        return node.with(Receipts.class, receipts -> receipts.receipt(receipts.entry(id, Contour.TEST), Map.of()));
    }

    private static VerifierKey key(TestApplication node, int place) {
        try {
            return VerifierKey.parse(node.with(PublishedTree.class, PublishedTree::verifierKeys).get(place));
        } catch (Unproven e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void bothSignWhileBothAreThereAndReceiptsOfTheOldOneRemainGood() throws IOException, Unproven {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().setLocaleConfig("locale", "C.UTF-8").start()) {
            TestDatabase database = TestDatabase.migrated(postgres);
            TestApplication first = node(database);
            VerifierKey old = key(first, 0);
            Receipt before = receiptOfSomething(first);

            VerifierKey young = LedgerAdministration.addKey(keys);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve("ledger-key-2"))));
            TestApplication second = node(database);
            assertEquals(young, key(second, 1));
            Receipt during = receiptOfSomething(second);
            during.verify(List.of(old), List.of());
            during.verify(List.of(young), List.of());

            Receipt announcement = second.with(Receipts.class, receipts -> {
                UUID record = UUID.nameUUIDFromBytes(young.toString().getBytes(StandardCharsets.UTF_8));
                return receipts.receipt(receipts.about(record, Contour.TEST).get(0), Map.of());
            });
            assertEquals(young.toString(), announcement.verify(List.of(old), List.of()).entry().data().getString("vkey"));

            Files.delete(keys.resolve("ledger-key-1"));
            TestApplication third = node(database);
            Receipt after = receiptOfSomething(third);
            after.verify(List.of(young), List.of());
            assertThrows(Unproven.class, () -> after.verify(List.of(old), List.of()));
            before.verify(List.of(old), List.of());
        }
    }

    @Test
    void aNodeWithoutTheLedgersKeysOrSecretsDoesNotStart() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().setLocaleConfig("locale", "C.UTF-8").start()) {
            TestDatabase database = TestDatabase.migrated(postgres);
            node(database);
            Path kept = Files.move(keys.resolve("ledger-key-1"), keys.resolve("kept"));
            assertTrue(assertThrows(IllegalStateException.class, () -> node(database)).getMessage().contains("restore ledger-key-* from the backup"));
            Files.delete(keys.resolve("ledger-key-1"));
            Files.move(kept, keys.resolve("ledger-key-1"));
            node(database);
            kept = Files.move(keys.resolve("ledger-blinding-1"), keys.resolve("kept"));
            assertTrue(assertThrows(IllegalStateException.class, () -> node(database)).getMessage().contains("ledger-blinding-1 is not the one"));
            Files.delete(keys.resolve("ledger-blinding-1"));
            Files.move(kept, keys.resolve("ledger-blinding-2"));
            assertTrue(assertThrows(IllegalStateException.class, () -> node(database)).getMessage().contains("ledger-blinding-1"));
            Files.write(keys.resolve("ledger-key-1"), "nonsense".getBytes(StandardCharsets.UTF_8));
            assertTrue(assertThrows(IllegalStateException.class, () -> node(database)).getMessage().contains("does not hold a ledger key"));
        }
    }

    @Test
    void witnessesAreAdmittedByTheirOwnKindOfKeyOnly() throws Exception {
        try (Connection owner = TestDatabase.shared().owner().getConnection()) {
            owner.setAutoCommit(false);
            String ledgerKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
            assertThrows(Unproven.class, () -> LedgerAdministration.addWitness(owner, ledgerKey));
            assertThrows(Unproven.class, () -> LedgerAdministration.addWitness(owner, "nonsense"));
        }
    }
}
