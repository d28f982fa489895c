package org.kopuro.documents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestDatabase;

/** An upload is stored, and read again. */
class KeepingDocumentsIT {

    private static final int PART = 262_144;
    private static final int MEGABYTE = 1024 * 1024;

    private final TestApplication application = new TestApplication("TEST", Scene.NOON);

    @ParameterizedTest
    @ValueSource(ints = {1, PART - 1, PART, PART + 1, 3 * PART, 20 * MEGABYTE})
    void comesBackOctetByOctet(int size) {
        byte[] content = text(size);
        DocumentView stored = store("note.txt", content);
        assertArrayEquals(content, read(stored.id()));
        assertEquals(List.of(Integer.toString((size + PART - 1) / PART)), Rows.of("select count(*) from documents.part where document_id = ?", stored.id()));
    }

    @Test
    void keepsWhatIsKnownOfIt() {
        DocumentView stored = store("Лицензия.pdf", SampleFiles.pdf());
        assertEquals(stored, application.with(Documents.class, documents -> documents.find(stored.id())).orElseThrow());
        assertEquals("Лицензия.pdf", stored.fileName());
        assertEquals(DocumentType.PDF, stored.type());
        assertEquals(SampleFiles.pdf().length, stored.size());
        assertEquals(Scene.NOON, stored.uploadedAt());
        assertEquals("system", stored.uploadedBy());
        assertEquals(List.of("t"), Rows.of("select encode(sha256(octets), 'hex') = ? from documents.part where document_id = ?", stored.sha256(), stored.id()));
    }

    /** The database holds the list of types as well; a type that only one of them knows would be found here. */
    @ParameterizedTest
    @EnumSource
    void canBeOfAnyType(DocumentType type) {
        byte[] content = switch (type) {
            case PDF -> SampleFiles.pdf();
            case PNG -> SampleFiles.image("png");
            case JPEG -> SampleFiles.image("jpg");
            case DOCX -> SampleFiles.zip(SampleFiles.wordParts());
            case XLSX -> SampleFiles.zip(SampleFiles.excelParts());
            case TEXT -> text(10);
            case XML -> SampleFiles.octets("<a/>");
            case SIGNATURE -> SampleFiles.signature(false);
            case SIGNED_TEXT -> SampleFiles.signature(true);
            case SIGNED_DOCUMENT -> SampleFiles.signature(SampleFiles.pdf());
        };
        assertEquals(type, store("a." + type.extensions().get(0), content).type());
    }

    @Test
    void isFoundByNobodyElsesId() {
        assertEquals(Optional.empty(), application.with(Documents.class, documents -> documents.find(UUID.randomUUID())));
        assertEquals(InputRefusal.NOT_FOUND, assertThrows(Refusal.class, () -> read(UUID.randomUUID())).code());
    }

    /** Neither on the way in nor on the way out does the heap ever hold a whole file. */
    @Test
    void isNeverWholeInMemory() throws IOException, InterruptedException {
        byte[] large = text(20 * MEGABYTE);
        store("warm.txt", text(3 * PART));
        HeapWatch watch = new HeapWatch();
        watch.start();
        UUID id = store("large.txt", large).id();
        try (DocumentContent content = application.with(Documents.class, documents -> documents.open(id))) {
            content.writeTo(OutputStream.nullOutputStream());
        }
        long most = watch.stopped();
        assertTrue(most < 10 * MEGABYTE, () -> most + " octets");
    }

    /** Collects now and then (over and over would leave no time to the work), and remembers the most that was in use after a collection, beyond what was in use at first. */
    private static final class HeapWatch extends Thread {
        private final long before = used();
        private volatile boolean over;
        private long most;

        @Override
        public void run() {
            while (!over) {
                most = Math.max(most, used() - before);
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }

        long stopped() throws InterruptedException {
            over = true;
            join();
            return most;
        }

        private static long used() {
            System.gc();
            return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        }
    }

