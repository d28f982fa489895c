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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.kopuro.access.reminders.Owed;
import org.kopuro.access.reminders.Reminders;
import org.kopuro.access.staff.NewStaffUnit;
import org.kopuro.access.staff.Staff;
import org.kopuro.access.staff.StaffUnit;
import org.kopuro.access.staff.Untold;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/** {@code /api/v1/access/staff}: who is told on the authority's side, in the contour of whoever looks, and what could not be told. */
@Path("/access/staff")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class StaffResource {

    @Inject
    private Staff staff;
    @Inject
    private Reminders reminders;
    @Inject
    private Person person;

    /** The units of today and those to come. */
    @GET
    @Permitted(officials = true)
    public JsonObject list() {
        SignedIn who = person.signedIn();
        return Listing.of("units", staff.list(who.contour()), StaffResource::json);
    }

    /** Without addresses nobody is told from that day on. */
    @POST
    @Permitted({Role.OPERATOR, Role.APPROVER})
    public Response set(String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        JsonBody head = json.optionalObject("head").orElseThrow(() -> Refusal.of(InputRefusal.FIELD_MISSING, "head"));
        NewStaffUnit unit = new NewStaffUnit(who.contour(), json.optionalText("procedure"), Input.day(json.text("firstDay"), "firstDay"), json.text("name"),
                json.oneOf(Language.class, "language"), json.optionalTexts("addresses"), head.oneOf(Language.class, "language"), head.optionalTexts("addresses"));
        head.end();
        json.end();
        return Response.status(Response.Status.CREATED).entity(json(staff.set(unit, who.actor())).build()).build();
    }

    /** For want of a unit: reminders, which are told once there is one, and other notices, which are not. */
    @GET
    @Permitted(officials = true)
    @Path("/untold")
    public JsonObject untold(@QueryParam("limit") @DefaultValue("100") int limit) {
        SignedIn who = person.signedIn();
        JsonArrayBuilder obligations = Json.createArrayBuilder();
        for (Owed one : reminders.untold(who.contour())) {
            obligations.add(Json.createObjectBuilder().add("id", one.id().toString()).add("rule", one.rule().name()).add("number", one.number())
                    .add("participant", one.participant().value().toString()).add("dueAt", one.dueAt().toString())
                    .add("about", Json.createObjectBuilder().add("kind", one.about().kind().name()).add("id", one.about().id().toString())));
        }
        JsonArrayBuilder notices = Json.createArrayBuilder();
        for (Untold one : staff.untold(who.contour(), limit)) {
            notices.add(Json.createObjectBuilder().add("kind", one.kind().name()).add("procedure", one.procedure()).add("number", one.number()).add("at", one.at().toString())
                    .add("about", Json.createObjectBuilder().add("kind", one.aboutKind()).add("id", one.aboutId().toString())));
        }
        return Json.createObjectBuilder().add("obligations", obligations).add("notices", notices).build();
    }

    private static JsonObjectBuilder json(StaffUnit unit) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", unit.id().toString()).add("firstDay", unit.firstDay().toString()).add("name", unit.name())
                .add("language", unit.language().name()).add("addresses", Json.createArrayBuilder(unit.addresses()))
                .add("head", Json.createObjectBuilder().add("language", unit.headLanguage().name()).add("addresses", Json.createArrayBuilder(unit.headAddresses())))
                .add("setAt", unit.setAt().toString());
        unit.procedure().ifPresent(procedure -> out.add("procedure", procedure));
        return out;
    }
}
