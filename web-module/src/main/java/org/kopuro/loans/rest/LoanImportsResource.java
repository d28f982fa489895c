package org.kopuro.loans.rest;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.exchange.rest.StreamedBody;
import org.kopuro.exchange.rest.Table;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.imports.ImportChoice;
import org.kopuro.loans.imports.ImportMode;
import org.kopuro.loans.imports.ImportSender;
import org.kopuro.loans.imports.ImportView;
import org.kopuro.loans.imports.ImportWish;
import org.kopuro.loans.imports.Imports;
import org.kopuro.loans.imports.ResultTable;
import org.kopuro.loans.imports.RowResult;

/** {@code /api/v1/loan-imports}: a bank sends files of loans, watches them, and takes what became of each row (LOAN-90 to LOAN-96). */
@Path("/loan-imports")
@Produces(MediaType.APPLICATION_JSON)
public class LoanImportsResource {

    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    @Inject
    private Imports imports;
    @Inject
    private ImportWatchers watchers;
    @Inject
    private Person person;
    @Inject
    private LoanPerson lender;
    @Context
    private HttpHeaders headers;
    @Context
    private UriInfo address;

    private enum ImportEvent {
        /** Of a dry run that is done: a new import of the same file. */
        APPLY,
        /** By the bank's controller, where the bank wants four eyes. */
        CONFIRM,
        CANCEL
    }

    /** The body is the file. Answered by 202 while there is work to do; the same file sent again for the same purpose is the same import, unless it is to be looked at {@code again}. */
    @POST
    @StreamedBody
    @Permitted(Role.BANK_OPERATOR)
    @Consumes({XLSX, "text/csv", MediaType.APPLICATION_OCTET_STREAM})
    public Response receive(@QueryParam("mode") String mode, @QueryParam("choice") @DefaultValue("good-rows") String choice, @QueryParam("fileName") @DefaultValue("loans") String fileName,
            @QueryParam("programme") String programme, @QueryParam("again") @DefaultValue("false") String again, InputStream body) throws IOException {
        ImportWish wish = new ImportWish(fileName, named(ImportMode.class, mode, "mode"), named(ImportChoice.class, choice, "choice"), Optional.ofNullable(programme), flag(again));
        return answer(imports.receive(sender(lender.signedIn()), body, wish));
    }

    @GET
    @Permitted(value = {Role.BANK_OPERATOR, Role.BANK_CONTROLLER}, officials = true)
    public JsonObject list(@QueryParam("after") UUID after, @QueryParam("limit") @DefaultValue("100") int limit) {
        SignedIn who = lender.signedIn();
        return Listing.of("imports", imports.list(who.contour(), who.participant(), lender.ownAlone(), Optional.ofNullable(after), limit), ImportJson::of, (ImportView view) -> view.id().toString());
    }

    @GET
    @Path("/{id}")
    @Permitted(value = {Role.BANK_OPERATOR, Role.BANK_CONTROLLER}, officials = true)
    public JsonObject get(@PathParam("id") UUID id) {
        SignedIn who = lender.signedIn();
        return ImportJson.of(seen(id, who)).build();
    }

    /** Its progress as server-sent events, each as {@link #get} answers, until its end or for ten minutes; whoever wants more comes again. */
    @GET
    @Path("/{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Permitted(value = {Role.BANK_OPERATOR, Role.BANK_CONTROLLER}, officials = true)
    public void watch(@PathParam("id") UUID id, @Context SseEventSink sink, @Context Sse sse) {
        SignedIn who = lender.signedIn();
        ImportView now = seen(id, who);
        watchers.watch(LoanRates.Asker.of(who), now, sink, sse);
    }

    /** {@code APPLY} what a dry run has shown; {@code CONFIRM}, of a controller; {@code CANCEL}, of either. */
    @POST
    @Path("/{id}/events")
    @Permitted({Role.BANK_OPERATOR, Role.BANK_CONTROLLER})
    @Consumes(MediaType.APPLICATION_JSON)
    public Response happen(@PathParam("id") UUID id, String body) {
        JsonBody json = JsonBody.of(body);
        ImportEvent event = json.oneOf(ImportEvent.class, "event");
        json.end();
        return switch (event) {
            case APPLY -> answer(imports.apply(seen(id, person.signedIn(Role.BANK_OPERATOR)).id(), sender(person.signedIn())));
            case CONFIRM -> answer(imports.confirm(id, sender(person.signedIn(Role.BANK_CONTROLLER))));
            case CANCEL -> Response.ok(ImportJson.of(imports.cancel(seen(id, lender.signedIn()).id(), sender(lender.signedIn()))).build()).build();
        };
    }

    /** Rows that have come to a result, in the order of the file, behind this one. */
    @GET
    @Path("/{id}/rows")
    @Permitted({Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.AUDITOR})
    public JsonObject rows(@PathParam("id") UUID id, @QueryParam("after") @DefaultValue("0") int after, @QueryParam("limit") @DefaultValue("100") int limit,
            @QueryParam("refused") @DefaultValue("false") boolean refused) {
        SignedIn who = lender.signedIn();
        return Listing.of("rows", imports.results(id, who.contour(), sentBy(id, who), after, limit, refused), row -> ImportJson.of(row, Spoken.by(headers)), RowResult::row);
    }

    /** The file as it was sent, and behind its columns what became of each row. */
    @GET
    @Path("/{id}/result")
    @Permitted({Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.AUDITOR})
    @Produces(Table.XLSX)
    public Response workbook(@PathParam("id") UUID id) {
        return ResultFile.workbook(table(id));
    }

    @GET
    @Path("/{id}/result")
    @Permitted({Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.AUDITOR})
    @Produces(Table.CSV)
    public Response text(@PathParam("id") UUID id) {
        return ResultFile.text(table(id));
    }

    private ResultTable table(UUID id) {
        SignedIn who = lender.signedIn();
        return imports.table(id, who.contour(), sentBy(id, who), Spoken.by(headers));
    }

    /** The caller's own bank; an auditor reads every bank's (section 2 of the requirements). */
    private UUID sentBy(UUID id, SignedIn who) {
        return who.machine() || who.participant().isEmpty() ? seen(id, who).bank() : who.participant().get();
    }

    private ImportView seen(UUID id, SignedIn who) {
        ImportView view = imports.get(id, who.contour(), who.participant());
        lender.requireSeen(view.sentBy(), "import");
        return view;
    }

    private static ImportSender sender(SignedIn who) {
        return new ImportSender(who.participant().orElseThrow(), who.contour(), who.actor());
    }

    private Response answer(ImportView view) {
        return Response.status(view.state().ended() ? Response.Status.OK : Response.Status.ACCEPTED)
                .location(UriBuilder.fromUri(address.getBaseUri()).path(LoanImportsResource.class).path(view.id().toString()).build()).entity(ImportJson.of(view).build()).build();
    }

    private static boolean flag(String again) {
        if (!again.equals("true") && !again.equals("false")) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "again");
        }
        return again.equals("true");
    }

    /** As addresses write it: {@code all-or-nothing}. */
    private static <E extends Enum<E>> E named(Class<E> type, String value, String field) {
        return Input.oneOf(type, Input.text(value, field, 64).toUpperCase(Locale.ROOT).replace('-', '_'), field);
    }
}
