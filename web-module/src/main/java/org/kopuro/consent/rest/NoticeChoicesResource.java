package org.kopuro.consent.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.kopuro.accounts.Role;
import org.kopuro.accounts.SignedIn;
import org.kopuro.consent.NoticeChoices;
import org.kopuro.consent.Taxpayer;
import org.kopuro.consent.TidingKind;
import org.kopuro.exchange.rest.JsonBody;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Input;
import org.kopuro.notices.NoticeKind;
import org.kopuro.participants.ParticipantId;

/** {@code /api/v1/notice-choices}: which warnings about consents a taxpayer, or a participant, does without (CON-156). */
@Path("/notice-choices")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class NoticeChoicesResource {

    @Inject
    private NoticeChoices choices;
    @Inject
    private Person person;

    @GET
    @Permitted({Role.TAXPAYER, Role.PARTICIPANT})
    public JsonObject get() {
        SignedIn who = person.signedIn();
        return who.role() == Role.TAXPAYER
                ? json(choices.of(taxpayer(who)), Stream.of(TidingKind.values()).filter(TidingKind::switchable).map(Enum::name).toList())
                : json(choices.of(participant(who), who.contour()), List.of(NoticeKind.N26.name()));
    }

    /** What is off from now on; everything else is on. */
    @PUT
    @Permitted({Role.TAXPAYER, Role.PARTICIPANT})
    public JsonObject put(String body) {
        SignedIn who = person.signedIn();
        JsonBody json = JsonBody.of(body);
        List<String> off = json.texts("off");
        json.end();
        if (who.role() == Role.TAXPAYER) {
            choices.choose(taxpayer(who), kinds(TidingKind.class, off), who.actor());
        } else {
            choices.choose(participant(who), who.contour(), kinds(NoticeKind.class, off), who.actor());
        }
        return get();
    }

    private static <E extends Enum<E>> Set<E> kinds(Class<E> type, List<String> names) {
        Set<E> kinds = EnumSet.noneOf(type);
        names.forEach(name -> kinds.add(Input.oneOf(type, name, "off")));
        return kinds;
    }

    private static JsonObject json(Set<? extends Enum<?>> off, List<String> switchable) {
        return Json.createObjectBuilder().add("off", Json.createArrayBuilder(off.stream().map(Enum::name).toList())).add("switchable", Json.createArrayBuilder(switchable)).build();
    }

    private static Taxpayer taxpayer(SignedIn who) {
        return new Taxpayer(who.contour(), who.taxpayer().orElseThrow());
    }

    private static ParticipantId participant(SignedIn who) {
        return new ParticipantId(who.participant().orElseThrow());
    }
}
