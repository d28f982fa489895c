package org.kopuro.exchange.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list that has more pages than one, as files. */
class TableTest {

    @TempDir
    private Path folder;
    private final Table<Integer> table = new Table<>("numbers", List.of("identifier", "count", "text"),
            row -> Stream.of("2300219900000" + row, (long) row, row == 3 ? "=cmd|' /c'!A1" : Optional.of("<é" + row + "\u0001>")), List.of(1, 2), last -> IntStream.rangeClosed(last + 1, Math.min(last + 2, 7)).boxed().toList());

    @Test
    void isWholeAsCsv() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        table.csv(out);
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(8, lines.size());
        assertEquals("identifier,count,text", lines.get(0));
        assertEquals("23002199000003,3,'=cmd|' /c'!A1", lines.get(3));
    }

    @Test
    void isWholeAsAWorkbookWhoseSheetsHoldSoManyRows() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        table.xlsx(out, 4);
        Map<String, String> parts = parts(out.toByteArray());
        assertTrue(parts.get("xl/workbook.xml").contains("\"numbers\"") && parts.get("xl/workbook.xml").contains("\"numbers 3\""), parts.get("xl/workbook.xml"));
        assertEquals(List.of(4, 4, 2), Stream.of(1, 2, 3).map(number -> parts.get("xl/worksheets/sheet" + number + ".xml").split("<row ", -1).length - 1).toList());
        String first = parts.get("xl/worksheets/sheet1.xml");
        assertTrue(first.contains("<t>23002199000001</t>") || first.contains("preserve\">23002199000001</t>"), "an identifier is a text: " + first);
        assertTrue(first.contains("<v>3</v>"), first);
        assertTrue(first.contains(">&apos;=cmd|") || first.contains(">'=cmd|"), first);
        assertFalse(first.contains("<f>"), first);
        assertTrue(first.contains("&lt;&#xe9;1&gt;") && !first.contains("\u0001"), first);
    }

    @Test
    void saysOnItsSecondSheetWhatItIsOf() throws IOException {
        Table<Integer> described = new Table<>("numbers", List.of("number"), row -> Stream.of((long) row), List.of(1, 2, 3), last -> List.of(), List.of(List.of("filter", "=name", "x"), List.of("at", "noon")));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        described.xlsx(out, 2);
        Map<String, String> parts = parts(out.toByteArray());
        assertTrue(parts.get("xl/workbook.xml").replaceAll("(?s).*?name=\"([^\"]*)\"", "$1 ").startsWith("numbers about numbers 2 numbers 3"), parts.get("xl/workbook.xml"));
        String about = parts.get("xl/worksheets/sheet2.xml");
        assertTrue(about.contains("filter") && about.contains("=name") && !about.contains("<f>") && about.contains("noon"), about);
    }

    /** As spreadsheets read it: by the directory at its end. */
    private Map<String, String> parts(byte[] workbook) throws IOException {
        Map<String, String> parts = new TreeMap<>();
        Path file = Files.write(folder.resolve("numbers.xlsx"), workbook);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                parts.put(entry.getName(), new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return parts;
    }
}
