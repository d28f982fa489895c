package org.kopuro.consent.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.consent.events.ConsentEventView;
import org.kopuro.consent.events.ConsentEvents;
import org.kopuro.consent.events.EventTokens;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Input;
import org.kopuro.participants.ParticipantId;

/** {@code /api/v1/consents}: a participant fetches what became of the consents that it holds, as a list or as signed tokens, and acknowledges it. */
@Path("/consents")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ConsentEventsResource {

    private static final int SETS_MAX = 100;

    @Inject
    private ConsentEvents events;
    @Inject
    private EventTokens tokens;
    @Inject
    private Person person;

    /** Oldest first, after a number (CON-55). */
    @GET
    @Permitted(Role.PARTICIPANT)
    @Path("/changes")
    public JsonObject changes(@QueryParam("after") @DefaultValue("0") long after, @QueryParam("limit") @DefaultValue("1000") int limit) {
        SignedIn who = person.signedIn();
        List<ConsentEventView> page = events.after(participant(who), who.contour(), after, limit);
        return Listing.of("changes", page, ConsentEventsResource::json, ConsentEventView::sequence);
    }

    /** RFC 8936: acknowledges, notes what the receiver could not use, and hands over what waits, at once. */
    @POST
    @Permitted(Role.PARTICIPANT)
    @Path("/events")
    public JsonObject poll(String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        List<UUID> acknowledged = json.optionalTexts("ack").stream().map(id -> Input.uuid(id, "ack")).toList();
        int most = Math.max(0, Math.min(json.optionalNumber("maxEvents").orElse(SETS_MAX), SETS_MAX));
        json.flag("returnImmediately");
        Map<UUID, String> unusable = new LinkedHashMap<>();
        json.optionalNamed("setErrs").forEach((id, error) -> {
            unusable.put(Input.uuid(id, "setErrs"), error.text("err"));
            error.optionalText("description");
            error.end();
        });
        json.end();
        events.acknowledge(participant(who), who.contour(), acknowledged);
        events.unusable(participant(who), who.contour(), unusable);
        List<ConsentEventView> waiting = events.waiting(participant(who), who.contour(), most + 1);
        JsonObjectBuilder sets = Json.createObjectBuilder();
        waiting.stream().limit(most).forEach(event -> sets.add(event.id().toString(), tokens.sign(event)));
        return Json.createObjectBuilder().add("sets", sets).add("moreAvailable", waiting.size() > most).build();
    }

    private static ParticipantId participant(SignedIn who) {
        return new ParticipantId(who.participant().orElseThrow());
    }

    static JsonObjectBuilder json(ConsentEventView event) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", event.id().toString()).add("sequence", event.sequence()).add("event", event.kind().name())
                .add("subsystem", event.subsystem()).add("consent", event.consent().toString()).add("services", Json.createArrayBuilder(event.services()))
                .add("at", event.at().toString()).add("attempts", event.attempts());
        event.taxpayerInn().ifPresentOrElse(inn -> out.add("inn", inn), () -> out.add("erased", true));
        event.keptMonths().ifPresent(months -> out.add("keptMonths", months));
        event.cause().ifPresent(cause -> out.add("cause", cause));
        event.acknowledgedAt().ifPresent(at -> out.add("acknowledgedAt", at.toString()));
        event.problem().ifPresent(problem -> out.add("problem", problem));
        return out;
    }
}
