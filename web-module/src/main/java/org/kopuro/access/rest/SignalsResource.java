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
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.AccessRightState;
import org.kopuro.access.AccessRights;
import org.kopuro.access.ConnectionChange;
import org.kopuro.access.ConnectionEvent;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.monitoring.SignalEvent;
import org.kopuro.access.monitoring.SignalId;
import org.kopuro.access.monitoring.SignalState;
import org.kopuro.access.monitoring.SignalView;
import org.kopuro.access.monitoring.Signals;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** {@code /api/v1/access/signals}: what rules found of the use of services. An operator suspends because of one, or dismisses it. */
@Path("/access/signals")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SignalsResource {

    @Inject
    private Signals signals;
    @Inject
    private AccessRights rights;
    @Inject
    private Person person;

    /** The newest first; {@code before} is the last number of the page that was read. */
    @GET
    @Permitted({Role.SECURITY_OFFICER, Role.APPROVER, Role.AUDITOR})
    public JsonObject list(@QueryParam("state") String state, @QueryParam("before") Long before, @QueryParam("limit") @DefaultValue("50") int limit) {
        SignedIn who = person.signedIn();
        return Listing.of("signals", signals.list(who.contour(), Optional.ofNullable(state).map(name -> Input.oneOf(SignalState.class, name, "state")),
                Optional.ofNullable(before), limit), SignalsResource::json);
    }

    /** With what may be done about it. */
    @GET
    @Permitted({Role.SECURITY_OFFICER, Role.APPROVER, Role.AUDITOR})
    @Path("/{id}")
    public JsonObject get(@PathParam("id") UUID id) {
        SignedIn who = person.signedIn();
        SignalView signal = signals.get(new SignalId(id), who.contour());
        JsonArrayBuilder drafts = Json.createArrayBuilder();
        signals.draft(signal).forEach(draft -> drafts.add(Json.createObjectBuilder().add("connection", draft.connection().value().toString()).add("procedure", draft.procedure())
                .add("measure", draft.measure().name()).add("ground", draft.ground())));
        JsonArrayBuilder purposes = Json.createArrayBuilder();
        signal.subsystem().stream().flatMap(subsystem -> rights.of(subsystem, who.contour()).stream()).filter(right -> right.state() == AccessRightState.ACTIVE).forEach(right -> right.purpose().ifPresent(purpose ->
                purposes.add(Json.createObjectBuilder().add("service", right.serviceCode()).add("purpose", purpose))));
        return json(signal).add("draft", drafts).add("purposes", purposes).build();
    }

    @POST
    @Permitted(Role.SECURITY_OFFICER)
    @Path("/{id}/events")
    public JsonObject event(@PathParam("id") UUID id, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        SignalEvent event = json.oneOf(SignalEvent.class, "event");
        String reason = json.text("reason");
        switch (event) {
            case PROPOSE -> {
                ConnectionId connection = new ConnectionId(Input.uuid(json.text("connection"), "connection"));
                ConnectionChange suspension = new ConnectionChange(json.oneOf(ConnectionEvent.class, "measure"), who.actor(), Optional.of(json.text("ground")), reason,
                        json.optionalText("firstDay").map(day -> Input.day(day, "firstDay")));
                json.end();
                return json(signals.propose(new SignalId(id), who.contour(), connection, suspension)).build();
            }
            case DISMISS -> {
                json.end();
                return json(signals.dismiss(new SignalId(id), who.contour(), reason, who.actor())).build();
            }
            default -> throw Refusal.of(InputRefusal.FIELD_INVALID, "event");
        }
    }

    private static JsonObjectBuilder json(SignalView signal) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", signal.id().value().toString()).add("number", signal.number()).add("contour", signal.contour().name())
                .add("participant", signal.participant().value().toString()).add("rule", signal.rule())
                .add("ruleVersion", signal.ruleVersion()).add("kind", signal.kind().name()).add("severity", signal.severity().name())
                .add("windowStart", signal.windowStart().toString()).add("windowEnd", signal.windowEnd().toString()).add("seen", signal.seen()).add("calls", signal.calls())
                .add("incident", signal.incident().value().toString()).add("state", signal.state().name()).add("raisedAt", signal.raisedAt().toString())
                .add("since", signal.since().toString());
        signal.subsystem().ifPresent(subsystem -> out.add("subsystem", subsystem.value().toString()));
        signal.before().ifPresent(before -> out.add("before", before));
        signal.reason().ifPresent(reason -> out.add("reason", reason));
        signal.connection().ifPresent(connection -> out.add("connection", connection.value().toString()));
        return out;
    }
}
