package org.kopuro.consent.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.consent.Tidings;
import org.kopuro.consent.events.Callbacks;
import org.kopuro.consent.events.ConsentEvents;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.SubsystemId;

/** {@code /api/v1/admin/consent-events}: where subsystems listen, what they have not acknowledged in time, and who presented others' tokens; in the contour of the official's account. */
@Path("/admin/consent-events")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CallbacksResource {

    @Inject
    private Callbacks callbacks;
    @Inject
    private ConsentEvents events;
    @Inject
    private Tidings tidings;
    @Inject
    private Person person;

    @GET
    @Permitted(officials = true)
    @Path("/overdue")
    public JsonObject overdue(@QueryParam("limit") @DefaultValue("100") int limit) {
        return Listing.of("overdue", events.overdue(person.signedIn().contour(), limit),
                event -> ConsentEventsResource.json(event).add("participant", event.participant().value().toString()));
    }

    /** Who presented tokens that were made for others (P10). */
    @GET
    @Permitted(officials = true)
    @Path("/strangers")
    public JsonObject strangers(@QueryParam("limit") @DefaultValue("100") int limit) {
        return Listing.of("strangers", tidings.strangers(person.signedIn().contour(), limit), TidingsResource::json);
    }

    @GET
    @Permitted(officials = true)
    @Path("/callbacks/{subsystem}")
    public JsonObject get(@PathParam("subsystem") UUID subsystem) {
        String url = callbacks.of(new SubsystemId(subsystem), person.signedIn().contour()).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "callback"));
        return Json.createObjectBuilder().add("url", url).build();
    }

    @PUT
    @Permitted(Role.OPERATOR)
    @Path("/callbacks/{subsystem}")
    public void register(@PathParam("subsystem") UUID subsystem, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        String url = json.text("url");
        json.end();
        callbacks.register(new SubsystemId(subsystem), who.contour(), url, who.actor());
    }

    @DELETE
    @Permitted(Role.OPERATOR)
    @Path("/callbacks/{subsystem}")
    public void remove(@PathParam("subsystem") UUID subsystem) {
        SignedIn who = person.signedIn();
        callbacks.remove(new SubsystemId(subsystem), who.contour(), who.actor());
    }
}
