package org.kopuro.witness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.kopuro.ledger.proof.Checkpoint;
import org.kopuro.ledger.proof.Edge;
import org.kopuro.ledger.proof.EntryBundle;
import org.kopuro.ledger.proof.Hash;
import org.kopuro.ledger.proof.SignedNote;
import org.kopuro.ledger.proof.Tile;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.verify.Copy;
import org.kopuro.verify.LimitedFile;
import org.kopuro.verify.WrongUse;

/**
 * A copy of the ledger that grows with it. Its tiles are not taken from the server but calculated from the entries. The checkpoint is
 * written last: whatever lies beyond it is begun anew after a crash.
 */
final class Mirror {

    private final Path folder;
    private final RemoteLedger ledger;

    Mirror(Path folder, RemoteLedger ledger) {
        this.folder = folder;
        this.ledger = ledger;
    }

    /** Fetches all entries up to the checkpoint and writes their tiles; {@code stopped} is asked between them. */
    void fetch(Checkpoint checkpoint, BooleanSupplier stopped) throws Trouble, WrongUse, IOException {
        Edge edge = edge();
        while (edge.size() < checkpoint.size()) {
            if (stopped.getAsBoolean()) {
                throw new Trouble("The mirror was stopped at " + edge.size() + " of " + checkpoint.size() + " entries.");
            }
            bundle(edge, checkpoint.size());
        }
        if (!edge.root().equals(checkpoint.root())) {
            throw new Trouble("The entries that the ledger gives have the root " + edge.root() + ", but it signed " + checkpoint.root() + " for " + checkpoint.size() + ".");
        }
        for (int level = 0; Tile.hashes(level, checkpoint.size()) > 0; level++) {
            byte[] last = edge.tile(level);
            if (last.length > 0) {
                write(new Tile(level, Tile.hashes(level, checkpoint.size()) / Tile.FULL, last.length / Hash.LENGTH), last);
            }
        }
    }

    /** After {@link #fetch}, and after the cosignature is remembered. */
    void publish(SignedNote note, long size) throws IOException {
        byte[] octets = note.format().getBytes(StandardCharsets.UTF_8);
        DurableFile.write(folder.resolve("checkpoints/" + size), octets);
        DurableFile.write(folder.resolve("checkpoint"), octets);
    }

    /** The size up to which everything is there. */
    long size() throws WrongUse, IOException {
        return checkpoint().size();
    }

    private Checkpoint checkpoint() throws WrongUse, IOException {
        Path file = folder.resolve("checkpoint");
        try {
            return Files.exists(file) ? Checkpoint.parse(SignedNote.parse(LimitedFile.text(LimitedFile.read(file, SignedNote.LENGTH_MAX), file.toString())).text())
                    : new Checkpoint("none", 0, Hash.EMPTY_TREE);
        } catch (Unproven e) {
            throw altered(e.getMessage());
        }
    }

    private Edge edge() throws WrongUse, IOException {
        Checkpoint checkpoint = checkpoint();
        Copy copy = new Copy(folder);
        try {
            Edge edge = Edge.of(checkpoint.size(), copy::hashes);
            if (edge.root().equals(checkpoint.root())) {
                return edge;
            }
            throw altered("its tiles do not fit its checkpoint.");
        } catch (Unproven e) {
            throw altered(e.getMessage());
        }
    }

    private WrongUse altered(String why) {
        return new WrongUse("The mirror " + folder + " was altered, remove it and it is made anew: " + why);
    }

    private void bundle(Edge edge, long size) throws Trouble, IOException {
        long number = edge.size() / Tile.FULL;
        Tile leaves = Tile.in(0, number, size).orElseThrow();
        Tile bundle = new Tile(Tile.ENTRIES, number, leaves.width());
        List<byte[]> entries = ledger.entries(bundle);
        byte[] hashes = ledger.hashes(leaves);
        // The beginning may be here already: it must be the same again, or a wrong bundle would be written around right hashes.
        byte[] here = edge.tile(0);
        Map<Tile, byte[]> filled = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            Hash leaf = Hash.ofLeaf(entries.get(i));
            boolean known = i * Hash.LENGTH < here.length;
            if (!leaf.equals(Hash.of(hashes, i * Hash.LENGTH)) || known && !leaf.equals(Hash.of(here, i * Hash.LENGTH))) {
                throw new Trouble("The entry that the ledger gives at index " + (number * Tile.FULL + i) + " does not fit tile/" + leaves.path() + ".");
            }
            if (!known) {
                edge.append(leaf, filled::put);
            }
        }
        write(bundle, EntryBundle.format(entries));
        for (Map.Entry<Tile, byte[]> tile : filled.entrySet()) {
            write(tile.getKey(), tile.getValue());
        }
    }

    private void write(Tile tile, byte[] octets) throws IOException {
        DurableFile.write(folder.resolve("tile").resolve(tile.path()), octets);
    }

    /** What tiles were while they grew, which nobody needs any more. */
    void tidy(long size) throws IOException {
        for (int level = Tile.ENTRIES; Tile.hashes(Math.max(level, 0), size) > 0; level++) {
            long last = Tile.hashes(Math.max(level, 0), size) / Tile.FULL;
            for (long number = Math.max(0, last - 1); number <= last; number++) {
                Path full = folder.resolve("tile").resolve(new Tile(level, number, Tile.FULL).path());
                keepOnly(full.resolveSibling(full.getFileName() + ".p"), Tile.in(level, number, size).filter(tile -> !tile.full()).map(tile -> Integer.toString(tile.width())).orElse(""));
            }
        }
    }

    private static void keepOnly(Path unfinished, String name) throws IOException {
        if (!Files.isDirectory(unfinished)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(unfinished)) {
            for (Path file : files) {
                if (!file.getFileName().toString().equals(name)) {
                    Files.delete(file);
                }
            }
        }
        if (name.isEmpty()) {
            Files.delete(unfinished);
        }
    }
}
