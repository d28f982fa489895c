package org.kopuro.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.ledger.proof.Checkpoint;
import org.kopuro.ledger.proof.Hash;
import org.kopuro.ledger.proof.Receipt;
import org.kopuro.ledger.proof.SignedNote;
import org.kopuro.ledger.proof.Tile;
import org.kopuro.ledger.proof.Tiles;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.ledger.proof.VerifierKey;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;

/** Committed entries get their place, once, without a gap, whoever does it and whatever happens meanwhile. */
class SequencingIT {

    private final TestApplication node = new TestApplication("TEST,PRODUCTION", Scene.NOON);

    @BeforeEach
    void begin() {
        node.run(Sequencer.class, Sequencer::announceKeys);
        integrateAll(node);
    }

    static void integrateAll(TestApplication on) {
        while (on.with(Sequencer.class, Sequencer::integrate) > 0) {
            continue;
        }
    }

    private static LedgerEvent event(TestApplication on) {
        UUID id = UUID.randomUUID();
        return LedgerEvent.itself("test.happened", 1, Optional.of(Contour.TEST), "test", id, on.clock().instant()).with("value", id).personal("subject", "23002198012345");
    }

    private UUID record() {
        LedgerEvent event = event(node);
        node.run(Ledger.class, ledger -> ledger.record(event));
        return event.id();
    }

    private EntryView entry(UUID id) {
        return node.with(Receipts.class, receipts -> receipts.entry(id, Contour.TEST));
    }

    private Checkpoint checkpoint() {
        try {
            SignedNote note = SignedNote.parse(node.with(PublishedTree.class, PublishedTree::checkpoint));
            return Checkpoint.parse(note.text());
        } catch (Unproven e) {
            throw new AssertionError(e);
        }
    }

    private List<VerifierKey> keys() {
        return node.with(PublishedTree.class, PublishedTree::verifierKeys).stream().map(text -> {
            try {
                return VerifierKey.parse(text);
            } catch (Unproven e) {
                throw new AssertionError(e);
            }
        }).toList();
    }

    /** Reads the whole tree as a stranger would. */
    private void assertWhole() throws Unproven {
        Checkpoint checkpoint = checkpoint();
        node.run(PublishedTree.class, tree -> {
            try {
                Tiles byHashes = new Tiles(tree::hashes, checkpoint.size());
                Tiles byEntries = new Tiles(tile -> tile.level() == 0 ? leaves(tree.entries(tile)) : tree.hashes(tile), checkpoint.size());
                assertEquals(checkpoint.root(), byHashes.root(checkpoint.size()));
                for (long index = 0; index < checkpoint.size(); index += 97) {
                    assertEquals(byEntries.leaf(index), byHashes.leaf(index), "leaf " + index);
                }
            } catch (Unproven e) {
                throw new AssertionError(e);
            }
        });
    }

    private static byte[] leaves(List<String> entries) {
        byte[] hashes = new byte[entries.size() * Hash.LENGTH];
        for (int i = 0; i < entries.size(); i++) {
            System.arraycopy(Hash.ofLeaf(entries.get(i)).octets(), 0, hashes, i * Hash.LENGTH, Hash.LENGTH);
        }
        return hashes;
    }

    @Test
    void anEntryHasAReceiptThatProvesIt() throws Unproven {
        UUID id = record();
        assertEquals(LedgerRefusal.ENTRY_NOT_YET_IN_TREE,
                assertThrows(Refusal.class, () -> node.with(Receipts.class, receipts -> receipts.receipt(receipts.entry(id, Contour.TEST), Map.of()))).code());
        integrateAll(node);
        Receipt receipt = node.with(Receipts.class, receipts -> receipts.receipt(receipts.entry(id, Contour.TEST), Map.of("subject", "23002198012345", "asked", "x")));
        Receipt.Verified verified = Receipt.parse(receipt.format()).verify(keys(), List.of());
        assertEquals(id.toString(), verified.entry().id());
        assertEquals("23002198012345", receipt.openings().get("subject").value());
        assertEquals(1, receipt.openings().size());
    }

    @Test
    void earlierCheckpointsRemainTrueInLaterOnes() throws Unproven {
        record();
        integrateAll(node);
        Checkpoint earlier = checkpoint();
        for (int i = 0; i < 600; i++) {
            record();
        }
        integrateAll(node);
        Checkpoint later = checkpoint();
        assertEquals(earlier.size() + 600, later.size());
        node.with(PublishedTree.class, tree -> tree.consistency(earlier.size(), later.size())).verify(earlier.root(), later.root());
        assertEquals(earlier, Checkpoint.parse(SignedNote.parse(node.with(PublishedTree.class, tree -> tree.checkpoint(earlier.size()))).text()));
        assertWhole();
    }

    @Test
    void aTransactionThatCommitsLateIsTakenWhenItCommits() {
        TestApplication.Open<UUID> late = node.begin(Ledger.class, ledger -> {
            LedgerEvent event = event(node);
            ledger.record(event);
            return event.id();
        });
        UUID early = record();
        integrateAll(node);
        UUID next = record();
        integrateAll(node);
        late.commit();
        integrateAll(node);
        assertTrue(entry(early).index().orElseThrow() < entry(next).index().orElseThrow());
        assertEquals(entry(next).index().orElseThrow() + 1, entry(late.result()).index().orElseThrow());
    }

