package org.kopuro.representation.rest;

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
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.kopuro.access.rest.Download;
import org.kopuro.accounts.Role;
import org.kopuro.documents.DocumentLimits;
import org.kopuro.documents.DocumentView;
import org.kopuro.documents.Upload;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.exchange.rest.StreamedBody;
import org.kopuro.kernel.Actor;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.representation.Acting;
import org.kopuro.representation.Ground;
import org.kopuro.representation.MandateId;
import org.kopuro.representation.MandateRight;
import org.kopuro.representation.MandateTiding;
import org.kopuro.representation.MandateView;
import org.kopuro.representation.Mandates;
import org.kopuro.representation.NewMandate;

/** {@code /api/v1/mandates}: granted, passed on, revoked, resigned, in the contour of the account. */
@Path("/mandates")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class MandatesResource {

    @Inject
    private Mandates mandates;
    @Inject
    private ActsFor actsFor;
    @Inject
    private Person person;

    @POST
    @Permitted(Role.TAXPAYER)
    public Response grant(String body) {
        return created(mandates.grant(actsFor.acting(), wish(body), actor()));
    }

    /** The representative passes it on. */
    @POST
    @Permitted(Role.TAXPAYER)
    @Path("/{id}/delegate")
    public Response delegate(@PathParam("id") UUID id, String body) {
        return created(mandates.delegate(party().under(new MandateId(id)), wish(body), actor()));
    }

    /** When this answers, nothing is done under it any more on any node, and what was made under it has ended. */
    @POST
    @Permitted(Role.TAXPAYER)
    @Path("/{id}/revoke")
    public JsonObject revoke(@PathParam("id") UUID id) {
        return json(mandates.revoke(party(), new MandateId(id), actor())).build();
    }

    @POST
    @Permitted(Role.TAXPAYER)
    @Path("/{id}/resign")
    public JsonObject resign(@PathParam("id") UUID id) {
        return json(mandates.resign(party(), new MandateId(id), actor())).build();
    }

    @GET
    @Permitted(Role.TAXPAYER)
    public JsonObject list(@QueryParam("before") UUID before, @QueryParam("limit") @DefaultValue("100") int limit) {
        List<MandateView> page = mandates.list(party(), Optional.ofNullable(before), limit);
        return Listing.of("mandates", page, MandatesResource::json, mandate -> mandate.id().value().toString());
    }

    @GET
    @Permitted(Role.TAXPAYER)
    @Path("/{id}")
    public JsonObject get(@PathParam("id") UUID id) {
        return json(mandates.get(party(), new MandateId(id))).build();
    }

    /** The organisations whose head the register says the person is. */
    @GET
    @Permitted(Role.TAXPAYER)
    @Path("/headed")
    public JsonObject headed() {
        return Listing.of("organisations", mandates.headedBy(actsFor.acting()),
                organisation -> Json.createObjectBuilder().add("inn", organisation.inn().digits()).add("name", organisation.fullName()));
    }

    @GET
    @Permitted(Role.TAXPAYER)
    @Path("/tidings")
    public JsonObject tidings(@QueryParam("before") UUID before, @QueryParam("limit") @DefaultValue("100") int limit) {
        List<MandateTiding> page = mandates.tidings(party(), Optional.ofNullable(before), limit);
        return Listing.of("tidings", page, MandatesResource::json, tiding -> tiding.id().toString());
    }

    /** The body is a paper that a mandate is to rest on. */
    @POST
    @StreamedBody
    @Permitted(Role.TAXPAYER)
    @Path("/grounds")
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    public Response fileGround(@QueryParam("fileName") String fileName, InputStream body) throws IOException {
        Acting acting = party();
        try (Upload upload = Upload.receive(fileName == null ? "" : fileName, body, DocumentLimits.USUAL)) {
            DocumentView document = mandates.fileGround(acting, upload, actor());
            return Response.status(Response.Status.CREATED).entity(Json.createObjectBuilder().add("document", document.id().toString()).add("fileName", document.fileName())
                    .add("sha256", document.sha256()).build()).build();
        }
    }

    @GET
    @Permitted(Role.TAXPAYER)
    @Path("/{id}/document")
    @Produces(MediaType.WILDCARD)
    public Response document(@PathParam("id") UUID id) {
        return Download.of(mandates.ground(party(), new MandateId(id)));
    }

    /** The mandate stands in the address, or none is meant. */
    private Acting party() {
        Acting acting = actsFor.acting();
        if (acting.mandate().isPresent()) {
            throw Refusal.of(InputRefusal.FIELD_UNKNOWN, ActsFor.MANDATE);
        }
        return acting;
    }

    private Actor actor() {
        return person.signedIn().actor();
    }

    private static NewMandate wish(String body) {
        JsonBody json = JsonBody.of(body);
        JsonBody ground = json.optionalObject("ground").orElseThrow(() -> Refusal.of(InputRefusal.FIELD_MISSING, "ground"));
        Set<MandateRight> rights = json.texts("rights").stream().map(right -> Input.oneOf(MandateRight.class, right, "rights"))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(MandateRight.class)));
        NewMandate wish = new NewMandate(Inn.of(json.text("representative"), "representative"), rights, NewMandate.services(json.texts("services")),
                Input.day(json.text("firstDay"), "firstDay"), Input.day(json.text("lastDay"), "lastDay"),
                new Ground(ground.text("number"), Input.day(ground.text("dated"), "ground.dated"), ground.optionalText("registeredWith"),
                        ground.optionalText("document").map(id -> Input.uuid(id, "ground.document"))));
        ground.end();
        json.end();
        return wish;
    }

    private static Response created(MandateView mandate) {
        return Response.status(Response.Status.CREATED).entity(json(mandate).build()).build();
    }

    private static JsonObjectBuilder json(MandateTiding tiding) {
        return Json.createObjectBuilder().add("id", tiding.id().toString()).add("tiding", tiding.kind().name()).add("at", tiding.at().toString()).add("mandate", json(tiding.mandate()))
                .add("tokens", Json.createArrayBuilder(tiding.tokens().stream().map(UUID::toString).toList()));
    }

    private static JsonObjectBuilder json(MandateView mandate) {
        JsonObjectBuilder ground = Json.createObjectBuilder().add("number", mandate.ground().number()).add("dated", mandate.ground().dated().toString());
        mandate.ground().registeredWith().ifPresent(where -> ground.add("registeredWith", where));
        mandate.ground().document().ifPresent(document -> ground.add("document", document.toString()));
        mandate.groundSha256().ifPresent(digest -> ground.add("sha256", digest));
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", mandate.id().value().toString()).add("taxpayer", party(mandate.taxpayer(), mandate.taxpayerName()))
                .add("grantor", party(mandate.grantor(), mandate.grantorName())).add("representative", party(mandate.representative(), mandate.representativeName()))
                .add("rights", Json.createArrayBuilder(mandate.rights().stream().map(Enum::name).sorted().toList())).add("services", Json.createArrayBuilder(mandate.services()))
                .add("beginsAt", mandate.beginsAt().toString()).add("expiresAt", mandate.expiresAt().toString()).add("ground", ground).add("state", mandate.state().name())
                .add("grantedAt", mandate.grantedAt().toString());
        mandate.parent().ifPresent(parent -> out.add("passedOnFrom", parent.value().toString()));
        mandate.cause().ifPresent(cause -> out.add("cause", cause));
        mandate.endedAt().ifPresent(at -> out.add("endedAt", at.toString()));
        return out;
    }

    private static JsonObjectBuilder party(Inn inn, String name) {
        return Json.createObjectBuilder().add("inn", inn.digits()).add("name", name);
    }
}
