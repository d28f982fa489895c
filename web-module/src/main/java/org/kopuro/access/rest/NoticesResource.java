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
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Input;
import org.kopuro.kernel.InputRefusal;
import org.kopuro.kernel.Refusal;
import org.kopuro.notices.DeliveryReports;
import org.kopuro.notices.MailState;
import org.kopuro.notices.NoticeView;
import org.kopuro.notices.Notices;
import org.kopuro.notices.StuckDelivery;

/** {@code /api/v1/access/notices}: what participants were told, in their cabinet; and for officials what has not arrived. */
@Path("/access/notices")
@Produces(MediaType.APPLICATION_JSON)
public class NoticesResource {

    @Inject
    private Notices notices;
    @Inject
    private DeliveryReports reports;
    @Inject
    private Person person;

    /** The newest first; {@code before} is the id of the last one that was read. */
    @GET
    @Permitted(value = Role.PARTICIPANT, officials = true)
    public JsonObject list(@QueryParam("participant") UUID participant, @QueryParam("before") UUID before, @QueryParam("limit") @DefaultValue("50") int limit) {
        SignedIn who = person.signedIn();
        return Listing.of("notices", notices.forParticipant(person.one(participant).value(), who.contour(), Optional.ofNullable(before), Math.max(1, limit)), NoticesResource::json);
    }

    @POST
    @Permitted(Role.PARTICIPANT)
    @Path("/{id}/read")
    public Response read(@PathParam("id") UUID id) {
        SignedIn who = person.signedIn();
        notices.markRead(who.participant().orElseThrow(), who.contour(), id);
        return Response.noContent().build();
    }

    /** What the mail server refused, or has not taken in time, and how the mail server does. */
    @GET
    @Permitted(officials = true)
    @Path("/stuck")
    public JsonObject stuck(@QueryParam("limit") @DefaultValue("100") int limit) {
        SignedIn who = person.signedIn();
        JsonArrayBuilder items = Json.createArrayBuilder();
        for (StuckDelivery one : notices.stuck(who.contour(), Math.max(1, limit))) {
            items.add(Json.createObjectBuilder().add("delivery", one.delivery().toString()).add("notice", one.notice().toString()).add("reason", one.reason().name())
                    .add("kind", one.kind().name()).add("subject", one.subject()).add("address", one.address()));
        }
        MailState mail = notices.mailState();
        JsonObjectBuilder state = Json.createObjectBuilder().add("configured", mail.configured()).add("waiting", mail.waiting());
        mail.failingSince().ifPresent(since -> state.add("failingSince", since.toString()));
        return Json.createObjectBuilder().add("stuck", items).add("mail", state).build();
    }

    /** Takes the report of a mail system about one of our letters, as it came: at most 64 KB (RFC 3464). */
    @POST
    @Permitted(Role.OPERATOR)
    @Path("/reports")
    @Consumes("message/rfc822")
    public JsonObject report(@QueryParam("receivedAt") String receivedAt, byte[] message) {
        SignedIn who = person.signedIn();
        Optional<Instant> at = Optional.ofNullable(receivedAt).map(text -> Input.instant(text, "receivedAt"));
        return Json.createObjectBuilder().add("state", reports.take(message, at, who.contour(), who.actor()).name()).build();
    }

    /** Sends a letter again, at once, to its address or to another one; or records that it came back. */
    @POST
    @Permitted(Role.OPERATOR)
    @Path("/deliveries/{id}/events")
    @Consumes(MediaType.APPLICATION_JSON)
    public JsonObject event(@PathParam("id") UUID id, String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        String event = json.text("event");
        if (event.equals("BOUNCED")) {
            Optional<String> status = json.optionalText("status");
            Optional<Instant> receivedAt = json.optionalText("receivedAt").map(text -> Input.instant(text, "receivedAt"));
            json.end();
            return Json.createObjectBuilder().add("delivery", id.toString()).add("state", reports.bounced(id, status, receivedAt, who.contour(), who.actor()).name()).build();
        }
        if (!event.equals("RESEND")) {
            throw Refusal.of(InputRefusal.FIELD_INVALID, "event");
        }
        Optional<String> address = json.optionalText("address");
        json.end();
        return Json.createObjectBuilder().add("delivery", notices.resend(id, who.contour(), address).toString()).build();
    }

    private static JsonObjectBuilder json(NoticeView notice) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", notice.id().toString()).add("kind", notice.kind().name()).add("language", notice.language().tag())
                .add("subject", notice.subject()).add("body", notice.body()).add("writtenAt", notice.writtenAt().toString());
        notice.readAt().ifPresent(read -> out.add("readAt", read.toString()));
        notice.firstSentAt().ifPresent(sent -> out.add("sentAt", sent.toString()));
        notice.deliveries().stream().flatMap(delivery -> delivery.deliveredAt().stream()).min(Instant::compareTo).ifPresent(delivered -> out.add("deliveredAt", delivered.toString()));
        return out;
    }
}
