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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.kopuro.access.duties.IncidentSeverity;
import org.kopuro.access.monitoring.NewSignalRule;
import org.kopuro.access.monitoring.SignalRuleView;
import org.kopuro.access.monitoring.SignalRules;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Input;

/** {@code /api/v1/access/signal-rules}: by what signals of misuse are raised (ACC-97). */
@Path("/access/signal-rules")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SignalRulesResource {

    @Inject
    private SignalRules rules;
    @Inject
    private Person person;

    /** By code, the newest version first. */
    @GET
    @Permitted({Role.SECURITY_OFFICER, Role.APPROVER, Role.AUDITOR})
    public JsonObject list() {
        return Listing.of("rules", rules.list(), SignalRulesResource::json);
    }

    /** The next version of the rule. */
    @POST
    @Permitted(Role.SECURITY_OFFICER)
    @Path("/{code}")
    public Response set(@PathParam("code") String code, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        NewSignalRule rule = new NewSignalRule(code, json.number("after"), json.optionalText("effectiveFrom").map(from -> Input.instant(from, "effectiveFrom")), json.flag("enabled"),
                json.oneOf(IncidentSeverity.class, "severity"), json.number("windowMinutes"), json.number("atLeast"), json.optionalNumber("step"), json.optionalNumber("percent"),
                json.optionalNumber("fromHour"), json.optionalNumber("toHour"), json.optionalNumber("withinDays"), json.text("reason"));
        json.end();
        return Response.status(Response.Status.CREATED).entity(json(rules.set(rule, who.contour(), who.actor()))).build();
    }

    private static JsonObject json(SignalRuleView rule) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("code", rule.code()).add("version", rule.version()).add("kind", rule.kind().name())
                .add("effectiveFrom", rule.effectiveFrom().toString()).add("enabled", rule.enabled()).add("severity", rule.severity().name())
                .add("windowMinutes", rule.windowMinutes()).add("atLeast", rule.atLeast());
        rule.step().ifPresent(step -> out.add("step", step));
        rule.percent().ifPresent(percent -> out.add("percent", percent));
        rule.fromHour().ifPresent(hour -> out.add("fromHour", hour));
        rule.toHour().ifPresent(hour -> out.add("toHour", hour));
        rule.withinDays().ifPresent(days -> out.add("withinDays", days));
        rule.setAt().ifPresent(at -> out.add("setAt", at.toString()));
        rule.reason().ifPresent(reason -> out.add("reason", reason));
        return out.build();
    }
}
