package org.kopuro.loans.rest;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Language;
import org.kopuro.loans.programmes.Regulators;

/** {@code /api/v1/programmes/regulators}: the bodies that watch programmes, and which accounts are of their people, kept by the authority's operator (LOAN-135). */
@Path("/programmes/regulators")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RegulatorsResource {

    @Inject
    private Regulators regulators;
    @Inject
    private Person person;

    @GET
    @Permitted(value = {Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.REGULATOR, Role.METHODOLOGY_OWNER}, officials = true)
    public JsonObject list() {
        return Listing.of("regulators", regulators.list(), ProgrammeJson::json);
    }

    /** A further body, by {@code code} and {@code names} in every language. */
    @POST
    @Permitted(Role.OPERATOR)
    public Response register(String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        String regulator = json.text("code");
        Map<Language, String> names = ProgrammeJson.texts(json, "names");
        json.end();
        return Response.status(Response.Status.CREATED).entity(ProgrammeJson.json(regulators.register(regulator, names, who.contour(), who.actor())).build()).build();
    }

    @GET
    @Permitted(officials = true)
    @Path("/{code}/accounts")
    public JsonObject accounts(@PathParam("code") String code) {
        return Listing.of("accounts", regulators.accounts(code, person.signedIn().contour()), ProgrammeJson::json);
    }

    /** By the {@code login} of an account that has the role REGULATOR. */
    @POST
    @Permitted(Role.OPERATOR)
    @Path("/{code}/accounts")
    public Response add(@PathParam("code") String code, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        String login = json.text("login");
        json.end();
        UUID account = regulators.accountOf(login, who.contour());
        regulators.add(code, account, who.contour(), who.actor());
        return Response.status(Response.Status.CREATED).entity(Listing.of("accounts", regulators.accounts(code, who.contour()), ProgrammeJson::json)).build();
    }

    @DELETE
    @Permitted(Role.OPERATOR)
    @Path("/{code}/accounts/{account}")
    public Response remove(@PathParam("code") String code, @PathParam("account") UUID account) {
        SignedIn who = person.signedIn();
        regulators.remove(code, account, who.contour(), who.actor());
        return Response.noContent().build();
    }
}
