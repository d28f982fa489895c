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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.duties.Affected;
import org.kopuro.access.duties.AnnouncementEvent;
import org.kopuro.access.duties.AnnouncementId;
import org.kopuro.access.duties.AnnouncementKind;
import org.kopuro.access.duties.AnnouncementView;
import org.kopuro.access.duties.Announcements;
import org.kopuro.access.duties.NewOutage;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Input;

/**
 * {@code /api/v1/access/outages}: announced work in the contour of whoever looks. An operator looks whom it affects ({@code /preview}), publishes, withdraws or
 * ends it; whom it affected is the authority's to see.
 */
@Path("/access/outages")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class OutagesResource {

    /** The exception for emergencies is counted (ACC-91). */
    static final Duration A_YEAR = Duration.ofDays(365);

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
        return Response.status(Response.Status.CREATED).entity(json(announcements.publish(outage(body), who.contour(), who.actor()), clock.instant())).build();
    }

    @POST
    @Permitted(Role.SERVICE_OWNER)
    @Path("/preview")
    public JsonObject preview(String body) {
        SignedIn who = person.signedIn();
        return affected(announcements.preview(outage(body), who.contour()));
    }

    /** The newest first; {@code before} is the last number of the page that was read. */
    @GET
    @Permitted(value = {Role.PARTICIPANT, Role.OPERATIONAL_CONTACT}, officials = true)
    public JsonObject list(@QueryParam("before") Long before, @QueryParam("limit") @DefaultValue("50") int limit) {
        SignedIn who = person.signedIn();
        Instant now = clock.instant();
        JsonArrayBuilder items = Json.createArrayBuilder();
        announcements.list(AnnouncementKind.OUTAGE, who.contour(), Optional.ofNullable(before), limit).forEach(outage -> items.add(json(outage, now)));
        return Json.createObjectBuilder().add("outages", items)
                .add("emergenciesOfAYear", announcements.emergencies(AnnouncementKind.OUTAGE, who.contour(), now.minus(A_YEAR))).build();
    }

    @GET
    @Permitted(value = {Role.PARTICIPANT, Role.OPERATIONAL_CONTACT}, officials = true)
    @Path("/{id}")
    public JsonObject get(@PathParam("id") UUID id) {
        SignedIn who = person.signedIn();
        return json(announcements.get(new AnnouncementId(id), AnnouncementKind.OUTAGE, who.contour()), clock.instant());
    }

    @GET
    @Permitted(officials = true)
    @Path("/{id}/affected")
    public JsonObject affected(@PathParam("id") UUID id) {
        SignedIn who = person.signedIn();
        return affected(announcements.affected(new AnnouncementId(id), AnnouncementKind.OUTAGE, who.contour()));
    }

    @POST
    @Permitted(Role.SERVICE_OWNER)
    @Path("/{id}/events")
    public JsonObject event(@PathParam("id") UUID id, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        AnnouncementEvent event = json.oneOf(AnnouncementEvent.class, "event");
        String reason = json.text("reason");
        json.end();
        AnnouncementId outage = new AnnouncementId(id);
        return json(switch (event) {
            case WITHDRAWN -> announcements.withdraw(outage, AnnouncementKind.OUTAGE, who.contour(), reason, who.actor());
            case ENDED -> announcements.endEarly(outage, who.contour(), reason, who.actor());
        }, clock.instant());
    }

    private static NewOutage outage(String body) {
        JsonBody json = JsonBody.of(body);
        NewOutage outage = new NewOutage(new HashSet<>(json.texts("services")), Input.instant(json.text("start"), "start"), Input.instant(json.text("end"), "end"), json.text("reason"),
                json.optionalText("emergencyReason"));
        json.end();
        return outage;
    }

    static JsonObject json(AnnouncementView announcement, Instant now) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", announcement.id().value().toString()).add("number", announcement.number())
                .add("contour", announcement.contour().name()).add("procedure", announcement.procedure()).add("version", announcement.version())
                .add("services", Json.createArrayBuilder(announcement.services())).add("state", announcement.state(now).name()).add("start", announcement.start().toString())
                .add("text", announcement.text()).add("emergency", announcement.emergencyReason().isPresent()).add("publishedAt", announcement.publishedAt().toString())
                .add("affected", announcement.affected());
        announcement.end().ifPresent(end -> out.add("end", end.toString()));
        announcement.newVersion().ifPresent(version -> out.add("newVersion", version));
        announcement.toldAt().ifPresent(at -> out.add("toldAt", at.toString()));
        announcement.untoldAt().ifPresent(at -> out.add("untoldAt", at.toString()));
        announcement.emergencyReason().ifPresent(reason -> out.add("emergencyReason", reason));
        announcement.ended().ifPresent(ended -> out.add("ended", Json.createObjectBuilder().add("event", ended.event().name()).add("at", ended.at().toString()).add("reason", ended.reason())));
        return out.build();
    }

    static JsonObject affected(List<Affected> affected) {
        return Listing.of("affected", affected, one -> Json.createObjectBuilder().add("participant", one.participant().value().toString()).add("name", one.name())
                .add("services", Json.createArrayBuilder(one.services())).add("hasRight", one.hasRight()).add("calls", one.calls()));
    }
}
