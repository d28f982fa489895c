package org.kopuro.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.kopuro.documents.SampleFiles.join;
import static org.kopuro.documents.SampleFiles.octets;
import static org.kopuro.documents.SampleFiles.refusalOf;
import static org.kopuro.documents.SampleFiles.wordParts;
import static org.kopuro.documents.SampleFiles.wordWith;
import static org.kopuro.documents.SampleFiles.zip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Word or Excel document, which is an archive and may be anything. */
class HostileOfficeTest {

    private static final int END = 22;

    @ParameterizedTest
    @ValueSource(strings = {"word/vbaProject.bin", "word/vbaData.xml", "word/activeX/activeX1.xml", "xl/macrosheets/sheet1.xml", "VBAPROJECT.BIN"})
    void isRefusedWithMacros(String part) {
        assertEquals(DocumentRefusal.DOCUMENT_ACTIVE_CONTENT, refusalOf("a.docx", wordWith(part, octets("<a/>"))));
    }

    @Test
    void isRefusedWhereItSaysThatItHasMacros() {
        assertEquals(DocumentRefusal.DOCUMENT_ACTIVE_CONTENT,
                refusalOf("a.docx", wordWith("[Content_Types].xml", SampleFiles.contentTypes("/a.xml", "application/vnd.ms-word.document.macroEnabled.main+xml"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"word/embeddings/a.xlsx", "word/embeddings/oleObject1.bin", "a.exe", "a", "word/a.zip", "word/printerSettings/a.exe", "word/printerSettings/x/a.bin", "a.html"})
    void isRefusedWithForeignParts(String part) {
        assertEquals(DocumentRefusal.DOCUMENT_HOLDS_FILES, refusalOf("a.docx", wordWith(part, octets("a"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PK\3\4", "MZ", "\u007fELF", "%PDF-1.4", "Rar!\u001a", "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", "\u001f\u008b\10", "#!/bin/sh"})
    void isRefusedWithForeignPartsUnderGoodNames(String head) {
        for (String part : new String[] {"word/media/image2.png", "word/styles.xml", "word/printerSettings/p1.bin"}) {
            assertEquals(DocumentRefusal.DOCUMENT_HOLDS_FILES, refusalOf("a.docx", wordWith(part, octets(head + " and so on"))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"attachedTemplate", "image", "oleObject", "frame", "subDocument", "externalLinkPath"})
    void isRefusedWhereItLoadsFromElsewhere(String type) {
        byte[] relationships = SampleFiles.relationships(type, "http://127.0.0.1/a", "TargetMode='External'");
        assertEquals(DocumentRefusal.DOCUMENT_REFERS_OUTSIDE, refusalOf("a.docx", wordWith("word/_rels/document.xml.rels", relationships)));
    }

    @Test
    void isRefusedWithLinkedWorkbooks() {
        assertEquals(DocumentRefusal.DOCUMENT_REFERS_OUTSIDE, refusalOf("a.docx", wordWith("xl/externalLinks/externalLink1.xml", octets("<ddeLink/>"))));
    }

    @Test
    void mayHoldLinksForPeopleToClick() {
        assertNull(refusalOf("a.docx", wordWith("word/_rels/document.xml.rels", SampleFiles.relationships("hyperlink", "https://example.kg", "TargetMode='External'"))));
    }

    @Test
    void isRefusedWhenItsListsHaveADocumentType() {
        assertEquals(DocumentRefusal.DOCUMENT_XML_DTD, refusalOf("a.docx", wordWith("[Content_Types].xml", octets("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"))));
    }

    @Test
    void isRefusedWhenItIsBothOrNeither() {
        assertEquals(DocumentRefusal.DOCUMENT_TYPE_NOT_ALLOWED, refusalOf("a.docx", wordWith("[Content_Types].xml", octets("<Types/>"))));
        byte[] both = octets("<Types><Override ContentType='" + SampleFiles.WORD + "'/><Override ContentType='" + SampleFiles.EXCEL + "'/></Types>");
        assertEquals(DocumentRefusal.DOCUMENT_SEVERAL_FORMATS, refusalOf("a.docx", wordWith("[Content_Types].xml", both)));
    }

    @Test
    void isRefusedAsABombOfOneEntry() {
        assertEquals(DocumentRefusal.DOCUMENT_EXPANDS_TOO_FAR, refusalOf("a.docx", wordWith("word/styles.xml", new byte[2 * 1024 * 1024])));
    }

    /** Names of elements are held in memory. */
    @ParameterizedTest
    @ValueSource(strings = {"[Content_Types].xml", "word/_rels/document.xml.rels"})
    void isRefusedWithEndlessLists(String list) {
        StringBuilder name = new StringBuilder("<");
        new Random(1).ints(1024 * 1024, 'a', 'z').forEach(letter -> name.append((char) letter));
        assertEquals(DocumentRefusal.DOCUMENT_EXPANDS_TOO_FAR, refusalOf("a.docx", wordWith(list, octets(name.toString()))));
    }

    @Test
    void isRefusedAsABombOfManySmallEntries() {
        Map<String, byte[]> parts = wordParts();
        byte[] almostAMegabyte = new byte[1024 * 1024];
        for (int i = 0; i < 200; i++) {
            parts.put("word/header" + i + ".xml", almostAMegabyte);
        }
        assertEquals(DocumentRefusal.DOCUMENT_EXPANDS_TOO_FAR, refusalOf("a.docx", zip(parts)));
    }

    @Test
    void isRefusedWithTooManyEntries() {
        Map<String, byte[]> parts = wordParts();
        for (int i = parts.size(); i < 2_000; i++) {
            parts.put("word/header" + i + ".xml", new byte[0]);
        }
        assertNull(refusalOf("a.docx", zip(parts)));
        parts.put("word/footer.xml", new byte[0]);
        assertEquals(DocumentRefusal.DOCUMENT_EXPANDS_TOO_FAR, refusalOf("a.docx", zip(parts)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a.xml", "/a.xml", "word\\a.xml", "word/../../a.xml", "word/\u0001.xml", "WORD/DOCUMENT.XML", "word/д.xml"})
    void isRefusedWithNamesThatPlayTricks(String name) {
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf("a.docx", wordWith(name, octets("<a/>"))));
    }

    @Test
    void isRefusedWhereSomethingLiesBeforeItsEntries() {
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf("a.docx", join(octets("PK\3\4"), zip(wordParts()))));
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf("a.docx", shifted(octets("PK\3\4and something that nobody lists"))));
    }

    @Test
    void isRefusedWhereSomethingLiesBehindItsEnd() {
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf("a.docx", join(zip(wordParts()), octets("more"))));
        byte[] commented = join(zip(wordParts()), octets("more"));
        little(commented).putShort(commented.length - 4 - 2, (short) 4);
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf("a.docx", commented));
        byte[] announced = zip(wordParts());
        little(announced).putShort(announced.length - 2, (short) 4);
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf("a.docx", announced));
    }

    @Test
    void isRefusedWhereSomethingLiesBehindItsDirectory() {
        byte[] zip = zip(wordParts());
        byte[] hiding = join(Arrays.copyOf(zip, zip.length - END), octets("more"), Arrays.copyOfRange(zip, zip.length - END, zip.length));
        little(hiding).putInt(hiding.length - END + 12, little(hiding).getInt(hiding.length - END + 12) + 4);
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf("a.docx", hiding));
    }

    /** Behind the end that the compressed data tell, before the end that the directory tells. */
    @Test
    void isRefusedWhereSomethingLiesWithinAnEntry() {
        byte[] zip = zip(wordParts());
        int length = little(zip).getInt(directory(zip) + 20);
        int end = 30 + little(zip).getShort(26) + length;
        byte[] hiding = join(Arrays.copyOf(zip, end), octets("more"), Arrays.copyOfRange(zip, end, zip.length));
        int directory = directory(zip) + 4;
        little(hiding).putInt(hiding.length - END + 16, directory).putInt(directory + 20, length + 4);
        for (int at = directory + 46 + little(hiding).getShort(directory + 28); little(hiding).getInt(at) == 0x02014B50; at += 46 + little(hiding).getShort(at + 28)) {
            little(hiding).putInt(at + 42, little(hiding).getInt(at + 42) + 4);
        }
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf("a.docx", hiding));
    }

    @Test
    void isRefusedWhenItCountsItsEntriesWrongly() {
        byte[] zip = zip(wordParts());
        little(zip).putShort(zip.length - END + 8, (short) 2);
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf("a.docx", zip));
        little(zip).putShort(zip.length - END + 10, (short) 2);
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf("a.docx", zip));
    }

    /** The directory says one thing of an entry, the entry another: two programs would read two documents. */
    @ParameterizedTest
    @ValueSource(ints = {6, 8, 26, 30})
    void isRefusedWhereAnEntryContradictsTheDirectory(int offset) {
        byte[] zip = zip(wordParts());
        zip[offset] ^= 1;
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf("a.docx", zip));
    }

    /** Flags, method, checksum, sizes, place of the first entry as the directory tells them. */
    @ParameterizedTest
    @ValueSource(ints = {10, 16, 20, 24, 42})
    void isRefusedWhereTheDirectoryLies(int offset) {
        byte[] zip = zip(wordParts());
        zip[directory(zip) + offset] ^= 1;
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf("a.docx", zip));
    }

    @Test
    void isRefusedAsASmallLieAboutALargeEntry() {
        Map<String, byte[]> parts = wordParts();
        parts.put("word/styles.xml", new byte[2 * 1024 * 1024]);
        byte[] zip = zip(parts);
        for (int at = directory(zip); little(zip).getInt(at) == 0x02014B50; at += 46 + little(zip).getShort(at + 28)) {
            if (little(zip).getInt(at + 24) == 2 * 1024 * 1024) {
                little(zip).putInt(at + 24, 10);
            }
        }
        assertEquals(DocumentRefusal.DOCUMENT_EXPANDS_TOO_FAR, refusalOf("a.docx", zip));
    }

    @Test
    void isRefusedWhereEntriesOverlap() {
        byte[] zip = zip(wordParts());
        int first = directory(zip);
        int second = first + 46 + little(zip).getShort(first + 28);
        little(zip).putInt(second + 42, little(zip).getInt(first + 42));
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf("a.docx", zip));
    }

