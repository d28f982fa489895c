package org.kopuro.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.kopuro.ledger.proof.Checkpoint;
import org.kopuro.ledger.proof.ConsistencyProof;
import org.kopuro.ledger.proof.Edge;
import org.kopuro.ledger.proof.EntryBundle;
import org.kopuro.ledger.proof.Hash;
import org.kopuro.ledger.proof.NoteSigner;
import org.kopuro.ledger.proof.Receipt;
import org.kopuro.ledger.proof.SignedNote;
import org.kopuro.ledger.proof.Tile;
import org.kopuro.ledger.proof.Tiles;
import org.kopuro.ledger.proof.Unproven;
import org.kopuro.ledger.proof.VerifierKey;

/** A ledger made for a test: entries, and whatever a ledger publishes of them. */
public final class TestLedger {

    public static final Instant BEGIN = Instant.parse("2026-11-22T06:00:00Z");
    public static final byte[] OPENING_KEY = "one key for one field of a entry".getBytes(StandardCharsets.US_ASCII);
    public static final String INN = "23002199000001";

    private final NoteSigner signer;
    private final List<String> entries;
    private final Map<Tile, byte[]> tiles = new HashMap<>();
    private final Edge edge = new Edge();

    private TestLedger(NoteSigner signer, List<String> entries) {
        this.signer = signer;
        this.entries = List.copyOf(entries);
        entries.forEach(entry -> edge.append(Hash.ofLeaf(entry), tiles::put));
        for (int level = 0; edge.tile(level).length > 0 || Tile.hashes(level, entries.size()) > 0; level++) {
            byte[] last = edge.tile(level);
            if (last.length > 0) {
                tiles.put(new Tile(level, Tile.hashes(level, entries.size()) / Tile.FULL, last.length / Hash.LENGTH), last);
            }
        }
    }

    public static TestLedger of(NoteSigner signer, List<String> entries) {
        return new TestLedger(signer, entries);
    }

    public static TestLedger of(NoteSigner signer, int size) {
        return new TestLedger(signer, entries(size));
    }

    public static List<String> entries(int size) {
        return new ArrayList<>(IntStream.range(0, size).mapToObj(i -> entry(i, BEGIN.plusSeconds(i))).toList());
    }

    public static String entry(int number, Instant at) {
        return ("{\"at\":\"%s\",\"contour\":\"TEST\",\"data\":{\"service\":\"tpDataByINN\",\"subject\":\"%s\"},\"id\":\"%s\",\"record\":{\"id\":\"row-%d\",\"kind\":\"usage\"},"
                + "\"type\":\"exchange.call\",\"version\":1}").formatted(at, Receipt.Opening.hidden(OPENING_KEY, INN), id(number), number);
    }

    public static String id(int number) {
        return UUID.nameUUIDFromBytes(("entry " + number).getBytes(StandardCharsets.US_ASCII)).toString();
    }

    public static NoteSigner signer(String name, VerifierKey.Kind kind) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new NoteSigner(VerifierKey.of(name, kind, pair.getPublic()), pair.getPrivate());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public int size() {
        return entries.size();
    }

    public Hash root() {
        return edge.root();
    }

    public String text() {
        return new Checkpoint(signer.verifier().name(), size(), root()).text();
    }

    public SignedNote note() {
        return new SignedNote(text(), List.of(signer.sign(text())));
    }

    private Tiles read() {
        return new Tiles(tiles::get, size());
    }

    public ConsistencyProof growthFrom(int earlier) {
        try {
            return read().consistency(earlier, size());
        } catch (Unproven e) {
            throw new IllegalStateException(e);
        }
    }

    public Receipt receipt(int index, SignedNote.Signature... cosignatures) {
        try {
            return new Receipt(entries.get(index), index, read().inclusion(index, size()).path(), note().with(List.of(cosignatures)).format(),
                    Map.of("subject", Receipt.Opening.of(OPENING_KEY, INN)));
        } catch (Unproven e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes what is published, over what is there; an earlier, smaller state stays as a mirror keeps it. */
    public TestLedger write(Path folder) {
        tiles.forEach((tile, hashes) -> write(folder, "tile/" + tile.path(), hashes));
        for (long number = 0; number * Tile.FULL < size(); number++) {
            int from = (int) number * Tile.FULL;
            List<byte[]> bundle = entries.subList(from, Math.min(from + Tile.FULL, size())).stream().map(entry -> entry.getBytes(StandardCharsets.UTF_8)).toList();
            write(folder, "tile/" + new Tile(Tile.ENTRIES, number, bundle.size()).path(), EntryBundle.format(bundle));
        }
        write(folder, "checkpoint", note().format().getBytes(StandardCharsets.UTF_8));
        write(folder, "checkpoints/" + size(), note().format().getBytes(StandardCharsets.UTF_8));
        write(folder, "keys", (signer.verifier() + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    private static void write(Path folder, String name, byte[] octets) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What bin/verify says against something; empty where it is proven. */
    public static String refusal(List<String> words) {
        Command command = Command.run(Map.of(), Path.of("."), words);
        return command.exitCode() == 0 ? "" : command.err();
    }
}
