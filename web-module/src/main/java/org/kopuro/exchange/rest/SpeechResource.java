package org.kopuro.exchange.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.kopuro.access.Connections;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.kernel.Language;
import org.kopuro.participants.FaultDialect;
import org.kopuro.participants.ParticipantRefusal;
import org.kopuro.participants.Participants;
import org.kopuro.participants.Speech;

/** {@code /api/v1/exchange/speech}: the language of what a participant is told and the spelling of its fault codes; it sets its own, an access officer anybody's. */
@Path("/exchange/speech")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SpeechResource {

    @Inject
    private Participants participants;
    @Inject
    private Connections connections;
    @Inject
    private Person person;

    @GET
    @Permitted(value = Role.PARTICIPANT, officials = true)
    public JsonObject speech(@QueryParam("participant") UUID participant) {
        return json(participants.speech(person.one(participant)));
    }

    @PUT
    @Permitted({Role.PARTICIPANT, Role.OPERATOR})
    public JsonObject speak(@QueryParam("participant") UUID participant, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        Speech speech = new Speech(json.oneOf(Language.class, "language"), json.oneOf(FaultDialect.class, "faultDialect"));
        String reason = json.text("reason");
        json.end();
        connections.requireForBoth(person.one(participant), who.contour(), ParticipantRefusal.SPEECH_OF_PRODUCTION);
        return json(participants.speak(person.one(participant), speech, reason, who.actor()));
    }

    private static JsonObject json(Speech speech) {
        return Json.createObjectBuilder().add("language", speech.language().name()).add("faultDialect", speech.faultDialect().name()).build();
    }
}
