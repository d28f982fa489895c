package org.kopuro.consent.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.consent.portals.Portals;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.participants.SubsystemId;

/** {@code /api/v1/admin/portals}: which subsystems may read for a taxpayer who saw his data; in the contour of the official's account. */
@Path("/admin/portals")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PortalsResource {

    @Inject
    private Portals portals;
    @Inject
    private Person person;

    @GET
    @Permitted(officials = true)
    public JsonObject list() {
        JsonArrayBuilder items = Json.createArrayBuilder();
        portals.of(person.signedIn().contour()).forEach(portal -> {
            JsonObjectBuilder one = Json.createObjectBuilder().add("id", portal.id().toString()).add("participant", portal.participant().value().toString())
                    .add("participantName", portal.participantName()).add("subsystem", portal.subsystem().value().toString()).add("subsystemCode", portal.subsystemCode())
                    .add("reason", portal.reason()).add("namedAt", portal.namedAt().toString());
            portal.endedAt().ifPresent(at -> one.add("endedAt", at.toString()));
            portal.endReason().ifPresent(reason -> one.add("endReason", reason));
            items.add(one);
        });
        return Json.createObjectBuilder().add("portals", items).build();
    }

    @PUT
    @Permitted(Role.SECURITY_OFFICER)
    @Path("/{subsystem}")
    public JsonObject name(@PathParam("subsystem") UUID subsystem, String body) {
        SignedIn who = person.signedIn();
        UUID named = portals.name(new SubsystemId(subsystem), who.contour(), reason(body), who.actor());
        return Json.createObjectBuilder().add("id", named.toString()).build();
    }

    /** When this answers, nothing is told to it any more, on any node. */
    @POST
    @Permitted(Role.SECURITY_OFFICER)
    @Path("/{subsystem}/end")
    public void end(@PathParam("subsystem") UUID subsystem, String body) {
        SignedIn who = person.signedIn();
        portals.end(new SubsystemId(subsystem), who.contour(), reason(body), who.actor());
    }

    private static String reason(String body) {
        JsonBody json = JsonBody.of(body);
        String reason = json.text("reason");
        json.end();
        return reason;
    }
}
