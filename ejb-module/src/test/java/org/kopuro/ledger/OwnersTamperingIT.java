package org.kopuro.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.kernel.Contour;
import org.kopuro.ledger.proof.Checkpoint;
import org.kopuro.ledger.proof.Edge;
import org.kopuro.ledger.proof.Hash;
import org.kopuro.ledger.proof.SignedNote;
import org.kopuro.ledger.proof.Tile;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestDatabase;

/** The database's owner switches the triggers off and changes what happened: whoever remembers a checkpoint finds out. */
class OwnersTamperingIT {

    private static final int ENTRIES = 600;

    @TempDir
    private static Path keys;
    private static EmbeddedPostgres postgres;
    private static TestDatabase database;
    private static TestApplication node;
    private static Checkpoint remembered;

    @BeforeAll
    static void record() throws IOException, Unproven {
        postgres = EmbeddedPostgres.builder().setLocaleConfig("locale", "C.UTF-8").start();
        database = TestDatabase.migrated(postgres);
        node = new TestApplication("TEST", Scene.NOON, database, keys);
        node.run(Sequencer.class, Sequencer::announceKeys);
        for (int i = 0; i < ENTRIES; i++) {
            UUID id = UUID.randomUUID();
            node.run(Ledger.class, ledger -> ledger.record(LedgerEvent.itself("test.happened", 1, Optional.of(Contour.TEST), "test", id, Scene.NOON).with("sum", 1)));
        }
        SequencingIT.integrateAll(node);
        remembered = Checkpoint.parse(SignedNote.parse(node.with(PublishedTree.class, PublishedTree::checkpoint)).text());
        assertEquals(remembered.root(), rootOfPublishedEntries());
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        // changed
        "update ledger.entry set content = replace(content, '\"sum\":1', '\"sum\":2') where id = (select entry_id from ledger.leaf where index = 300)",
        // changed in the unfinished tile
        "update ledger.entry set content = replace(content, '\"sum\":1', '\"sum\":2') where id = (select entry_id from ledger.leaf where index = 599)",
        // reordered
        "update ledger.leaf l set entry_id = o.entry_id from ledger.leaf o where (l.index, o.index) in ((10, 11), (11, 10))",
        // dropped: each later entry moves forward
        "with kept as (select entry_id, row_number() over (order by index) - 1 place from ledger.leaf where index <> 20),"
            + " last as (delete from ledger.leaf where index = (select max(index) from ledger.leaf))"
            + " update ledger.leaf l set entry_id = k.entry_id from kept k where k.place = l.index"})
    void isFoundByWhoeverReadsTheEntries(String sql) throws SQLException, Unproven {
        try (Connection owner = database.owner().getConnection(); Statement statement = owner.createStatement()) {
            statement.execute("create schema if not exists aside; drop table if exists aside.leaf, aside.entry; create table aside.leaf as select * from ledger.leaf;"
                    + " create table aside.entry as select id, content from ledger.entry");
            switchOff(statement);
            statement.execute(sql);
            assertNotEquals(remembered.root(), rootOfPublishedEntries());
            statement.execute("delete from ledger.leaf; insert into ledger.leaf select * from aside.leaf;"
                    + " update ledger.entry e set content = a.content from aside.entry a where a.id = e.id");
            switchOn(statement);
        }
        assertEquals(remembered.root(), rootOfPublishedEntries());
    }

    @Test
    void inTheTilesStopsTheSequencerRatherThanSigningOverIt() throws SQLException {
        try (Connection owner = database.owner().getConnection(); Statement statement = owner.createStatement()) {
            statement.execute("create schema if not exists aside; create table aside.subtree as select * from ledger.subtree");
            switchOff(statement);
            statement.execute("update ledger.subtree set hash = sha256(hash) where (level, position) = (1, 0)");
            TestApplication other = new TestApplication("TEST", Scene.NOON, database, keys);
            other.run(Ledger.class, ledger -> ledger.record(LedgerEvent.of("test.happened", 1, Contour.TEST, "test", UUID.randomUUID(), Scene.NOON)));
            String refusal = assertThrows(IllegalStateException.class, () -> other.with(Sequencer.class, Sequencer::integrate)).getMessage();
            assertTrue(refusal.contains("the database was altered"), refusal);
            statement.execute("update ledger.subtree s set hash = a.hash from aside.subtree a where (a.level, a.position) = (s.level, s.position)");
            switchOn(statement);
        }
    }

    /** What a stranger computes from the bundles of entries, for as many as the checkpoint counted. */
    private static Hash rootOfPublishedEntries() {
        Edge edge = new Edge();
        long size = remembered.size();
        for (long number = 0; Tile.in(Tile.ENTRIES, number, size).isPresent(); number++) {
            Tile bundle = Tile.in(Tile.ENTRIES, number, size).get();
            List<String> entries = node.with(PublishedTree.class, tree -> tree.entries(bundle));
            entries.forEach(entry -> edge.append(Hash.ofLeaf(entry), (tile, hashes) -> { }));
        }
        return edge.root();
    }

    /** Constraints among the tables, too: an owner can do without them. */
    private static void switchOff(Statement statement) throws SQLException {
        statement.execute("alter table ledger.entry disable trigger user; alter table ledger.leaf disable trigger user; alter table ledger.subtree disable trigger user;"
                + " alter table ledger.leaf drop constraint leaf_entry_unique; alter table ledger.checkpoint drop constraint checkpoint_leaf_fk");
    }

    private static void switchOn(Statement statement) throws SQLException {
        statement.execute("alter table ledger.entry enable trigger user; alter table ledger.leaf enable trigger user; alter table ledger.subtree enable trigger user;"
                + " alter table ledger.leaf add constraint leaf_entry_unique unique (entry_id);"
                + " alter table ledger.checkpoint add constraint checkpoint_leaf_fk foreign key (last_index) references ledger.leaf (index)");
    }
}
