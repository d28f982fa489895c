package org.kopuro.loans.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.loans.LoanJson;
import org.kopuro.loans.RuleEffect;
import org.kopuro.loans.RuleEffects;

/** {@code /api/v1/programmes/{code}/rule-sets/{id}/effects}: what a version of the rules would change of open applications (LOAN-81). */
@Path("/programmes/{code}/rule-sets/{id}/effects")
@Produces(MediaType.APPLICATION_JSON)
public class RuleEffectsResource {

    @Inject
    private RuleEffects effects;
    @Inject
    private Person person;

    /** Old and new side by side, of those that differ among the applications behind {@code after}. */
    @GET
    @Permitted({Role.METHODOLOGY_OWNER, Role.OPERATOR, Role.AUDITOR})
    public JsonObject effects(@PathParam("code") String code, @PathParam("id") UUID id, @QueryParam("after") UUID after) {
        RuleEffects.Page page = effects.of(code, id, person.signedIn().contour(), Optional.ofNullable(after));
        JsonObjectBuilder answer = Json.createObjectBuilder(Listing.of("effects", page.effects(), RuleEffectsResource::json)).add("lookedAt", page.looked());
        page.next().ifPresent(next -> answer.add("next", next.toString()));
        return answer.build();
    }

    private static JsonObject json(RuleEffect effect) {
        JsonObjectBuilder json = Json.createObjectBuilder().add("loan", effect.loan().toString()).add("bank", effect.bank().toString()).add("stageNow", effect.now().stage())
                .add("stageThen", effect.then().stage()).add("outsideStageNow", effect.now().outsideStage()).add("outsideStageThen", effect.then().outsideStage())
                .add("verdictNow", effect.now().verdict().name()).add("verdictThen", effect.then().verdict().name());
        effect.now().maximum().ifPresent(maximum -> json.add("maximumNow", LoanJson.roubles(maximum)));
        effect.then().maximum().ifPresent(maximum -> json.add("maximumThen", LoanJson.roubles(maximum)));
        return json.build();
    }
}
