package org.kopuro.access.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.UUID;
import org.kopuro.accounts.AccountChange;
import org.kopuro.accounts.AccountEvent;
import org.kopuro.accounts.AccountKind;
import org.kopuro.accounts.ApiAccountView;
import org.kopuro.accounts.ApiAccounts;
import org.kopuro.accounts.IssuedAccount;
import org.kopuro.accounts.NewApiAccount;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/** {@code /api/v1/access/accounts}: a participant's API accounts, in the hands of its node administrator; officials read. A secret is in one answer and no other. */
@Path("/access/accounts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ApiAccountsResource {

    private static final int OVERLAP_HOURS_MAX = 1000;

    @Inject
    private ApiAccounts accounts;
    @Inject
    private Person person;

    @GET
    @Permitted(value = Role.NODE_ADMINISTRATOR, officials = true)
    public JsonObject list(@QueryParam("participant") UUID participant) {
        SignedIn who = reader();
        return Listing.of("accounts", accounts.of(person.one(participant).value(), who.contour()), ApiAccountsResource::json);
    }

    @GET
    @Permitted(value = Role.NODE_ADMINISTRATOR, officials = true)
    @Path("/{id}")
    public JsonObject get(@PathParam("id") UUID id, @QueryParam("participant") UUID participant) {
        SignedIn who = reader();
        UUID node = person.one(participant).value();
        JsonArrayBuilder history = Json.createArrayBuilder();
        accounts.history(id, node, who.contour()).forEach(change -> history.add(json(change)));
        return json(accounts.get(id, node, who.contour())).add("history", history).build();
    }

    @POST
    @Permitted(Role.NODE_ADMINISTRATOR)
    public Response create(String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        NewApiAccount account = new NewApiAccount(json.text("login"), json.oneOf(AccountKind.class, "kind"), json.oneOf(Role.class, "role"), json.text("fullName"),
                json.optionalText("subsystem").map(id -> Input.uuid(id, "subsystem")));
        json.end();
        return issued(accounts.create(account, who));
    }

    @POST
    @Permitted(Role.NODE_ADMINISTRATOR)
    @Path("/{id}/events")
    public JsonObject event(@PathParam("id") UUID id, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        AccountEvent event = json.oneOf(AccountEvent.class, "event");
        String reason = json.text("reason");
        int secret = event == AccountEvent.REVOKE_SECRET ? json.number("secret") : 0;
        json.end();
        return json(event == AccountEvent.REVOKE_SECRET ? accounts.revokeSecret(id, secret, reason, who) : accounts.apply(event, id, reason, who)).build();
    }

    /** A new secret; the one before is good for {@code overlapHours} more. */
    @POST
    @Permitted({Role.NODE_ADMINISTRATOR, Role.PARTICIPANT, Role.OPERATIONAL_CONTACT, Role.BANK_OPERATOR, Role.BANK_CONTROLLER})
    @Path("/{id}/secrets")
    public Response issueSecret(@PathParam("id") UUID id, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        int overlapHours = json.number("overlapHours");
        String reason = json.text("reason");
        json.end();
        if (overlapHours < 0 || overlapHours > OVERLAP_HOURS_MAX) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "overlapHours");
        }
        return issued(accounts.issueSecret(id, Duration.ofHours(overlapHours), reason, who));
    }

    private SignedIn reader() {
        return person.signedIn();
    }

    /** With the secret: for whoever asked, and for no cache on the way. */
    static Response issued(IssuedAccount issued) {
        CacheControl never = new CacheControl();
        never.setNoStore(true);
        return Response.status(Response.Status.CREATED).cacheControl(never).entity(json(issued.account()).add("secret", issued.secret().text()).build()).build();
    }

    private static JsonObjectBuilder json(ApiAccountView account) {
        JsonArrayBuilder secrets = Json.createArrayBuilder();
        for (ApiAccountView.Secret secret : account.secrets()) {
            JsonObjectBuilder one = Json.createObjectBuilder().add("number", secret.number()).add("issuedAt", secret.issuedAt().toString());
            secret.validUntil().ifPresent(until -> one.add("validUntil", until.toString()));
            secrets.add(one);
        }
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", account.id().toString()).add("login", account.login()).add("participant", account.participant().toString())
                .add("contour", account.contour().name()).add("kind", account.kind().name()).add("role", account.role().name()).add("fullName", account.fullName())
                .add("state", account.state().name()).add("createdAt", account.createdAt().toString()).add("secrets", secrets);
        account.subsystem().ifPresent(subsystem -> out.add("subsystem", subsystem.toString()));
        return out;
    }

    private static JsonObjectBuilder json(AccountChange change) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("event", change.event().name()).add("state", change.state().name()).add("at", change.at().toString())
                .add("actorRole", change.actorRole()).add("reason", change.reason());
        change.actor().ifPresent(actor -> out.add("actor", actor.toString()));
        change.secret().ifPresent(number -> out.add("secret", number));
        return out;
    }
}
