package org.kopuro.consent.forms.batches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.access.AccessRefusal;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.consent.UsageFilter;
import org.kopuro.consent.UsageLog;
import org.kopuro.consent.UsageView;
import org.kopuro.consent.forms.FormVersions;
import org.kopuro.consent.forms.NewForm;
import org.kopuro.documents.DocumentRefusal;
import org.kopuro.documents.Upload;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;
import org.kopuro.ledger.Receipts;
import org.kopuro.participants.ParticipantId;
import org.kopuro.testing.Rows;
import org.kopuro.testing.Scene;
import org.kopuro.testing.TestApplication;
import org.kopuro.testing.TestIssuer;

/** Many forms in one archive: CON-93, CON-94. */
class SendingABatchIT {

    private static final String HEAD = String.join(",", BatchList.COLUMNS) + "\r\n";

    private final Scene scene = new Scene(Contour.TEST, new TestApplication("TEST,PRODUCTION", Scene.NOON, Map.of("kopuro.consent.issuers", TestIssuer.FOLDER.toString())));
    private final BatchSender sender = new BatchSender(scene.participant.id(), scene.subsystem.id(), Contour.TEST, Actor.of(UUID.randomUUID(), "PARTICIPANT"));
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final StringBuilder list = new StringBuilder(HEAD);
    private int interruptAt = Integer.MAX_VALUE;
    private int suspendedAt = Integer.MAX_VALUE;
    private int limitedAt = Integer.MAX_VALUE;

    SendingABatchIT() {
        scene.application.run(FormVersions.class, versions -> versions.name(scene.participant.id(), Contour.TEST, Optional.of(Scene.PROCEDURE), "1", Map.of(Language.EN, "0".repeat(64)),
                Scene.OFFICIAL));
    }

    @Test
    void goodRowsAreRegisteredThoughOthersFailAndEachHasAResult() {
        byte[] signed = anXml();
        byte[] signature = TestIssuer.cms(signed, false, TestIssuer.TRUSTED.issue("SERIALNUMBER=" + scene.inn.digits() + ",CN=A"));
        row("A-1", scene.inn.digits(), "Сыноо", "headcount", "HANDWRITTEN", file("1.xml", anXml()), "");
        row("A-2", "23002198899999", "Сыноо", "headcount", "HANDWRITTEN", file("2.xml", anXml()), "");
        row("A-3", scene.inn.digits(), "Else", "headcount", "HANDWRITTEN", file("3.xml", anXml()), "");
        row("A-4", scene.inn.digits(), "Сыноо", "tpDataByINN", "HANDWRITTEN", file("4.xml", anXml()), "");
        row("A-5", scene.inn.digits(), "Сыноо", "headcount  taxpayerDataByInn", "CMS_DETACHED", file("5.xml", signed), file("5.p7s", signature));
        row("A-6", scene.inn.digits(), "Сыноо", "headcount", "CMS_DETACHED", file("6.xml", anXml()), file("6.p7s", TestIssuer.cms(anXml(), false,
                TestIssuer.TRUSTED.issue("SERIALNUMBER=" + scene.inn.digits() + ",CN=A"))));
        row("A-7", scene.inn.digits(), "Сыноо", "headcount", "HANDWRITTEN", "not-there.xml", "");
        row("A-1", scene.inn.digits(), "Сыноо", "headcount", "HANDWRITTEN", file("8.xml", anXml()), "");
        line("A-9", "123", "Сыноо", "", "", "", "headcount", "2026-03-01", "", "1", "HANDWRITTEN", "", "0".repeat(64), "");
        row("A-10", scene.inn.digits(), "Сыноо", "headcount", "HANDWRITTEN", file("10.xml", "<!DOCTYPE a><a/>".getBytes(StandardCharsets.UTF_8)), "");
        row("A-11", scene.inn.digits(), "Сыноо", "headcount", "HANDWRITTEN", file("11.exe", anXml()), "");
        BatchReport report = send();
        assertEquals(List.of("1 A-1 REGISTERED", "2 A-2 TAXPAYER_NOT_FOUND", "3 A-3 NAME_MISMATCH", "4 A-4 SERVICE_NOT_IN_AGREEMENT", "5 A-5 REGISTERED", "6 A-6 SIGNATURE_INVALID SIGNATURE_WRONG",
                "7 A-7 DOCUMENT_MISSING", "8 A-1 ALREADY_REGISTERED", "9 A-9 REFUSED INN_LENGTH taxpayerInn", "10 A-10 REFUSED DOCUMENT_XML_DTD file", "11 A-11 REFUSED DOCUMENT_EXTENSION_DIFFERS file"),
                told(report));
        assertEquals(report.results().get(0).form(), report.results().get(7).form(), "what the repetition repeats");
        assertEquals(List.of("2"), Rows.of("select count(*) from consent.form_consent where participant_id = ? and state = 'REGISTERED'", scene.participant.id().value()));
        assertEquals(List.of("1"), Rows.of("select count(*) from ledger.entry where record_id = ? and content::json ->> 'type' = 'consent.form_batch_received'", report.id()));
    }

