package org.kopuro.consent.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.consent.Taxpayer;
import org.kopuro.consent.Tiding;
import org.kopuro.consent.Tidings;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.representation.rest.ActsFor;

/** {@code /api/v1/tidings}: what the signed-in taxpayer is told about tokens, the newest first. */
@Path("/tidings")
@Produces(MediaType.APPLICATION_JSON)
public class TidingsResource {

    @Inject
    private Tidings tidings;
    @Inject
    private ActsFor actsFor;
    @Inject
    private Person person;

    @GET
    @Permitted(Role.TAXPAYER)
    public JsonObject list(@QueryParam("before") UUID before, @QueryParam("limit") @DefaultValue("100") int limit) {
        SignedIn who = person.signedIn();
        List<Tiding> page = tidings.of(new Taxpayer(who.contour(), actsFor.himself()), Optional.ofNullable(before), limit);
        return Listing.of("tidings", page, TidingsResource::own, tiding -> tiding.id().toString());
    }

    /** Who issued a token may know its last characters. */
    private static JsonObjectBuilder own(Tiding tiding) {
        JsonObjectBuilder out = json(tiding);
        tiding.lastFour().ifPresent(characters -> out.add("lastFour", characters));
        return out;
    }

    static JsonObjectBuilder json(Tiding tiding) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", tiding.id().toString()).add("tiding", tiding.kind().name()).add("at", tiding.at().toString())
                .add("participant", tiding.participant().value().toString()).add("participantName", tiding.participantName())
                .add("subsystem", tiding.subsystem());
        tiding.token().ifPresent(token -> out.add("token", token.value().toString()));
        tiding.form().ifPresent(form -> out.add("form", form.toString()));
        tiding.formNumber().ifPresent(number -> out.add("formNumber", number));
        tiding.effectiveAt().ifPresent(at -> out.add("effectiveAt", at.toString()));
        tiding.cause().ifPresent(cause -> out.add("cause", cause));
        tiding.reason().ifPresent(reason -> out.add("reason", reason));
        tiding.lastUsedAt().ifPresent(at -> out.add("lastUsedAt", at.toString()));
        return out;
    }
}
