package org.kopuro.access.rest;

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
import java.util.UUID;
import org.kopuro.access.requests.ProposalView;
import org.kopuro.access.requests.Proposals;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;

/** {@code /api/v1/access/proposals}: what one official wants and another one decides (ACC-2). */
@Path("/access/proposals")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ProposalsResource {

    /** What may be done to a proposal. */
    enum Decision {
        APPROVE, REJECT
    }

    @Inject
    private Proposals proposals;
    @Inject
    private Person person;

    @GET
    @Permitted(officials = true)
    public JsonObject open() {
        SignedIn who = person.signedIn();
        return Listing.of("proposals", proposals.open(who.contour()), ProposalsResource::json);
    }

    /** An approver decides; whoever proposed takes back. */
    @POST
    @Permitted({Role.APPROVER, Role.OPERATOR, Role.AGREEMENTS_OFFICER, Role.SECURITY_OFFICER})
    @Path("/{id}/events")
    public JsonObject event(@PathParam("id") UUID id, String body) {
        JsonBody json = JsonBody.of(body);
        Decision decision = json.oneOf(Decision.class, "event");
        if (decision == Decision.APPROVE) {
            json.end();
            SignedIn who = person.signedIn(Role.APPROVER);
            return json(proposals.approve(id, who.contour(), who.actor()));
        }
        String remark = json.text("remark");
        json.end();
        SignedIn who = person.signedIn();
        return json(proposals.reject(id, who.contour(), remark, who.actor()));
    }

    static JsonObject json(ProposalView proposal) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", proposal.id().toString()).add("event", proposal.event()).add("reason", proposal.reason())
                .add("proposedBy", proposal.proposedBy().toString()).add("proposedRole", proposal.proposedRole()).add("proposedAt", proposal.proposedAt().toString());
        proposal.request().ifPresent(request -> out.add("request", request.value().toString()));
        proposal.connection().ifPresent(connection -> out.add("connection", connection.value().toString()));
        proposal.agreement().ifPresent(agreement -> out.add("agreement", agreement.value().toString()));
        proposal.subsystem().ifPresent(subsystem -> out.add("subsystem", subsystem.value().toString()));
        proposal.ground().ifPresent(ground -> out.add("ground", ground));
        proposal.firstDay().ifPresent(day -> out.add("firstDay", day.toString()));
        proposal.outcome().ifPresent(outcome -> out.add("outcome", outcome.name()));
        proposal.decidedBy().ifPresent(by -> out.add("decidedBy", by.toString()));
        return out.build();
    }
}
