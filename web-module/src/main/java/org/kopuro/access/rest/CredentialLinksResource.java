package org.kopuro.access.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.credentials.Credentials;
import org.kopuro.access.credentials.LinkView;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;

/** {@code /api/v1/access/credential-links}: which links went where, and another one in place of one that was not used. No answer holds a link. */
@Path("/access/credential-links")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CredentialLinksResource {

    @Inject
    private Credentials credentials;
    @Inject
    private Person person;

    @GET
    @Permitted(officials = true)
    public JsonObject list(@QueryParam("participant") UUID participant) {
        SignedIn who = person.signedIn();
        UUID of = Optional.ofNullable(participant).orElseThrow(() -> Refusal.of(InputRefusal.FIELD_MISSING, "participant"));
        return Listing.of("links", credentials.links(new ParticipantId(of), who.contour()), CredentialLinksResource::json);
    }

    @POST
    @Permitted(Role.OPERATOR)
    public Response reissue(String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        UUID participant = Input.uuid(json.text("participant"), "participant");
        json.end();
        return Response.status(Response.Status.CREATED).entity(json(credentials.reissue(new ParticipantId(participant), who.contour(), who.actor()))).build();
    }

    private static JsonObject json(LinkView link) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", link.id().toString()).add("participant", link.participant().value().toString()).add("contour", link.contour().name())
                .add("notice", link.notice().toString()).add("address", link.address()).add("issuedAt", link.issuedAt().toString()).add("expiresAt", link.expiresAt().toString())
                .add("state", link.state().name());
        link.closedAt().ifPresent(at -> out.add("closedAt", at.toString()));
        link.account().ifPresent(account -> out.add("account", account.toString()));
        return out.build();
    }
}
