package org.kopuro.calendar;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Iterator;
import java.util.List;
import org.kopuro.kernel.Refusal;

/** Days in a CSV file: one a line, its date, kind and name. */
final class CsvDays {

    static final List<String> COLUMNS = List.of("date", "kind", "name");

    // Columns are counted here, so that a wrong number is told with its line.
    private static final CsvReader.CsvReaderBuilder CSV = CsvReader.builder().allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE).missingFieldStrategy(FieldMismatchStrategy.IGNORE);

    private CsvDays() {
    }

    static void read(String text, YearFile days) {
        long line = 1;
        try {
            Iterator<CsvRecord> records = CSV.ofCsvRecord(text).iterator();
            if (!records.hasNext()) {
                throw Refusal.of(CalendarRefusal.FILE_EMPTY, "file");
            }
            if (!records.next().getFields().equals(COLUMNS)) {
                throw Refusal.of(CalendarRefusal.HEADER_WRONG, "file", String.join(",", COLUMNS));
            }
            while (records.hasNext()) {
                CsvRecord row = records.next();
                line = row.getStartingLineNumber();
                if (row.getFieldCount() != COLUMNS.size()) {
                    throw YearFile.at(CalendarRefusal.LINE_BROKEN, line);
                }
                days.add(date(row.getField(0), line), kind(row.getField(1), line), row.getField(2), line);
            }
        } catch (CsvParseException e) {
            // The parser tells no line; what it could not read begins behind what it could.
            throw YearFile.at(CalendarRefusal.LINE_BROKEN, line + 1);
        }
    }

    private static LocalDate date(String text, long line) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw YearFile.at(CalendarRefusal.DATE_WRONG, line);
        }
    }

    private static DayKind kind(String text, long line) {
        return switch (text) {
            case "WORKING" -> DayKind.WORKING;
            case "NON_WORKING" -> DayKind.NON_WORKING;
            default -> throw YearFile.at(CalendarRefusal.KIND_UNKNOWN, line);
        };
    }
}
