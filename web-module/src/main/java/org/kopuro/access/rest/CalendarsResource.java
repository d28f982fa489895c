package org.kopuro.access.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import org.kopuro.access.obligations.Obligations;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.calendar.CalendarChanged;
import org.kopuro.calendar.CalendarDay;
import org.kopuro.calendar.CalendarFormat;
import org.kopuro.calendar.CalendarRefusal;
import org.kopuro.calendar.Calendars;
import org.kopuro.calendar.DayKind;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.exchange.rest.StreamedBody;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.Refusal;

/** {@code /api/v1/access/calendars}: the days by which deadlines are counted; changed one by one, or a whole year by its file (ACC-30). */
@Path("/access/calendars")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CalendarsResource {

    private static final String CSV = "text/csv";
    private static final String ICS = "text/calendar";

    @Inject
    private Calendars calendars;
    @Inject
    private Obligations obligations;
    @Inject
    private Person person;

    @GET
    @Permitted(officials = true)
    public JsonObject list() {
        JsonArrayBuilder items = Json.createArrayBuilder();
        calendars.list().forEach(one -> {
            JsonArrayBuilder weekend = Json.createArrayBuilder();
            one.weekend().stream().sorted().forEach(day -> weekend.add(day.name()));
            items.add(Json.createObjectBuilder().add("code", one.code()).add("zone", one.zone().getId()).add("weekend", weekend).add("revision", one.revision())
                    .add("changedAt", one.changedAt().toString()).add("years", Json.createArrayBuilder(one.years())));
        });
        return Json.createObjectBuilder().add("calendars", items).build();
    }

    @GET
    @Permitted(officials = true)
    @Path("/{code}/{year}")
    public JsonObject year(@PathParam("code") String code, @PathParam("year") int year) {
        JsonArrayBuilder days = Json.createArrayBuilder();
        var found = calendars.year(calendars.get(code).code(), year).orElseThrow(() -> Refusal.of(CalendarRefusal.CALENDAR_MISSING, "year", code, String.valueOf(year)));
        found.days().forEach(day -> days.add(Json.createObjectBuilder().add("day", day.day().toString()).add("kind", day.kind().name()).add("name", day.name())));
        return Json.createObjectBuilder().add("code", code).add("year", year).add("source", found.source()).add("days", days).build();
    }

    @PUT
    @Permitted(Role.PROCEDURE_EDITOR)
    @Path("/{code}/days/{day}")
    public JsonObject set(@PathParam("code") String code, @PathParam("day") String day, String body) {
        JsonBody json = JsonBody.of(body);
        CalendarDay wanted = new CalendarDay(Input.day(day, "day"), json.oneOf(DayKind.class, "kind"), json.text("name"));
        String source = json.text("source");
        json.end();
        SignedIn who = person.signedIn();
        return changed(calendars.setDay(code, wanted, source, who.contour(), who.actor()), who);
    }

    @DELETE
    @Permitted(Role.PROCEDURE_EDITOR)
    @Path("/{code}/days/{day}")
    public JsonObject clear(@PathParam("code") String code, @PathParam("day") String day, @QueryParam("source") String source) {
        SignedIn who = person.signedIn();
        return changed(calendars.clearDay(code, Input.day(day, "day"), source, who.contour(), who.actor()), who);
    }

    /** The body is the file. */
    @PUT
    @StreamedBody
    @Permitted(Role.PROCEDURE_EDITOR)
    @Path("/{code}/years/{year}")
    @Consumes({CSV, ICS})
    public JsonObject replace(@PathParam("code") String code, @PathParam("year") int year, @QueryParam("source") String source, @Context HttpHeaders headers, InputStream body)
            throws IOException {
        SignedIn who = person.signedIn();
        CalendarFormat format = headers.getMediaType().isCompatible(MediaType.valueOf(ICS)) ? CalendarFormat.ICS : CalendarFormat.CSV;
        // One octet more than allowed is enough to refuse.
        byte[] file = body.readNBytes(Calendars.FILE_OCTETS_MAX + 1);
        return changed(calendars.replaceYear(code, year, source, format, file, who.contour(), who.actor()), who);
    }

    /** With the deadlines of the signed-in person's contour that moved; the other contour's officials read theirs among all moves. */
    private JsonObject changed(CalendarChanged change, SignedIn who) {
        JsonArrayBuilder moves = Json.createArrayBuilder();
        obligations.movedBy(change, who.contour()).forEach(move -> moves.add(ObligationsResource.json(move)));
        JsonObjectBuilder out = Json.createObjectBuilder().add("calendar", change.calendar()).add("year", change.year()).add("revision", change.revision());
        return out.add("moves", moves).build();
    }
}
