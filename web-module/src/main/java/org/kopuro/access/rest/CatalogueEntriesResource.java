package org.kopuro.access.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
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
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.kopuro.access.ServiceRule;
import org.kopuro.access.TokenRule;
import org.kopuro.access.catalogue.ComparisonView;
import org.kopuro.access.catalogue.Comparisons;
import org.kopuro.access.catalogue.Entries;
import org.kopuro.access.catalogue.EntryView;
import org.kopuro.access.catalogue.NewEntry;
import org.kopuro.access.catalogue.ServiceChange;
import org.kopuro.access.catalogue.ServiceToAdd;
import org.kopuro.access.catalogue.Discrepancy;
import org.kopuro.access.catalogue.VersionView;
import org.kopuro.access.catalogue.Versions;
import org.kopuro.access.monitoring.Thresholds;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/**
 * {@code /api/v1/access/catalogue}: entries for everybody who signs in, their upkeep and the comparison with the exchange for officials. OPERATOR acts as the owner of services.
 */
@Path("/access/catalogue")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CatalogueEntriesResource {

    /** What an owner does with an entry. */
    private enum EntryEvent {
        CONFIRM
    }

    @Inject
    private Entries entries;
    @Inject
    private Versions versions;
    @Inject
    private Comparisons comparisons;
    @Inject
    private Thresholds thresholds;
    @Inject
    private Person person;
    @Inject
    private Clock clock;

    @GET
    @Permitted(value = {Role.PARTICIPANT, Role.NODE_ADMINISTRATOR, Role.OPERATIONAL_CONTACT, Role.TAXPAYER}, officials = true)
    public JsonObject list() {
        Instant now = clock.instant();
        return Listing.of("entries", entries.list(), entry -> json(entry, now));
    }

    /** With its versions and its default limits in the contour of whoever asks. */
    @GET
    @Permitted(value = {Role.PARTICIPANT, Role.NODE_ADMINISTRATOR, Role.OPERATIONAL_CONTACT, Role.TAXPAYER}, officials = true)
    @Path("/services/{service}")
    public JsonObject get(@PathParam("service") String service) {
        SignedIn who = person.signedIn();
        JsonObjectBuilder entry = json(entries.get(service), clock.instant());
        JsonArrayBuilder items = Json.createArrayBuilder();
        visible(versions.list(service, who.contour()), who).forEach(version -> items.add(CatalogueVersionsResource.json(version)));
        return entry.add("versions", items).add("limits", ThresholdsResource.add(Json.createObjectBuilder(), thresholds.defaultOf(service, who.contour()))).build();
    }

    /** Adds a service. */
    @POST
    @Permitted(Role.SERVICE_OWNER)
    @Path("/services")
    public Response add(String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        ServiceToAdd service = new ServiceToAdd(json.text("code"), texts(json, "titles"), json.text("procedure"), rule(json));
        json.end();
        return Response.status(Response.Status.CREATED).entity(json(entries.add(service, who.contour(), who.actor()), clock.instant()).build()).build();
    }

    /** Names, and whether it is switched on. */
    @POST
    @Permitted(Role.SERVICE_OWNER)
    @Path("/services/{service}/changes")
    public JsonObject change(@PathParam("service") String service, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        ServiceChange change = new ServiceChange(json.number("after"), texts(json, "titles"), json.flag("enabled"), json.optionalText("notice"), json.text("reason"));
        json.end();
        return json(entries.change(service, change, who.contour(), who.actor()), clock.instant()).build();
    }

    /** What holds from a day on. */
    @POST
    @Permitted(Role.SERVICE_OWNER)
    @Path("/services/{service}/rules")
    public JsonObject rule(@PathParam("service") String service, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        LocalDate from = Input.day(json.text("effectiveFrom"), "effectiveFrom");
        ServiceRule rule = rule(json);
        json.end();
        return json(entries.rule(service, from, rule, who.contour(), who.actor()), clock.instant()).build();
    }

    /** Writes another revision. */
    @POST
    @Permitted(Role.SERVICE_OWNER)
    @Path("/services/{service}")
    public JsonObject describe(@PathParam("service") String service, String body) {
        SignedIn who = person.signedIn();
        return json(entries.describe(service, entry(body), who.contour(), who.actor()), clock.instant()).build();
    }

    @POST
    @Permitted(Role.SERVICE_OWNER)
    @Path("/services/{service}/events")
    public JsonObject event(@PathParam("service") String service, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        EntryEvent event = json.oneOf(EntryEvent.class, "event");
        int revision = json.number("revision");
        json.end();
        return switch (event) {
            case CONFIRM -> json(entries.confirm(service, revision, who.contour(), who.actor()), clock.instant()).build();
        };
    }

    @POST
    @Permitted(Role.SERVICE_OWNER)
    @Path("/services/{service}/versions")
    public Response draft(@PathParam("service") String service, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        String version = json.text("version");
        json.end();
        return Response.status(Response.Status.CREATED).entity(CatalogueVersionsResource.json(versions.draft(service, version, who.contour(), who.actor())).build()).build();
    }

    @POST
    @Permitted(Role.SERVICE_OWNER)
    @Path("/comparisons")
    public Response compare() {
        SignedIn who = person.signedIn();
        return Response.status(Response.Status.CREATED).entity(json(comparisons.compare(who.actor()))).build();
    }

    @GET
    @Permitted(officials = true)
    @Path("/comparisons")
    public JsonObject comparisons(@QueryParam("limit") @DefaultValue("50") int limit) {
        return Listing.of("comparisons", comparisons.list(limit), CatalogueEntriesResource::json);
    }

    /** Open ones; with {@code closed=true} the closed ones, too. */
    @GET
    @Permitted(officials = true)
    @Path("/tasks")
    public JsonObject tasks(@QueryParam("closed") @DefaultValue("false") boolean closed, @QueryParam("limit") @DefaultValue("200") int limit) {
        return Listing.of("tasks", comparisons.tasks(closed, limit), CatalogueEntriesResource::json);
    }

    /** Consumers see what was told. */
    static List<VersionView> visible(List<VersionView> all, SignedIn who) {
        return all.stream().filter(version -> version.told() || isOfficial(who)).toList();
    }

    static boolean isOfficial(SignedIn who) {
        return who.official();
    }

    private static NewEntry entry(String body) {
        JsonBody json = JsonBody.of(body);
        Map<Language, String> descriptions = texts(json, "descriptions");
        int days = json.has("confirmWithinDays") ? json.number("confirmWithinDays") : NewEntry.CONFIRM_WITHIN_DAYS;
        NewEntry entry = new NewEntry(json.number("after"), descriptions, json.text("protocol"), json.optionalText("ownerAccount").map(id -> Input.uuid(id, "ownerAccount")),
                json.optionalText("ownerUnit"), days);
        json.end();
        return entry;
    }

    private static Map<Language, String> texts(JsonBody json, String name) {
        JsonBody texts = json.optionalObject(name).orElseThrow(() -> Refusal.of(InputRefusal.FIELD_MISSING, name));
        Map<Language, String> read = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            read.put(language, texts.text(language.tag()));
        }
        texts.end();
        return read;
    }

    private static ServiceRule rule(JsonBody json) {
        return new ServiceRule(json.flag("disclosesTaxSecret"), json.oneOf(TokenRule.class, "tokenRule"), json.flag("selfCall"), json.optionalNumber("validityDays"),
                json.optionalNumber("dataAgeMonths"), json.optionalNumber("dataRangeMonths"), json.optionalNumber("callsPerDay"), json.optionalNumber("callsPerToken"));
    }

    private static JsonObjectBuilder json(EntryView entry, Instant now) {
        JsonObjectBuilder out = CatalogueResource.builder(entry.service()).add("procedure", entry.service().procedure()).add("state", entry.state().name()).add("changes", entry.changes()).add("stale", entry.stale(now));
        entry.revision().ifPresent(revision -> {
            JsonObjectBuilder descriptions = Json.createObjectBuilder();
            for (Language language : Language.values()) {
                descriptions.add(language.tag(), revision.descriptions().get(language));
            }
            out.add("revision", revision.number()).add("descriptions", descriptions).add("protocol", revision.protocol()).add("confirmedAt", revision.confirmedAt().toString())
                    .add("confirmWithinDays", revision.confirmWithinDays());
            revision.ownerAccount().ifPresent(account -> out.add("ownerAccount", account.toString()));
            revision.ownerUnit().ifPresent(unit -> out.add("ownerUnit", unit));
        });
        return out;
    }

    private static JsonObject json(ComparisonView comparison) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", comparison.id().value().toString()).add("number", comparison.number()).add("askedAt", comparison.askedAt().toString())
                .add("outcome", comparison.outcome().name()).add("opened", comparison.opened()).add("closed", comparison.closed());
        comparison.detail().ifPresent(detail -> out.add("detail", detail));
        comparison.published().ifPresent(published -> out.add("published", published));
        return out.build();
    }

    private static JsonObject json(Discrepancy task) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", task.id().toString()).add("kind", task.kind().name()).add("openedAt", task.openedAt().toString());
        task.service().ifPresent(service -> out.add("service", service));
        task.version().ifPresent(version -> out.add("version", version));
        task.closedAt().ifPresent(at -> out.add("closedAt", at.toString()));
        task.ownerAccount().ifPresent(account -> out.add("ownerAccount", account.toString()));
        task.ownerUnit().ifPresent(unit -> out.add("ownerUnit", unit));
        return out.build();
    }
}
