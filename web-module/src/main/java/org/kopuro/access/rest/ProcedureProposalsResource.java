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
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.kopuro.access.procedures.Procedure;
import org.kopuro.access.procedures.ProcedureProposal;
import org.kopuro.access.procedures.ProcedureProposals;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;

/** {@code /api/v1/access/procedure-proposals}: versions of procedures that one official wants to publish and another one decides on. */
@Path("/access/procedure-proposals")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ProcedureProposalsResource {

    @Inject
    private ProcedureProposals proposals;
    @Inject
    private Person person;

    @GET
    @Permitted(officials = true)
    public JsonObject open() {
        return Listing.of("proposals", proposals.open(), ProcedureProposalsResource::json);
    }

    /** An approver decides; whoever proposed takes back. */
    @POST
    @Permitted({Role.APPROVER, Role.PROCEDURE_EDITOR})
    @Path("/{id}/events")
    public JsonObject event(@PathParam("id") UUID id, String body) {
        JsonBody json = JsonBody.of(body);
        if (json.oneOf(ProposalsResource.Decision.class, "event") == ProposalsResource.Decision.APPROVE) {
            json.end();
            SignedIn who = person.signedIn(Role.APPROVER);
            Procedure published = proposals.approve(id, who.contour(), who.actor());
            return Json.createObjectBuilder().add("outcome", ProcedureProposal.Outcome.APPROVED.name()).add("procedure", published.code()).add("version", published.version())
                    .add("validFrom", published.validFrom().toString()).build();
        }
        String remark = json.text("remark");
        json.end();
        SignedIn who = person.signedIn();
        proposals.reject(id, who.contour(), remark, who.actor());
        return Json.createObjectBuilder().add("outcome", ProcedureProposal.Outcome.REJECTED.name()).build();
    }

    static JsonObject json(ProcedureProposal proposal) {
        return Json.createObjectBuilder().add("id", proposal.id().toString()).add("procedure", proposal.procedure()).add("version", proposal.version())
                .add("reason", proposal.reason()).add("proposedBy", proposal.proposedBy().toString()).add("proposedAt", proposal.proposedAt().toString())
                .add("document", proposal.document()).build();
    }
}
