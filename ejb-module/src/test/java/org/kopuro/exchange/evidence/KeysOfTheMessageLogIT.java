package org.kopuro.exchange.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kopuro.accounts.SignedIn;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Refusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.TestApplication;

/** Nodes that share a database and, if the operator does right, a folder of keys. */
class KeysOfTheMessageLogIT {

    private static final Instant NOW = Clock.systemUTC().instant();
    private static final SignedIn AUDITOR = RecordedCall.anAuditor(Contour.TEST);
    /** Of these tests alone, so that they spoil no key of others. */
    private static final short NUMBER = 7001;

    @TempDir
    private Path folder;

    @BeforeEach
    void theOtherTestsKeysAreHere() throws IOException {
        application(TestApplication.KEYS).run(MessageKeyCheck.class, MessageKeyCheck::check);
        copyAll(TestApplication.KEYS, folder);
        newKey(NUMBER);
    }

    @AfterEach
    void nobodyNeedsTheseKeysAnyMore() {
        Rows.of("with gone as (update exchange.message set request = null, answer = null where key_number > 7000 returning 1) select count(*) from gone");
        Rows.of("with gone as (update exchange.message set key_number = null where key_number > 7000 returning 1) select count(*) from gone");
        Rows.of("with gone as (delete from exchange.message_key where number > 7000 returning 1) select count(*) from gone");
    }

    @Test
    void theFirstOfNodesThatStartAtTheSameInstantMakesTheKeyOfAll() throws Exception {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<byte[]> start = () -> new MessageKeys(shared).current().fingerprint();
            byte[] first = start.call();
            Files.delete(shared.resolve("messagelog-1"));
            List<Future<byte[]>> nodes = threads.invokeAll(java.util.Collections.nCopies(8, start));
            byte[] agreed = new MessageKeys(shared).current().fingerprint();
            assertTrue(!java.util.Arrays.equals(first, agreed));
            for (Future<byte[]> node : nodes) {
                assertArrayEquals(agreed, node.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(shared.resolve("messagelog-1")));
        try (var files = Files.list(shared)) {
            assertEquals(Set.of(shared.resolve("messagelog-1")), Set.copyOf(files.toList()));
        }
    }

    @Test
    void theHighestNumberEncryptsAndOlderOnesStillDecrypt() throws IOException {
        RecordedCall old = started().kept();
        newKey((short) (NUMBER + 1));
        RecordedCall young = started().kept();
        assertEquals(List.of("7001", "7002"), Rows.of("select key_number from exchange.message where occurrence in (?, ?) order by key_number", old.occurrence(), young.occurrence()));
        for (RecordedCall call : List.of(old, young)) {
            assertArrayEquals(call.messages().request().octets(), read(call).orThrow().request());
        }
    }

    /** The operator puts the new key into the shared folder and restarts one node after the other. */
    @Test
    void aNodeThatHasNotRestartedReadsWhatAnotherWroteUnderANewKey() throws IOException {
        MessageKeys running = new MessageKeys(folder);
        newKey((short) (NUMBER + 1));
        assertEquals(NUMBER, running.current().number());
        assertTrue(running.find((short) (NUMBER + 1)).isPresent());
        assertEquals(NUMBER, running.current().number());
        assertEquals(Optional.empty(), running.find((short) (NUMBER + 2)));
    }

    @Test
    void aNodeWithoutAKeyThatMessagesNeedDoesNotStart() throws IOException {
        RecordedCall call = started().kept();
        newKey((short) (NUMBER + 1));
        Files.delete(folder.resolve("messagelog-" + NUMBER));
        IllegalStateException refused = assertThrows(IllegalStateException.class, this::started);
        assertTrue(refused.getMessage().contains("messagelog-" + NUMBER + " is missing"), refused.getMessage());
        assertEquals(Optional.of(EvidenceRefusal.EVIDENCE_KEY_MISSING), read(call).refusal().map(Refusal::code));
    }

    @Test
    void aNodeStartsWithoutAKeyThatNoMessageNeedsAnyMore() throws IOException {
        started();
        newKey((short) (NUMBER + 1));
        Files.delete(folder.resolve("messagelog-" + NUMBER));
        assertDoesNotThrow(this::started);
    }

    @Test
    void aNodeWithAnotherKeyUnderTheSameNumberDoesNotStart() throws IOException {
        started();
        Files.delete(folder.resolve("messagelog-" + NUMBER));
        newKey(NUMBER);
        IllegalStateException refused = assertThrows(IllegalStateException.class, this::started);
        assertTrue(refused.getMessage().contains("is not the one"), refused.getMessage());
    }

    @Test
    void aKeyThatIsCutOffIsNoKey() throws IOException {
        Files.write(folder.resolve("messagelog-" + NUMBER), new byte[31]);
        assertThrows(IllegalStateException.class, () -> new MessageKeys(folder));
    }

    private RecordedCall started() {
        TestApplication node = application(folder);
        node.run(MessageKeyCheck.class, MessageKeyCheck::check);
        return RecordedCall.of(node);
    }

    private EvidenceRecords.Outcome read(RecordedCall call) {
        return application(folder).with(EvidenceRecords.class, records -> records.read(AUDITOR, call.occurrence()));
    }

    private static TestApplication application(Path keys) {
        return new TestApplication("TEST", NOW, Map.of("kopuro.keys", keys.toString()));
    }

    private void newKey(short number) throws IOException {
        byte[] secret = new byte[MessageKey.OCTETS];
        new SecureRandom().nextBytes(secret);
        Files.write(folder.resolve("messagelog-" + number), secret);
    }

    private static void copyAll(Path from, Path to) throws IOException {
        try (var files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
