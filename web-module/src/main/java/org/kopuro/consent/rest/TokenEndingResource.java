package org.kopuro.consent.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.consent.TokenId;
import org.kopuro.consent.Tokens;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;

/** {@code /api/v1/admin/tokens/{id}/end}: the security officer ends a token, with the reason that its taxpayer is told; an incident is opened with it (CON-T11). */
@Path("/admin/tokens/{id}/end")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TokenEndingResource {

    @Inject
    private Tokens tokens;
    @Inject
    private Person person;

    @POST
    @Permitted(Role.SECURITY_OFFICER)
    public void end(@PathParam("id") UUID id, String body) {
        SignedIn official = person.signedIn();
        JsonBody json = JsonBody.of(body);
        String reason = json.text("reason");
        json.end();
        tokens.endByAuthority(new TokenId(id), official.contour(), reason, official.actor());
    }
}
