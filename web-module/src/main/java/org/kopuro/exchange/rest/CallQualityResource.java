package org.kopuro.exchange.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.repetition.CallQuality;
import org.kopuro.exchange.repetition.RepetitionPolicy;
import org.kopuro.exchange.repetition.RepetitionRule;
import org.kopuro.exchange.repetition.Repetitions;

/** {@code /api/v1/exchange/quality} and {@code …/repetition}: how well a participant's calls are made, and what is done about its repeated ids; it sees its own. */
@Path("/exchange")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CallQualityResource {

    @Inject
    private Repetitions repetitions;
    @Inject
    private Person person;

    @GET
    @Permitted({Role.PARTICIPANT, Role.SECURITY_OFFICER, Role.APPROVER, Role.AUDITOR})
    @Path("/quality")
    public JsonObject quality(@QueryParam("participant") UUID participant, @QueryParam("days") @DefaultValue("7") int days) {
        SignedIn who = person.signedIn();
        CallQuality quality = repetitions.quality(person.one(participant), who.contour(), days);
        return Json.createObjectBuilder().add("days", days).add("calls", quality.calls()).add("ownId", quality.ownId()).add("uuid", quality.uuid())
                .add("userNamed", quality.userNamed()).add("wellFormed", quality.wellFormed()).add("malformedAsClaimed", quality.malformed()).add("score", quality.score()).build();
    }

    @GET
    @Permitted(value = Role.PARTICIPANT, officials = true)
    @Path("/repetition")
    public JsonObject rule(@QueryParam("participant") UUID participant) {
        SignedIn who = person.signedIn();
        return json(repetitions.of(person.one(participant), who.contour()));
    }

    /** {@code after} is the revision that was read; 0 where there was none. */
    @PUT
    @Permitted(Role.SECURITY_OFFICER)
    @Path("/repetition")
    public JsonObject set(@QueryParam("participant") UUID participant, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        RepetitionRule rule = new RepetitionRule(json.oneOf(RepetitionPolicy.class, "policy"), Duration.ofMinutes(json.number("rememberedMinutes")), json.number("after"));
        String reason = json.text("reason");
        json.end();
        return json(repetitions.set(person.one(participant), who.contour(), rule, reason, who.actor()));
    }

    private static JsonObject json(RepetitionRule rule) {
        return Json.createObjectBuilder().add("policy", rule.policy().name()).add("rememberedMinutes", rule.remembered().toMinutes()).add("revision", rule.revision()).build();
    }
}
