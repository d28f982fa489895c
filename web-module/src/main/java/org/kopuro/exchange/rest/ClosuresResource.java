package org.kopuro.exchange.rest;

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
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.closures.ClosureView;
import org.kopuro.exchange.closures.Closures;
import org.kopuro.exchange.closures.NewClosure;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.Language;

/** {@code /api/v1/exchange/closures}: the contour of whoever looks, or a service in it, closed by hand; reasons and names are the authority's to see. */
@Path("/exchange/closures")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ClosuresResource {

    @Inject
    private Closures closures;
    @Inject
    private Person person;
    @Inject
    private Clock clock;

    @POST
    @Permitted({Role.SERVICE_OWNER, Role.SECURITY_OFFICER})
    public Response close(String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        Map<Language, String> notice = new EnumMap<>(Language.class);
        json.optionalObject("notice").ifPresent(texts -> {
            for (Language language : Language.values()) {
                texts.optionalText(language.tag()).ifPresent(text -> notice.put(language, text));
            }
            texts.end();
        });
        NewClosure closure = new NewClosure(json.optionalText("service"), notice, json.optionalText("from").map(from -> Input.instant(from, "from")),
                json.optionalText("until").map(until -> Input.instant(until, "until")), json.text("reason"));
        json.end();
        return Response.status(Response.Status.CREATED).entity(json(closures.close(closure, who.contour(), who.actor()), true)).build();
    }

    /** The newest first; {@code before} is the last number of the page that was read. */
    @GET
    @Permitted(value = {Role.PARTICIPANT, Role.OPERATIONAL_CONTACT}, officials = true)
    public JsonObject list(@QueryParam("before") Long before, @QueryParam("limit") @DefaultValue("50") int limit) {
        SignedIn who = person.signedIn();
        return Listing.of("closures", closures.list(who.contour(), Optional.ofNullable(before), limit), closure -> json(closure, who.participant().isEmpty()));
    }

    @POST
    @Permitted({Role.SERVICE_OWNER, Role.SECURITY_OFFICER})
    @Path("/{id}/open")
    public JsonObject open(@PathParam("id") UUID id, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        String reason = json.text("reason");
        json.end();
        return json(closures.open(id, who.contour(), reason, who.actor()), true);
    }

    private JsonObject json(ClosureView closure, boolean forOfficials) {
        Instant now = clock.instant();
        JsonObjectBuilder notice = Json.createObjectBuilder();
        closure.notice().forEach((language, text) -> notice.add(language.tag(), text));
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", closure.id().toString()).add("number", closure.number()).add("contour", closure.contour().name())
                .add("notice", notice).add("from", closure.from().toString()).add("on", closure.isOn(now)).add("closedAt", closure.closedAt().toString());
        closure.service().ifPresent(service -> out.add("service", service));
        closure.until().ifPresent(until -> out.add("until", until.toString()));
        closure.opened().ifPresent(opened -> out.add("openedAt", opened.at().toString()));
        if (forOfficials) {
            out.add("reason", closure.reason()).add("closedBy", closure.closedBy().toString());
            closure.opened().ifPresent(opened -> out.add("openedBy", opened.by().toString()).add("openedReason", opened.reason()));
        }
        return out.build();
    }
}
