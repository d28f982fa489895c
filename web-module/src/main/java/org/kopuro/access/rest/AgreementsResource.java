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
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.kopuro.access.agreements.AgreementEvent;
import org.kopuro.access.agreements.AgreementId;
import org.kopuro.access.agreements.AgreementTerms;
import org.kopuro.access.agreements.AgreementView;
import org.kopuro.access.agreements.Agreements;
import org.kopuro.access.agreements.ConfirmedDuty;
import org.kopuro.access.agreements.NewAgreement;
import org.kopuro.access.requests.Proposals;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.SubsystemId;

/**
 * {@code /api/v1/access/agreements}: agreements, which are about PRODUCTION and seen by nobody from TEST. Their termination comes with the connection's, and
 * their end with the clock.
 */
@Path("/access/agreements")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AgreementsResource {

    @Inject
    private Agreements agreements;
    @Inject
    private Proposals proposals;
    @Inject
    private Person person;

    @POST
    @Permitted(Role.AGREEMENTS_OFFICER)
    public Response draft(String body) {
        SignedIn who = officerOfProduction();
        JsonBody json = JsonBody.of(body);
        NewAgreement agreement = new NewAgreement(new ParticipantId(Input.uuid(json.text("participant"), "participant")), json.text("procedure"), json.text("number"), json.flag("legacy"));
        json.end();
        return Response.status(Response.Status.CREATED).entity(json(agreements.draft(agreement, who.actor())).build()).build();
    }

    @GET
    @Permitted(value = Role.PARTICIPANT, officials = true)
    public JsonObject list(@QueryParam("participant") UUID participant) {
        SignedIn who = person.signedIn();
        return Listing.of("agreements", agreements.of(person.one(participant), who.contour()), AgreementsResource::json);
    }

    /** With all that was ever signed. */
    @GET
    @Permitted(value = Role.PARTICIPANT, officials = true)
    @Path("/{id}")
    public JsonObject get(@PathParam("id") UUID id) {
        SignedIn who = person.signedIn();
        AgreementView agreement = agreements.get(new AgreementId(id), who.contour());
        if (who.participant().filter(own -> !own.equals(agreement.participant().value())).isPresent()) {
            throw Refusal.of(InputRefusal.NOT_FOUND, "agreement");
        }
        JsonArrayBuilder versions = Json.createArrayBuilder();
        agreements.versions(agreement.id(), who.contour()).forEach(version ->
                versions.add(json(version.terms().orElseThrow()).add("version", version.version())));
        return json(agreement).add("versions", versions).build();
    }

    @POST
    @Permitted(Role.AGREEMENTS_OFFICER)
    @Path("/{id}/events")
    public JsonObject event(@PathParam("id") UUID id, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        AgreementEvent event = json.oneOf(AgreementEvent.class, "event");
        if (event != AgreementEvent.SIGN && event != AgreementEvent.AMEND) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "event");
        }
        AgreementTerms terms = terms(json);
        Optional<String> reason = event == AgreementEvent.AMEND ? Optional.of(json.text("reason")) : Optional.empty();
        json.end();
        AgreementId agreement = new AgreementId(id);
        return json(reason.isPresent() ? agreements.amend(agreement, who.contour(), terms, reason.get(), who.actor()) : agreements.sign(agreement, who.contour(), terms, who.actor()))
                .build();
    }

    /** Proposes to give a subsystem what an agreement from before the order lists, without a request (ACC-56). */
    @POST
    @Permitted(Role.AGREEMENTS_OFFICER)
    @Path("/{id}/admissions")
    public Response admit(@PathParam("id") UUID id, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        SubsystemId subsystem = new SubsystemId(Input.uuid(json.text("subsystem"), "subsystem"));
        String reason = json.text("reason");
        json.end();
        return Response.accepted(ProposalsResource.json(proposals.proposeAdmission(new AgreementId(id), who.contour(), subsystem, reason, who.actor()))).build();
    }

    private SignedIn officerOfProduction() {
        SignedIn who = person.signedIn();
        if (who.contour() != Agreements.CONTOUR) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "contour");
        }
        return who;
    }

    private static AgreementTerms terms(JsonBody json) {
        return new AgreementTerms(Input.day(json.text("signedOn"), "signedOn"), Input.day(json.text("firstDay"), "firstDay"),
                json.optionalText("lastDay").map(day -> Input.day(day, "lastDay")), json.text("dataFormat"), json.text("consentForm"), json.number("consentKeptMonths"),
                json.text("consentTransferFormat"), json.text("authoritySignatory"), json.text("participantSignatory"), new TreeSet<>(json.texts("services")),
                Input.uuid(json.text("document"), "document"),
                json.optionalTexts("confirmations").stream().map(code -> Input.oneOf(ConfirmedDuty.class, code, "confirmations")).collect(Collectors.toSet()),
                json.optionalText("noticeEmail"), json.optionalText("suspensionBasis"));
    }

    private static JsonObjectBuilder json(AgreementView agreement) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", agreement.id().value().toString()).add("participant", agreement.participant().value().toString())
                .add("procedure", agreement.procedure()).add("procedureVersion", agreement.procedureVersion()).add("number", agreement.number()).add("legacy", agreement.legacy())
                .add("state", agreement.state().name()).add("since", agreement.since().toString()).add("version", agreement.version());
        agreement.announcedFor().ifPresent(moment -> out.add("announcedFor", moment.toString()));
        agreement.terms().ifPresent(terms -> out.add("terms", json(terms)));
        return out;
    }

    private static JsonObjectBuilder json(AgreementTerms terms) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("signedOn", terms.signedOn().toString()).add("firstDay", terms.firstDay().toString())
                .add("dataFormat", terms.dataFormat()).add("consentForm", terms.consentForm()).add("consentKeptMonths", terms.consentKeptMonths())
                .add("consentTransferFormat", terms.consentTransferFormat()).add("authoritySignatory", terms.authoritySignatory())
                .add("participantSignatory", terms.participantSignatory()).add("services", Json.createArrayBuilder(terms.services())).add("document", terms.document().toString())
                .add("confirmations", Json.createArrayBuilder(terms.confirmations().stream().map(Enum::name).sorted().toList()));
        terms.noticeEmail().ifPresent(address -> out.add("noticeEmail", address));
        terms.suspensionBasis().ifPresent(basis -> out.add("suspensionBasis", basis));
        terms.lastDay().ifPresent(day -> out.add("lastDay", day.toString()));
        return out;
    }
}
