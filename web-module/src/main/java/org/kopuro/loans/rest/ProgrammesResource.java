package org.kopuro.loans.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.Refusal;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.loans.programmes.Accreditations;
import org.kopuro.loans.programmes.DuplicatePolicy;
import org.kopuro.loans.programmes.EntryPoint;
import org.kopuro.loans.programmes.NewProgramme;
import org.kopuro.loans.programmes.Period;
import org.kopuro.loans.programmes.Programme;
import org.kopuro.loans.programmes.ProgrammeChange;
import org.kopuro.loans.programmes.ProgrammeChanges;
import org.kopuro.loans.programmes.Programmes;
import org.kopuro.loans.programmes.RuleSet;
import org.kopuro.loans.programmes.RuleSetView;
import org.kopuro.loans.programmes.RuleSets;

/** {@code /api/v1/programmes}: what loans are entered under, and by which rules (LOAN-10, LOAN-80). */
@Path("/programmes")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ProgrammesResource {

    @Inject
    private Programmes programmes;
    @Inject
    private RuleSets ruleSets;
    @Inject
    private ProgrammeChanges changes;
    @Inject
    private Accreditations accreditations;
    @Inject
    private Person person;

    /** For a bank with the periods of its own accreditation. */
    @GET
    @Permitted(value = {Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.REGULATOR, Role.METHODOLOGY_OWNER}, officials = true)
    public JsonObject list() {
        Optional<Map<String, List<Period>>> own = own();
        return Listing.of("programmes", programmes.list(), programme -> json(programme, own));
    }

    /** Whom a regulator can accredit, by name. */
    @GET
    @Permitted(value = Role.REGULATOR, officials = true)
    @Path("/banks")
    public JsonObject banks() {
        return Listing.of("banks", accreditations.banks(person.signedIn().contour()), bank -> Json.createObjectBuilder().add("id", bank.id().toString()).add("name", bank.name()));
    }

    @GET
    @Permitted(value = {Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.REGULATOR, Role.METHODOLOGY_OWNER}, officials = true)
    @Path("/{code}")
    public JsonObject get(@PathParam("code") String code) {
        return json(programmes.get(code), own());
    }

    @POST
    @Permitted(Role.OPERATOR)
    public Response add(String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        NewProgramme programme = new NewProgramme(json.text("code"), ProgrammeJson.texts(json, "titles"), json.text("sector"), json.text("regulator"), json.oneOf(EntryPoint.class, "entryPoint"),
                json.oneOf(DuplicatePolicy.class, "duplicatePolicy"), json.flag("stagesApart"), Input.day(json.text("activeFrom"), "activeFrom"),
                json.optionalText("activeTo").map(day -> Input.day(day, "activeTo")), json.text("procedure"), json.text("source"));
        json.end();
        return Response.status(Response.Status.CREATED).entity(json(programmes.add(programme, who.contour(), who.actor()), Optional.empty())).build();
    }

    /** What was proposed to change of it, and what became of that; the newest first. */
    @GET
    @Permitted(value = {Role.REGULATOR, Role.METHODOLOGY_OWNER}, officials = true)
    @Path("/{code}/changes")
    public JsonObject changes(@PathParam("code") String code) {
        return Listing.of("changes", changes.of(code), ProgrammeJson::json);
    }

    /** What is not named stays as it is. */
    @POST
    @Permitted({Role.METHODOLOGY_OWNER, Role.OPERATOR})
    @Path("/{code}/changes")
    public Response proposeChange(@PathParam("code") String code, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        ProgrammeChange change = new ProgrammeChange(json.optionalText("duplicatePolicy").map(policy -> Input.oneOf(DuplicatePolicy.class, policy, "duplicatePolicy")), json.optionalText("regulator"),
                json.optionalText("sector"), json.optionalText("entryPoint").map(point -> Input.oneOf(EntryPoint.class, point, "entryPoint")),
                json.optionalText("activeTo").map(day -> Input.day(day, "activeTo")));
        String reason = json.text("reason");
        json.end();
        return Response.status(Response.Status.CREATED).entity(ProgrammeJson.json(changes.propose(code, change, reason, who.contour(), who.actor())).build()).build();
    }

    /** {@code APPROVE}, or {@code REJECT} with a remark. */
    @POST
    @Permitted(Role.METHODOLOGY_OWNER)
    @Path("/{code}/changes/{id}/events")
    public JsonObject decideChange(@PathParam("code") String code, @PathParam("id") UUID id, String body) {
        SignedIn who = person.signedIn();
        Optional<String> remark = remark(body);
        return ProgrammeJson.json(remark.map(text -> changes.reject(code, id, text, who.contour(), who.actor())).orElseGet(() -> changes.approve(code, id, who.contour(), who.actor()))).build();
    }

    /** Of each stage the newest first; a bank is told of approved ones alone. */
    @GET
    @Permitted(value = {Role.BANK_OPERATOR, Role.BANK_CONTROLLER, Role.REGULATOR, Role.METHODOLOGY_OWNER}, officials = true)
    @Path("/{code}/rule-sets")
    public JsonObject ruleSets(@PathParam("code") String code) {
        boolean all = person.signedIn().participant().isEmpty();
        return Listing.of("ruleSets", ruleSets.of(code).stream().filter(one -> all || one.outcome().equals(Optional.of(RuleSetView.Outcome.APPROVED))).toList(), one -> RuleSetJson.json(one, all));
    }

    @POST
    @Permitted({Role.METHODOLOGY_OWNER, Role.OPERATOR})
    @Path("/{code}/rule-sets")
    public Response propose(@PathParam("code") String code, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        RuleSet rules = RuleSetJson.read(code, json);
        String source = json.text("source");
        String reason = json.text("reason");
        json.end();
        return Response.status(Response.Status.CREATED).entity(RuleSetJson.json(ruleSets.propose(rules, source, reason, who.contour(), who.actor()), true)).build();
    }

    /** {@code APPROVE}, or {@code REJECT} with a remark. */
    @POST
    @Permitted(Role.METHODOLOGY_OWNER)
    @Path("/{code}/rule-sets/{id}/events")
    public JsonObject decide(@PathParam("code") String code, @PathParam("id") UUID id, String body) {
        SignedIn who = person.signedIn();
        Optional<String> remark = remark(body);
        return RuleSetJson.json(remark.map(text -> ruleSets.reject(code, id, text, who.contour(), who.actor()))
                .orElseGet(() -> ruleSets.approve(code, id, who.contour(), who.actor())), true);
    }

    /** Of a rejection; empty is an approval. */
    private static Optional<String> remark(String body) {
        JsonBody json = JsonBody.of(body);
        Decision event = json.oneOf(Decision.class, "event");
        if (event == Decision.APPROVE && json.has("remark")) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "remark");
        }
        Optional<String> remark = event == Decision.REJECT ? Optional.of(json.text("remark")) : Optional.empty();
        json.end();
        return remark;
    }

    enum Decision {
        APPROVE,
        REJECT
    }

    private Optional<Map<String, List<Period>>> own() {
        SignedIn who = person.signedIn();
        return who.participant().map(bank -> accreditations.of(bank, who.contour()));
    }

    private static JsonObject json(Programme programme, Optional<Map<String, List<Period>>> own) {
        return ProgrammeJson.json(programme, own.map(periods -> periods.getOrDefault(programme.code(), List.of())));
    }
}
