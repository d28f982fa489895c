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
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.catalogue.AffectedSubsystem;
import org.kopuro.access.catalogue.EmergencyView;
import org.kopuro.access.catalogue.Preview;
import org.kopuro.access.catalogue.VersionEvent;
import org.kopuro.access.catalogue.VersionId;
import org.kopuro.access.catalogue.VersionView;
import org.kopuro.access.catalogue.Versions;
import org.kopuro.access.contracts.Difference;
import org.kopuro.access.duties.AnnouncementId;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.documents.Documents;
import org.kopuro.documents.Upload;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.exchange.rest.StreamedBody;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/** {@code /api/v1/access/catalogue/versions}: contracts of services in the contour of whoever signs in. Consumers see those that were announced or published. */
@Path("/access/catalogue/versions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CatalogueVersionsResource {

    @Inject
    private Versions versions;
    @Inject
    private Documents documents;
    @Inject
    private Person person;
    @Inject
    private Clock clock;

    @GET
    @Permitted(value = {Role.PARTICIPANT, Role.NODE_ADMINISTRATOR, Role.OPERATIONAL_CONTACT, Role.TAXPAYER}, officials = true)
    @Path("/{id}")
    public JsonObject get(@PathParam("id") UUID id) {
        return json(visible(id, person.signedIn())).build();
    }

    @POST
    @Permitted(Role.SERVICE_OWNER)
    @Path("/{id}/files")
    @StreamedBody
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    public Response attach(@PathParam("id") UUID id, @QueryParam("fileName") String fileName, InputStream body) throws IOException {
        SignedIn who = person.signedIn();
        VersionView draft = visible(id, who);
        try (Upload upload = Upload.receive(fileName == null ? "" : fileName, body, Versions.FILE_LIMITS)) {
            return Response.status(Response.Status.CREATED).entity(json(versions.attach(draft.id(), who.contour(), upload, who.actor())).build()).build();
        }
    }

    /** To be saved, never shown by the browser in our name. */
    @GET
    @Permitted(value = {Role.PARTICIPANT, Role.NODE_ADMINISTRATOR, Role.OPERATIONAL_CONTACT, Role.TAXPAYER}, officials = true)
    @Path("/{id}/files/{fileName}")
    @Produces(MediaType.WILDCARD)
    public Response file(@PathParam("id") UUID id, @PathParam("fileName") String fileName) {
        VersionView version = visible(id, person.signedIn());
        VersionView.ContractFile file = version.files().stream().filter(one -> one.fileName().equals(fileName)).findFirst().orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "file"));
        return Download.of(documents.open(file.document()));
    }

    /** What its publication would change, and for whom. */
    @GET
    @Permitted(officials = true)
    @Path("/{id}/preview")
    public JsonObject preview(@PathParam("id") UUID id, @QueryParam("with") UUID with) {
        SignedIn who = person.signedIn();
        return json(versions.preview(new VersionId(id), who.contour(), Optional.ofNullable(with).map(VersionId::new)), true);
    }

    /** What was found when it was published; whom it concerned is the authority's to see. */
    @GET
    @Permitted(value = {Role.PARTICIPANT, Role.NODE_ADMINISTRATOR, Role.OPERATIONAL_CONTACT, Role.TAXPAYER}, officials = true)
    @Path("/{id}/publication")
    public JsonObject publication(@PathParam("id") UUID id) {
        SignedIn who = person.signedIn();
        VersionView version = visible(id, who);
        return json(versions.publication(version.id(), who.contour()).orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "publication")), CatalogueEntriesResource.isOfficial(who));
    }

    @POST
    @Permitted(Role.SERVICE_OWNER)
    @Path("/{id}/events")
    public JsonObject event(@PathParam("id") UUID id, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        VersionEvent event = json.oneOf(VersionEvent.class, "event");
        VersionId version = new VersionId(id);
        if (event == VersionEvent.ANNOUNCE) {
            LocalDate firstDay = Input.day(json.text("firstDay"), "firstDay");
            String description = json.text("description");
            json.end();
            return json(versions.announce(version, who.contour(), firstDay, description, who.actor())).build();
        }
        Optional<String> reason = json.optionalText("reason");
        Optional<AnnouncementId> announcement = json.optionalText("announcement").map(text -> new AnnouncementId(Input.uuid(text, "announcement")));
        json.end();
        return json(versions.apply(event, version, who.contour(), reason, announcement, who.actor())).build();
    }

    /** How often the exception for emergencies was used in a year, and when. */
    @GET
    @Permitted(officials = true)
    @Path("/emergencies")
    public JsonObject emergencies() {
        SignedIn who = person.signedIn();
        Instant since = clock.instant().minus(OutagesResource.A_YEAR);
        JsonArrayBuilder items = Json.createArrayBuilder();
        versions.emergencies(who.contour(), since).forEach(emergency -> items.add(json(emergency)));
        return Json.createObjectBuilder().add("emergencies", items).add("emergenciesOfAYear", versions.countEmergencies(who.contour(), since)).build();
    }

    private VersionView visible(UUID id, SignedIn who) {
        VersionView version = versions.get(new VersionId(id), who.contour());
        if (!version.told() && !CatalogueEntriesResource.isOfficial(who)) {
            throw Refusal.of(InputRefusal.NOT_FOUND, "version");
        }
        return version;
    }

    static JsonObjectBuilder json(VersionView version) {
        JsonArrayBuilder files = Json.createArrayBuilder();
        version.files().forEach(file -> files.add(Json.createObjectBuilder().add("fileName", file.fileName()).add("sha256", file.sha256())));
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", version.id().value().toString()).add("service", version.service()).add("version", version.version())
                .add("contour", version.contour().name()).add("revision", version.revision()).add("state", version.state().name()).add("since", version.since().toString())
                .add("files", files);
        version.publishedFrom().ifPresent(at -> out.add("publishedFrom", at.toString()));
        version.sha256().ifPresent(digest -> out.add("sha256", digest));
        version.announcement().ifPresent(announcement -> out.add("announcement", announcement.value().toString()));
        return out;
    }

    private static JsonObject json(Preview preview, boolean withAffected) {
        JsonArrayBuilder differences = Json.createArrayBuilder();
        preview.differences().told().forEach(one -> differences.add(json(one)));
        JsonObjectBuilder out = Json.createObjectBuilder().add("total", preview.differences().total()).add("breaking", preview.differences().breaking()).add("differences", differences);
        preview.comparedWith().ifPresent(other -> out.add("comparedWith", other.value().toString()));
        if (withAffected) {
            JsonArrayBuilder affected = Json.createArrayBuilder();
            preview.affected().forEach(one -> affected.add(json(one)));
            out.add("affected", affected);
        }
        return out.build();
    }

    private static JsonObject json(Difference difference) {
        JsonObjectBuilder sentences = Json.createObjectBuilder();
        for (Language language : Language.values()) {
            sentences.add(language.tag(), difference.sentence(language));
        }
        return Json.createObjectBuilder().add("kind", difference.kind().name()).add("effect", difference.effect().name()).add("path", difference.path()).add("before", difference.before())
                .add("after", difference.after()).add("sentences", sentences).build();
    }

    private static JsonObject json(AffectedSubsystem one) {
        return Json.createObjectBuilder().add("participant", one.participant().value().toString()).add("name", one.name()).add("subsystem", one.subsystem().value().toString())
                .add("subsystemCode", one.code()).add("operation", one.operation()).add("hasRight", one.hasRight()).add("calls", one.calls()).add("breaks", one.breaks()).build();
    }

    private static JsonObject json(EmergencyView emergency) {
        return Json.createObjectBuilder().add("version", emergency.version().value().toString()).add("service", emergency.service()).add("name", emergency.name())
                .add("revision", emergency.revision()).add("at", emergency.at().toString()).add("actor", emergency.actor().toString()).add("reason", emergency.reason()).build();
    }
}
