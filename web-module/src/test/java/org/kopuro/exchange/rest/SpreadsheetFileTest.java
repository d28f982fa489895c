package org.kopuro.exchange.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workbook that is written into nothing but a stream, as a reader of XML and of archives finds it. */
class SpreadsheetFileTest {

    @TempDir
    private Path folder;

    /** A cell: where, of which type, what. */
    private record Cell(String at, String type, String text) {
    }

    private interface Writing {
        void to(SpreadsheetFile file) throws IOException;
    }

    private static byte[] written(Writing rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SpreadsheetFile file = new SpreadsheetFile(out)) {
            file.beginSheet("one & <two>");
            rows.to(file);
            file.endSheet();
            file.finish();
        }
        return out.toByteArray();
    }

    private List<Cell> read(byte[] workbook) throws IOException, XMLStreamException {
        Path path = Files.write(folder.resolve("written.xlsx"), workbook);
        try (ZipFile zip = new ZipFile(path.toFile()); InputStream sheet = zip.getInputStream(zip.getEntry("xl/worksheets/sheet1.xml"))) {
            List<Cell> cells = new ArrayList<>();
            XMLStreamReader xml = XMLInputFactory.newDefaultFactory().createXMLStreamReader(sheet);
            String at = "";
            String type = "";
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamReader.START_ELEMENT) {
                    switch (xml.getLocalName()) {
                        case "c" -> {
                            at = xml.getAttributeValue(null, "r");
                            type = xml.getAttributeValue(null, "t") == null ? "n" : xml.getAttributeValue(null, "t");
                        }
                        case "t", "v" -> cells.add(new Cell(at, type, xml.getElementText()));
                        default -> {
                        }
                    }
                }
            }
            return cells;
        }
    }

    private static byte[] texts(List<String> texts) throws IOException {
        return written(file -> {
            for (String text : texts) {
                file.beginRow();
                file.text(text);
                file.endRow();
            }
        });
    }

    @Test
    void keepsEveryCharacterThatXmlHas() throws Exception {
        List<String> texts = List.of("<a href=\"x\">&amp;</a>", "]]>", "ООО «Ромашка» №1", "Кыргыз: ң ө ү", "中文", "😀 and 😀", "tab\there", "line\nline", "return\r\nline", "  blanks  ", "é\u007f\u0085\u2028", "\ufffd", "'=1+1");
        assertEquals(texts, read(texts(texts)).stream().map(Cell::text).toList());
    }

    @Test
    void leavesOutWhatIsNoneOfXml() throws Exception {
        assertEquals(List.of("ab", "ab", "a?b", "a?b", "?😀?", "?é"), read(texts(List.of("a\u0000\u0001\u001fb", "a\ufffe\uffffb", "a\ud83db", "a\ude00b", "\ude00😀\ud83d", "\ud83dé"))).stream().map(Cell::text).toList());
    }

    @Test
    void keepsLongTextsWholeWhereverTheirPiecesEnd() throws Exception {
        Random random = new Random(7);
        List<String> texts = new ArrayList<>();
        for (String unit : List.of("x", "ы", "中", "😀", "&", "a😀")) {
            for (int characters : new int[] {8_191, 8_192, 8_193, 32_767, 100_000}) {
                texts.add("y".repeat(random.nextInt(3)) + unit.repeat(characters / unit.length()));
            }
        }
        assertEquals(texts, read(texts(texts)).stream().map(Cell::text).toList());
    }

    @Test
    void putsCellsWhereTheyBelongAndLeavesEmptyOnesOut() throws Exception {
        List<Cell> cells = read(written(file -> {
            for (int row = 0; row < 2; row++) {
                file.beginRow();
                for (int column = 0; column < 703; column++) {
                    if (column == 701 || column == 25 || column == 26 || column == 702) {
                        file.text("t" + column);
                    } else if (column == 1) {
                        file.number("-12.50");
                    } else {
                        file.text("");
                    }
                }
                file.endRow();
            }
        }));
        assertEquals(List.of(new Cell("B1", "n", "-12.50"), new Cell("Z1", "inlineStr", "t25"), new Cell("AA1", "inlineStr", "t26"), new Cell("ZZ1", "inlineStr", "t701"), new Cell("AAA1", "inlineStr", "t702"),
                new Cell("B2", "n", "-12.50")), cells.subList(0, 6));
    }

    @Test
    void hasAllPartsThatItSpeaksOf() throws Exception {
        Path path = Files.write(folder.resolve("parts.xlsx"), texts(List.of("x")));
        try (ZipFile zip = new ZipFile(path.toFile())) {
            List<String> names = Collections.list(zip.entries()).stream().map(ZipEntry::getName).sorted().toList();
            assertEquals(Stream.of("[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml").sorted().toList(), names);
            for (String name : names) {
                try (InputStream part = zip.getInputStream(zip.getEntry(name))) {
                    XMLStreamReader xml = XMLInputFactory.newDefaultFactory().createXMLStreamReader(part);
                    while (xml.hasNext()) {
                        if (xml.next() == XMLStreamReader.START_ELEMENT && xml.getLocalName().equals("sheet")) {
                            assertEquals("one & <two>", xml.getAttributeValue(null, "name"));
                        }
                    }
                }
            }
        }
    }

    /** What is held back is a buffer, not the sheet: texts that nothing makes smaller are outside soon after they were written. */
    @Test
    void leavesWhileItIsWritten() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] noise = new byte[300];
        Random random = new Random(1);
        long octets = 0;
        try (SpreadsheetFile file = new SpreadsheetFile(out)) {
            file.beginSheet("noise");
            for (int row = 0; row < 10_000; row++) {
                random.nextBytes(noise);
                file.beginRow();
                file.text(Base64.getEncoder().encodeToString(noise));
                file.endRow();
                octets += noise.length;
                assertTrue(out.size() > octets - 262_144, octets + " octets of noise were written, " + out.size() + " left");
            }
        }
        ZipInputStream broken = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()));
        broken.getNextEntry();
        assertThrows(IOException.class, broken::readAllBytes, "the half is not taken for the whole");
    }
}