    @Test
    void isStoredByManyAtOnceWithoutSharingAnything() throws InterruptedException, ExecutionException {
        int people = 8;
        byte[] content = text(2 * MEGABYTE + 17);
        CyclicBarrier together = new CyclicBarrier(people);
        ExecutorService threads = Executors.newFixedThreadPool(people);
        try {
            List<Future<DocumentView>> stores = new ArrayList<>();
            for (int i = 0; i < people; i++) {
                stores.add(threads.submit(() -> {
                    together.await();
                    return store("same.txt", content);
                }));
            }
            List<DocumentView> stored = new ArrayList<>();
            for (Future<DocumentView> store : stores) {
                stored.add(store.get());
            }
            assertEquals(people, stored.stream().map(DocumentView::id).distinct().count());
            assertEquals(1, stored.stream().map(DocumentView::sha256).distinct().count());
            asOwner("alter table documents.part disable trigger immutable; update documents.part set octets = set_byte(octets, 0, 0) where number = 0 and document_id = '"
                    + stored.get(0).id() + "'; alter table documents.part enable trigger immutable");
            assertThrows(Refusal.class, () -> read(stored.get(0).id()));
            stored.subList(1, people).forEach(document -> assertArrayEquals(content, read(document.id())));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "update documents.part set octets = set_byte(octets, 100, get_byte(octets, 100) # 1) where document_id = ID and number = 1",
        "delete from documents.part where document_id = ID and number = 2",
        "delete from documents.part where document_id = ID",
        "update documents.part set number = case number when 0 then 100 else number end where document_id = ID; update documents.part set number = 0 where number = 1 and document_id = ID;"
            + " update documents.part set number = 1 where number = 100 and document_id = ID",
        "update documents.document set sha256 = sha256('') where id = ID",
        "alter table documents.part drop constraint part_document_fk; update documents.document set size = 1 where id = ID"})
    void tellsThatItWasAlteredAndGivesNothingOut(String tampering) throws SQLException {
        DocumentView stored = store("note.txt", text(2 * PART + 100));
        try (Connection owner = TestDatabase.shared().owner().getConnection(); Statement sql = owner.createStatement()) {
            owner.setAutoCommit(false);
            sql.execute("alter table documents.part disable trigger immutable; alter table documents.document disable trigger immutable");
            sql.execute("alter table documents.part drop constraint part_length_check");
            sql.execute(tampering.replace("ID", "'" + stored.id() + "'"));
            owner.commit();
            ByteArrayOutputStream given = new ByteArrayOutputStream();
            Refusal refusal = assertThrows(Refusal.class, () -> read(stored.id(), given));
            assertEquals(DocumentRefusal.DOCUMENT_ALTERED, refusal.code());
            assertEquals(0, given.size());
        } finally {
            // What was done to the shared database is undone.
            asOwner("""
                    alter table documents.part disable trigger immutable;
                    alter table documents.document disable trigger immutable;
                    alter table documents.part drop constraint if exists part_document_fk;
                    delete from documents.part where document_id = ID;
                    delete from documents.document where id = ID;
                    alter table documents.part add constraint part_document_fk foreign key (document_id, size) references documents.document (id, size);
                    alter table documents.part drop constraint if exists part_length_check;
                    alter table documents.part add constraint part_length_check
                        check (number >= 0 and octet_length(octets) > 0 and octet_length(octets) = least(262144, size - number * 262144::bigint));
                    alter table documents.part enable trigger immutable;
                    alter table documents.document enable trigger immutable""".replace("ID", "'" + stored.id() + "'"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"update documents.document set file_name = 'a'", "delete from documents.document", "truncate documents.document cascade",
        "update documents.part set octets = ''", "delete from documents.part", "truncate documents.part"})
    void isChangedByNobody(String statement) throws SQLException {
        try (Connection connection = TestDatabase.shared().application().getConnection(); Statement sql = connection.createStatement()) {
            assertEquals("42501", assertThrows(SQLException.class, () -> sql.execute(statement)).getSQLState());
        }
        String told = assertThrows(SQLException.class, () -> asOwner(statement)).getMessage();
        assertTrue(told.contains("documents are immutable"), told);
    }

    /** A whole document has 262145 octets: one full part, and one of one octet. */
    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "insert into documents.part values (ID, 0, 262145, FULL)",
        "insert into documents.part values (ID, 1, 262145, '\\x00')",
        "insert into documents.part values (ID, 0, 262145, FULL), (ID, 1, 262145, '\\x0000')",
        "insert into documents.part values (ID, 0, 262145, FULL), (ID, 1, 262145, '')",
        "insert into documents.part values (ID, 0, 262145, FULL), (ID, 2, 262145, '\\x00')",
        "insert into documents.part values (ID, 0, 262145, FULL), (ID, 1, 262146, '\\x0000')",
        "insert into documents.part values (ID, 0, 262145, FULL), (ID, 1, 262145, '\\x00'), (ID, 2, 262145, '\\x00')",
        "insert into documents.part values (ID, 0, 262145, FULL), (ID, 1, 262145, '\\x00'), (ID, -1, 262145, FULL)"})
    void isThereAsAWholeOrNotAtAll(String parts) throws SQLException {
        UUID id = UUID.randomUUID();
        try (Connection connection = TestDatabase.shared().application().getConnection()) {
            connection.setAutoCommit(false);
            assertEquals("23", assertThrows(SQLException.class, () -> writePastTheRules(connection, id, parts)).getSQLState().substring(0, 2));
            connection.rollback();
            writePastTheRules(connection, id, "insert into documents.part values (ID, 0, 262145, FULL), (ID, 1, 262145, '\\x00')");
            // What is whole gets no more.
            assertEquals("23", assertThrows(SQLException.class, () -> writePastTheRules(connection, null, "insert into documents.part values (ID, 2, 262145, '\\x00')"
                    .replace("ID", "'" + id + "'"))).getSQLState().substring(0, 2));
        }
    }

