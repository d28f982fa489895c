package org.kopuro.access.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
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
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.requests.AttachedDocument;
import org.kopuro.access.requests.Attachment;
import org.kopuro.access.requests.RequestView;
import org.kopuro.access.requests.Requests;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.documents.DocumentLimits;
import org.kopuro.documents.Documents;
import org.kopuro.documents.Upload;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.exchange.rest.StreamedBody;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/**
 * {@code /api/v1/access/requests/{id}/documents}: files of a request. A file is the body of its own POST, its particulars stand in the address: so nothing is
 * kept anywhere before it is inspected.
 */
@Path("/access/requests/{id}/documents")
@Produces(MediaType.APPLICATION_JSON)
public class RequestDocumentsResource {

    @Inject
    private Requests requests;
    @Inject
    private Documents documents;
    @Inject
    private Visible visible;
    @Inject
    private Person person;

    @POST
    @Permitted({Role.OPERATOR, Role.PARTICIPANT})
    @StreamedBody
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    public Response attach(@PathParam("id") UUID id, @QueryParam("kind") String kind, @QueryParam("fileName") String fileName, @QueryParam("number") String number,
            @QueryParam("issuedOn") String issuedOn, @QueryParam("issuer") String issuer, @QueryParam("validTo") String validTo, InputStream body) throws IOException {
        SignedIn who = person.signedIn();
        RequestView request = visible.request(id);
        Attachment attachment = new Attachment(Input.oneOf(Attachment.Kind.class, kind, "kind"), Optional.ofNullable(number),
                Optional.ofNullable(issuedOn).map(day -> Input.day(day, "issuedOn")), Optional.ofNullable(issuer), Optional.ofNullable(validTo).map(day -> Input.day(day, "validTo")));
        DocumentLimits limits = attachment.kind() == Attachment.Kind.CONFORMANCE_REPORT ? DocumentLimits.SIGNED_TEXT : DocumentLimits.USUAL;
        try (Upload upload = Upload.receive(fileName == null ? "" : fileName, body, limits)) {
            return Response.status(Response.Status.CREATED).entity(json(requests.attach(request.id(), who.contour(), attachment, upload, who.actor())).build()).build();
        }
    }

    @GET
    @Permitted(value = Role.PARTICIPANT, officials = true)
    public JsonObject list(@PathParam("id") UUID id) {
        RequestView request = visible.request(id);
        return Listing.of("documents", requests.documents(request.id()), RequestDocumentsResource::json);
    }

    @GET
    @Permitted(value = Role.PARTICIPANT, officials = true)
    @Path("/{document}")
    @Produces(MediaType.WILDCARD)
    public Response content(@PathParam("id") UUID id, @PathParam("document") UUID document) {
        RequestView request = visible.request(id);
        if (requests.documents(request.id()).stream().noneMatch(one -> one.document().equals(document))) {
            throw Refusal.of(InputRefusal.NOT_FOUND, "document");
        }
        return Download.of(documents.open(document));
    }

    private static JsonObjectBuilder json(AttachedDocument attached) {
        Attachment attachment = attached.attachment();
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", attached.document().toString()).add("kind", attachment.kind().name()).add("fileName", attached.fileName())
                .add("sha256", attached.sha256()).add("attachedAt", attached.attachedAt().toString());
        attachment.number().ifPresent(number -> out.add("number", number));
        attachment.issuedOn().ifPresent(day -> out.add("issuedOn", day.toString()));
        attachment.issuer().ifPresent(issuer -> out.add("issuer", issuer));
        attachment.validTo().ifPresent(day -> out.add("validTo", day.toString()));
        return out;
    }
}
