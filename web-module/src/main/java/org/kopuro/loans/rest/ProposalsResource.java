package org.kopuro.loans.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.loans.Confirmations;
import org.kopuro.loans.Judgement;
import org.kopuro.loans.LoanField;
import org.kopuro.loans.LoanJson;
import org.kopuro.loans.Placer;
import org.kopuro.loans.ProposalView;
import org.kopuro.loans.Viewer;

/** {@code /api/v1/loan-proposals}: what waits for the bank's controller, and whether the bank wants that. */
@Path("/loan-proposals")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ProposalsResource {

    private enum Decision {
        CONFIRM, REJECT
    }

    @Inject
    private Confirmations confirmations;
    @Inject
    private LoanPerson person;

    /** What waits, the oldest first; for an auditor at all banks. */
    @GET
    @Permitted({Role.BANK_CONTROLLER, Role.BANK_OPERATOR, Role.AUDITOR})
    public JsonObject waiting() {
        Viewer viewer = person.viewer();
        Optional<UUID> own = person.ownAlone();
        return Listing.of("proposals", confirmations.waiting(viewer.bank(), viewer.contour()).stream().filter(one -> own.map(one.proposedBy()::equals).orElse(true)).toList(), ProposalsResource::json);
    }

    /** One that waits, or what became of it. */
    @GET
    @Permitted({Role.BANK_CONTROLLER, Role.BANK_OPERATOR, Role.AUDITOR})
    @Path("/{id: [0-9a-fA-F]{8}-[0-9a-fA-F-]{27}}")
    public JsonObject proposal(@PathParam("id") UUID id) {
        Viewer viewer = person.viewer();
        ProposalView found = confirmations.get(id, viewer.bank(), viewer.contour());
        person.requireSeen(Optional.of(found.proposedBy()), "proposal");
        return json(found);
    }

    @GET
    @Permitted({Role.BANK_CONTROLLER, Role.BANK_OPERATOR, Role.NODE_ADMINISTRATOR})
    @Path("/four-eyes")
    public JsonObject fourEyes() {
        Placer placer = person.placer();
        return Json.createObjectBuilder().add("wanted", confirmations.wanted(placer.bank(), placer.contour())).build();
    }

    @PUT
    @Permitted(Role.NODE_ADMINISTRATOR)
    @Path("/four-eyes")
    public JsonObject turn(String body) {
        JsonBody json = JsonBody.of(body);
        boolean wanted = json.flag("wanted");
        String reason = json.text("reason");
        json.end();
        Placer placer = person.placer();
        return Json.createObjectBuilder().add("wanted", confirmations.turn(placer.bank(), placer.contour(), wanted, reason, placer.actor())).build();
    }

    /** {@code CONFIRM}, or {@code REJECT} with a reason; by somebody else than who proposed it. */
    @POST
    @Permitted(Role.BANK_CONTROLLER)
    @Path("/{id}/events")
    public JsonObject decide(@PathParam("id") UUID id, String body) {
        JsonBody json = JsonBody.of(body);
        Decision decision = json.oneOf(Decision.class, "event");
        if (decision == Decision.CONFIRM && json.has("reason")) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "reason");
        }
        String reason = decision == Decision.REJECT ? json.text("reason") : "";
        json.end();
        if (decision == Decision.REJECT) {
            confirmations.reject(id, reason, person.placer());
            return Json.createObjectBuilder().add("outcome", ProposalView.Outcome.REJECTED.name()).build();
        }
        Judgement judgement = confirmations.confirm(id, person.placer());
        return Json.createObjectBuilder().add("outcome", ProposalView.Outcome.CONFIRMED.name()).add("loan", judgement.loan().orElseThrow().toString()).add("version", judgement.version()).build();
    }

    static JsonObject json(ProposalView proposal) {
        JsonObjectBuilder stated = Json.createObjectBuilder();
        for (LoanField field : LoanField.values()) {
            if (proposal.stated().containsKey(field)) {
                stated.add(field.json(), LoanJson.told(field, proposal.stated().get(field)));
            }
        }
        JsonObjectBuilder json = Json.createObjectBuilder().add("id", proposal.id().toString()).add("bank", proposal.bank().toString()).add("event", proposal.event().name()).add("stated", stated)
                .add("proposedAt", proposal.proposedAt().toString()).add("proposedBy", proposal.proposedBy().toString());
        if (!proposal.cleared().isEmpty()) {
            json.add("cleared", Json.createArrayBuilder(proposal.cleared().stream().map(LoanField::json).sorted().toList()));
        }
        proposal.replaces().ifPresent(replaced -> json.add("replaces", replaced.toString()));
        proposal.loan().or(() -> proposal.decided().flatMap(ProposalView.Decision::made)).ifPresent(loan -> json.add("loan", loan.toString()));
        proposal.decided().ifPresent(decided -> {
            json.add("outcome", decided.outcome().name()).add("decidedAt", decided.at().toString()).add("decidedBy", decided.by().toString());
            decided.remark().ifPresent(remark -> json.add("remark", remark));
        });
        proposal.version().ifPresent(version -> json.add("version", version));
        proposal.reason().ifPresent(reason -> json.add("reason", reason));
        return json.build();
    }
}