    @Test
    void theSameArchiveSentAgainHasTheSameAnswerWhateverHasHappenedSince() {
        row("B-1", scene.inn.digits(), "Сыноо", "headcount", "HANDWRITTEN", file("1.xml", anXml()), "");
        row("B-2", scene.inn.digits(), "Сыноо", "headcount", "HANDWRITTEN", "not-there.xml", "");
        byte[] archive = archive();
        BatchReport first = send(archive);
        scene.apply(ConnectionEvent.SUSPEND);
        assertEquals(first, send(archive));
        assertEquals(first, scene.application.with(BatchRows.class, rows -> rows.report(first.id(), scene.participant.id(), Contour.TEST)));
        assertEquals(List.of("1"), Rows.of("select count(*) from consent.form_batch where participant_id = ?", scene.participant.id().value()));
        Scene stranger = new Scene(Contour.TEST, scene.application);
        assertRefused(InputRefusal.NOT_FOUND, () -> report(first.id(), stranger.participant.id(), Contour.TEST));
        assertRefused(InputRefusal.NOT_FOUND, () -> report(first.id(), scene.participant.id(), Contour.PRODUCTION));
    }

    @Test
    void whatWasInterruptedGoesOnWhereItStopped() {
        for (int i = 1; i <= 5; i++) {
            row("C-" + i, scene.inn.digits(), "Сыноо", "headcount", "HANDWRITTEN", file(i + ".xml", anXml()), "");
        }
        byte[] archive = archive();
        interruptAt = 3;
        assertThrows(IllegalStateException.class, () -> send(archive));
        UUID batch = UUID.fromString(Rows.of("select id from consent.form_batch where participant_id = ?", scene.participant.id().value()).get(0));
        assertEquals(2, report(batch, scene.participant.id(), Contour.TEST).results().size());
        interruptAt = Integer.MAX_VALUE;
        BatchReport report = send(archive);
        assertEquals(batch, report.id());
        assertTrue(report.results().stream().allMatch(row -> row.result().equals("REGISTERED")), () -> told(report).toString());
        assertEquals(List.of("5"), Rows.of("select count(*) from consent.form_consent where participant_id = ?", scene.participant.id().value()));
    }

    /** It is no row's result: the rows would keep it after the suspension. */
    @Test
    void whatStopsTheParticipantStopsTheBatch() {
        row("D-1", scene.inn.digits(), "Сыноо", "headcount", "HANDWRITTEN", file("1.xml", anXml()), "");
        byte[] archive = archive();
        scene.apply(ConnectionEvent.SUSPEND);
        assertRefused(AccessRefusal.PARTICIPANT_SUSPENDED, () -> send(archive));
        scene.apply(ConnectionEvent.RESTORE);
        assertEquals(List.of("1 D-1 REGISTERED"), told(send(archive)));
    }

