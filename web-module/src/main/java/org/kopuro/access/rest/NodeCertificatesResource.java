package org.kopuro.access.rest;

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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.kopuro.access.credentials.ChallengeView;
import org.kopuro.access.credentials.NodeCertificates;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.participants.CertificateChange;
import org.kopuro.participants.CertificateEvent;
import org.kopuro.participants.CertificatePurpose;
import org.kopuro.participants.CertificateState;
import org.kopuro.participants.CertificateView;
import org.kopuro.participants.Participants;
import org.kopuro.participants.SigningCertificate;
import org.kopuro.participants.SubsystemId;

/** {@code /api/v1/access/certificates}: a participant's own certificates, the soonest to expire first, and how they are registered; and for officials those of all that soon expire. */
@Path("/access/certificates")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class NodeCertificatesResource {

    /** [data] */
    private static final Duration SOON = Duration.ofDays(30);
    private static final int DAYS_MAX = 3660;

    @Inject
    private NodeCertificates certificates;
    @Inject
    private Participants participants;
    @Inject
    private Person person;
    @Inject
    private Clock clock;

    @GET
    @Permitted(value = {Role.NODE_ADMINISTRATOR, Role.PARTICIPANT}, officials = true)
    public JsonObject list(@QueryParam("participant") UUID participant) {
        SignedIn who = person.signedIn();
        return json(participants.certificates(person.one(participant), who.contour()));
    }

    @GET
    @Permitted(officials = true)
    @Path("/expiring")
    public JsonObject expiring(@QueryParam("days") @DefaultValue("30") int days, @QueryParam("limit") @DefaultValue("100") int limit) {
        SignedIn who = person.signedIn();
        Duration ahead = Duration.ofDays(Math.max(1, Math.min(days, DAYS_MAX)));
        return json(participants.expiringUntil(clock.instant().plus(ahead), who.contour(), limit));
    }

    /** One with its history. */
    @GET
    @Permitted(value = {Role.NODE_ADMINISTRATOR, Role.PARTICIPANT}, officials = true)
    @Path("/{thumbprint}")
    public JsonObject get(@PathParam("thumbprint") String thumbprint) {
        SignedIn who = person.signedIn();
        CertificateView certificate = participants.certificate(thumbprint, who.contour());
        UUID holder = participants.get(certificate.subsystem()).participant().value();
        if (!who.participant().orElse(holder).equals(holder)) {
            throw Refusal.of(InputRefusal.NOT_FOUND, "thumbprint");
        }
        JsonArrayBuilder history = Json.createArrayBuilder();
        participants.certificateHistory(thumbprint, who.contour()).forEach(change -> history.add(json(change)));
        return json(certificate).add("history", history).build();
    }

    /** What the certificate's key is to sign. */
    @POST
    @Permitted(Role.NODE_ADMINISTRATOR)
    @Path("/challenges")
    public Response challenge(String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        SubsystemId subsystem = new SubsystemId(Input.uuid(json.text("subsystem"), "subsystem"));
        CertificatePurpose purpose = json.oneOf(CertificatePurpose.class, "purpose");
        SigningCertificate certificate = certificate(json);
        json.end();
        ChallengeView challenge = certificates.challenge(subsystem, purpose, certificate, who);
        return created(Json.createObjectBuilder().add("id", challenge.id().toString()).add("text", challenge.text()).add("expiresAt", challenge.expiresAt().toString()));
    }

    @POST
    @Permitted(Role.NODE_ADMINISTRATOR)
    public Response register(String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        UUID challenge = Input.uuid(json.text("challenge"), "challenge");
        SigningCertificate certificate = certificate(json);
        byte[] signature = signature(json.text("signature"));
        String reason = json.text("reason");
        json.end();
        return created(json(certificates.register(challenge, certificate, signature, reason, who)));
    }

    private static SigningCertificate certificate(JsonBody json) {
        return SigningCertificate.read(json.text("pem").getBytes(StandardCharsets.US_ASCII), "pem");
    }

    /** As {@code -outform PEM} writes it, or DER in base 64. */
    private static byte[] signature(String text) {
        try {
            return Base64.getDecoder().decode(text.replaceAll("-----[A-Z0-9 ]+-----|\\s", ""));
        } catch (IllegalArgumentException e) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "signature");
        }
    }

    private static Response created(JsonObjectBuilder body) {
        return Response.status(Response.Status.CREATED).entity(body.build()).build();
    }

    /** Blocking alone: to unblock is the authority's. */
    @POST
    @Permitted(Role.NODE_ADMINISTRATOR)
    @Path("/{thumbprint}/events")
    public JsonObject event(@PathParam("thumbprint") String thumbprint, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        CertificateEvent event = json.oneOf(CertificateEvent.class, "event");
        String reason = json.text("reason");
        json.end();
        if (event != CertificateEvent.BLOCK) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "event");
        }
        return json(certificates.block(thumbprint, reason, who)).build();
    }

    private JsonObject json(List<CertificateView> page) {
        return Listing.of("certificates", page, this::json);
    }

    private static JsonObjectBuilder json(CertificateChange change) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("number", change.number()).add("event", change.event().name()).add("state", change.state().name())
                .add("at", change.at().toString()).add("actorRole", change.actorRole()).add("reason", change.reason());
        change.actor().ifPresent(actor -> out.add("actor", actor.toString()));
        return out;
    }

    private JsonObjectBuilder json(CertificateView certificate) {
        Instant now = clock.instant();
        boolean soon = certificate.state() == CertificateState.REGISTERED && certificate.notAfter().isAfter(now) && !certificate.notAfter().isAfter(now.plus(SOON));
        JsonObjectBuilder out = Json.createObjectBuilder().add("thumbprint", certificate.thumbprint()).add("subsystem", certificate.subsystem().value().toString())
                .add("contour", certificate.contour().name()).add("purpose", certificate.purpose().name()).add("proof", certificate.proof().name())
                .add("registeredAt", certificate.registeredAt().toString()).add("subject", certificate.subject()).add("notBefore", certificate.notBefore().toString())
                .add("notAfter", certificate.notAfter().toString()).add("state", certificate.state().name()).add("expiresSoon", soon);
        certificate.blockedReason().ifPresent(reason -> out.add("blockedReason", reason));
        return out;
    }
}
