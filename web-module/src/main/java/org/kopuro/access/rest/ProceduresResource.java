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
import java.util.Map;
import java.util.function.Function;
import org.kopuro.access.procedures.ChecklistItem;
import org.kopuro.access.procedures.Ground;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.access.procedures.ProcedureProposals;
import org.kopuro.access.procedures.Procedures;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Contour;
import org.kopuro.kernel.Language;

/**
 * {@code /api/v1/procedures}: the procedures for everybody to read, the newest version of each first (ACC-22). A version can be read as the document from which
 * the next one is published; an operator proposes that, and an approver decides ({@link ProcedureProposalsResource}).
 */
@Path("/procedures")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ProceduresResource {

    @Inject
    private Procedures procedures;
    @Inject
    private ProcedureProposals proposals;
    @Inject
    private Person person;

    @GET
    @Permitted(everybody = true)
    public JsonObject list() {
        return Listing.of("procedures", procedures.codes(), Function.identity());
    }

    @GET
    @Permitted(everybody = true)
    @Path("/{code}")
    public JsonObject versions(@PathParam("code") String code) {
        JsonArrayBuilder items = Json.createArrayBuilder();
        procedures.versions(code).forEach(version -> items.add(json(version)));
        return Json.createObjectBuilder().add("code", code).add("versions", items).build();
    }

    @GET
    @Permitted(everybody = true)
    @Path("/{code}/versions/{version}")
    public String document(@PathParam("code") String code, @PathParam("version") int version) {
        return procedures.document(code, version);
    }

    /** Proposes the version that the body describes. */
    @POST
    @Permitted(Role.PROCEDURE_EDITOR)
    @Path("/{code}/versions")
    public Response propose(@PathParam("code") String code, @QueryParam("reason") String reason, String document) {
        SignedIn who = person.signedIn();
        return Response.accepted(ProcedureProposalsResource.json(proposals.propose(code, document == null ? "" : document, reason, who.contour(), who.actor()))).build();
    }

    private static JsonObject json(Procedure procedure) {
        JsonObjectBuilder deadlines = Json.createObjectBuilder();
        procedure.deadlines().forEach((rule, term) -> deadlines.add(rule.name(), Json.createObjectBuilder().add("workingDays", term.workingDays())
                .add("direction", term.direction().name()).add("owedBy", rule.side().name()).add("source", term.source()).add("fromAgreement", term.fromAgreement())));
        JsonArrayBuilder items = Json.createArrayBuilder();
        for (ChecklistItem item : procedure.items()) {
            items.add(Json.createObjectBuilder().add("kind", item.kind().name()).add("contour", item.contour().name()).add("code", item.code()).add("side", item.side().name())
                    .add("texts", texts(item.texts())).add("source", item.source()));
        }
        JsonArrayBuilder grounds = Json.createArrayBuilder();
        for (Ground ground : procedure.grounds()) {
            JsonObjectBuilder one = Json.createObjectBuilder().add("measure", ground.measure().name()).add("code", ground.code()).add("immediate", ground.immediate())
                    .add("texts", texts(ground.texts())).add("source", ground.source());
            ground.incidentKind().ifPresent(kind -> one.add("incidentKind", kind));
            grounds.add(one);
        }
        JsonArrayBuilder documents = Json.createArrayBuilder();
        procedure.documents().forEach(one -> documents.add(Json.createObjectBuilder().add("role", one.role().name()).add("kind", one.kind().name()).add("source", one.source())));
        JsonArrayBuilder decrees = Json.createArrayBuilder();
        procedure.decrees().forEach(decree -> decrees.add(Json.createObjectBuilder().add("code", decree.code()).add("titles", texts(decree.titles()))));
        JsonObjectBuilder subjects = Json.createObjectBuilder();
        procedure.subjects().forEach((purpose, subject) -> subjects.add(purpose.name(), subject));
        JsonObjectBuilder channel = Json.createObjectBuilder().add("kind", procedure.channel().kind().name());
        procedure.channel().address().ifPresent(address -> channel.add("address", address));
        JsonObjectBuilder provisions = Json.createObjectBuilder();
        procedure.provisions().forEach((matter, said) -> provisions.add(matter.name(), Json.createObjectBuilder().add("texts", texts(said.texts())).add("source", said.source())));
        JsonObjectBuilder out = Json.createObjectBuilder().add("version", procedure.version()).add("titles", texts(procedure.titles())).add("calendar", procedure.calendar())
                .add("validFrom", procedure.validFrom().toString()).add("source", procedure.source())
                .add("contours", Json.createArrayBuilder(procedure.contours().stream().map(Contour::name).toList())).add("channel", channel).add("provisions", provisions)
                .add("jointTestRequired", procedure.jointTestRequired())
                .add("agreementRequired", procedure.agreementRequired()).add("ogrnRequired", procedure.ogrnRequired()).add("innRequired", procedure.innRequired()).add("stoppingProofWaived", procedure.stoppingProofWaived()).add("deadlines", deadlines).add("items", items).add("grounds", grounds)
                .add("subjects", subjects).add("productDocuments", documents).add("decrees", decrees);
        procedure.validTo().ifPresent(day -> out.add("validTo", day.toString()));
        procedure.senderZones().ifPresent(zones -> out.add("senderZones", Json.createArrayBuilder(zones)));
        return out.build();
    }

    private static JsonObjectBuilder texts(Map<Language, String> texts) {
        JsonObjectBuilder out = Json.createObjectBuilder();
        for (Language language : Language.values()) {
            out.add(language.tag(), texts.get(language));
        }
        return out;
    }
}
