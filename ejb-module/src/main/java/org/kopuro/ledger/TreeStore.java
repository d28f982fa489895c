package org.kopuro.ledger;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
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

    @PersistenceContext(unitName = "kopuro")
    private EntityManager entities;

    record Published(long size, Hash root, String note, String seen) {
    }

    record Committed(UUID id, String content, String snapshot) {
    }

    /**
     * Takes the lock for this transaction, and has its statements planned by index: "since a snapshot" is a few rows at the end of a table
     * that only grows, but PostgreSQL, which plans before it knows the snapshot, takes it for a third of them and would read all.
     */
    boolean tryToBeSequencer() {
        return query("""
                select pg_try_advisory_xact_lock(?), set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
                       set_config('enable_mergejoin', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)""", statement -> statement.setLong(1, SEQUENCER_LOCK), row -> row.getBoolean(1)).get(0);
    }

    Optional<Published> newestCheckpoint() {
        return published("select size, root, note, seen::text seen from ledger.checkpoint order by size desc limit 1", statement -> { });
    }

    Optional<Published> checkpoint(long size) {
        return published("select size, root, note, seen::text seen from ledger.checkpoint where size = ?", statement -> statement.setLong(1, size));
    }

    /** The newest checkpoint that a witness has signed and that covers the leaf. */
    Optional<Published> newestCosignedCheckpoint(long index) {
        return published("""
                select size, root, note, seen::text seen from ledger.checkpoint
                 where size = (select max(size) from ledger.cosignature where size > ?)""", statement -> statement.setLong(1, index));
    }

    List<Committed> committedSince(String snapshot, int limit) {
        return query(COMMITTED_SINCE, statement -> {
            statement.setString(1, snapshot);
            statement.setInt(2, limit);
        }, row -> new Committed(row.getObject("id", UUID.class), row.getString("content"), row.getString("now")));
    }

    void addLeaves(long first, List<UUID> entryIds, List<Hash> hashes) {
        update("insert into ledger.leaf (index, entry_id, hash) select ? + place - 1, id, hash from unnest(?::uuid[], ?::bytea[]) with ordinality given (id, hash, place)", statement -> {
            statement.setLong(1, first);
            statement.setArray(2, statement.getConnection().createArrayOf("uuid", entryIds.toArray()));
            statement.setArray(3, statement.getConnection().createArrayOf("bytea", hashes.stream().map(Hash::octets).toArray(byte[][]::new)));
        });
    }

    void addSubtree(int level, long position, Hash hash) {
        update("insert into ledger.subtree (level, position, hash) values (?, ?, ?)", statement -> {
            statement.setInt(1, level);
            statement.setLong(2, position);
            statement.setBytes(3, hash.octets());
        });
    }

    void publish(Published checkpoint, Instant at) {
        update("insert into ledger.checkpoint (size, root, note, published_at, seen) values (?, ?, ?, ?, ?::pg_snapshot)", statement -> {
            statement.setLong(1, checkpoint.size());
            statement.setBytes(2, checkpoint.root().octets());
            statement.setString(3, checkpoint.note());
            statement.setObject(4, at.atOffset(ZoneOffset.UTC));
            statement.setString(5, checkpoint.seen());
        });
    }

    /** A tile's hashes; may be fewer than its width where the tree does not reach so far. */
    byte[] hashes(Tile tile) {
        String level = tile.level() == 0 ? "select index place, hash from ledger.leaf where index >= ?"
                : "select position place, hash from ledger.subtree where level = " + tile.level() + " and position >= ?";
        return query("select coalesce(string_agg(hash, '' order by place), '') from (" + level + " order by place limit ?) tile", statement -> {
            statement.setLong(1, tile.number() * Tile.FULL);
            statement.setInt(2, tile.width());
        }, row -> row.getBytes(1)).get(0);
    }

    /** The entries below a tile of level 0, in their order. */
    List<String> entries(Tile tile) {
        Long[] places = LongStream.range(tile.number() * Tile.FULL, tile.number() * Tile.FULL + tile.width()).boxed().toArray(Long[]::new);
        // Not by a range: for one of unknown width PostgreSQL plans to read the whole table.
        return query("select e.content from unnest(?::bigint[]) place join ledger.leaf l on l.index = place join ledger.entry e on e.id = l.entry_id order by l.index",
                statement -> statement.setArray(1, statement.getConnection().createArrayOf("bigint", places)), row -> row.getString(1));
    }

    List<String> verifierKeys() {
        return query("select vkey from ledger.verifier_key order by number", statement -> { }, row -> row.getString(1));
    }

    /** False where it is known already. */
    boolean addVerifierKey(String vkey, Instant at) {
        return update("insert into ledger.verifier_key (vkey, added_at) values (?, ?) on conflict on constraint verifier_key_pk do nothing", statement -> {
            statement.setString(1, vkey);
            statement.setObject(2, at.atOffset(ZoneOffset.UTC));
        }) == 1;
    }

    List<String> witnesses() {
        return query("select vkey from ledger.witness order by added_at, vkey", statement -> { }, row -> row.getString(1));
    }

    /** Cosignature lines of a checkpoint. */
    List<String> cosignatures(long size) {
        return query("select line from ledger.cosignature where size = ? order by vkey", statement -> statement.setLong(1, size), row -> row.getString(1));
    }

    /** A witness's first word on a size stands; a repetition changes nothing. */
    void addCosignature(long size, String vkey, String line, Instant signedAt) {
        update("insert into ledger.cosignature (size, vkey, line, signed_at) values (?, ?, ?, ?) on conflict on constraint cosignature_pk do nothing", statement -> {
            statement.setLong(1, size);
            statement.setString(2, vkey);
            statement.setString(3, line);
            statement.setObject(4, signedAt.atOffset(ZoneOffset.UTC));
        });
    }

    private Optional<Published> published(String sql, Binding binding) {
        return query(sql, binding, row -> new Published(row.getLong("size"), Hash.of(row.getBytes("root"), 0), row.getString("note"), row.getString("seen"))).stream().findFirst();
    }

    private <T> List<T> query(String sql, Binding binding, Row<T> mapping) {
        try (PreparedStatement statement = entities.unwrap(Connection.class).prepareStatement(sql)) {
            binding.on(statement);
            List<T> rows = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(mapping.of(row));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private int update(String sql, Binding binding) {
        try (PreparedStatement statement = entities.unwrap(Connection.class).prepareStatement(sql)) {
            binding.on(statement);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Binding {
        void on(PreparedStatement statement) throws SQLException;
    }

    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }
}
