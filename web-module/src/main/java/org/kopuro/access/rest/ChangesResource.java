package org.kopuro.access.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
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
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.duties.AnnouncementId;
import org.kopuro.access.duties.AnnouncementKind;
import org.kopuro.access.duties.Announcements;
import org.kopuro.access.duties.NewChange;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Input;

/** {@code /api/v1/access/changes}: announced changes of services, as {@link OutagesResource} has outages. */
@Path("/access/changes")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ChangesResource {

    @Inject
    private Announcements announcements;
    @Inject
    private Person person;
    @Inject
    private Clock clock;

    @POST
    @Permitted(Role.SERVICE_OWNER)
    public Response publish(String body) {
        SignedIn who = person.signedIn();
        return Response.status(Response.Status.CREATED).entity(OutagesResource.json(announcements.publish(change(body), who.contour(), who.actor()), clock.instant())).build();
    }

    @POST
    @Permitted(Role.SERVICE_OWNER)
    @Path("/preview")
    public JsonObject preview(String body) {
        SignedIn who = person.signedIn();
        return OutagesResource.affected(announcements.preview(change(body), who.contour()));
    }

    /** The newest first; {@code before} is the last number of the page that was read. */
    @GET
    @Permitted(value = {Role.PARTICIPANT, Role.OPERATIONAL_CONTACT}, officials = true)
    public JsonObject list(@QueryParam("before") Long before, @QueryParam("limit") @DefaultValue("50") int limit) {
        SignedIn who = person.signedIn();
        Instant now = clock.instant();
        JsonArrayBuilder items = Json.createArrayBuilder();
        announcements.list(AnnouncementKind.CHANGE, who.contour(), Optional.ofNullable(before), limit).forEach(change -> items.add(OutagesResource.json(change, now)));
        return Json.createObjectBuilder().add("changes", items)
                .add("emergenciesOfAYear", announcements.emergencies(AnnouncementKind.CHANGE, who.contour(), now.minus(OutagesResource.A_YEAR))).build();
    }

    @GET
    @Permitted(value = {Role.PARTICIPANT, Role.OPERATIONAL_CONTACT}, officials = true)
    @Path("/{id}")
    public JsonObject get(@PathParam("id") UUID id) {
        SignedIn who = person.signedIn();
        return OutagesResource.json(announcements.get(new AnnouncementId(id), AnnouncementKind.CHANGE, who.contour()), clock.instant());
    }

    @GET
    @Permitted(officials = true)
    @Path("/{id}/affected")
    public JsonObject affected(@PathParam("id") UUID id) {
        SignedIn who = person.signedIn();
        return OutagesResource.affected(announcements.affected(new AnnouncementId(id), AnnouncementKind.CHANGE, who.contour()));
    }

    /** Takes it back before its day. */
    @POST
    @Permitted(Role.SERVICE_OWNER)
    @Path("/{id}/withdrawal")
    public JsonObject withdraw(@PathParam("id") UUID id, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        String reason = json.text("reason");
        json.end();
        return OutagesResource.json(announcements.withdraw(new AnnouncementId(id), AnnouncementKind.CHANGE, who.contour(), reason, who.actor()), clock.instant());
    }

    private static NewChange change(String body) {
        JsonBody json = JsonBody.of(body);
        NewChange change = new NewChange(new HashSet<>(json.texts("services")), Input.day(json.text("firstDay"), "firstDay"), json.text("description"), json.optionalText("newVersion"),
                json.optionalText("emergencyReason"));
        json.end();
        return change;
    }
}
