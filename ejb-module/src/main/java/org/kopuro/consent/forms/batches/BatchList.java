package org.kopuro.consent.forms.batches;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.kopuro.kernel.Refusal;

/** {@code consents.csv}: RFC 4180, UTF-8, the columns by name and in their order. What stands in them is read row by row, later. */
final class BatchList {

    static final String NAME = "consents.csv";
    static final List<String> COLUMNS = List.of("number", "taxpayerInn", "taxpayerName", "representativeInn", "representativeName", "representativeGround", "services", "signedOn", "lastDay",
            "formVersion", "signing", "file", "fileSha256", "signature");
    /** As many as ten thousand rows of the longest fields that are of any use. */
    static final int MEGABYTES_MAX = 32;
    private static final int FIELD_LENGTH_MAX = 4096;
    private static final int RECORD_LENGTH_MAX = 32 * 1024;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private BatchList() {
    }

    /** The rows; refused where one of them is no row of this list. */
    static List<BatchLine> read(InputStream content, int rowsMax) throws IOException {
        List<BatchLine> lines = new ArrayList<>();
        var reader = new InputStreamReader(content, StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT));
        try (CsvReader<CsvRecord> csv = CsvReader.builder().skipEmptyLines(true).allowUnclosedQuote(false).maxBufferSize(RECORD_LENGTH_MAX).ofCsvRecord(reader)) {
            boolean head = true;
            for (CsvRecord record : csv) {
                List<String> fields = record.getFields();
                if (head) {
                    requireColumns(fields);
                    head = false;
                    continue;
                }
                if (lines.size() == rowsMax) {
                    throw Refusal.of(BatchRefusal.BATCH_ROWS_TOO_MANY, "file", rowsMax);
                }
                if (fields.size() != COLUMNS.size() || fields.stream().anyMatch(field -> field.length() > FIELD_LENGTH_MAX)) {
                    throw unreadable(record.getStartingLineNumber());
                }
                lines.add(new BatchLine(lines.size() + 1, fields));
            }
        } catch (CharacterCodingException e) {
            throw unreadable(0);
        } catch (CsvParseException e) {
            throw unreadable(lines.size() + 1L);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw unreadable(lines.size() + 1L);
            }
            throw e.getCause();
        }
        if (lines.isEmpty()) {
            throw unreadable(1);
        }
        return lines;
    }

    /** The files that the rows name: each of them once, and every one that is there. */
    static void requireFiles(List<BatchLine> lines, Set<String> there) {
        Set<String> named = new HashSet<>(Set.of(NAME));
        for (BatchLine line : lines) {
            for (String file : line.files()) {
                if (!named.add(file)) {
                    throw Refusal.of(BatchRefusal.BATCH_FILE_NAMED_TWICE, "file", file);
                }
            }
        }
        there.stream().filter(file -> !named.contains(file)).sorted().findFirst().ifPresent(file -> {
            throw Refusal.of(BatchRefusal.BATCH_FILE_NAMED_BY_NONE, "file", file);
        });
    }

    private static void requireColumns(List<String> fields) {
        List<String> named = new ArrayList<>(fields);
        if (!named.isEmpty() && !named.get(0).isEmpty() && named.get(0).charAt(0) == BYTE_ORDER_MARK) {
            named.set(0, named.get(0).substring(1));
        }
        if (!named.equals(COLUMNS)) {
            throw unreadable(1);
        }
    }

    private static Refusal unreadable(long line) {
        return Refusal.of(BatchRefusal.BATCH_LIST_UNREADABLE, "file", line, String.join(",", COLUMNS));
    }
}
