package org.kopuro.verify;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.kopuro.ledger.proof.EntryBundle;
import org.kopuro.ledger.proof.Hash;
import org.kopuro.ledger.proof.SignedNote;
import org.kopuro.ledger.proof.Tile;
import org.kopuro.ledger.proof.Unproven;

/** A copy of a ledger: a folder whose files lie under the addresses of c2sp.org/tlog-tiles. */
public final class Copy {

    private static final int CHECKPOINTS_MAX = 10_000_000;

    private final Path folder;

    public Copy(Path folder) {
        this.folder = folder;
    }

    String newest() throws Unproven {
        if (!Files.exists(folder.resolve("checkpoint"))) {
            throw new Unproven("The folder " + folder + " has no checkpoint: it is not a copy of a ledger.");
        }
        return note("checkpoint");
    }

    /** Sizes of the checkpoints that were kept, the smallest first. */
    long[] kept() throws Unproven {
        Path checkpoints = folder.resolve("checkpoints");
        if (!Files.exists(checkpoints)) {
            return new long[0];
        }
        long[] sizes = new long[16];
        int count = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(checkpoints)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (!name.matches("0|[1-9]\\d{0,17}")) {
                    throw new Unproven("checkpoints/" + name + " is not named by a size.");
                }
                if (count == CHECKPOINTS_MAX) {
                    throw new Unproven("checkpoints has more than " + CHECKPOINTS_MAX + " files.");
                }
                sizes = count == sizes.length ? Arrays.copyOf(sizes, 2 * count) : sizes;
                sizes[count++] = Long.parseLong(name);
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new Unproven("checkpoints cannot be read.");
        }
        long[] sorted = Arrays.copyOf(sizes, count);
        Arrays.sort(sorted);
        return sorted;
    }

    String kept(long size) throws Unproven {
        return note("checkpoints/" + size);
    }

    private String note(String name) throws Unproven {
        return LimitedFile.text(read(name, SignedNote.LENGTH_MAX), name);
    }

    /** The hashes of a tile; the right edge of a smaller tree lies in the full tile as well. */
    public byte[] hashes(Tile tile) throws Unproven {
        byte[] hashes = octets(tile, Tile.FULL * Hash.LENGTH);
        int wanted = tile.width() * Hash.LENGTH;
        if (hashes.length < wanted || hashes.length > wanted && Files.exists(file(tile))) {
            throw new Unproven("tile/" + tile.path() + " has " + hashes.length + " octets instead of " + wanted + ".");
        }
        return Arrays.copyOf(hashes, wanted);
    }

    /** The entries of a bundle. */
    public List<byte[]> entries(Tile bundle) throws Unproven {
        byte[] octets = octets(bundle, EntryBundle.LENGTH_MAX);
        if (Files.exists(file(bundle))) {
            return EntryBundle.parse(octets, bundle);
        }
        return EntryBundle.parse(octets, full(bundle)).subList(0, bundle.width());
    }

    private byte[] octets(Tile tile, int lengthMax) throws Unproven {
        Tile there = Files.exists(file(tile)) || !Files.exists(file(full(tile))) ? tile : full(tile);
        if (!Files.exists(file(there))) {
            throw new Unproven("tile/" + tile.path() + " is missing: " + (tile.level() == Tile.ENTRIES
                    ? "the entries from index " + tile.number() * Tile.FULL + " on are not there." : "the copy is not complete."));
        }
        return read("tile/" + there.path(), lengthMax);
    }

    /** Widths of the unfinished forms of a tile that lie there, too. */
    List<Tile> unfinished(Tile tile) throws Unproven {
        List<Tile> found = new ArrayList<>();
        Path folderOfThem = file(full(tile)).resolveSibling(file(full(tile)).getFileName() + ".p");
        if (!Files.isDirectory(folderOfThem)) {
            return found;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folderOfThem)) {
            for (Path file : files) {
                OptionalInt width = width(file.getFileName().toString());
                if (width.isEmpty()) {
                    throw new Unproven(folder.relativize(file) + " is not named by a width from 1 to " + (Tile.FULL - 1) + ".");
                }
                found.add(new Tile(tile.level(), tile.number(), width.getAsInt()));
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new Unproven(folder.relativize(folderOfThem) + " cannot be read.");
        }
        return found;
    }

    private static OptionalInt width(String name) {
        boolean fits = name.matches("[1-9]\\d{0,2}") && Integer.parseInt(name) < Tile.FULL;
        return fits ? OptionalInt.of(Integer.parseInt(name)) : OptionalInt.empty();
    }

    private static Tile full(Tile tile) {
        return new Tile(tile.level(), tile.number(), Tile.FULL);
    }

    private Path file(Tile tile) {
        return folder.resolve("tile").resolve(tile.path());
    }

    private byte[] read(String name, int lengthMax) throws Unproven {
        try {
            return LimitedFile.read(folder.resolve(name), lengthMax);
        } catch (IOException e) {
            throw new Unproven(e.getMessage());
        }
    }
}
