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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.procedures.ProductDocumentKind;
import org.kopuro.access.procedures.ProductRole;
import org.kopuro.access.products.NewProduct;
import org.kopuro.access.products.NewProductDocument;
import org.kopuro.access.products.ProductDocument;
import org.kopuro.access.products.ProductEvent;
import org.kopuro.access.products.ProductId;
import org.kopuro.access.products.ProductKind;
import org.kopuro.access.products.ProductView;
import org.kopuro.access.products.Products;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.documents.DocumentLimits;
import org.kopuro.documents.Documents;
import org.kopuro.documents.Upload;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.exchange.rest.StreamedBody;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;

/**
 * {@code /api/v1/access/products}: participants' products and what proves the rights to them, the same in both contours. A participant's administrator brings those of
 * the participant, an operator what came by letter. A file is the body of its own POST, its particulars stand in the address.
 */
@Path("/access/products")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ProductsResource {

    @Inject
    private Products products;
    @Inject
    private Documents documents;
    @Inject
    private Person person;

    @POST
    @Permitted({Role.OPERATOR, Role.PARTICIPANT})
    public Response add(String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        UUID participant = who.participant().orElseGet(() -> Input.uuid(json.text("participant"), "participant"));
        NewProduct product = new NewProduct(new ParticipantId(participant), json.text("name"), json.oneOf(ProductKind.class, "kind"), json.text("developer"), json.text("rightsHolder"),
                json.oneOf(ProductRole.class, "role"));
        json.end();
        return Response.status(Response.Status.CREATED).entity(json(products.add(product, who.actor())).build()).build();
    }

    @GET
    @Permitted(value = Role.PARTICIPANT, officials = true)
    public JsonObject list(@QueryParam("participant") UUID participant) {
        SignedIn who = person.signedIn();
        return Listing.of("products", products.of(person.one(participant)), ProductsResource::json);
    }

    /** With its history. */
    @GET
    @Permitted(value = Role.PARTICIPANT, officials = true)
    @Path("/{id}")
    public JsonObject get(@PathParam("id") UUID id) {
        ProductView product = visible(id, person.signedIn());
        JsonArrayBuilder history = Json.createArrayBuilder();
        products.history(product.id()).forEach(one -> {
            JsonObjectBuilder out = Json.createObjectBuilder().add("number", one.number()).add("event", one.event().name()).add("at", one.at().toString()).add("by", one.actorRole())
                    .add("text", one.text());
            one.document().ifPresent(document -> out.add("document", document.toString()));
            history.add(out);
        });
        return json(product).add("history", history).build();
    }

    @POST
    @Permitted({Role.OPERATOR, Role.PARTICIPANT})
    @Path("/{id}/documents")
    @StreamedBody
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    public Response attach(@PathParam("id") UUID id, @QueryParam("kind") String kind, @QueryParam("fileName") String fileName, @QueryParam("number") String number,
            @QueryParam("issuedOn") String issuedOn, @QueryParam("issuer") String issuer, @QueryParam("validFrom") String validFrom, @QueryParam("validTo") String validTo,
            InputStream body) throws IOException {
        SignedIn who = person.signedIn();
        ProductView product = visible(id, who);
        LocalDate issued = Input.day(issuedOn, "issuedOn");
        NewProductDocument document = new NewProductDocument(Input.oneOf(ProductDocumentKind.class, kind, "kind"), number, issued, issuer,
                validFrom == null ? issued : Input.day(validFrom, "validFrom"), Optional.ofNullable(validTo).map(day -> Input.day(day, "validTo")));
        try (Upload upload = Upload.receive(fileName == null ? "" : fileName, body, DocumentLimits.USUAL)) {
            return Response.status(Response.Status.CREATED).entity(json(products.attach(product.id(), document, upload, who.contour(), who.actor())).build()).build();
        }
    }

    @GET
    @Permitted(value = Role.PARTICIPANT, officials = true)
    @Path("/{id}/documents/{document}")
    @Produces(MediaType.WILDCARD)
    public Response content(@PathParam("id") UUID id, @PathParam("document") UUID document) {
        ProductView product = visible(id, person.signedIn());
        ProductDocument attached = product.documents().stream().filter(one -> one.document().equals(document)).findFirst()
                .orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "document"));
        return Download.of(documents.open(document));
    }

    /** Withdraws a document. */
    @POST
    @Permitted({Role.OPERATOR, Role.PARTICIPANT})
    @Path("/{id}/documents/{document}/events")
    public JsonObject event(@PathParam("id") UUID id, @PathParam("document") UUID document, String body) {
        SignedIn who = person.signedIn();
        ProductView product = visible(id, who);
        JsonBody json = JsonBody.of(body);
        if (json.oneOf(ProductEvent.class, "event") != ProductEvent.WITHDRAW) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "event");
        }
        String reason = json.text("reason");
        json.end();
        return json(products.withdraw(product.id(), document, reason, who.contour(), who.actor())).build();
    }

    private ProductView visible(UUID id, SignedIn who) {
        ProductView product = products.get(new ProductId(id));
        if (who.participant().filter(own -> !own.equals(product.told().participant().value())).isPresent()) {
            throw Refusal.of(InputRefusal.NOT_FOUND, "product");
        }
        return product;
    }

    private static JsonObjectBuilder json(ProductView product) {
        JsonArrayBuilder attached = Json.createArrayBuilder();
        product.documents().forEach(one -> attached.add(json(one)));
        NewProduct told = product.told();
        return Json.createObjectBuilder().add("id", product.id().value().toString()).add("participant", told.participant().value().toString()).add("name", told.name())
                .add("kind", told.kind().name()).add("developer", told.developer()).add("rightsHolder", told.rightsHolder()).add("role", told.role().name()).add("documents", attached);
    }

    private static JsonObjectBuilder json(ProductDocument document) {
        NewProductDocument told = document.told();
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", document.document().toString()).add("kind", told.kind().name()).add("number", told.number())
                .add("issuedOn", told.issuedOn().toString()).add("issuer", told.issuer()).add("validFrom", told.validFrom().toString()).add("fileName", document.fileName())
                .add("sha256", document.sha256());
        told.validTo().ifPresent(day -> out.add("validTo", day.toString()));
        document.withdrawnAt().ifPresent(moment -> out.add("withdrawnAt", moment.toString()));
        return out;
    }
}
