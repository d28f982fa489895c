package org.kopuro.consent.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.kopuro.accounts.ApiAccounts;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.consent.HeldTokens;
import org.kopuro.consent.Holder;
import org.kopuro.consent.Introspected;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.RefusalCode;

/**
 * {@code /api/v1/tokens/introspect} and {@code /api/v1/tokens/revoke}, shaped by RFC 7662 and RFC 7009: the subsystem that holds a token asks about it, or gives it up.
 * The token comes in the form body, where no log of addresses sees it.
 */
@Path("/tokens")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class HeldTokensResource {

    @Inject
    private HeldTokens tokens;
    @Inject
    private ApiAccounts accounts;
    @Inject
    private Person person;

    @POST
    @Permitted(Role.PARTICIPANT)
    @Path("/introspect")
    public Response introspect(MultivaluedMap<String, String> form) {
        Optional<Introspected> token = tokens.introspect(token(form), holder());
        return Response.ok(token.map(HeldTokensResource::json).orElseGet(() -> Json.createObjectBuilder().add("active", false).build())).cacheControl(never()).build();
    }

    /** The same answer to everybody, whatever it was. */
    @POST
    @Permitted(Role.PARTICIPANT)
    @Path("/revoke")
    public Response revoke(MultivaluedMap<String, String> form) {
        tokens.giveUp(token(form), holder());
        return Response.ok().cacheControl(never()).build();
    }

    private Holder holder() {
        SignedIn who = person.signedIn();
        return new Holder(who.contour(), who.participant().orElseThrow(), accounts.subsystemOf(who), who.actor());
    }

    private static String token(MultivaluedMap<String, String> form) {
        return Optional.ofNullable(form.getFirst("token")).filter(text -> !text.isBlank()).orElseThrow(() -> Refusal.of(InputRefusal.FIELD_MISSING, "token"));
    }

    private static JsonObject json(Introspected token) {
        Optional<RefusalCode> reason = token.reason();
        JsonObjectBuilder out = Json.createObjectBuilder().add("active", reason.isEmpty()).add("consent_id", token.id().value().toString());
        token.keptMonths().ifPresent(months -> out.add("kept_months", months));
        if (reason.isPresent()) {
            out.add("reason", reason.get().name());
            token.endedAt().ifPresent(at -> out.add("ended_at", at.getEpochSecond()));
            return out.build();
        }
        out.add("scope", String.join(" ", token.services())).add("client_id", token.subsystem()).add("sub", token.taxpayerInn())
                .add("iat", token.issuedAt().getEpochSecond()).add("exp", token.expiresAt().getEpochSecond());
        token.period().ifPresent(months -> out.add("period_from", months.first().toString()).add("period_to", months.last().toString()));
        token.callsLeft().ifPresent(left -> out.add("calls_left", left));
        return out.build();
    }

    private static CacheControl never() {
        CacheControl never = new CacheControl();
        never.setNoStore(true);
        return never;
    }
}
