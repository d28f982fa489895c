package org.kopuro.loans.imports;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.kopuro.documents.TableFile;
import org.kopuro.kernel.Refusal;

/** RFC 4180 in UTF-8, with or without a byte order mark, parted by semicolons or commas as its first line shows (LOAN-92). */
final class CsvTable {

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    /** As far as the first line is looked at. */
    private static final int LINE_MAX = 32 * 1024;
    /** Of a row, in characters: as many as the longest cells of some columns. */
    private static final int RECORD_MAX = 512 * 1024;

    private CsvTable() {
    }

    static void read(TableFile file, SheetRows rows) throws IOException {
        BufferedReader text = new BufferedReader(new InputStreamReader(file.content(), StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)));
        int number = 1;
        try (LastCharacter characters = new LastCharacter(text);
                CsvReader<CsvRecord> csv = CsvReader.builder().fieldSeparator(separator(text)).skipEmptyLines(false).allowUnclosedQuote(false)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE).missingFieldStrategy(FieldMismatchStrategy.IGNORE).maxBufferSize(RECORD_MAX).ofCsvRecord(characters)) {
            int columns = 0;
            boolean whole = true;
            for (CsvRecord record : csv) {
                List<Cell> cells = cells(record, number, rows);
                columns = columns == 0 && cells.stream().anyMatch(cell -> !cell.empty()) ? cells.size() : columns;
                whole = columns == 0 || cells.size() == columns || cells.size() == 1 && cells.get(0).empty();
                if (!rows.add(number, cells, whole)) {
                    return;
                }
                number++;
            }
            if (!whole && !characters.endedALine()) {
                throw Refusal.of(ImportRefusal.TABLE_CUT_OFF, SheetRows.FIELD, number - 1);
            }
        } catch (CharacterCodingException e) {
            throw Refusal.of(ImportRefusal.TABLE_NOT_TEXT, SheetRows.FIELD);
        } catch (CsvParseException e) {
            throw isCoding(e) ? Refusal.of(ImportRefusal.TABLE_NOT_TEXT, SheetRows.FIELD) : Refusal.of(ImportRefusal.TABLE_QUOTES_BROKEN, SheetRows.FIELD, number);
        } catch (UncheckedIOException e) {
            throw isCoding(e) ? Refusal.of(ImportRefusal.TABLE_NOT_TEXT, SheetRows.FIELD) : e;
        }
    }

    private static boolean isCoding(Throwable thrown) {
        return thrown.getCause() instanceof CharacterCodingException;
    }

    private static List<Cell> cells(CsvRecord record, int number, SheetRows rows) {
        List<String> fields = record.getFields();
        for (int column = 0; column < fields.size(); column++) {
            if (!fields.get(column).isEmpty()) {
                rows.requireColumn(column);
            }
            if (fields.get(column).length() > ImportLimits.CELL_MAX) {
                throw rows.tooLong(number, column);
            }
        }
        return fields.stream().map(Cell::text).toList();
    }

    /** What occurs more often in the first line, outside quotation marks; leaves the reader behind the byte order mark. */
    private static char separator(BufferedReader text) throws IOException {
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
        text.mark(LINE_MAX);
        int semicolons = 0;
        int commas = 0;
        boolean quoted = false;
        boolean begun = false;
        for (int i = 0; i < LINE_MAX - 1; i++) {
            int character = text.read();
            if (character < 0 || !quoted && begun && (character == '\n' || character == '\r')) {
                break;
            }
            quoted ^= character == '"';
            begun |= !Character.isWhitespace(character);
            semicolons += !quoted && character == ';' ? 1 : 0;
            commas += !quoted && character == ',' ? 1 : 0;
        }
        text.reset();
        return semicolons >= commas && semicolons > 0 ? ';' : ',';
    }

    /** Remembers with what the text ended. */
    private static final class LastCharacter extends FilterReader {

        private int last = '\n';

        LastCharacter(Reader text) {
            super(text);
        }

        @Override
        public int read() throws IOException {
            int character = super.read();
            last = character < 0 ? last : character;
            return character;
        }

        @Override
        public int read(char[] target, int from, int length) throws IOException {
            int count = super.read(target, from, length);
            last = count > 0 ? target[from + count - 1] : last;
            return count;
        }

        boolean endedALine() {
            return last == '\n' || last == '\r';
        }
    }
}
