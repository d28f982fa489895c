package org.kopuro.exchange.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
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
        assertTrue(first.contains(" t=\"inlineStr\"><is><t>23002199000001</t>"), "an identifier is a text: " + first);
        assertTrue(first.contains("B4\"><v>3</v>"), first);
        assertTrue(first.contains(">&apos;=cmd|") || first.contains(">'=cmd|"), first);
        assertFalse(first.contains("<f>"), first);
        assertTrue(first.contains("&lt;é1&gt;") && !first.contains("\u0001"), first);
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

    /** A writer that goes on only when the next page is under way, and looks how many are. */
    @Test
    void readsOnePageWhileTheOneBeforeIsWrittenAndNoMore() throws IOException {
        List<Integer> begun = Collections.synchronizedList(new ArrayList<>());
        Table<Integer> ahead = Table.readAhead("numbers", List.of("number"), row -> {
            assertEquals((row - 1) / 10 + 1, begun.size(), "pages begun while row " + row + " is written");
            return Stream.of((long) row);
        }, page(1, 10), last -> {
            begun.add(last);
            return CompletableFuture.completedFuture(last < 50 ? page(last + 1, last + 10) : List.of());
        }, List.of());
        ahead.xlsx(OutputStream.nullOutputStream(), 1_000);
        assertEquals(List.of(10, 20, 30, 40, 50), begun);
        begun.clear();
        ahead.csv(OutputStream.nullOutputStream());
        assertEquals(List.of(10, 20, 30, 40, 50), begun);
    }

    private static List<Integer> page(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().toList();
    }

    /** Somebody goes away while a page is read: the reading is ended, and no other begun. */
    @Test
    void endsTheReadingWhenNobodyTakesTheFile() throws InterruptedException {
        ExecutorService reading = Executors.newCachedThreadPool();
        try {
            CountDownLatch ended = new CountDownLatch(2);
            List<Integer> begun = Collections.synchronizedList(new ArrayList<>());
            Table<Integer> ahead = Table.readAhead("numbers", List.of("number"), row -> Stream.of(new Random(row).ints(2_000).boxed().map(String::valueOf).collect(Collectors.joining())), page(1, 100), last -> {
                begun.add(last);
                return reading.submit(() -> {
                    try {
                        Thread.sleep(60_000);
                        return List.of();
                    } finally {
                        ended.countDown();
                    }
                });
            }, List.of());
            assertEquals("gone", assertThrows(IOException.class, () -> ahead.xlsx(new Leaving(), 1_000)).getMessage());
            assertEquals("gone", assertThrows(IOException.class, () -> ahead.csv(new Leaving())).getMessage());
            assertTrue(ended.await(30, TimeUnit.SECONDS), "what was read is ended");
            assertEquals(2, begun.size());
        } finally {
            reading.shutdownNow();
        }
    }

    /** Breaks after some octets. */
    private static final class Leaving extends OutputStream {

        private int octets;

        @Override
        public void write(int octet) throws IOException {
            write(new byte[1], 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            octets += length;
            if (octets > 100_000) {
                throw new IOException("gone");
            }
        }
    }

    @Test
    void breaksOffWhereAPageCannotBeRead() {
        IllegalStateException failure = new IllegalStateException("the database is gone");
        Function<Integer, Future<List<Integer>>> failing = last -> last < 20 ? CompletableFuture.completedFuture(page(last + 1, last + 10)) : CompletableFuture.failedFuture(failure);
        Table<Integer> ahead = Table.readAhead("numbers", List.of("number"), row -> Stream.of((long) row), page(1, 10), failing, List.of());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertSame(failure, assertThrows(IllegalStateException.class, () -> ahead.xlsx(out, 1_000)));
        assertFalse(out.toString(StandardCharsets.ISO_8859_1).contains("PK\u0005\u0006"), "an archive without an end is none");
        assertSame(failure, assertThrows(IllegalStateException.class, () -> ahead.csv(out)));
        Table<Integer> late = new Table<>("numbers", List.of("number"), row -> Stream.of((long) row), page(1, 10), last -> {
            throw failure;
        });
        assertSame(failure, assertThrows(IllegalStateException.class, () -> late.xlsx(out, 1_000)));
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
