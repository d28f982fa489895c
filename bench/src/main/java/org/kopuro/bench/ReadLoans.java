package org.kopuro.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;

/** The lowest that reading a workbook costs: fastexcel's reader, cells as they stand, as lines for COPY. */
final class ReadLoans {

    private static final int AT_ONCE = 60_000;

    private ReadLoans() {
    }

    interface Taking {
        void take(byte[] lines) throws SQLException;
    }

    static void each(byte[] file, Taking taking) throws IOException, SQLException {
        try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(file)); Stream<Row> rows = workbook.getFirstSheet().openStream()) {
            StringBuilder lines = new StringBuilder();
            Iterator<Row> each = rows.iterator();
            each.next();
            while (each.hasNext()) {
                Row row = each.next();
                for (int column = 0; column < LoanFile.TITLES.size(); column++) {
                    lines.append(column == 0 ? "" : "\t").append(row.getCell(column).getRawValue());
                }
                lines.append('\n');
                if (lines.length() > AT_ONCE) {
                    taking.take(lines.toString().getBytes(StandardCharsets.UTF_8));
                    lines.setLength(0);
                }
            }
            taking.take(lines.toString().getBytes(StandardCharsets.UTF_8));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
