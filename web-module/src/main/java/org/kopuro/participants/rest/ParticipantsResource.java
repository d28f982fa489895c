package org.kopuro.participants.rest;

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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Inn;
import org.kopuro.kernel.Language;
import org.kopuro.participants.CertificateEvent;
import org.kopuro.participants.CertificatePurpose;
import org.kopuro.participants.CertificateView;
import org.kopuro.participants.FaultDialect;
import org.kopuro.participants.NewCertificate;
import org.kopuro.participants.NewContact;
import org.kopuro.participants.NewParticipant;
import org.kopuro.participants.Ogrn;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.ParticipantKind;
import org.kopuro.participants.ParticipantView;
import org.kopuro.participants.Participants;
import org.kopuro.participants.RussianInn;
import org.kopuro.participants.SigningCertificate;
import org.kopuro.participants.SubsystemId;
import org.kopuro.participants.SubsystemView;

/** {@code /api/v1/admin/…}: participants, subsystems, certificates. Certificates are of the operator's own contour. */
@Path("/admin")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ParticipantsResource {

    @Inject
    private Participants participants;
    @Inject
    private Person person;

    @POST
    @Permitted(Role.OPERATOR)
    @Path("/participants")
    public Response register(String body) {
        JsonBody json = JsonBody.of(body);
        List<NewContact> contacts = json.objects("contacts").stream().map(ParticipantsResource::contact).toList();
        NewParticipant registration = new NewParticipant(json.text("instance"), json.text("memberClass"), json.text("memberCode"),
                json.oneOf(ParticipantKind.class, "kind"), json.text("fullName"), json.optionalText("inn").map(inn -> Inn.of(inn, "inn")),
                json.optionalText("ogrn").map(ogrn -> Ogrn.of(ogrn, "ogrn")), json.optionalText("russianInn").map(inn -> RussianInn.of(inn, "russianInn")),
                json.text("noticeEmail"), json.oneOf(Language.class, "language"), json.oneOf(FaultDialect.class, "faultDialect"), contacts);
        json.end();
        return created(json(participants.register(registration, person.signedIn().actor())));
    }

    @GET
    @Permitted(officials = true)
    @Path("/participants")
    public JsonObject list(@QueryParam("after") UUID after, @QueryParam("limit") @DefaultValue("50") int limit) {
        List<ParticipantView> page = participants.list(Optional.ofNullable(after), Math.max(1, limit));
        return Listing.of("participants", page, ParticipantsResource::json, participant -> participant.id().value().toString());
    }

    @GET
    @Permitted(officials = true)
    @Path("/participants/{id}")
    public JsonObject get(@PathParam("id") UUID id) {
        return json(participants.get(new ParticipantId(id)));
    }

    @POST
    @Permitted(Role.OPERATOR)
    @Path("/participants/{id}/subsystems")
    public Response addSubsystem(@PathParam("id") UUID id, String body) {
        JsonBody json = JsonBody.of(body);
        String code = json.optionalText("code").orElse("");
        String name = json.text("name");
        json.end();
        return created(json(participants.addSubsystem(new ParticipantId(id), code, name, person.signedIn().actor())));
    }

    @POST
    @Permitted(Role.OPERATOR)
    @Path("/subsystems/{id}/certificates")
    public Response registerCertificate(@PathParam("id") UUID id, String body) {
        JsonBody json = JsonBody.of(body);
        SigningCertificate certificate = SigningCertificate.read(json.text("pem").getBytes(StandardCharsets.US_ASCII), "pem");
        CertificatePurpose purpose = json.oneOf(CertificatePurpose.class, "purpose");
        String reason = json.text("reason");
        json.end();
        SignedIn who = person.signedIn();
        return created(json(participants.registerCertificate(NewCertificate.fromLetter(new SubsystemId(id), who.contour(), purpose, certificate, reason), who.actor())));
    }

    @POST
    @Permitted(Role.OPERATOR)
    @Path("/certificates/{thumbprint}/events")
    public JsonObject certificateEvent(@PathParam("thumbprint") String thumbprint, String body) {
        JsonBody json = JsonBody.of(body);
        CertificateEvent event = json.oneOf(CertificateEvent.class, "event");
        String reason = json.text("reason");
        json.end();
        SignedIn who = person.signedIn();
        return json(participants.apply(event, thumbprint, who.contour(), reason, who.actor()));
    }

    private static NewContact contact(JsonBody json) {
        NewContact contact = new NewContact(json.text("fullName"), json.text("unit"), json.text("post"), json.text("email"), json.text("phone"));
        json.end();
        return contact;
    }

    private static Response created(JsonObject body) {
        return Response.status(Response.Status.CREATED).entity(body).build();
    }

    private static JsonObject json(ParticipantView participant) {
        JsonArrayBuilder subsystems = Json.createArrayBuilder();
        participant.subsystems().forEach(subsystem -> subsystems.add(json(subsystem)));
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", participant.id().value().toString())
                .add("instance", participant.instance()).add("memberClass", participant.memberClass()).add("memberCode", participant.memberCode())
                .add("kind", participant.kind().name()).add("fullName", participant.fullName()).add("noticeEmail", participant.noticeEmail())
                .add("language", participant.language().name()).add("faultDialect", participant.faultDialect().name())
                .add("registeredAt", participant.registeredAt().toString()).add("contacts", json(participant.contacts())).add("subsystems", subsystems);
        participant.inn().ifPresent(inn -> out.add("inn", inn));
        participant.ogrn().ifPresent(ogrn -> out.add("ogrn", ogrn.digits()));
        participant.russianInn().ifPresent(inn -> out.add("russianInn", inn.digits()));
        return out.build();
    }

    private static JsonArrayBuilder json(List<NewContact> contacts) {
        JsonArrayBuilder out = Json.createArrayBuilder();
        contacts.forEach(contact -> out.add(Json.createObjectBuilder().add("fullName", contact.fullName()).add("unit", contact.unit()).add("post", contact.post())
                .add("email", contact.email()).add("phone", contact.phone())));
        return out;
    }

    private static JsonObject json(SubsystemView subsystem) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", subsystem.id().value().toString()).add("code", subsystem.code()).add("name", subsystem.name())
                .add("registeredAt", subsystem.registeredAt().toString()).add("actorRole", subsystem.registeredRole());
        subsystem.registeredBy().ifPresent(actor -> out.add("actor", actor.toString()));
        return out.build();
    }

    private static JsonObject json(CertificateView certificate) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("thumbprint", certificate.thumbprint())
                .add("subsystem", certificate.subsystem().value().toString()).add("contour", certificate.contour().name())
                .add("purpose", certificate.purpose().name()).add("proof", certificate.proof().name()).add("subject", certificate.subject()).add("notBefore", certificate.notBefore().toString())
                .add("notAfter", certificate.notAfter().toString()).add("state", certificate.state().name());
        certificate.blockedReason().ifPresent(reason -> out.add("blockedReason", reason));
        return out.build();
    }
}