    /** As where its services are under a procedure, and the others' are not. */
    @Test
    void whatStopsOneRowStopsNoOtherAndIsTriedAgainWhenTheArchiveComesAgain() {
        for (int i = 1; i <= 3; i++) {
            row("L-" + i, scene.inn.digits(), "Сыноо", "headcount", "HANDWRITTEN", file(i + ".xml", anXml()), "");
        }
        byte[] archive = archive();
        suspendedAt = 2;
        BatchReport report = send(archive);
        assertEquals(List.of("1 L-1 REGISTERED", "2 L-2 REFUSED PARTICIPANT_SUSPENDED services", "3 L-3 REGISTERED"), told(report));
        assertEquals(List.of("1 L-1 REGISTERED", "3 L-3 REGISTERED"), told(report(report.id(), scene.participant.id(), Contour.TEST)));
        suspendedAt = Integer.MAX_VALUE;
        assertEquals(List.of("1 L-1 REGISTERED", "2 L-2 REGISTERED", "3 L-3 REGISTERED"), told(send(archive)));
    }

    @Test
    void aLimitThatIsReachedStopsTheBatchWhereItIs() {
        for (int i = 1; i <= 3; i++) {
            row("M-" + i, scene.inn.digits(), "Сыноо", "headcount", "HANDWRITTEN", file(i + ".xml", anXml()), "");
        }
        byte[] archive = archive();
        limitedAt = 2;
        assertRefused(AccessRefusal.RATE_LIMITED, () -> send(archive));
        assertEquals(List.of("1"), Rows.of("select count(*) from consent.form_consent where participant_id = ?", scene.participant.id().value()));
    }

    /** As by a call: whoever tries numbers and names out is seen by those persons. */
    @Test
    void aRejectedRowLeavesALineInTheLogOfTheTaxpayerWhomItNamed() {
        row("N-1", scene.inn.digits(), "Else", "headcount", "HANDWRITTEN", file("1.xml", anXml()), "");
        row("N-2", scene.inn.digits(), "Сыноо", "headcount", "HANDWRITTEN", file("2.xml", anXml()), "");
        byte[] archive = archive();
        send(archive);
        send(archive);
        List<UsageView> mine = scene.application.with(UsageLog.class, log -> log.of(scene.taxpayer(), UsageFilter.EVERYTHING, Optional.empty(), 10));
        assertEquals(List.of("NAME_MISMATCH transferForm app 0"), mine.stream().map(use -> use.outcome() + " " + use.service() + " " + use.subsystem() + " " + use.records()).toList(), "once");
        assertEquals(true, scene.application.with(Receipts.class, receipts -> receipts.tells(receipts.entry(mine.get(0).occurrence(), Contour.TEST), "subject", scene.inn.digits())));
    }

    /** U+0000 is a character, and stands in no text of the database. */
    @Test
    void aNumberThatNoDatabaseKeepsIsRefusedAsAnyOther() {
        row("O\0-1", scene.inn.digits(), "Сыноо", "headcount", "HANDWRITTEN", file("1.xml", anXml()), "");
        row("O-2", scene.inn.digits(), "Сыноо", "headcount", "HANDWRITTEN", file("2.xml", anXml()), "");
        assertEquals(List.of("1 O -1 REFUSED FIELD_INVALID number", "2 O-2 REGISTERED"), told(send()));
    }