    private static void writePastTheRules(Connection connection, UUID id, String parts) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            if (id != null) {
                sql.execute("insert into documents.document values ('" + id + "', 'a.txt', 'text/plain', 262145, sha256(''), now(), 'system')");
            }
            sql.execute(parts.replace("ID", "'" + id + "'").replace("FULL", "decode(repeat('00', 262144), 'hex')"));
            connection.commit();
        }
    }

    /** Whoever refers to a document stores it in the same transaction: both are there or neither. */
    @Test
    void goesWithTheTransactionThatStoresIt() throws IOException {
        List<UUID> ids = new ArrayList<>();
        try (Upload upload = upload("note.txt", text(PART + 1))) {
            assertThrows(IllegalStateException.class, () -> application.run(Documents.class, documents -> {
                ids.add(documents.store(upload, "system").id());
                throw new IllegalStateException("the request was not accepted");
            }));
            assertEquals(List.of("0"), Rows.of("select count(*) from documents.part where document_id = ?", ids.get(0)));
            // The same upload is still there, for another attempt.
            DocumentView second = application.with(Documents.class, documents -> documents.store(upload, "system"));
            assertNotEquals(ids.get(0), second.id());
            assertArrayEquals(text(PART + 1), read(second.id()));
        }
    }

    @Test
    void leavesNothingWhenItIsRefusedOrCutOff() {
        String before = Rows.of("select count(*) from documents.document").get(0);
        assertThrows(Refusal.class, () -> store("a.pdf", text(100)));
        assertThrows(UncheckedIOException.class, () -> {
            try (Upload upload = Upload.receive("a.txt", new InputStream() {
                private int left = PART;

                @Override
                public int read() throws IOException {
                    if (left-- <= 0) {
                        throw new IOException("Connection reset");
                    }
                    return 'a';
                }
            }, DocumentLimits.USUAL)) {
                application.with(Documents.class, documents -> documents.store(upload, "system"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertEquals(before, Rows.of("select count(*) from documents.document").get(0));
    }

    private DocumentView store(String name, byte[] content) {
        try (Upload upload = upload(name, content)) {
            return application.with(Documents.class, documents -> documents.store(upload, "system"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Upload upload(String name, byte[] content) throws IOException {
        return Upload.receive(name, new ByteArrayInputStream(content), name.endsWith(".pdf.p7m") ? DocumentLimits.SIGNED_STATEMENT : name.endsWith(".p7m") ? DocumentLimits.SIGNED_TEXT : DocumentLimits.USUAL);
    }

    private byte[] read(UUID id) {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        read(id, target);
        return target.toByteArray();
    }

    private void read(UUID id, OutputStream target) {
        try (DocumentContent content = application.with(Documents.class, documents -> documents.open(id))) {
            content.writeTo(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] text(int size) {
        byte[] text = new byte[size];
        Random random = new Random(size);
        for (int i = 0; i < size; i++) {
            text[i] = (byte) ('a' + random.nextInt(26));
        }
        return text;
    }

    private static void asOwner(String statement) throws SQLException {
        try (Connection owner = TestDatabase.shared().owner().getConnection(); Statement sql = owner.createStatement()) {
            sql.execute(statement);
        }
    }
}
