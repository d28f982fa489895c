package org.kopuro.access.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
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
import java.util.List;
import java.util.UUID;
import org.kopuro.access.agreements.AgreementDocument;
import org.kopuro.access.agreements.AgreementId;
import org.kopuro.access.agreements.AgreementView;
import org.kopuro.access.agreements.Agreements;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.documents.DocumentLimits;
import org.kopuro.documents.Documents;
import org.kopuro.documents.Upload;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.exchange.rest.StreamedBody;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;

/**
 * {@code /api/v1/access/agreements/{id}/documents}: files of an agreement, attached by operators as {@link RequestDocumentsResource} has those of requests. A participant
 * sees what it signed, and no drafts.
 */
@Path("/access/agreements/{id}/documents")
@Produces(MediaType.APPLICATION_JSON)
public class AgreementDocumentsResource {

    @Inject
    private Agreements agreements;
    @Inject
    private Documents documents;
    @Inject
    private Person person;

    @POST
    @Permitted(Role.AGREEMENTS_OFFICER)
    @StreamedBody
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    public Response attach(@PathParam("id") UUID id, @QueryParam("fileName") String fileName, InputStream body) throws IOException {
        SignedIn who = person.signedIn();
        AgreementView agreement = agreements.get(new AgreementId(id), who.contour());
        try (Upload upload = Upload.receive(fileName == null ? "" : fileName, body, DocumentLimits.USUAL)) {
            return Response.status(Response.Status.CREATED).entity(json(agreements.attach(agreement.id(), who.contour(), upload, who.actor()))).build();
        }
    }

    @GET
    @Permitted(value = Role.PARTICIPANT, officials = true)
    public JsonObject list(@PathParam("id") UUID id) {
        return Listing.of("documents", visible(id), AgreementDocumentsResource::json);
    }

    @GET
    @Permitted(value = Role.PARTICIPANT, officials = true)
    @Path("/{document}")
    @Produces(MediaType.WILDCARD)
    public Response content(@PathParam("id") UUID id, @PathParam("document") UUID document) {
        AgreementDocument attached = visible(id).stream().filter(one -> one.document().equals(document)).findFirst()
                .orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "document"));
        return Download.of(documents.open(attached.document()));
    }

    private List<AgreementDocument> visible(UUID id) {
        SignedIn who = person.signedIn();
        AgreementView agreement = agreements.get(new AgreementId(id), who.contour());
        if (who.participant().filter(own -> !own.equals(agreement.participant().value())).isPresent()) {
            throw Refusal.of(InputRefusal.NOT_FOUND, "agreement");
        }
        return agreements.documents(agreement.id(), who.contour()).stream().filter(one -> who.participant().isEmpty() || one.signed()).toList();
    }

    private static JsonObject json(AgreementDocument document) {
        return Json.createObjectBuilder().add("id", document.document().toString()).add("fileName", document.fileName()).add("sha256", document.sha256())
                .add("attachedAt", document.attachedAt().toString()).add("signed", document.signed()).build();
    }
}
