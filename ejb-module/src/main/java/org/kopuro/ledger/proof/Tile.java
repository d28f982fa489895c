package org.kopuro.ledger.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a tile: {@code width} neighbouring hashes of every eighth level of the tree. Level −1 stands for the bundles of
 * entries, as in the path {@code entries}.
 *
 * @param width 256 for a full tile, which never changes; fewer for the right edge of a tree
 */
public record Tile(int level, long number, int width) {

    public static final int FULL = 256;
    /** Levels of the tree within one tile. */
    public static final int HEIGHT = 8;
    public static final int ENTRIES = -1;
    private static final int LEVEL_MAX = 7;
    private static final Pattern PATH = Pattern.compile("(entries|[0-7])((?:/x\\d{3}){0,5}/\\d{3})(?:\\.p/([1-9]\\d{0,2}))?");

    public Tile {
        if (level < ENTRIES || level > LEVEL_MAX || number < 0 || width < 1 || width > FULL) {
            throw new IllegalArgumentException("no tile: " + level + " " + number + " " + width);
        }
    }

    /** The tiles of a tree that hold the hashes of one level, as many hashes as that level has complete subtrees. */
    public static long hashes(int level, long size) {
        // A shift by 64 is one by 0.
        return level > LEVEL_MAX ? 0 : size >> (HEIGHT * level);
    }

    /** How wide the tile is in a tree of the size; empty where it has no hash yet. */
    public static Optional<Tile> in(int level, long number, long size) {
        long width = Math.min(FULL, hashes(Math.max(level, 0), size) - number * FULL);
        return width < 1 ? Optional.empty() : Optional.of(new Tile(level, number, (int) width));
    }

    public boolean full() {
        return width == FULL;
    }

    /** The part of the address after {@code tile/}. */
    public String path() {
        List<String> groups = new ArrayList<>();
        long rest = number;
        do {
            groups.add(0, "%s%03d".formatted(groups.isEmpty() ? "" : "x", rest % 1000));
            rest /= 1000;
        } while (rest > 0);
        return (level == ENTRIES ? "entries" : Integer.toString(level)) + "/" + String.join("/", groups) + (full() ? "" : ".p/" + width);
    }

    /** Empty for whatever is not the one spelling of an address. */
    public static Optional<Tile> parse(String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int level = matcher.group(1).equals("entries") ? ENTRIES : Integer.parseInt(matcher.group(1));
        long number = Long.parseLong(matcher.group(2).replaceAll("[x/]", ""));
        int width = matcher.group(3) == null ? FULL : Integer.parseInt(matcher.group(3));
        return Optional.of(width).filter(given -> given <= FULL).map(given -> new Tile(level, number, given)).filter(tile -> tile.path().equals(path));
    }
}
