package org.kopuro.ledger.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tree that is built by appending, against RFC 6962's own definition of a tree. */
class TreeTest {

    private static final int SIZE = 1100;
    private static final List<Hash> LEAVES = new ArrayList<>();
    private static final Map<Tile, byte[]> FILLED = new HashMap<>();
    private static final Edge EDGE = new Edge();

    @BeforeAll
    static void grow() {
        for (int i = 0; i < SIZE; i++) {
            LEAVES.add(Hash.ofLeaf("entry " + i));
            EDGE.append(LEAVES.get(i), FILLED::put);
            assertEquals(byDefinition(0, i + 1), EDGE.root(), "root of " + (i + 1));
        }
    }

    /** MTH of RFC 6962 §2.1, word for word. */
    private static Hash byDefinition(int from, int to) {
        if (to - from == 1) {
            return LEAVES.get(from);
        }
        int k = Integer.highestOneBit(to - from - 1);
        return Hash.ofNode(byDefinition(from, from + k), byDefinition(from + k, to));
    }

    private static Tiles tiles() {
        return new Tiles(TreeTest::read, SIZE);
    }

    private static byte[] read(Tile tile) {
        return tile.full() ? FILLED.get(tile) : Arrays.copyOf(EDGE.tile(tile.level()), tile.width() * Hash.LENGTH);
    }

    @Test
    void hasTheRootsOfTheTestVectorsInRfc6962sReferenceImplementation() {
        Edge edge = new Edge();
        List<String> leaves = List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");
        List<String> roots = List.of("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
        for (int i = 0; i < leaves.size(); i++) {
            edge.append(Hash.ofLeaf(HexFormat.of().parseHex(leaves.get(i))), (tile, hashes) -> { });
            assertEquals(roots.get(i), HexFormat.of().formatHex(edge.root().octets()));
        }
        assertEquals("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", HexFormat.of().formatHex(Hash.EMPTY_TREE.octets()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 255, 256, 257, 511, 512, 777, 1024, 1099, 1100})
    void provesEveryLeafOfEverySize(int size) throws Unproven {
        Hash root = byDefinition(0, size);
        assertEquals(root, tiles().root(size));
        for (int next = 0; next < size; next += 1 + next / 7) {
            int index = next;
            InclusionProof proof = tiles().inclusion(index, size);
            proof.verify(LEAVES.get(index), root);
            int other = (index + 1) % size;
            if (other != index) {
                assertThrows(Unproven.class, () -> proof.verify(LEAVES.get(other), root));
                assertThrows(Unproven.class, () -> new InclusionProof(other, size, proof.path()).verify(LEAVES.get(index), root));
            }
            assertThrows(Unproven.class, () -> new InclusionProof(index, size, plus(proof.path())).verify(LEAVES.get(index), root));
            if (size > 1) {
                assertThrows(Unproven.class, () -> new InclusionProof(index, size, proof.path().subList(1, proof.path().size())).verify(LEAVES.get(index), root));
            }
        }
        assertThrows(Unproven.class, () -> new InclusionProof(size, size, List.of()).verify(root, root));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 255, 256, 257, 512, 1000, 1100})
    void provesThatItContinuesEveryEarlierTree(int size) throws Unproven {
        Hash later = byDefinition(0, size);
        for (int from = 1; from <= size; from += 1 + from / 9) {
            Hash earlier = byDefinition(0, from);
            ConsistencyProof proof = tiles().consistency(from, size);
            proof.verify(earlier, later);
            Hash forked = Hash.ofNode(earlier, earlier);
            assertThrows(Unproven.class, () -> proof.verify(forked, later));
            assertThrows(Unproven.class, () -> proof.verify(earlier, forked));
            assertThrows(Unproven.class, () -> new ConsistencyProof(proof.from(), proof.to(), plus(proof.path())).verify(earlier, later));
            if (!proof.path().isEmpty()) {
                assertThrows(Unproven.class, () -> new ConsistencyProof(proof.from(), proof.to(), proof.path().subList(0, proof.path().size() - 1)).verify(earlier, later));
            }
        }
        tiles().consistency(0, size).verify(Hash.EMPTY_TREE, later);
        assertThrows(Unproven.class, () -> new ConsistencyProof(size + 1L, size, List.of()).verify(later, later));
    }

    @Test
    void goesOnFromItsTilesAsIfItHadNeverStopped() throws Unproven {
        for (int size : List.of(1, 255, 256, 700, 1024)) {
            Edge resumed = Edge.of(size, tile -> Arrays.copyOf(tile.full() ? FILLED.get(tile) : whole(tile), tile.width() * Hash.LENGTH));
            assertEquals(byDefinition(0, size), resumed.root());
            for (int i = size; i < SIZE; i++) {
                resumed.append(LEAVES.get(i), (tile, hashes) -> assertEquals(HexFormat.of().formatHex(FILLED.get(tile)), HexFormat.of().formatHex(hashes)));
            }
            assertEquals(EDGE.root(), resumed.root());
        }
    }

    private static byte[] whole(Tile part) {
        byte[] filled = FILLED.get(new Tile(part.level(), part.number(), Tile.FULL));
        return filled != null ? filled : EDGE.tile(part.level());
    }

    private static List<Hash> plus(List<Hash> path) {
        List<Hash> longer = new ArrayList<>(path);
        longer.add(Hash.EMPTY_TREE);
        return longer;
    }
}
