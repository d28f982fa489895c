package org.kopuro.consent.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.consent.ClockControl;
import org.kopuro.consent.TokenId;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.participants.ParticipantId;

/** {@code /api/v1/consents/{consent}/expiry}: in TEST a participant brings a token that it holds to its expiry (CON-161). */
@Path("/consents/{consent}/expiry")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ClockControlResource {

    @Inject
    private ClockControl clock;
    @Inject
    private Person person;

    @POST
    @Permitted({Role.PARTICIPANT, Role.NODE_ADMINISTRATOR})
    public JsonObject expire(@PathParam("consent") UUID consent, String body) {
        SignedIn who = person.signedIn();
        JsonBody.of(body).end();
        return Json.createObjectBuilder().add("consent", consent.toString()).add("state", "EXPIRED")
                .add("endedAt", clock.expire(new TokenId(consent), new ParticipantId(who.participant().orElseThrow()), who.contour(), who.actor()).toString()).build();
    }
}
