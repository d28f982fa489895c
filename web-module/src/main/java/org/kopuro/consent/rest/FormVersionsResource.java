package org.kopuro.consent.rest;

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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.consent.forms.FormVersionView;
import org.kopuro.consent.forms.FormVersions;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;

/** {@code /api/v1/admin/form-versions/{participant}}: the wordings of the consent form that a participant's agreement names (CON-90); in the contour of the official's account. */
@Path("/admin/form-versions/{participant}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class FormVersionsResource {

    @Inject
    private FormVersions versions;
    @Inject
    private Person person;

    @POST
    @Permitted(Role.AGREEMENTS_OFFICER)
    public Response name(@PathParam("participant") UUID participant, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        String version = json.text("version");
        Optional<String> procedure = json.optionalText("procedure");
        JsonBody texts = json.optionalObject("sha256").orElseThrow(() -> Refusal.of(InputRefusal.FIELD_MISSING, "sha256"));
        Map<Language, String> sha256 = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            texts.optionalText(language.tag()).ifPresent(digest -> sha256.put(language, digest));
        }
        texts.end();
        json.end();
        return Response.status(Response.Status.CREATED).entity(json(versions.name(new ParticipantId(participant), who.contour(), procedure, version, sha256, who.actor()))).build();
    }

    @GET
    @Permitted(officials = true)
    public JsonObject list(@PathParam("participant") UUID participant) {
        return Listing.of("versions", versions.of(new ParticipantId(participant), person.signedIn().contour()), FormVersionsResource::json);
    }

    private static JsonObject json(FormVersionView version) {
        JsonObjectBuilder texts = Json.createObjectBuilder();
        version.sha256().forEach((language, digest) -> texts.add(language.tag(), digest));
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", version.id().toString()).add("version", version.version()).add("sha256", texts).add("namedAt", version.namedAt().toString());
        version.agreement().ifPresent(agreement -> out.add("agreement", agreement.toString()));
        return out.build();
    }
}
