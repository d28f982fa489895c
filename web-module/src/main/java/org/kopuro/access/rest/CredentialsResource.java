package org.kopuro.access.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.kopuro.access.credentials.Credentials;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Permitted;

/** {@code POST /api/v1/credentials}: uses a one-time link. Open to everybody, as the token in the body is all that counts. */
@Path("/credentials")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CredentialsResource {

    @Inject
    private Credentials credentials;

    @POST
    @Permitted(everybody = true)
    public Response redeem(String body) {
        JsonBody json = JsonBody.of(body);
        String token = json.text("token");
        String login = json.text("login");
        String fullName = json.text("fullName");
        json.end();
        return ApiAccountsResource.issued(credentials.redeem(token, login, fullName));
    }
}
