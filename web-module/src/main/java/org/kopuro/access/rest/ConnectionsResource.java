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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.access.ConnectionChange;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.ConnectionView;
import org.kopuro.access.Connections;
import org.kopuro.access.requests.Proposals;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/**
 * {@code /api/v1/access/connections}: connections in the contour of whoever asks. What ends a connection without its participant's request is only proposed
 * here: the answer is 202 with the proposal.
 */
@Path("/access/connections")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ConnectionsResource {

    /** What wants a second official (ACC-2). */
    private static final Set<ConnectionEvent> PROPOSED = EnumSet.of(ConnectionEvent.ANNOUNCE_TERMINATION, ConnectionEvent.FORCE_DISCONNECTION, ConnectionEvent.LIQUIDATE);

    @Inject
    private Connections connections;
    @Inject
    private Proposals proposals;
    @Inject
    private Visible visible;
    @Inject
    private Person person;

    @GET
    @Permitted(value = Role.PARTICIPANT, officials = true)
    public JsonObject list(@QueryParam("participant") UUID participant) {
        SignedIn who = person.signedIn();
        return Listing.of("connections", connections.of(person.one(participant), who.contour()), ConnectionsResource::json);
    }

    @GET
    @Permitted(value = Role.PARTICIPANT, officials = true)
    @Path("/{id}")
    public JsonObject get(@PathParam("id") UUID id) {
        ConnectionView connection = visible.connection(id);
        JsonObjectBuilder out = Json.createObjectBuilder(json(connection));
        connections.announcement(connection).ifPresent(announcement -> {
            JsonObjectBuilder told = Json.createObjectBuilder().add("at", announcement.at().toString()).add("firstFor", announcement.firstFor().toString());
            announcement.toldAt().ifPresent(moment -> told.add("toldAt", moment.toString()));
            out.add("announcement", told);
        });
        return out.build();
    }

    @POST
    @Permitted({Role.SECURITY_OFFICER, Role.AGREEMENTS_OFFICER, Role.OPERATOR})
    @Path("/{id}/events")
    public Response event(@PathParam("id") UUID id, String body) {
        JsonBody json = JsonBody.of(body);
        ConnectionEvent event = json.oneOf(ConnectionEvent.class, "event");
        SignedIn who = person.signedIn(role(event).orElseThrow(() -> Refusal.of(InputRefusal.FIELD_INVALID, "event")));
        Optional<LocalDate> firstDay = json.optionalText("firstDay").map(day -> Input.day(day, "firstDay"));
        ConnectionChange change = new ConnectionChange(event, who.actor(), json.optionalText("ground"), json.text("reason"), firstDay,
                json.optionalText("incident").map(incident -> Input.uuid(incident, "incident")));
        json.end();
        if (PROPOSED.contains(event)) {
            return Response.accepted(ProposalsResource.json(proposals.proposeMeasure(new ConnectionId(id), who.contour(), change))).build();
        }
        return Response.ok(json(connections.apply(new ConnectionId(id), who.contour(), change))).build();
    }

    /** Whose an event is (10.2); nobody's where requests, agreements or the clock bring it about. */
    static Optional<Role> role(ConnectionEvent event) {
        return switch (event) {
            case ANNOUNCE_SUSPENSION, WITHDRAW_SUSPENSION, SUSPEND, FORCE_DISCONNECTION -> Optional.of(Role.SECURITY_OFFICER);
            case ANNOUNCE_TERMINATION, WITHDRAW_TERMINATION -> Optional.of(Role.AGREEMENTS_OFFICER);
            case LIQUIDATE -> Optional.of(Role.OPERATOR);
            default -> Optional.empty();
        };
    }

    private static JsonObject json(ConnectionView connection) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", connection.id().value().toString()).add("participant", connection.participant().value().toString())
                .add("contour", connection.contour().name()).add("procedure", connection.procedure()).add("state", connection.state().name())
                .add("passesCalls", connection.state().passesCalls()).add("since", connection.since().toString()).add("reason", connection.reason());
        connection.ground().ifPresent(ground -> out.add("ground", ground));
        connection.incident().ifPresent(incident -> out.add("incident", incident.toString()));
        connection.basis().ifPresent(basis -> out.add("suspensionBasis", Json.createObjectBuilder().add("agreement", basis.agreement().toString()).add("number", basis.number())
                .add("version", basis.version()).add("text", basis.text())));
        connection.announcedFor().ifPresent(moment -> out.add("announcedFor", moment.toString()));
        return out.build();
    }
}