    @Test
    void anArchiveWhoseListCannotBeReadIsRefusedWhole() {
        for (String unreadable : List.of("", HEAD, "number\r\nA\r\n", HEAD + "a,b\r\n", HEAD + "\"a,b\r\n", HEAD.toUpperCase(java.util.Locale.ROOT) + "a\r\n", HEAD + "x".repeat(5000) + ",,,,,,,,,,,,,\r\n",
                HEAD + "x".repeat(40_000) + ",,,,,,,,,,,,,\r\n")) {
            files.put(BatchList.NAME, unreadable.getBytes(StandardCharsets.UTF_8));
            assertRefused(BatchRefusal.BATCH_LIST_UNREADABLE, () -> send(zip(files)));
        }
        files.put(BatchList.NAME, (HEAD + "Сыноо").getBytes(java.nio.charset.Charset.forName("windows-1251")));
        assertRefused(BatchRefusal.BATCH_LIST_UNREADABLE, () -> send(zip(files)));
        assertRefused(BatchRefusal.BATCH_LIST_UNREADABLE, () -> send(zip(Map.of("1.xml", anXml()))));
        assertEquals(List.of("0"), Rows.of("select count(*) from consent.form_batch where participant_id = ?", scene.participant.id().value()));
    }

    @Test
    void aListMayBeginWithAByteOrderMark() {
        row("E-1", scene.inn.digits(), "Сыноо", "headcount", "HANDWRITTEN", file("1.xml", anXml()), "");
        list.insert(0, '\uFEFF');
        assertEquals(List.of("1 E-1 REGISTERED"), told(send()));
    }

    @Test
    void filesBelongToOneRowEach() {
        row("F-1", scene.inn.digits(), "Сыноо", "headcount", "HANDWRITTEN", file("1.xml", anXml()), "");
        row("F-2", scene.inn.digits(), "Сыноо", "headcount", "HANDWRITTEN", "1.xml", "");
        assertRefused(BatchRefusal.BATCH_FILE_NAMED_TWICE, this::send);
        list.setLength(HEAD.length());
        row("F-1", scene.inn.digits(), "Сыноо", "headcount", "HANDWRITTEN", "1.xml", "");
        file("2.xml", anXml());
        assertRefused(BatchRefusal.BATCH_FILE_NAMED_BY_NONE, this::send);
        list.setLength(HEAD.length());
        row("F-1", scene.inn.digits(), "Сыноо", "headcount", "HANDWRITTEN", BatchList.NAME, "");
        files.keySet().retainAll(List.of());
        assertRefused(BatchRefusal.BATCH_FILE_NAMED_TWICE, this::send);
    }

