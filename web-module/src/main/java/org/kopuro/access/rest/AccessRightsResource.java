package org.kopuro.access.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.kopuro.access.AccessRightEvent;
import org.kopuro.access.AccessRightId;
import org.kopuro.access.AccessRightView;
import org.kopuro.access.AccessRights;
import org.kopuro.accounts.Role;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.participants.SubsystemId;

/** {@code /api/v1/admin/…}: access rights in the operator's own contour. They come about by requests that are
 * granted, or by an agreement from before the order, and by nothing else (ACC-56, ACC-58). */
@Path("/admin")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AccessRightsResource {

    @Inject
    private AccessRights rights;
    @Inject
    private Person person;

    @GET
    @Permitted(officials = true)
    @Path("/subsystems/{id}/access-rights")
    public JsonObject list(@PathParam("id") UUID id) {
        return Listing.of("accessRights", rights.of(new SubsystemId(id), person.signedIn().contour()), AccessRightsResource::json);
    }

    @POST
    @Permitted(Role.OPERATOR)
    @Path("/access-rights/{id}/events")
    public JsonObject event(@PathParam("id") UUID id, String body) {
        JsonBody json = JsonBody.of(body);
        AccessRightEvent event = json.oneOf(AccessRightEvent.class, "event");
        String reason = json.text("reason");
        json.end();
        return json(rights.apply(event, new AccessRightId(id), person.signedIn().contour(), reason, person.signedIn().actor()));
    }

    private static JsonObject json(AccessRightView right) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", right.id().value().toString())
                .add("subsystem", right.subsystem().value().toString()).add("service", right.serviceCode()).add("contour", right.contour().name())
                .add("validFrom", right.validFrom().toString()).add("state", right.state().name());
        right.purpose().ifPresent(purpose -> out.add("purpose", purpose));
        right.validTo().ifPresent(day -> out.add("validTo", day.toString()));
        out.add("granted", ParticipantHistoryResource.json(right.granted()));
        right.revoked().ifPresent(revoked -> out.add("revoked", ParticipantHistoryResource.json(revoked)));
        return out.build();
    }
}