    @Test
    void moreThanABatchHoldsIsTakenByTheNextOnes() {
        TestApplication.Open<UUID> late = node.begin(Ledger.class, ledger -> {
            LedgerEvent event = event(node);
            ledger.record(event);
            return event.id();
        });
        List<UUID> many = new ArrayList<>();
        node.run(Ledger.class, ledger -> {
            for (int i = 0; i < Sequencer.BATCH_MAX + 100; i++) {
                LedgerEvent event = event(node);
                ledger.record(event);
                many.add(event.id());
            }
        });
        assertEquals(Sequencer.BATCH_MAX, node.with(Sequencer.class, Sequencer::integrate));
        late.commit();
        assertEquals(101, node.with(Sequencer.class, Sequencer::integrate));
        assertEquals(0, node.with(Sequencer.class, Sequencer::integrate));
        long first = entry(many.get(0)).index().orElseThrow();
        assertEquals(first + Sequencer.BATCH_MAX - 1, entry(many.get(Sequencer.BATCH_MAX - 1)).index().orElseThrow());
        assertTrue(entry(late.result()).index().isPresent());
        assertTrue(entry(many.get(Sequencer.BATCH_MAX + 99)).index().isPresent());
    }

    @Test
    void aTransactionThatIsRolledBackLeavesNothing() throws Unproven {
        long size = checkpoint().size();
        assertThrows(IllegalStateException.class, () -> node.run(Ledger.class, ledger -> {
            ledger.record(event(node));
            throw new IllegalStateException("changed its mind");
        }));
        integrateAll(node);
        assertEquals(size, checkpoint().size());
    }

    @Test
    void aSequencerThatIsStoppedBeforeItsCommitIsFollowedByAnotherThatFindsEverything() throws Unproven {
        List<UUID> recorded = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            recorded.add(record());
        }
        TestApplication.Open<Integer> stopped = node.begin(Sequencer.class, Sequencer::integrate);
        assertEquals(300, stopped.result());
        TestApplication other = new TestApplication("TEST,PRODUCTION", Scene.NOON);
        assertEquals(0, other.with(Sequencer.class, Sequencer::integrate), "another node waits its turn");
        stopped.entities().getTransaction().rollback();
        stopped.entities().close();
        UUID between = record();
        // The same node goes on with a memory that is ahead of the database.
        integrateAll(node);
        integrateAll(other);
        for (UUID id : recorded) {
            assertTrue(entry(id).index().isPresent());
        }
        assertTrue(entry(between).index().isPresent());
        assertWhole();
    }

    @Test
    void twoNodesInTurnContinueEachOther() throws Unproven {
        TestApplication other = new TestApplication("TEST,PRODUCTION", Scene.NOON);
        for (int turn = 0; turn < 6; turn++) {
            for (int i = 0; i < 100; i++) {
                record();
            }
            integrateAll(turn % 2 == 0 ? node : other);
        }
        assertWhole();
    }

    @Test
    void nodesThatWriteAndSequenceAtOnceLoseAndDoubleNothing() throws InterruptedException, ExecutionException, Unproven {
        long before = checkpoint().size();
        TestApplication other = new TestApplication("TEST,PRODUCTION", Scene.NOON);
        AtomicBoolean writing = new AtomicBoolean(true);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<Future<?>> writers = new ArrayList<>();
        List<Future<?>> sequencers = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            writers.add(threads.submit(() -> {
                for (int i = 0; i < 250; i++) {
                    record();
                }
            }));
        }
        for (TestApplication each : List.of(node, other)) {
            sequencers.add(threads.submit(() -> {
                while (writing.get()) {
                    each.with(Sequencer.class, Sequencer::integrate);
                }
            }));
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        writing.set(false);
        for (Future<?> sequencer : sequencers) {
            sequencer.get();
        }
        threads.shutdown();
        assertTrue(threads.awaitTermination(1, TimeUnit.MINUTES));
        integrateAll(node);
        assertEquals(before + 1000, checkpoint().size());
        assertWhole();
    }

    @Test
    void aClockThatJumpsBackChangesNoOrder() throws Unproven {
        UUID first = record();
        integrateAll(node);
        node.clock().advance(Duration.ofHours(-3));
        UUID second = record();
        integrateAll(node);
        assertEquals(entry(first).index().orElseThrow() + 1, entry(second).index().orElseThrow());
        assertWhole();
    }

    @Test
    void tilesBeyondTheTreeAreRefused() {
        long size = checkpoint().size();
        assertEquals(LedgerRefusal.NOT_IN_TREE, assertThrows(Refusal.class, () -> node.with(PublishedTree.class, tree -> tree.hashes(new Tile(0, size / Tile.FULL, Tile.FULL)))).code());
        assertEquals(LedgerRefusal.NOT_IN_TREE, assertThrows(Refusal.class, () -> node.with(PublishedTree.class, tree -> tree.hashes(new Tile(7, 0, 1)))).code());
        assertEquals(LedgerRefusal.NOT_IN_TREE, assertThrows(Refusal.class, () -> node.with(PublishedTree.class, tree -> tree.inclusion(size, size))).code());
        assertEquals(LedgerRefusal.NOT_IN_TREE, assertThrows(Refusal.class, () -> node.with(PublishedTree.class, tree -> tree.inclusion(0, size + 1))).code());
        assertEquals(LedgerRefusal.NOT_IN_TREE, assertThrows(Refusal.class, () -> node.with(PublishedTree.class, tree -> tree.consistency(2, 1))).code());
        assertEquals(LedgerRefusal.CHECKPOINT_UNKNOWN, assertThrows(Refusal.class, () -> node.with(PublishedTree.class, tree -> tree.checkpoint(size + 1))).code());
    }
}
