package org.kopuro.access.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.kopuro.access.AccessRightView;
import org.kopuro.access.AccessRights;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.participants.NewContact;
import org.kopuro.participants.ParticipantHistory;
import org.kopuro.participants.ParticipantId;
import org.kopuro.participants.Participants;
import org.kopuro.participants.SubsystemView;

/**
 * {@code /api/v1/access/participants/…/history}: what a participant's record ever said, its subsystems and its access rights in the contour of whoever looks, each
 * with who made it so, in which role, when and why (ACC-1). It names persons, so it is for officials.
 */
@Path("/access/participants/{id}/history")
@Produces(MediaType.APPLICATION_JSON)
public class ParticipantHistoryResource {

    @Inject
    private Participants participants;
    @Inject
    private AccessRights rights;
    @Inject
    private Person person;

    @GET
    @Permitted(officials = true)
    public JsonObject history(@PathParam("id") UUID id) {
        SignedIn who = person.signedIn();
        ParticipantId participant = new ParticipantId(id);
        JsonArrayBuilder events = Json.createArrayBuilder();
        participants.history(participant).forEach(event -> events.add(json(event)));
        JsonArrayBuilder subsystems = Json.createArrayBuilder();
        JsonArrayBuilder held = Json.createArrayBuilder();
        for (SubsystemView subsystem : participants.get(participant).subsystems()) {
            subsystems.add(json(subsystem));
            rights.of(subsystem.id(), who.contour()).forEach(right -> held.add(json(right)));
        }
        return Json.createObjectBuilder().add("events", events).add("subsystems", subsystems).add("accessRights", held).build();
    }

    private static JsonObjectBuilder json(ParticipantHistory event) {
        JsonArrayBuilder contacts = Json.createArrayBuilder();
        for (NewContact contact : event.contacts()) {
            contacts.add(Json.createObjectBuilder().add("fullName", contact.fullName()).add("unit", contact.unit()).add("post", contact.post()).add("email", contact.email())
                    .add("phone", contact.phone()));
        }
        JsonObjectBuilder out = Json.createObjectBuilder().add("number", event.number()).add("event", event.event().name()).add("at", event.at().toString())
                .add("actorRole", event.actorRole()).add("reason", event.reason()).add("fullName", event.fullName()).add("noticeEmail", event.noticeEmail()).add("contacts", contacts);
        event.actor().ifPresent(actor -> out.add("actor", actor.toString()));
        event.request().ifPresent(request -> out.add("request", request.toString()));
        event.inn().ifPresent(inn -> out.add("inn", inn.digits()));
        event.ogrn().ifPresent(ogrn -> out.add("ogrn", ogrn.digits()));
        event.russianInn().ifPresent(inn -> out.add("russianInn", inn.digits()));
        return out;
    }

    private static JsonObjectBuilder json(SubsystemView subsystem) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", subsystem.id().value().toString()).add("code", subsystem.code()).add("name", subsystem.name())
                .add("at", subsystem.registeredAt().toString()).add("actorRole", subsystem.registeredRole());
        subsystem.registeredBy().ifPresent(actor -> out.add("actor", actor.toString()));
        return out;
    }

    private static JsonObjectBuilder json(AccessRightView right) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", right.id().value().toString()).add("subsystem", right.subsystem().value().toString()).add("service", right.serviceCode())
                .add("state", right.state().name()).add("granted", json(right.granted()));
        right.revoked().ifPresent(revoked -> out.add("revoked", json(revoked)));
        return out;
    }

    static JsonObjectBuilder json(AccessRightView.Decision decision) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("at", decision.at().toString()).add("actorRole", decision.actorRole()).add("reason", decision.reason());
        decision.actor().ifPresent(actor -> out.add("actor", actor.toString()));
        return out;
    }
}
