package org.kopuro.ledger;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.kopuro.installation.Row;
import org.kopuro.installation.Sql;
import org.kopuro.ledger.proof.Hash;
import org.kopuro.ledger.proof.Tile;

/** The tree: leaves, tiles, checkpoints, keys. */
@Dependent
class TreeStore {

    /** Whoever holds it is the only sequencer of all nodes, until its transaction ends. The number means nothing. */
    private static final long SEQUENCER_LOCK = 4_611_686_018_427_388_039L;

    /**
     * Entries committed since a snapshot: of transactions that were running then, or began later. What a former batch has taken is
     * left out, because a batch that was cut off does not move the snapshot. A database restored into a cluster that counts
     * transactions anew is recognised by a snapshot from the future; then everything is looked at.
     */
    private static final String COMMITTED_SINCE = """
            with bounds as (
                select case when pg_snapshot_xmax(s) > pg_snapshot_xmax(pg_current_snapshot()) then '1:1:'::pg_snapshot else s end s
                  from (values (?::pg_snapshot)) v (s))
            select e.id, e.content, pg_current_snapshot()::text now
              from ledger.entry e
             where (e.xid = any (array(select pg_snapshot_xip(s) from bounds)) or e.xid >= (select pg_snapshot_xmax(s) from bounds))
               and not exists (select from ledger.leaf l where l.entry_id = e.id)
             order by e.number limit ?
            """;

    private static final String CHECKPOINT = "select size, root, note, seen::text seen from ledger.checkpoint ";

    private final Sql sql;

    @Inject
    TreeStore(Sql sql) {
        this.sql = sql;
    }

    record Published(long size, Hash root, String note, String seen) {
    }

    record Committed(UUID id, String content, String snapshot) {
    }

    /**
     * Takes the lock for this transaction, and has its statements planned by index: "since a snapshot" is a few rows at the end of a table
     * that only grows, but PostgreSQL, which plans before it knows the snapshot, takes it for a third of them and would read all.
     */
    boolean tryToBeSequencer() {
        return sql.one("""
                select pg_try_advisory_xact_lock(?) only_one, set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
                       set_config('enable_mergejoin', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)""",
                row -> row.flag("only_one"), SEQUENCER_LOCK);
    }

    Optional<Published> newestCheckpoint() {
        return sql.first(CHECKPOINT + "order by size desc limit 1", TreeStore::published);
    }

    Optional<Published> checkpoint(long size) {
        return sql.first(CHECKPOINT + "where size = ?", TreeStore::published, size);
    }

    /** The newest checkpoint that a witness has signed and that covers the leaf. */
    Optional<Published> newestCosignedCheckpoint(long index) {
        return sql.first(CHECKPOINT + "where size = (select max(size) from ledger.cosignature where size > ?)", TreeStore::published, index);
    }

    List<Committed> committedSince(String snapshot, int limit) {
        return sql.list(COMMITTED_SINCE, row -> new Committed(row.uuid("id"), row.text("content"), row.text("now")), snapshot, limit);
    }

    void addLeaves(long first, List<UUID> entryIds, List<Hash> hashes) {
        sql.update("insert into ledger.leaf (index, entry_id, hash) select ? + place - 1, id, hash from unnest(?::uuid[], ?::bytea[]) with ordinality given (id, hash, place)",
                first, entryIds, hashes.stream().map(Hash::octets).toList());
    }

    void addSubtree(int level, long position, Hash hash) {
        sql.update("insert into ledger.subtree (level, position, hash) values (?, ?, ?)", level, position, hash.octets());
    }

    void publish(Published checkpoint, Instant at) {
        sql.update("insert into ledger.checkpoint (size, root, note, published_at, seen) values (?, ?, ?, ?, ?::pg_snapshot)",
                checkpoint.size(), checkpoint.root().octets(), checkpoint.note(), at, checkpoint.seen());
    }

    /** A tile's hashes; may be fewer than its width where the tree does not reach so far. */
    byte[] hashes(Tile tile) {
        String level = tile.level() == 0 ? "select index place, hash from ledger.leaf where index >= ?"
                : "select position place, hash from ledger.subtree where level = " + tile.level() + " and position >= ?";
        return sql.one("select coalesce(string_agg(hash, '' order by place), '') hashes from (" + level + " order by place limit ?) tile",
                row -> row.octets("hashes"), tile.number() * Tile.FULL, tile.width());
    }

    /** The entries below a tile of level 0, in their order. */
    List<String> entries(Tile tile) {
        List<Long> places = LongStream.range(tile.number() * Tile.FULL, tile.number() * Tile.FULL + tile.width()).boxed().toList();
        // Not by a range: for one of unknown width PostgreSQL plans to read the whole table.
        return sql.list("select e.content from unnest(?::bigint[]) place join ledger.leaf l on l.index = place join ledger.entry e on e.id = l.entry_id order by l.index",
                row -> row.text("content"), places);
    }

    List<String> verifierKeys() {
        return sql.list("select vkey from ledger.verifier_key order by number", row -> row.text("vkey"));
    }

    /** False where it is known already. */
    boolean addVerifierKey(String vkey, Instant at) {
        return sql.update("insert into ledger.verifier_key (vkey, added_at) values (?, ?) on conflict on constraint verifier_key_pk do nothing", vkey, at) == 1;
    }

    List<String> witnesses() {
        return sql.list("select vkey from ledger.witness order by added_at, vkey", row -> row.text("vkey"));
    }

    /** Only the owner may. False where it is admitted already. */
    boolean addWitness(String vkey) {
        return sql.update("insert into ledger.witness (vkey) values (?) on conflict on constraint witness_pk do nothing", vkey) == 1;
    }

    /** Cosignature lines of a checkpoint. */
    List<String> cosignatures(long size) {
        return sql.list("select line from ledger.cosignature where size = ? order by vkey", row -> row.text("line"), size);
    }

    /** A witness's first word on a size stands; a repetition changes nothing. */
    void addCosignature(long size, String vkey, String line, Instant signedAt) {
        sql.update("insert into ledger.cosignature (size, vkey, line, signed_at) values (?, ?, ?, ?) on conflict on constraint cosignature_pk do nothing",
                size, vkey, line, signedAt);
    }

    private static Published published(Row row) {
        return new Published(row.large("size"), Hash.of(row.octets("root"), 0), row.text("note"), row.text("seen"));
    }
}
