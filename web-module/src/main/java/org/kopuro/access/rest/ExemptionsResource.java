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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.exemptions.ExemptionEvent;
import org.kopuro.access.exemptions.ExemptionId;
import org.kopuro.access.exemptions.ExemptionRefusal;
import org.kopuro.access.exemptions.ExemptionView;
import org.kopuro.access.exemptions.Exemptions;
import org.kopuro.access.exemptions.NewExemption;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.documents.DocumentLimits;
import org.kopuro.documents.Documents;
import org.kopuro.documents.Upload;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.exchange.rest.StreamedBody;
import org.kopuro.installation.Installation;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;

/**
 * {@code /api/v1/access/exemptions}: who is outside a procedure, the same in both contours. An operator records the written basis, whose file is the body and whose
 * particulars stand in the address; an approver decides.
 */
@Path("/access/exemptions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ExemptionsResource {

    @Inject
    private Exemptions exemptions;
    @Inject
    private Documents documents;
    @Inject
    private Installation installation;
    @Inject
    private Person person;

    @POST
    @Permitted(Role.OPERATOR)
    @StreamedBody
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    public Response record(@QueryParam("participant") String participant, @QueryParam("procedure") String procedure, @QueryParam("ground") String ground,
            @QueryParam("number") String number, @QueryParam("issuedOn") String issuedOn, @QueryParam("text") String text, @QueryParam("fileName") String fileName,
            InputStream body) throws IOException {
        SignedIn who = official(Role.OPERATOR);
        NewExemption exemption = new NewExemption(new ParticipantId(Input.uuid(participant, "participant")), procedure, ground, number, Input.day(issuedOn, "issuedOn"), text);
        try (Upload basis = Upload.receive(fileName == null ? "" : fileName, body, DocumentLimits.USUAL)) {
            return Response.status(Response.Status.CREATED).entity(json(exemptions.record(exemption, basis, who.actor()))).build();
        }
    }

    /** A participant's, the newest first; without one, those that wait for an approver. */
    @GET
    @Permitted(officials = true)
    public JsonObject list(@QueryParam("participant") UUID participant) {
        return Listing.of("exemptions", exemptions.list(Optional.ofNullable(participant).map(ParticipantId::new)), ExemptionsResource::json);
    }

    @GET
    @Permitted(officials = true)
    @Path("/{id}/document")
    @Produces(MediaType.WILDCARD)
    public Response content(@PathParam("id") UUID id) {
        ExemptionView exemption = exemptions.get(new ExemptionId(id));
        return Download.of(documents.open(exemption.document()));
    }

    @POST
    @Permitted({Role.OPERATOR, Role.APPROVER})
    @Path("/{id}/events")
    public JsonObject event(@PathParam("id") UUID id, String body) {
        JsonBody json = JsonBody.of(body);
        ExemptionEvent event = json.oneOf(ExemptionEvent.class, "event");
        SignedIn who = official(event == ExemptionEvent.END ? Role.OPERATOR : Role.APPROVER);
        String reason = json.text("reason");
        json.end();
        ExemptionId exemption = new ExemptionId(id);
        return json(switch (event) {
            case CONFIRM -> exemptions.confirm(exemption, reason, who.actor());
            case REJECT -> exemptions.reject(exemption, reason, who.actor());
            case END -> exemptions.end(exemption, reason, who.actor());
            case RECORD -> throw Refusal.of(InputRefusal.FIELD_INVALID, "event");
        });
    }

    /** An exemption holds in both contours: where there is PRODUCTION, its officials decide. */
    private SignedIn official(Role role) {
        SignedIn who = person.signedIn(role);
        installation.requireForBoth(who.contour(), ExemptionRefusal.EXEMPTION_BY_PRODUCTION);
        return who;
    }

    private static JsonObject json(ExemptionView exemption) {
        NewExemption recorded = exemption.recorded();
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", exemption.id().value().toString()).add("participant", recorded.participant().value().toString())
                .add("procedure", recorded.procedure()).add("version", exemption.version()).add("ground", recorded.ground()).add("number", recorded.number())
                .add("issuedOn", recorded.issuedOn().toString()).add("text", recorded.text()).add("fileName", exemption.fileName()).add("sha256", exemption.sha256())
                .add("state", exemption.state().name()).add("since", exemption.since().toString());
        return out.build();
    }
}
