package org.kopuro.consent.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.consent.ConsentReceipt;
import org.kopuro.consent.ConsentText;
import org.kopuro.consent.IssuedToken;
import org.kopuro.consent.Months;
import org.kopuro.consent.NewToken;
import org.kopuro.consent.Taxpayer;
import org.kopuro.consent.TokenId;
import org.kopuro.consent.TokenReceipts;
import org.kopuro.consent.TokenView;
import org.kopuro.consent.Tokens;
import org.kopuro.exchange.operations.StopKind;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.exchange.rest.Stops;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.Participants;
import org.kopuro.representation.MandateId;
import org.kopuro.representation.rest.ActsFor;

/** {@code /api/v1/tokens}: issue, list, pause, deactivate, as the signed-in taxpayer, or for him, and in the contour of the account. */
@Path("/tokens")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TokensResource {

    @Inject
    private Tokens tokens;
    @Inject
    private TokenReceipts receipts;
    @Inject
    private Participants participants;
    @Inject
    private ActsFor actsFor;
    @Inject
    private Person person;

    /** The only answer that ever holds the text. */
    @POST
    @Permitted(Role.TAXPAYER)
    public Response issue(String body) {
        JsonBody json = JsonBody.of(body);
        NewToken wish = new NewToken(participants.find(json.text("subsystem")).id(), Input.day(json.text("lastDay"), "lastDay"),
                Set.copyOf(json.texts("services")), read(json), period(json), json.optionalNumber("calls"),
                json.optionalText("replaces").map(id -> new TokenId(Input.uuid(id, "replaces"))));
        json.end();
        IssuedToken issued = tokens.issue(actsFor.acting(), wish, actor());
        CacheControl never = new CacheControl();
        never.setNoStore(true);
        return Response.status(Response.Status.CREATED).cacheControl(never)
                .entity(json(issued.token()).add("token", issued.text()).build()).build();
    }

    @GET
    @Permitted(Role.TAXPAYER)
    public JsonObject list(@QueryParam("mandate") UUID mandate, @QueryParam("before") UUID before, @QueryParam("limit") @DefaultValue("100") int limit) {
        if (mandate != null) {
            return standingOn(new MandateId(mandate));
        }
        List<TokenView> page = tokens.list(actsFor.acting(), Optional.ofNullable(before), limit);
        return Listing.of("tokens", page, TokensResource::json, token -> token.id().value().toString());
    }

    /** What would end with the mandate. */
    private JsonObject standingOn(MandateId mandate) {
        return Listing.of("tokens", tokens.standingOn(actsFor.acting(), mandate), TokensResource::json);
    }

    /** For whom one may be made. */
    @GET
    @Permitted(Role.TAXPAYER)
    @Path("/holders")
    public JsonObject holders(@QueryParam("sought") String sought, @QueryParam("limit") @DefaultValue("20") int limit) {
        JsonArrayBuilder items = Json.createArrayBuilder();
        tokens.holders(taxpayer(), sought, limit).forEach(holder -> {
            JsonObjectBuilder one = Json.createObjectBuilder().add("subsystem", holder.subsystem()).add("subsystemName", holder.subsystemName())
                    .add("participant", holder.participant().value().toString()).add("participantName", holder.participantName()).add("products", Json.createArrayBuilder(holder.products()))
                    .add("services", Json.createArrayBuilder(holder.services())).add("ending", holder.ending());
            holder.inn().ifPresent(inn -> one.add("inn", inn));
            items.add(one);
        });
        return Json.createObjectBuilder().add("holders", items).build();
    }

    /** What is to be read before a token is made, and what was read in earlier versions; its version and hash are kept with the token (CON-14). */
    @GET
    @Permitted(Role.TAXPAYER)
    @Path("/text")
    public JsonObject text(@QueryParam("language") String language, @QueryParam("version") String version) {
        Language tongue = Input.oneOf(Language.class, Optional.ofNullable(language).orElse(""), "language");
        ConsentText text = version == null ? ConsentText.in(tongue) : ConsentText.of(version, tongue).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "version"));
        return Json.createObjectBuilder().add("version", text.version()).add("language", text.language().name()).add("text", text.text()).add("sha256", text.digest()).build();
    }

    /** What was agreed and what became of it; as a JWS it is to be kept. */
    @GET
    @Permitted({Role.TAXPAYER, Role.PARTICIPANT})
    @Path("/{id}/receipt")
    @Produces({MediaType.APPLICATION_JSON, ReceiptWriter.JOSE})
    public ConsentReceipt receipt(@PathParam("id") UUID id, @QueryParam("language") @DefaultValue("RU") String language) {
        SignedIn who = person.signedIn();
        TokenId token = new TokenId(id);
        Language tongue = Input.language(language, "language");
        return who.role() == Role.TAXPAYER ? receipts.of(actsFor.acting(), token, tongue) : receipts.of(new ParticipantId(who.participant().orElseThrow()), who.contour(), token, tongue);
    }

    @GET
    @Permitted(Role.TAXPAYER)
    @Path("/{id}")
    public JsonObject get(@PathParam("id") UUID id) {
        return json(tokens.get(actsFor.acting(), new TokenId(id))).build();
    }

    /** When this answers, no call that begins later is answered on the token, on any node. */
    @POST
    @Permitted(Role.TAXPAYER)
    @Stops(StopKind.DEACTIVATION)
    @Path("/{id}/deactivate")
    public JsonObject deactivate(@PathParam("id") UUID id) {
        return json(tokens.deactivate(actsFor.acting(), new TokenId(id), actor())).build();
    }

    @POST
    @Permitted(Role.TAXPAYER)
    @Stops(StopKind.FREEZE)
    @Path("/{id}/freeze")
    public JsonObject freeze(@PathParam("id") UUID id) {
        return json(tokens.freeze(actsFor.acting(), new TokenId(id), actor())).build();
    }

    @POST
    @Permitted(Role.TAXPAYER)
    @Path("/{id}/unfreeze")
    public JsonObject unfreeze(@PathParam("id") UUID id) {
        return json(tokens.unfreeze(taxpayer(), new TokenId(id), actor())).build();
    }

    /** What a representative made is to outlive his mandate. */
    @POST
    @Permitted(Role.TAXPAYER)
    @Path("/{id}/confirm-as-own")
    public JsonObject confirmAsOwn(@PathParam("id") UUID id) {
        return json(tokens.confirmAsOwn(actsFor.acting(), new TokenId(id), actor())).build();
    }

    /** The successor is in use; answers with the token that ended. */
    @POST
    @Permitted(Role.TAXPAYER)
    @Path("/{id}/confirm-replacement")
    public JsonObject confirmReplacement(@PathParam("id") UUID id) {
        return json(tokens.confirmReplacement(actsFor.acting(), new TokenId(id), actor())).build();
    }

    @GET
    @Permitted(Role.TAXPAYER)
    @Path("/pause")
    public JsonObject pause() {
        return pauseNow();
    }

    /** Everything that the taxpayer has allowed stands still from here on. */
    @PUT
    @Permitted(Role.TAXPAYER)
    @Stops(StopKind.PAUSE)
    @Path("/pause")
    public JsonObject pauseAll() {
        tokens.pauseAll(taxpayer(), actor());
        return pauseNow();
    }

    @DELETE
    @Permitted(Role.TAXPAYER)
    @Path("/pause")
    public JsonObject resumeAll() {
        tokens.resumeAll(taxpayer(), actor());
        return pauseNow();
    }

    private JsonObject pauseNow() {
        Optional<Instant> since = tokens.pausedSince(taxpayer());
        JsonObjectBuilder out = Json.createObjectBuilder().add("paused", since.isPresent());
        since.ifPresent(at -> out.add("since", at.toString()));
        return out.build();
    }

    /** Which text was read: the one that is to be read now, or nothing is agreed (CON-14). */
    private static Language read(JsonBody json) {
        Language language = json.oneOf(Language.class, "language");
        return ConsentText.shown(language, json.text("textVersion"), json.text("textSha256")).language();
    }

    private static Optional<Months> period(JsonBody json) {
        Optional<String> first = json.optionalText("periodFrom");
        Optional<String> last = json.optionalText("periodTo");
        if (first.isPresent() != last.isPresent()) {
            throw Refusal.of(InputRefusal.FIELD_MISSING, first.isPresent() ? "periodTo" : "periodFrom");
        }
        return first.map(text -> new Months(Input.month(text, "periodFrom"), Input.month(last.get(), "periodTo")));
    }

    private Actor actor() {
        return person.signedIn().actor();
    }

    /** Where nobody else acts for him. */
    private Taxpayer taxpayer() {
        return new Taxpayer(person.signedIn().contour(), actsFor.himself());
    }

    private static JsonObjectBuilder json(TokenView token) {
        JsonArrayBuilder services = Json.createArrayBuilder();
        token.services().forEach(services::add);
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", token.id().value().toString())
                .add("participant", token.participant().value().toString()).add("participantName", token.participantName())
                .add("subsystem", token.subsystem().value().toString()).add("subsystemName", token.subsystemName()).add("services", services)
                .add("issuedAt", token.issuedAt().toString()).add("expiresAt", token.expiresAt().toString()).add("state", token.state().name())
                .add("lastFour", token.lastFour()).add("paused", token.paused());
        token.cause().ifPresent(cause -> out.add("cause", cause));
        token.endedAt().ifPresent(at -> out.add("endedAt", at.toString()));
        token.firstUsedAt().ifPresent(at -> out.add("firstUsedAt", at.toString()));
        token.lastUsedAt().ifPresent(at -> out.add("lastUsedAt", at.toString()));
        token.period().ifPresent(months -> out.add("periodFrom", months.first().toString()).add("periodTo", months.last().toString()));
        token.budget().ifPresent(budget -> out.add("calls", budget.calls()).add("callsLeft", budget.left()));
        token.replaces().ifPresent(id -> out.add("replaces", id.value().toString()));
        token.mandate().ifPresent(id -> out.add("mandate", id.value().toString()));
        if (!token.chain().isEmpty()) {
            JsonArrayBuilder chain = Json.createArrayBuilder();
            token.chain().forEach(link -> {
                JsonObjectBuilder one = Json.createObjectBuilder().add("capacity", link.capacity().name()).add("inn", link.inn().digits()).add("name", link.name()).add("ground", link.ground());
                link.mandate().ifPresent(id -> one.add("mandate", id.value().toString()));
                chain.add(one);
            });
            out.add("through", chain);
        }
        token.replacedBy().ifPresent(id -> out.add("replacedBy", id.value().toString()));
        return out;
    }
}
