package org.kopuro.consent.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
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
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.kopuro.access.rest.Download;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.consent.ConsentReceipt;
import org.kopuro.consent.Taxpayer;
import org.kopuro.consent.forms.DisputedForm;
import org.kopuro.consent.forms.FormId;
import org.kopuro.consent.forms.FormReceipts;
import org.kopuro.consent.forms.FormView;
import org.kopuro.consent.forms.Forms;
import org.kopuro.documents.DocumentLimits;
import org.kopuro.documents.DocumentView;
import org.kopuro.documents.Documents;
import org.kopuro.documents.Upload;
import org.kopuro.exchange.operations.StopKind;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.NotInTheAddress;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.exchange.rest.Stops;
import org.kopuro.exchange.rest.StreamedBody;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Language;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.ParticipantId;
import org.kopuro.representation.rest.ActsFor;

/**
 * {@code /api/v1/consent-forms}: a taxpayer sees what was transferred in his name, withdraws or disputes it; a participant sees what it transferred and reports a withdrawal; the
 * security officer settles what is disputed. In the contour of the account.
 */
@Path("/consent-forms")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ConsentFormsResource {

    @Inject
    private Forms forms;
    @Inject
    private FormReceipts receipts;
    @Inject
    private Documents documents;
    @Inject
    private ActsFor actsFor;
    @Inject
    private Person person;

    @GET
    @Permitted({Role.TAXPAYER, Role.PARTICIPANT, Role.SECURITY_OFFICER, Role.AUDITOR})
    public JsonObject list(@QueryParam("before") UUID before, @QueryParam("limit") @DefaultValue("100") int limit) {
        SignedIn who = person.signedIn();
        Optional<UUID> page = Optional.ofNullable(before);
        List<JsonObject> found = switch (who.role()) {
            case TAXPAYER -> forms.about(taxpayer(who), page, limit).stream().map(form -> json(form).build()).toList();
            case PARTICIPANT -> forms.of(participant(who), who.contour(), page, limit).stream().map(form -> json(form).build()).toList();
            default -> forms.disputed(who.contour(), page, limit).stream().map(ConsentFormsResource::json).toList();
        };
        return Listing.of("forms", found, Function.identity(), form -> form.getString("id"));
    }

    private static JsonObject json(DisputedForm form) {
        return Json.createObjectBuilder().add("id", form.id().value().toString()).add("number", form.number()).add("participant", form.participant().value().toString())
                .add("participantName", form.participantName()).add("subsystem", form.subsystem()).add("services", Json.createArrayBuilder(form.services()))
                .add("state", "DISPUTED").add("receivedAt", form.receivedAt().toString()).add("disputedAt", form.disputedAt().toString()).build();
    }

    @GET
    @Permitted({Role.TAXPAYER, Role.PARTICIPANT, Role.SECURITY_OFFICER, Role.AUDITOR})
    @Path("/{id}")
    public JsonObject get(@PathParam("id") UUID id) {
        return json(visible(id)).build();
    }

    /** The file as it was transferred. */
    @GET
    @Permitted({Role.TAXPAYER, Role.PARTICIPANT, Role.SECURITY_OFFICER, Role.AUDITOR})
    @Path("/{id}/document")
    @Produces(MediaType.WILDCARD)
    public Response document(@PathParam("id") UUID id) {
        return Download.of(documents.open(visible(id).document().orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "document"))));
    }

    /** What was agreed, what became of it and what was disclosed; as a JWS it is to be kept. */
    @GET
    @Permitted({Role.TAXPAYER, Role.PARTICIPANT})
    @Path("/{id}/receipt")
    @Produces({MediaType.APPLICATION_JSON, ReceiptWriter.JOSE})
    public ConsentReceipt receipt(@PathParam("id") UUID id, @QueryParam("language") @DefaultValue("RU") String language) {
        SignedIn who = person.signedIn();
        Language tongue = Input.language(language, "language");
        return who.role() == Role.TAXPAYER ? receipts.of(taxpayer(who), new FormId(id), tongue) : receipts.of(participant(who), who.contour(), new FormId(id), tongue);
    }

    @GET
    @Permitted({Role.TAXPAYER, Role.PARTICIPANT, Role.SECURITY_OFFICER, Role.AUDITOR})
    @Path("/{id}/signature")
    @Produces(MediaType.WILDCARD)
    public Response signature(@PathParam("id") UUID id) {
        return Download.of(documents.open(visible(id).signature().orElseThrow(() -> Refusal.of(InputRefusal.NOT_FOUND, "signature"))));
    }

    /** When this answers, no call that begins later is answered on the consent, on any node. A participant says when the taxpayer withdrew it. */
    @POST
    @Permitted({Role.TAXPAYER, Role.PARTICIPANT})
    @Stops(StopKind.WITHDRAWAL)
    @Path("/{id}/withdraw")
    public JsonObject withdraw(@PathParam("id") UUID id, String body) {
        SignedIn who = person.signedIn();
        if (who.role() == Role.TAXPAYER) {
            return json(forms.withdraw(taxpayer(who), new FormId(id), who.actor())).build();
        }
        JsonBody json = JsonBody.of(body);
        String withdrawnAt = json.text("withdrawnAt");
        json.end();
        return json(forms.reportWithdrawal(participant(who), who.contour(), new FormId(id), Input.instant(withdrawnAt, "withdrawnAt"), who.actor())).build();
    }

    /** “I did not give this.” */
    @POST
    @Permitted(Role.TAXPAYER)
    @Stops(StopKind.DISPUTE)
    @Path("/{id}/dispute")
    public JsonObject dispute(@PathParam("id") UUID id, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        String reason = json.text("reason");
        json.end();
        return json(forms.dispute(taxpayer(who), new FormId(id), reason, who.actor())).build();
    }

    /** What a settlement will rest on. */
    @POST
    @StreamedBody
    @Permitted(Role.SECURITY_OFFICER)
    @Path("/{id}/evidence")
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    public Response evidence(@PathParam("id") UUID id, @QueryParam("fileName") String fileName, InputStream body) throws IOException {
        SignedIn who = person.signedIn();
        try (Upload upload = Upload.receive(fileName == null ? "" : fileName, body, DocumentLimits.USUAL)) {
            DocumentView document = forms.addEvidence(new FormId(id), who.contour(), upload, who.actor());
            return Response.status(Response.Status.CREATED).entity(Json.createObjectBuilder().add("id", document.id().toString()).add("sha256", document.sha256()).build()).build();
        }
    }

    /** The reason stands in the body: it is about a person. */
    @POST
    @Permitted(Role.SECURITY_OFFICER)
    @Path("/{id}/settle")
    public JsonObject settle(@PathParam("id") UUID id, @QueryParam("reason") String reason, String body) {
        NotInTheAddress.require("reason", reason);
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        boolean given = json.flag("given");
        String why = json.text("reason");
        UUID evidence = Input.uuid(json.text("evidence"), "evidence");
        json.end();
        return json(forms.settle(new FormId(id), who.contour(), given, why, evidence, who.actor())).build();
    }

    private FormView visible(UUID id) {
        SignedIn who = person.signedIn();
        return switch (who.role()) {
            case TAXPAYER -> forms.get(taxpayer(who), new FormId(id));
            case PARTICIPANT -> forms.get(participant(who), who.contour(), new FormId(id));
            default -> forms.get(who.contour(), new FormId(id), who.actor());
        };
    }

    /** Nobody else acts for him here. */
    private Taxpayer taxpayer(SignedIn who) {
        return new Taxpayer(who.contour(), actsFor.himself());
    }

    private static ParticipantId participant(SignedIn who) {
        return new ParticipantId(who.participant().orElseThrow());
    }

    private static JsonObjectBuilder json(FormView form) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", form.id().value().toString()).add("participant", form.participant().value().toString())
                .add("participantName", form.participantName()).add("subsystem", form.subsystemCode())
                .add("services", Json.createArrayBuilder(form.services())).add("signedOn", form.signedOn().toString()).add("formVersion", form.version()).add("signing", form.signing().name())
                .add("result", form.result().name()).add("state", form.state().name()).add("receivedAt", form.receivedAt().toString()).add("paused", form.paused());
        form.erasedAt().ifPresentOrElse(at -> out.add("erased", true).add("erasedAt", at.toString()), () -> out.add("number", form.number()).add("inn", form.taxpayerInn())
                .add("taxpayerName", form.taxpayerName()).add("fileName", form.fileName()).add("fileSha256", form.fileSha256()));
        form.representative().ifPresent(person -> out.add("representative", Json.createObjectBuilder().add("inn", person.inn().digits()).add("name", person.name()).add("ground", person.ground())));
        form.problem().ifPresent(problem -> out.add("problem", problem.name()));
        form.expiresAt().ifPresent(at -> out.add("expiresAt", at.toString()));
        form.cause().ifPresent(cause -> out.add("cause", cause));
        form.endedAt().ifPresent(at -> out.add("endedAt", at.toString()));
        form.keptMonths().ifPresent(months -> out.add("keptMonths", months));
        form.keepUntil().ifPresent(day -> out.add("keepUntil", day.toString()));
        return out;
    }
}