    @Test
    void isRefusedWithZip64() {
        byte[] zip = zip(wordParts());
        little(zip).putInt(zip.length - END + 16, -1);
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf("a.docx", zip));
        byte[] locator = Arrays.copyOf(octets("PK\6\7"), 20);
        byte[] whole = zip(wordParts());
        byte[] hidden = join(Arrays.copyOf(whole, whole.length - END), locator, Arrays.copyOfRange(whole, whole.length - END, whole.length));
        // As a comment of the last entry, so that every place fits.
        little(hidden).putInt(hidden.length - END + 12, little(hidden).getInt(hidden.length - END + 12) + 20);
        int last = directory(hidden);
        for (int at = last; little(hidden).getInt(at) == 0x02014B50; at += 46 + little(hidden).getShort(at + 28)) {
            last = at;
        }
        little(hidden).putShort(last + 32, (short) 20);
        assertEquals(DocumentRefusal.DOCUMENT_DAMAGED, refusalOf("a.docx", hidden));
    }

    @Test
    void isRefusedWhereEntriesAreEncrypted() {
        byte[] zip = zip(wordParts());
        zip[directory(zip) + 8] |= 1;
        assertEquals(DocumentRefusal.DOCUMENT_ENCRYPTED, refusalOf("a.docx", zip));
    }

    /** With everything moved behind {@code before}, and the directory's places right. */
    private static byte[] shifted(byte[] before) {
        byte[] zip = zip(wordParts());
        byte[] moved = join(before, zip);
        int directory = directory(zip) + before.length;
        little(moved).putInt(moved.length - END + 16, directory);
        for (int at = directory; little(moved).getInt(at) == 0x02014B50; at += 46 + little(moved).getShort(at + 28)) {
            little(moved).putInt(at + 42, little(moved).getInt(at + 42) + before.length);
        }
        return moved;
    }

    private static int directory(byte[] zip) {
        return little(zip).getInt(zip.length - END + 16);
    }

    private static ByteBuffer little(byte[] octets) {
        return ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
    }
}
