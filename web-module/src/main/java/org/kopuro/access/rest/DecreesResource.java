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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.decrees.DecreeOutcome;
import org.kopuro.access.decrees.DecreeView;
import org.kopuro.access.decrees.Decrees;
import org.kopuro.access.decrees.NewDecree;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;

/** {@code /api/v1/access/decrees}: decrees, their editions, and what is to be decided of the connections that an edition touches (ACC-76). */
@Path("/access/decrees")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class DecreesResource {

    @Inject
    private Decrees decrees;
    @Inject
    private Person person;

    @GET
    @Permitted(value = Role.PARTICIPANT, officials = true)
    public JsonObject list() {
        JsonArrayBuilder items = Json.createArrayBuilder();
        decrees.list().forEach(decree -> items.add(json(decree)));
        return Json.createObjectBuilder().add("decrees", items).build();
    }

    @POST
    @Permitted(Role.PROCEDURE_EDITOR)
    public Response register(String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        NewDecree decree = new NewDecree(json.text("code"), Input.day(json.text("adoptedOn"), "adoptedOn"), titles(json.optionalObject("titles").orElseThrow(() -> Refusal.of(InputRefusal.FIELD_MISSING, "titles"))), json.text("source"));
        json.end();
        return Response.status(Response.Status.CREATED).entity(json(decrees.register(decree, who.contour(), who.actor()))).build();
    }

    /** {@code after} is the number of the newest edition that was read. */
    @POST
    @Permitted(Role.PROCEDURE_EDITOR)
    @Path("/{code}/editions")
    public Response amend(@PathParam("code") String code, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        int after = json.number("after");
        LocalDate firstDay = Input.day(json.text("firstDay"), "firstDay");
        String text = json.text("text");
        String source = json.text("source");
        json.end();
        return Response.status(Response.Status.CREATED).entity(json(decrees.amend(code, after, firstDay, text, source, who.contour(), who.actor()))).build();
    }

    @GET
    @Permitted(officials = true)
    @Path("/matters")
    public JsonObject matters() {
        JsonArrayBuilder items = Json.createArrayBuilder();
        decrees.matters(person.signedIn().contour()).forEach(matter -> items.add(Json.createObjectBuilder().add("decree", matter.decree()).add("edition", matter.edition())
                .add("firstDay", matter.firstDay().toString()).add("text", matter.text()).add("registeredAt", matter.registeredAt().toString())
                .add("connection", matter.connection().value().toString()).add("participant", matter.participant().value().toString()).add("procedure", matter.procedure())));
        return Json.createObjectBuilder().add("matters", items).build();
    }

    /** {@code KEEP}, or {@code PROPOSE}: answered by 202 and the proposal. */
    @POST
    @Permitted(Role.SECURITY_OFFICER)
    @Path("/{code}/editions/{edition}/connections/{connection}/decisions")
    public Response decide(@PathParam("code") String code, @PathParam("edition") int edition, @PathParam("connection") UUID connection, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        DecreeOutcome outcome = json.oneOf(DecreeOutcome.class, "outcome");
        String reason = json.text("reason");
        json.end();
        if (outcome == DecreeOutcome.PROPOSE) {
            return Response.accepted(ProposalsResource.json(decrees.propose(code, edition, new ConnectionId(connection), who.contour(), reason, who.actor()))).build();
        }
        decrees.keep(code, edition, new ConnectionId(connection), who.contour(), reason, who.actor());
        return Response.noContent().build();
    }

    private static Map<Language, String> titles(JsonBody json) {
        Map<Language, String> titles = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            titles.put(language, json.text(language.tag()));
        }
        json.end();
        return titles;
    }

    private static JsonObject json(DecreeView decree) {
        JsonObjectBuilder titles = Json.createObjectBuilder();
        decree.titles().forEach((language, title) -> titles.add(language.tag(), title));
        JsonArrayBuilder editions = Json.createArrayBuilder();
        decree.editions().forEach(edition -> editions.add(Json.createObjectBuilder().add("number", edition.number()).add("firstDay", edition.firstDay().toString())
                .add("text", edition.text()).add("source", edition.source()).add("registeredAt", edition.registeredAt().toString())));
        return Json.createObjectBuilder().add("code", decree.code()).add("adoptedOn", decree.adoptedOn().toString()).add("titles", titles).add("source", decree.source())
                .add("editions", editions).build();
    }
}
