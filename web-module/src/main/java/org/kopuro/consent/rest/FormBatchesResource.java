package org.kopuro.consent.rest;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.util.UUID;
import java.util.stream.Stream;
import org.kopuro.accounts.ApiAccounts;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.consent.forms.batches.BatchReport;
import org.kopuro.consent.forms.batches.BatchSender;
import org.kopuro.consent.forms.batches.Batches;
import org.kopuro.consent.forms.batches.RowResult;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.exchange.rest.SpreadsheetCell;
import org.kopuro.exchange.rest.StreamedBody;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.SubsystemId;

/** {@code /api/v1/consent-form-batches}: a participant sends many forms at once, for the subsystem that its account speaks for; the report is a CSV file. */
@Path("/consent-form-batches")
public class FormBatchesResource {

    private static final String CSV = "text/csv;charset=UTF-8";
    private static final String BATCH = "Kopuro-Batch";

    @Inject
    private Batches batches;
    @Inject
    private ApiAccounts accounts;
    @Inject
    private Person person;

    /** The body is the archive. Sent again, it has the same answer. */
    @POST
    @StreamedBody
    @Permitted(Role.PARTICIPANT)
    @Consumes({"application/zip", MediaType.APPLICATION_OCTET_STREAM})
    @Produces(CSV)
    public Response transfer(InputStream body) throws IOException {
        SignedIn who = person.signedIn();
        BatchSender sender = new BatchSender(new ParticipantId(who.participant().orElseThrow()), new SubsystemId(accounts.subsystemOf(who)), who.contour(), who.actor());
        return answer(batches.transfer(sender, body));
    }

    /** What its rows have come to; of an interrupted one, as far as it came. */
    @GET
    @Permitted(Role.PARTICIPANT)
    @Path("/{id}")
    @Produces(CSV)
    public Response report(@PathParam("id") UUID id) {
        SignedIn who = person.signedIn();
        return answer(batches.report(id, new ParticipantId(who.participant().orElseThrow()), who.contour()));
    }

    private static Response answer(BatchReport report) {
        StringWriter out = new StringWriter();
        CsvWriter csv = CsvWriter.builder().bufferSize(0).lineDelimiter(LineDelimiter.CRLF).build(out);
        csv.writeRecord("row", "number", "result", "problem", "field", "form");
        for (RowResult row : report.results()) {
            csv.writeRecord(Stream.of(row.number(), row.ownNumber(), row.result(), row.problem(), row.field(), row.form().map(form -> form.value().toString())).map(SpreadsheetCell::of).toList());
        }
        return Response.ok(out.toString(), CSV).header(BATCH, report.id()).header("Kopuro-Batch-Rows", report.rows()).header("Cache-Control", "no-store").build();
    }
}
