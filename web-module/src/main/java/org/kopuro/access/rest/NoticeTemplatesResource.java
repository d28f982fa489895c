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
import java.util.UUID;
import org.kopuro.access.procedures.Procedures;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.Language;
import org.kopuro.notices.NewTemplate;
import org.kopuro.notices.NoticeKind;
import org.kopuro.notices.NoticeTemplates;
import org.kopuro.notices.TemplateProposal;
import org.kopuro.notices.TemplateView;

/** {@code /api/v1/access/notice-templates}: texts of notices, read by all officials, proposed by an editor, published by an approver (§3, ACC-82). */
@Path("/access/notice-templates")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class NoticeTemplatesResource {

    /** For all procedures that have no text of their own. */
    private static final String ALL = "*";

    @Inject
    private NoticeTemplates templates;
    @Inject
    private Procedures procedures;
    @Inject
    private Person person;

    /** The texts of a kind, the newest first, with the facts that they may name. */
    @GET
    @Permitted(officials = true)
    public JsonObject published(@QueryParam("kind") String kind) {
        NoticeKind wanted = Input.oneOf(NoticeKind.class, kind, "kind");
        JsonArrayBuilder items = Json.createArrayBuilder();
        templates.published(wanted).forEach(one -> items.add(json(one)));
        return Json.createObjectBuilder().add("kind", wanted.name()).add("facts", Json.createArrayBuilder(wanted.facts().stream().sorted().toList())).add("templates", items).build();
    }

    @POST
    @Permitted(Role.PROCEDURE_EDITOR)
    public Response propose(String body) {
        JsonBody json = JsonBody.of(body);
        NewTemplate wanted = new NewTemplate(json.oneOf(NoticeKind.class, "kind"), json.text("procedure"), json.oneOf(Language.class, "language"), Input.day(json.text("validFrom"), "validFrom"),
                json.text("subject"), json.text("body"));
        String reason = json.text("reason");
        json.end();
        if (!wanted.procedure().equals(ALL)) {
            // Else a slip in the code would publish what no notice is ever written from.
            procedures.calendar(wanted.procedure());
        }
        SignedIn who = person.signedIn();
        return Response.accepted(json(templates.propose(wanted, reason, who.contour(), who.actor()))).build();
    }

    @GET
    @Permitted(officials = true)
    @Path("/proposals")
    public JsonObject open() {
        return Listing.of("proposals", templates.open(), NoticeTemplatesResource::json);
    }

    /** An approver decides; whoever proposed takes back. */
    @POST
    @Permitted({Role.APPROVER, Role.PROCEDURE_EDITOR})
    @Path("/proposals/{id}/events")
    public JsonObject event(@PathParam("id") UUID id, String body) {
        JsonBody json = JsonBody.of(body);
        if (json.oneOf(ProposalsResource.Decision.class, "event") == ProposalsResource.Decision.APPROVE) {
            json.end();
            SignedIn who = person.signedIn(Role.APPROVER);
            return json(templates.approve(id, who.contour(), who.actor())).add("outcome", TemplateProposal.Outcome.APPROVED.name()).build();
        }
        String remark = json.text("remark");
        json.end();
        SignedIn who = person.signedIn();
        templates.reject(id, who.contour(), remark, who.actor());
        return Json.createObjectBuilder().add("outcome", TemplateProposal.Outcome.REJECTED.name()).build();
    }

    private static JsonObjectBuilder json(TemplateView text) {
        return Json.createObjectBuilder().add("kind", text.kind().name()).add("procedure", text.procedure()).add("language", text.language().name())
                .add("validFrom", text.validFrom().toString()).add("subject", text.subject()).add("body", text.body());
    }

    private static JsonObject json(TemplateProposal proposal) {
        return json(proposal.text()).add("id", proposal.id().toString()).add("reason", proposal.reason()).add("proposedBy", proposal.proposedBy().toString())
                .add("proposedAt", proposal.proposedAt().toString()).build();
    }
}