    @Test
    void thereAreLimitsAndTheyAreData() {
        IntStream.rangeClosed(1, 3).forEach(i -> row("G-" + i, scene.inn.digits(), "Сыноо", "headcount", "HANDWRITTEN", "not-there-" + i + ".xml", ""));
        Rows.change("update consent.batch_limit set rows_max = 2");
        try {
            assertRefused(BatchRefusal.BATCH_ROWS_TOO_MANY, this::send);
            Rows.change("update consent.batch_limit set rows_max = 10000, megabytes_max = 1, document_megabytes = 1");
            files.put("1.xml", noise(1024 * 1024));
            assertRefused(DocumentRefusal.DOCUMENT_TOO_LARGE, this::send);
            files.clear();
            list.setLength(HEAD.length());
            row("G-4", scene.inn.digits(), "Сыноо", "headcount", "HANDWRITTEN", file("4.xml", ("<a>" + " ".repeat(1024 * 1024) + "</a>").getBytes(StandardCharsets.UTF_8)), "");
            assertEquals(List.of("1 G-4 REFUSED DOCUMENT_TOO_LARGE file"), told(send()));
        } finally {
            Rows.change("update consent.batch_limit set rows_max = 10000, megabytes_max = 200, document_megabytes = 10");
        }
        assertThrows(RuntimeException.class, () -> Rows.change("update consent.batch_limit set rows_max = 10001"), "beyond what a node was tried with");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../1.xml", "/1.xml", "a/1.xml", "a\\1.xml", "\u00e9.xml", "..", "a\n.xml"})
    void namesThatAreMoreThanNamesAreRefused(String name) {
        row("H-1", scene.inn.digits(), "Сыноо", "headcount", "HANDWRITTEN", file("1.xml", anXml()), "");
        file(name, anXml());
        assertRefused(DocumentRefusal.DOCUMENT_DAMAGED, this::send);
    }

    @Test
    void namesThatDifferInCaseAloneAreTheSame() {
        file("1.xml", anXml());
        file("1.XML", anXml());
        assertRefused(DocumentRefusal.DOCUMENT_DAMAGED, this::send);
    }

    /** The same name in the directory twice: one program reads the first, another the last. */
    @Test
    void aSecondEntryOfTheSameNameIsRefused() {
        file("1.xml", anXml());
        file("2.xml", anXml());
        byte[] archive = archive();
        for (int i = 0; i < archive.length - 5; i++) {
            if (new String(archive, i, 5, StandardCharsets.US_ASCII).equals("2.xml")) {
                archive[i] = '1';
            }
        }
        assertRefused(DocumentRefusal.DOCUMENT_DAMAGED, () -> send(archive));
    }

    @Test
    void anEncryptedEntryIsRefused() {
        file("1.xml", anXml());
        byte[] archive = archive();
        flag(archive);
        assertRefused(DocumentRefusal.DOCUMENT_ENCRYPTED, () -> send(archive));
    }

    @Test
    void whatGrowsTooFarIsRefusedBeforeAnythingIsTransferred() {
        row("I-1", scene.inn.digits(), "Сыноо", "headcount", "HANDWRITTEN", file("1.xml", anXml()), "");
        row("I-2", scene.inn.digits(), "Сыноо", "headcount", "HANDWRITTEN", file("2.xml", new byte[6 * 1024 * 1024]), "");
        Rows.change("update consent.batch_limit set megabytes_max = 1");
        try {
            assertRefused(DocumentRefusal.DOCUMENT_EXPANDS_TOO_FAR, this::send);
        } finally {
            Rows.change("update consent.batch_limit set megabytes_max = 200");
        }
        assertEquals(List.of("1 I-1 REGISTERED", "2 I-2 REFUSED DOCUMENT_EXPANDS_TOO_FAR file"), told(send()), "a thousandfold, in a batch that is large enough");
    }

    @Test
    void anEntryThatSaysOfItselfThatItIsSmallIsFoundOut() {
        row("J-1", scene.inn.digits(), "Сыноо", "headcount", "HANDWRITTEN", file("1.xml", anXml()), "");
        byte[] archive = archive();
        damage(archive);
        assertEquals(List.of("1 J-1 REFUSED DOCUMENT_DAMAGED file"), told(send(archive)));
    }

    @Test
    void whatIsNoArchiveIsRefused() {
        assertRefused(DocumentRefusal.DOCUMENT_EMPTY, () -> send(new byte[0]));
        assertRefused(DocumentRefusal.DOCUMENT_DAMAGED, () -> send("hello".getBytes(StandardCharsets.UTF_8)));
        row("K-1", scene.inn.digits(), "Сыноо", "headcount", "HANDWRITTEN", file("1.xml", anXml()), "");
        byte[] whole = archive();
        assertRefused(DocumentRefusal.DOCUMENT_DAMAGED, () -> send(Arrays.copyOf(whole, whole.length - 1)));
        assertRefused(DocumentRefusal.DOCUMENT_DAMAGED, () -> send(Arrays.copyOf(whole, whole.length + 1)));
    }

    private String file(String name, byte[] content) {
        files.put(name, content);
        return name;
    }

    private void row(String number, String inn, String name, String services, String signing, String file, String signature) {
        byte[] content = files.getOrDefault(file, new byte[0]);
        line(number, inn, name, "", "", "", services, scene.today().toString(), "", "1", signing, file, sha256(content), signature);
    }

    private void line(String... fields) {
        list.append(String.join(",", fields)).append("\r\n");
    }

    private byte[] archive() {
        Map<String, byte[]> all = new LinkedHashMap<>(files);
        all.put(BatchList.NAME, list.toString().getBytes(StandardCharsets.UTF_8));
        return zip(all);
    }

    private BatchReport send() {
        return send(archive());
    }

    private BatchReport send(byte[] archive) {
        try {
            return new Batches(new Committing()).transfer(sender, new ByteArrayInputStream(archive));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BatchReport report(UUID batch, ParticipantId participant, Contour contour) {
        return new Batches(new Committing()).report(batch, participant, contour);
    }

    private static List<String> told(BatchReport report) {
        return report.results().stream().map(row -> Stream.of(Optional.of(row.number() + " " + row.ownNumber() + " " + row.result()), row.problem(), row.field().filter(field -> row.form().isEmpty()))
                .flatMap(Optional::stream).reduce((left, right) -> left + " " + right).orElseThrow()).toList();
    }

    private static byte[] anXml() {
        return ("<consent>" + UUID.randomUUID() + "</consent>").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new java.util.Random(7).nextBytes(noise);
        return noise;
    }

    private static byte[] zip(Map<String, byte[]> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> one : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(one.getKey());
                zip.putNextEntry(entry);
                zip.write(one.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The flag of an encrypted entry, in each entry and in the directory. */
    private static void flag(byte[] archive) {
        for (int i = 0; i < archive.length - 30; i++) {
            if (archive[i] == 'P' && archive[i + 1] == 'K' && archive[i + 2] == 3 && archive[i + 3] == 4) {
                archive[i + 6] |= 1;
            } else if (archive[i] == 'P' && archive[i + 1] == 'K' && archive[i + 2] == 1 && archive[i + 3] == 2) {
                archive[i + 8] |= 1;
            }
        }
    }

    /** The sum of the first entry, where the directory says it and where it follows the data. */
    private static void damage(byte[] archive) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < archive.length - 30; i++) {
            if (archive[i] == 'P' && archive[i + 1] == 'K' && archive[i + 2] == 1 && archive[i + 3] == 2) {
                found.add(i + 16);
                break;
            }
        }
        found.forEach(at -> archive[at] ^= 1);
        assertFalse(found.isEmpty());
    }

    private static String sha256(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertRefused(RefusalCode code, Runnable work) {
        assertEquals(code, assertThrows(Refusal.class, work::run).code());
    }

    /** Each step in a transaction of its own, as the container has it. */
    private final class Committing extends BatchRows {

        @Override
        public BatchLimits limits() {
            return scene.application.with(BatchRows.class, BatchRows::limits);
        }

        @Override
        public UUID receive(BatchSender by, String sha256, int rows) {
            return scene.application.with(BatchRows.class, bean -> bean.receive(by, sha256, rows));
        }

        @Override
        public Set<Integer> done(UUID batch) {
            return scene.application.with(BatchRows.class, bean -> bean.done(batch));
        }

        @Override
        public void transfer(UUID batch, BatchSender by, BatchLine line, NewForm form, Optional<Upload> file, Optional<Upload> signature) {
            if (line.number() == interruptAt) {
                throw new IllegalStateException("The node has gone.");
            }
            if (line.number() == suspendedAt) {
                throw Refusal.of(AccessRefusal.PARTICIPANT_SUSPENDED, "services");
            }
            if (line.number() == limitedAt) {
                throw Refusal.of(AccessRefusal.RATE_LIMITED, "limit.callsPerHour");
            }
            scene.application.run(BatchRows.class, bean -> bean.transfer(batch, by, line, form, file, signature));
        }

        @Override
        public void refuse(UUID batch, BatchSender by, BatchLine line, Refusal refusal) {
            scene.application.run(BatchRows.class, bean -> bean.refuse(batch, by, line, refusal));
        }

        @Override
        public BatchReport report(UUID batch, ParticipantId participant, Contour contour) {
            return scene.application.with(BatchRows.class, bean -> bean.report(batch, participant, contour));
        }
    }
}
