package org.kopuro.access.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.jointtests.Exercise;
import org.kopuro.access.jointtests.Exercises;
import org.kopuro.accounts.Role;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.participants.ParticipantId;

/** {@code /api/v1/access/exercised}: which of its services a participant has tried in TEST, by the calls that were recorded (ACC-O19). */
@Path("/access/exercised")
@Produces(MediaType.APPLICATION_JSON)
public class ExercisedResource {

    @Inject
    private Exercises exercises;
    @Inject
    private Visible visible;
    @Inject
    private Person person;

    @GET
    @Permitted(value = Role.PARTICIPANT, officials = true)
    public JsonObject list(@QueryParam("participant") UUID participant) {
        return Listing.of("services", exercises.of(person.signedIn().contour(), visible.own(), Optional.ofNullable(participant).map(ParticipantId::new)), ExercisedResource::json);
    }

    private static JsonObjectBuilder json(Exercise one) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("subsystem", one.subsystem().value().toString()).add("service", one.service()).add("exercised", one.exercised())
                .add("answered", one.answered()).add("refused", one.refused());
        one.lastAnswered().ifPresent(at -> out.add("lastAnswered", at.toString()));
        one.lastRefused().ifPresent(at -> out.add("lastRefused", at.toString()));
        one.lastRefusal().ifPresent(code -> out.add("lastRefusal", code));
        return out;
    }
}
