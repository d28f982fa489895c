package org.kopuro.documents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.kopuro.documents.SampleFiles.octets;
import static org.kopuro.documents.SampleFiles.received;
import static org.kopuro.documents.SampleFiles.refusalOf;
import static org.kopuro.documents.SampleFiles.zip;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kopuro.kernel.Refusal;

/** A file arrives. */
class ReceivingAnUploadTest {

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertEquals(0, files.filter(file -> file.getFileName().toString().startsWith(".kopuro-document")).count());
        }
    }

    @Test
    void isAcceptedAsWhatItsContentSays() throws IOException {
        assertEquals(DocumentType.PDF, received("licence.PDF", SampleFiles.pdf()));
        assertEquals(DocumentType.PNG, received("form.png", SampleFiles.image("png")));
        assertEquals(DocumentType.JPEG, received("form.jpg", SampleFiles.image("jpg")));
        assertEquals(DocumentType.JPEG, received("form.jpeg", SampleFiles.image("jpg")));
        assertEquals(DocumentType.DOCX, received("agreement.docx", zip(SampleFiles.wordParts())));
        assertEquals(DocumentType.XLSX, received("list.xlsx", zip(SampleFiles.excelParts())));
        assertEquals(DocumentType.TEXT, received("readme.txt", "Ырааттуу текст, русский текст\r\n\tplain".getBytes(StandardCharsets.UTF_8)));
        assertEquals(DocumentType.XML, received("report.xml", octets("<?xml version='1.0'?><report xmlns='urn:x'><a b='c'/></report>")));
        assertEquals(DocumentType.XML, received("report.xml", octets("\n<report/>")));
        assertEquals(DocumentType.SIGNATURE, received("agreement.pdf.p7s", SampleFiles.signature(false)));
        assertEquals(DocumentType.SIGNATURE, received("agreement.pdf.sig", SampleFiles.signature(false)));
        byte[] signed = SampleFiles.signature(true);
        try (Upload report = Upload.receive("report.p7m", new ByteArrayInputStream(signed), DocumentLimits.SIGNED_TEXT)) {
            assertEquals(DocumentType.SIGNED_TEXT, report.type());
            assertArrayEquals(signed, report.octets());
        }
        for (Map.Entry<String, byte[]> inside : Map.of("consent.pdf.P7M", SampleFiles.pdf(), "consent.xml.p7m", octets("<consent/>")).entrySet()) {
            try (Upload form = Upload.receive(inside.getKey(), new ByteArrayInputStream(SampleFiles.signature(inside.getValue())), DocumentLimits.SIGNED_STATEMENT)) {
                assertEquals(DocumentType.SIGNED_DOCUMENT, form.type());
            }
        }
    }

    /** Text that looks like the source of something is text where its name says so. */
    @ParameterizedTest
    @ValueSource(strings = {"% a comment", "From: a@example.kg", "/* note */", "# heading", "package a;", "{\"a\":1}", "a,b\n1,2", "1"})
    void isTextWhateverItIsAbout(String text) {
        assertEquals(DocumentType.TEXT, received("note.txt", octets(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"licence.png", "licence.docx", "licence.txt", "licence", "licence.pdf.exe", "licence.p7s", "licence.pdfx"})
    void isRefusedUnderAnExtensionThatContradictsIt(String name) {
        assertEquals(DocumentRefusal.DOCUMENT_EXTENSION_DIFFERS, refusalOf(name, SampleFiles.pdf()));
    }

    @Test
    void isRefusedAsTextWhenItIsMore() {
        assertEquals(DocumentRefusal.DOCUMENT_EXTENSION_DIFFERS, refusalOf("a.txt", octets("<?xml version='1.0'?><a/>")));
        assertEquals(DocumentRefusal.DOCUMENT_EXTENSION_DIFFERS, refusalOf("a.txt", SampleFiles.image("png")));
        assertEquals(DocumentRefusal.DOCUMENT_EXTENSION_DIFFERS, refusalOf("a.docx", zip(SampleFiles.excelParts())));
    }

    @Test
    void isRefusedAsTextThatIsNotUtf8() {
        assertEquals(DocumentRefusal.DOCUMENT_TEXT_NOT_UTF8, refusalOf("a.txt", "Заявка".getBytes(Charset.forName("windows-1251"))));
        assertEquals(DocumentRefusal.DOCUMENT_TEXT_NOT_UTF8, refusalOf("a.txt", octets("a".repeat(100_000) + "\0")));
        assertEquals(DocumentRefusal.DOCUMENT_TEXT_NOT_UTF8, refusalOf("a.txt", octets("a".repeat(100_000) + "\u001b[2J")));
        assertEquals(DocumentRefusal.DOCUMENT_TEXT_NOT_UTF8, refusalOf("a.txt", octets("a".repeat(100_000) + "\u00d0")));
    }

    @Test
    void isRefusedWhenEmpty() {
        assertEquals(DocumentRefusal.DOCUMENT_EMPTY, refusalOf("a.pdf", new byte[0]));
    }

    @Test
    void isReadOneOctetBeyondTheLimitAndNoFurther() {
        AtomicLong read = new AtomicLong();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                read.incrementAndGet();
                return 'a';
            }

            @Override
            public int read(byte[] target, int from, int length) {
                Arrays.fill(target, from, from + length, (byte) 'a');
                read.addAndGet(length);
                return length;
            }
        };
        Refusal refusal = assertThrows(Refusal.class, () -> Upload.receive("a.txt", endless, DocumentLimits.USUAL));
        assertEquals(DocumentRefusal.DOCUMENT_TOO_LARGE, refusal.code());
        assertEquals("20", refusal.argument(0));
        assertEquals(20 * 1024 * 1024 + 1, read.get());
    }

    @Test
    void mayBeExactlyAsLargeAsTheLimit() throws IOException {
        byte[] content = octets("a".repeat(1024 * 1024));
        DocumentLimits limits = new DocumentLimits(1, EnumSet.allOf(DocumentType.class));
        try (Upload upload = Upload.receive("a.txt", new ByteArrayInputStream(content), limits)) {
            assertEquals(1024 * 1024, upload.size());
            assertEquals("9bc1b2a288b26af7257a36277ae3816a7d4f16e89c1e7e77d0a5c48bad62b360", upload.sha256());
        }
        assertEquals(DocumentRefusal.DOCUMENT_TOO_LARGE,
                assertThrows(Refusal.class, () -> Upload.receive("a.txt", new ByteArrayInputStream(Arrays.copyOf(content, content.length + 1)), limits)).code());
    }

    @Test
    void isRefusedWhereItsTypeIsNotWanted() {
        DocumentLimits pictures = new DocumentLimits(5, Set.of(DocumentType.PNG, DocumentType.JPEG));
        assertEquals(DocumentRefusal.DOCUMENT_TYPE_NOT_WANTED_HERE,
                assertThrows(Refusal.class, () -> Upload.receive("a.pdf", new ByteArrayInputStream(SampleFiles.pdf()), pictures)).code());
    }

    @Test
    void hasNoLimitAboveTheCommonOne() {
        assertThrows(IllegalArgumentException.class, () -> new DocumentLimits(101, Set.of()));
        assertThrows(IllegalArgumentException.class, () -> new DocumentLimits(0, Set.of()));
    }

    @Test
    void leavesTheRefusalToWhoeverReadsWhenTheClientGoesAway() {
        InputStream cutOff = new InputStream() {
            private int left = 100_000;

            @Override
            public int read() throws IOException {
                if (left-- <= 0) {
                    throw new IOException("Connection reset");
                }
                return 'a';
            }
        };
        assertThrows(IOException.class, () -> Upload.receive("a.txt", cutOff, DocumentLimits.USUAL));
    }

    /** Where a proxy ends a broken transfer as if it were whole, the formats tell. */
    @Test
    void isRefusedWhenItsEndIsMissing() {
        assertCutOffRefused("a.pdf", SampleFiles.pdf(), 7);
        assertCutOffRefused("a.png", SampleFiles.image("png"), 1);
        assertCutOffRefused("a.jpg", SampleFiles.image("jpg"), 1);
        assertCutOffRefused("a.docx", zip(SampleFiles.wordParts()), 1);
        assertCutOffRefused("a.xml", octets("<?xml version='1.0'?><a><b/></a>"), 1);
        assertCutOffRefused("a.p7s", SampleFiles.signature(false), 1);
    }

    private static void assertCutOffRefused(String name, byte[] content, int missing) {
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf(name, Arrays.copyOf(content, content.length - missing)), name);
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf(name, Arrays.copyOf(content, content.length / 2)), name);
    }

    @Test
    void liesInATemporaryFileThatHasNoName() throws IOException {
        try (Upload upload = Upload.receive("a.pdf", new ByteArrayInputStream(SampleFiles.pdf()), DocumentLimits.USUAL)) {
            nothingIsLeftBehind();
            assertArrayEquals(SampleFiles.pdf(), upload.content().readAllBytes());
        }
    }
}
