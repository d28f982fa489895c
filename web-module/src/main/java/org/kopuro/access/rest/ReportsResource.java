package org.kopuro.access.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.duties.NewReport;
import org.kopuro.access.duties.ReportKind;
import org.kopuro.access.duties.ReportView;
import org.kopuro.access.duties.Reports;
import org.kopuro.access.letters.Letter;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;

/**
 * {@code /api/v1/access/reports}: what participants have to tell. A participant's administrator tells for that participant and sees its own; an operator
 * registers letters and sees all.
 */
@Path("/access/reports")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ReportsResource {

    @Inject
    private Reports reports;
    @Inject
    private Visible visible;
    @Inject
    private Person person;

    @POST
    @Permitted({Role.OPERATOR, Role.PARTICIPANT})
    public Response file(String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        Optional<Letter> letter = json.optionalObject("letter").map(ReportsResource::letter);
        boolean official = who.official();
        if (official != letter.isPresent()) {
            throw Refusal.of(official ? InputRefusal.FIELD_MISSING : InputRefusal.FIELD_UNKNOWN, "letter");
        }
        UUID participant = official ? Input.uuid(json.text("participant"), "participant") : who.participant().orElseThrow();
        NewReport report = new NewReport(json.oneOf(ReportKind.class, "kind"), new ParticipantId(participant), json.text("procedure"), letter,
                json.optionalText("day").map(day -> Input.day(day, "day")), json.optionalText("start").map(start -> Input.instant(start, "start")),
                json.optionalText("end").map(end -> Input.instant(end, "end")), json.text("text"));
        json.end();
        return Response.status(Response.Status.CREATED).entity(json(reports.file(report, who.contour(), who.actor()))).build();
    }

    /** The newest first; {@code before} is the last number of the page that was read. */
    @GET
    @Permitted(value = Role.PARTICIPANT, officials = true)
    public JsonObject list(@QueryParam("participant") UUID participant, @QueryParam("before") Long before, @QueryParam("limit") @DefaultValue("50") int limit) {
        SignedIn who = person.signedIn();
        return Listing.of("reports", reports.list(who.contour(), person.among(participant), Optional.ofNullable(before), limit), ReportsResource::json);
    }

    @GET
    @Permitted(value = Role.PARTICIPANT, officials = true)
    @Path("/{id}")
    public JsonObject get(@PathParam("id") UUID id) {
        return json(visible.report(id));
    }

    /** The end of an outage that was told without one. */
    @POST
    @Permitted({Role.OPERATOR, Role.PARTICIPANT})
    @Path("/{id}/end")
    public JsonObject end(@PathParam("id") UUID id, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        Instant end = Input.instant(json.text("end"), "end");
        json.end();
        return json(reports.endOutage(visible.report(id).id(), who.contour(), end, who.actor()));
    }

    /** Reported downtime by months, {@code yyyy-MM}, in seconds. */
    @GET
    @Permitted(value = Role.PARTICIPANT, officials = true)
    @Path("/downtime")
    public JsonObject downtime(@QueryParam("participant") UUID participant, @QueryParam("first") String first, @QueryParam("last") String last) {
        SignedIn who = person.signedIn();
        ParticipantId of = person.one(participant);
        JsonArrayBuilder months = Json.createArrayBuilder();
        reports.downtime(of, who.contour(), month(first, "first"), month(last, "last"))
                .forEach(one -> months.add(Json.createObjectBuilder().add("month", one.month().toString()).add("seconds", one.downtime().toSeconds())));
        return Json.createObjectBuilder().add("participant", of.value().toString()).add("months", months).build();
    }

    private static YearMonth month(String text, String field) {
        return YearMonth.from(Input.day(text + "-01", field));
    }

    private static Letter letter(JsonBody json) {
        Letter letter = new Letter(json.text("sender"), Input.instant(json.text("receivedAt"), "letter.receivedAt"));
        json.end();
        return letter;
    }

    private static JsonObject json(ReportView report) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", report.id().value().toString()).add("number", report.number()).add("kind", report.kind().name())
                .add("participant", report.participant().value().toString()).add("contour", report.contour().name()).add("procedure", report.procedure())
                .add("version", report.version()).add("receivedAt", report.receivedAt().toString()).add("text", report.text());
        report.sender().ifPresent(sender -> out.add("sender", sender));
        report.day().ifPresent(day -> out.add("day", day.toString()));
        report.start().ifPresent(start -> out.add("start", start.toString()));
        report.end().ifPresent(end -> out.add("end", end.toString()));
        report.dueAt().ifPresent(due -> out.add("dueAt", due.toString()));
        report.late().ifPresent(late -> out.add("late", late));
        return out.build();
    }
}
