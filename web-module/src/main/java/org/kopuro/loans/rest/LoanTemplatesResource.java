package org.kopuro.loans.rest;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.kopuro.accounts.Role;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Table;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.Language;
import org.kopuro.loans.LoanField;
import org.kopuro.loans.imports.ColumnDictionary;
import org.kopuro.loans.imports.LoanColumn;

/** {@code /api/v1/loan-templates}: what a file of loans looks like (LOAN-91), in three languages. */
@Path("/loan-templates")
public class LoanTemplatesResource {

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int WIDTH = 24;
    private static final int WIDE = 70;

    /** The dictionary of columns. */
    @GET
    @Path("/columns")
    @Permitted(value = {Role.BANK_OPERATOR, Role.BANK_CONTROLLER}, officials = true)
    @Produces(MediaType.APPLICATION_JSON)
    public JsonObject columns() {
        return Listing.of("columns", List.of(LoanColumn.values()), LoanTemplatesResource::json);
    }

    private static JsonObjectBuilder json(LoanColumn column) {
        JsonObjectBuilder titles = Json.createObjectBuilder();
        JsonObjectBuilder meanings = Json.createObjectBuilder();
        for (Language language : Language.values()) {
            titles.add(language.tag(), column.title(language));
            meanings.add(language.tag(), column.meaning(language));
        }
        return Json.createObjectBuilder().add("code", column.code()).add("type", column.field().type().name()).add("mandatory", column.need() == LoanColumn.Need.MANDATORY)
                .add("inTemplate", column.inTemplate()).add("titles", titles).add("meanings", meanings).add("example", column.example());
    }

    /** A workbook with the columns, and a second sheet that says how they are written. */
    @GET
    @Path("/{language}")
    @Permitted(value = {Role.BANK_OPERATOR, Role.BANK_CONTROLLER}, officials = true)
    @Produces(Table.XLSX)
    public Response workbook(@PathParam("language") String language) {
        Language spoken = Input.language(language, "language");
        StreamingOutput out = octets -> write(octets, spoken);
        return Response.ok(out, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet").header("Content-Disposition", "attachment; filename=\"loans-" + spoken.tag() + ".xlsx\"").build();
    }

    /** The heading alone; with semicolons and a byte order mark, as spreadsheets of these languages open it. */
    @GET
    @Path("/{language}")
    @Permitted(value = {Role.BANK_OPERATOR, Role.BANK_CONTROLLER}, officials = true)
    @Produces(Table.CSV)
    public Response text(@PathParam("language") String language) {
        Language spoken = Input.language(language, "language");
        StringWriter out = new StringWriter().append(BYTE_ORDER_MARK);
        CsvWriter.builder().bufferSize(0).fieldSeparator(';').lineDelimiter(LineDelimiter.CRLF).build(out).writeRecord(template().map(column -> column.title(spoken)).toList());
        return Response.ok(out.toString(), "text/csv;charset=UTF-8").header("Content-Disposition", "attachment; filename=\"loans-" + spoken.tag() + ".csv\"").build();
    }

    private static Stream<LoanColumn> template() {
        return Stream.of(LoanColumn.values()).filter(LoanColumn::inTemplate);
    }

    private static void write(OutputStream octets, Language language) throws IOException {
        Workbook workbook = new Workbook(octets, "Kopuro", "1.0");
        ColumnDictionary dictionary = new ColumnDictionary(language);
        Worksheet loans = workbook.newWorksheet(dictionary.sheetOfLoans());
        List<LoanColumn> columns = template().toList();
        for (int column = 0; column < columns.size(); column++) {
            loans.inlineString(0, column, columns.get(column).title(language) + (columns.get(column).need() == LoanColumn.Need.MANDATORY ? " *" : ""));
            loans.style(0, column).bold().set();
            loans.width(column, WIDTH);
            if (columns.get(column).field().type() == LoanField.Type.TEXT) {
                // Texts from the beginning: a spreadsheet must not take identifiers for numbers.
                loans.style(column).format("@").set();
            }
        }
        loans.freezePane(0, 1);
        loans.finish();
        Worksheet meanings = workbook.newWorksheet(dictionary.sheetOfColumns());
        List<List<String>> rows = dictionary.rows();
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < rows.get(row).size(); column++) {
                meanings.inlineString(row, column, rows.get(row).get(column));
                if (row == 0) {
                    meanings.style(0, column).bold().set();
                }
            }
        }
        for (int column = 0; column < rows.get(0).size(); column++) {
            meanings.width(column, column < 3 ? WIDTH : WIDE);
        }
        meanings.finish();
        workbook.finish();
    }
}
