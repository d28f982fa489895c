package org.kopuro.access.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
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
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.duties.IncidentEvent;
import org.kopuro.access.duties.IncidentId;
import org.kopuro.access.duties.IncidentSeverity;
import org.kopuro.access.duties.IncidentSource;
import org.kopuro.access.duties.IncidentState;
import org.kopuro.access.duties.IncidentView;
import org.kopuro.access.duties.Incidents;
import org.kopuro.access.duties.NewIncident;
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

/** {@code /api/v1/access/incidents}: incidents of the contour, the authority's own affair; opened, worked on and closed by an operator. */
@Path("/access/incidents")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class IncidentsResource {

    @Inject
    private Incidents incidents;
    @Inject
    private Person person;

    @POST
    @Permitted(Role.SECURITY_OFFICER)
    public Response open(String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        NewIncident incident = new NewIncident(json.oneOf(IncidentSource.class, "source"), json.oneOf(IncidentSeverity.class, "severity"),
                json.optionalText("kind").orElse(NewIncident.OTHER), json.optionalText("participant").map(id -> new ParticipantId(Input.uuid(id, "participant"))), json.text("text"));
        json.end();
        return Response.status(Response.Status.CREATED).entity(json(incidents.open(incident, who.contour(), who.actor()))).build();
    }

    /** The newest first; {@code before} is the last number of the page that was read. */
    @GET
    @Permitted(officials = true)
    public JsonObject list(@QueryParam("state") String state, @QueryParam("before") Long before, @QueryParam("limit") @DefaultValue("50") int limit) {
        SignedIn who = person.signedIn();
        return Listing.of("incidents", incidents.list(who.contour(), Optional.ofNullable(state).map(name -> Input.oneOf(IncidentState.class, name, "state")),
                Optional.ofNullable(before), limit), IncidentsResource::json);
    }

    @GET
    @Permitted(officials = true)
    @Path("/{id}")
    public JsonObject get(@PathParam("id") UUID id) {
        SignedIn who = person.signedIn();
        return json(incidents.get(new IncidentId(id), who.contour()));
    }

    @POST
    @Permitted(Role.SECURITY_OFFICER)
    @Path("/{id}/events")
    public JsonObject event(@PathParam("id") UUID id, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        IncidentEvent event = json.oneOf(IncidentEvent.class, "event");
        String text = json.text("text");
        json.end();
        return json(switch (event) {
            case MEASURE -> incidents.measure(new IncidentId(id), who.contour(), text, who.actor());
            case CLOSE -> incidents.close(new IncidentId(id), who.contour(), text, who.actor());
            case OPEN -> throw Refusal.of(InputRefusal.FIELD_INVALID, "event");
        });
    }

    private static JsonObject json(IncidentView incident) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", incident.id().value().toString()).add("number", incident.number()).add("contour", incident.contour().name())
                .add("source", incident.source().name()).add("severity", incident.severity().name()).add("kind", incident.kind()).add("state", incident.state().name())
                .add("openedAt", incident.openedAt().toString()).add("text", incident.text()).add("measures", Json.createArrayBuilder(incident.measures()));
        incident.participant().ifPresent(participant -> out.add("participant", participant.value().toString()));
        incident.report().ifPresent(report -> out.add("report", report.value().toString()));
        incident.closedAt().ifPresent(at -> out.add("closedAt", at.toString()));
        incident.outcome().ifPresent(outcome -> out.add("outcome", outcome));
        return out.build();
    }
}
