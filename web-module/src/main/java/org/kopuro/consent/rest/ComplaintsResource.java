package org.kopuro.consent.rest;

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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.consent.Taxpayer;
import org.kopuro.consent.TokenId;
import org.kopuro.consent.complaints.ComplaintId;
import org.kopuro.consent.complaints.ComplaintState;
import org.kopuro.consent.complaints.ComplaintView;
import org.kopuro.consent.complaints.Complaints;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Input;
import org.kopuro.participants.ParticipantId;
import org.kopuro.representation.rest.ActsFor;

/** {@code /api/v1/complaints}: a taxpayer says that a participant demanded a form although it had a token; the authority's officers read and answer it. */
@Path("/complaints")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ComplaintsResource {

    @Inject
    private Complaints complaints;
    @Inject
    private ActsFor actsFor;
    @Inject
    private Person person;

    @POST
    @Permitted(Role.TAXPAYER)
    public Response file(String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        ParticipantId about = new ParticipantId(Input.uuid(json.text("participant"), "participant"));
        Optional<TokenId> token = json.optionalText("token").map(id -> new TokenId(Input.uuid(id, "token")));
        String text = json.text("text");
        json.end();
        return Response.status(Response.Status.CREATED).entity(json(complaints.file(taxpayer(who), about, token, text, who.actor())).build()).build();
    }

    /** A taxpayer's own; to officers all of the contour. */
    @GET
    @Permitted({Role.TAXPAYER, Role.OPERATOR, Role.SECURITY_OFFICER, Role.AUDITOR})
    public JsonObject list(@QueryParam("state") String state, @QueryParam("before") UUID before, @QueryParam("limit") @DefaultValue("100") int limit) {
        SignedIn who = person.signedIn();
        if (who.role() == Role.TAXPAYER) {
            return json(complaints.of(taxpayer(who)));
        }
        Optional<ComplaintState> wanted = Optional.ofNullable(state).map(name -> Input.oneOf(ComplaintState.class, name, "state"));
        return json(complaints.list(who.contour(), wanted, Optional.ofNullable(before), limit));
    }

    @POST
    @Permitted({Role.OPERATOR, Role.SECURITY_OFFICER})
    @Path("/{id}/answer")
    public JsonObject answer(@PathParam("id") UUID id, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        String text = json.text("text");
        json.end();
        return json(complaints.answer(new ComplaintId(id), who.contour(), text, who.actor())).build();
    }

    /** Nobody else complains for him. */
    private Taxpayer taxpayer(SignedIn who) {
        return new Taxpayer(who.contour(), actsFor.himself());
    }

    private static JsonObject json(List<ComplaintView> page) {
        JsonArrayBuilder items = Json.createArrayBuilder();
        page.forEach(complaint -> items.add(json(complaint)));
        JsonObjectBuilder out = Json.createObjectBuilder().add("complaints", items);
        if (!page.isEmpty()) {
            out.add("next", page.get(page.size() - 1).id().value().toString());
        }
        return out.build();
    }

    private static JsonObjectBuilder json(ComplaintView complaint) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", complaint.id().value().toString()).add("state", complaint.state().name())
                .add("participant", complaint.participant().value().toString()).add("participantName", complaint.participantName()).add("token", complaint.token().value().toString())
                .add("filedAt", complaint.filedAt().toString()).add("incident", complaint.incident().value().toString());
        complaint.taxpayerInn().ifPresentOrElse(inn -> out.add("inn", inn).add("text", complaint.text()), () -> out.add("erased", true));
        complaint.answer().ifPresent(answer -> {
            out.add("answeredAt", answer.at().toString());
            if (!complaint.erased()) {
                out.add("answer", answer.text());
            }
        });
        return out;
    }
}
