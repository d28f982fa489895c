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
import org.kopuro.access.catalogue.NewText;
import org.kopuro.access.catalogue.TextKind;
import org.kopuro.access.catalogue.TextView;
import org.kopuro.access.catalogue.Texts;
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
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/** {@code /api/v1/access/catalogue/texts}: what everybody may read without signing in (ACC-84, ACC-88). */
@Path("/access/catalogue/texts")
@Produces(MediaType.APPLICATION_JSON)
public class CatalogueTextsResource {

    @Inject
    private Texts texts;
    @Inject
    private Documents documents;
    @Inject
    private Person person;

    @GET
    @Permitted(everybody = true)
    public JsonObject list() {
        return Listing.of("texts", texts.list(), CatalogueTextsResource::json);
    }

    @POST
    @Permitted(Role.SERVICE_OWNER)
    @StreamedBody
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    public Response publish(@QueryParam("kind") String kind, @QueryParam("version") String version, @QueryParam("dated") String dated, @QueryParam("language") String language,
            @QueryParam("title") String title, @QueryParam("fileName") String fileName, InputStream body) throws IOException {
        SignedIn who = person.signedIn();
        NewText text = new NewText(Input.oneOf(TextKind.class, kind, "kind"), number(version), Input.day(dated, "dated"), Input.oneOf(Language.class, language, "language"), title);
        try (Upload upload = Upload.receive(fileName == null ? "" : fileName, body, DocumentLimits.USUAL)) {
            return Response.status(Response.Status.CREATED).entity(json(texts.publish(text, upload, who.contour(), who.actor()))).build();
        }
    }

    @GET
    @Permitted(everybody = true)
    @Path("/{kind}/{version}/{language}")
    @Produces(MediaType.WILDCARD)
    public Response content(@PathParam("kind") String kind, @PathParam("version") String version, @PathParam("language") String language) {
        TextView text = texts.get(Input.oneOf(TextKind.class, kind, "kind"), number(version), Input.oneOf(Language.class, language, "language"));
        return Download.of(documents.open(text.document()));
    }

    private static int number(String text) {
        if (!Input.text(text, "version", 9).matches("[0-9]+")) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "version");
        }
        return Integer.parseInt(text.strip());
    }

    private static JsonObject json(TextView text) {
        return Json.createObjectBuilder().add("kind", text.kind().name()).add("version", text.version()).add("dated", text.dated().toString()).add("language", text.language().name())
                .add("title", text.title()).add("fileName", text.fileName()).add("size", text.size()).add("sha256", text.sha256()).add("publishedAt", text.publishedAt().toString())
                .build();
    }
}
