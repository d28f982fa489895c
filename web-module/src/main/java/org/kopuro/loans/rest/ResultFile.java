package org.kopuro.loans.rest;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.kopuro.exchange.rest.SpreadsheetCell;
import org.kopuro.loans.imports.ResultTable;

/** An import's result on its way to the bank: every cell is a text that no spreadsheet computes. */
final class ResultFile {

    /** Of a cell of the format. */
    private static final int CHARACTERS_MAX = 32_000;
    private static final int FLUSHED_AT_ONCE = 500;

    private ResultFile() {
    }

    static Response workbook(ResultTable table) {
        StreamingOutput out = octets -> {
            try (table) {
                write(table, octets);
            }
        };
        return answer(out, table, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx");
    }

    static Response text(ResultTable table) {
        StreamingOutput out = octets -> {
            try (table) {
                Writer writer = new BufferedWriter(new OutputStreamWriter(octets, StandardCharsets.UTF_8));
                CsvWriter csv = CsvWriter.builder().bufferSize(0).lineDelimiter(LineDelimiter.CRLF).build(writer);
                table.each(cells -> csv.writeRecord(cells.stream().map(SpreadsheetCell::of).toList()));
                writer.flush();
            }
        };
        return answer(out, table, "text/csv;charset=UTF-8", "csv");
    }

    private static Response answer(StreamingOutput out, ResultTable table, String type, String extension) {
        return Response.ok(out, type).header("Cache-Control", "no-store").header("Content-Disposition", "attachment; filename=\"" + table.of().id() + "." + extension + "\"").build();
    }

    private static void write(ResultTable table, OutputStream octets) throws IOException {
        // Not closed where it breaks off: nobody shall take the half for the whole.
        Workbook workbook = new Workbook(octets, "Kopuro", "1.0");
        Worksheet sheet = workbook.newWorksheet("Loans");
        int[] rows = new int[1];
        table.each(cells -> {
            row(sheet, rows[0]++, cells);
            if (rows[0] % FLUSHED_AT_ONCE == 0) {
                sheet.flush();
            }
        });
        sheet.finish();
        workbook.finish();
    }

    private static void row(Worksheet sheet, int row, List<String> cells) {
        for (int column = 0; column < cells.size(); column++) {
            String text = SpreadsheetCell.of(cells.get(column));
            if (!text.isEmpty()) {
                // In the cell itself: a table of shared texts would stay in memory until the end.
                sheet.inlineString(row, column, text.length() <= CHARACTERS_MAX ? text : text.substring(0, CHARACTERS_MAX));
            }
        }
    }
}
