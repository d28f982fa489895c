package org.kopuro.access.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.AccessRightEvent;
import org.kopuro.access.AccessRightId;
import org.kopuro.access.AccessRightView;
import org.kopuro.access.AccessRights;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.access.NewAccessRight;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.SubsystemId;

/** {@code /api/v1/admin/…}: connections and access rights of the operator's own contour. */
@Path("/admin")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AccessResource {

    @Inject
    private Connections connections;
    @Inject
    private AccessRights rights;
    @Inject
    private Person person;

    @POST
    @Path("/participants/{id}/connection/events")
    public JsonObject connectionEvent(@PathParam("id") UUID id, String body) {
        JsonBody json = JsonBody.of(body);
        ConnectionEvent event = json.oneOf(ConnectionEvent.class, "event");
        String reason = json.text("reason");
        json.end();
        return json(connections.apply(event, new ParticipantId(id), contour(), reason));
    }

    @GET
    @Path("/participants/{id}/connection")
    public JsonObject connection(@PathParam("id") UUID id) {
        return json(connections.find(new ParticipantId(id), contour()).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "connection")));
    }

    @POST
    @Path("/subsystems/{id}/access-rights")
    public Response grant(@PathParam("id") UUID id, String body) {
        JsonBody json = JsonBody.of(body);
        LocalDate from = Input.day(json.text("validFrom"), "validFrom");
        Optional<LocalDate> to = json.optionalText("validTo").map(day -> Input.day(day, "validTo"));
        NewAccessRight grant = new NewAccessRight(new SubsystemId(id), json.text("service"), contour(), from, to);
        json.end();
        return Response.status(Response.Status.CREATED).entity(json(rights.grant(grant))).build();
    }

    @GET
    @Path("/subsystems/{id}/access-rights")
    public JsonObject list(@PathParam("id") UUID id) {
        JsonArrayBuilder items = Json.createArrayBuilder();
        rights.of(new SubsystemId(id), contour()).forEach(right -> items.add(json(right)));
        return Json.createObjectBuilder().add("accessRights", items).build();
    }

    @POST
    @Path("/access-rights/{id}/events")
    public JsonObject rightEvent(@PathParam("id") UUID id, String body) {
        JsonBody json = JsonBody.of(body);
        AccessRightEvent event = json.oneOf(AccessRightEvent.class, "event");
        String reason = json.text("reason");
        json.end();
        return json(rights.apply(event, new AccessRightId(id), contour(), reason));
    }

    private Contour contour() {
        return person.signedIn().contour();
    }

    private static JsonObject json(ConnectionView connection) {
        return Json.createObjectBuilder().add("participant", connection.participant().value().toString()).add("contour", connection.contour().name())
                .add("state", connection.state().name()).add("since", connection.since().toString()).add("reason", connection.reason()).build();
    }

    private static JsonObject json(AccessRightView right) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", right.id().value().toString())
                .add("subsystem", right.subsystem().value().toString()).add("service", right.serviceCode()).add("contour", right.contour().name())
                .add("validFrom", right.validFrom().toString()).add("state", right.state().name());
        right.validTo().ifPresent(day -> out.add("validTo", day.toString()));
        right.revokedReason().ifPresent(reason -> out.add("revokedReason", reason));
        return out.build();
    }
}
