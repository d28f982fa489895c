package org.kopuro.access.rest;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import org.kopuro.access.obligations.About;
import org.kopuro.access.obligations.MovedObligation;
import org.kopuro.access.obligations.ObligationView;
import org.kopuro.access.obligations.Obligations;
import org.kopuro.accounts.SignedIn;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;

/** {@code /api/v1/access/obligations}: who owes what by when, by time left; those that no calendar reaches come first (ACC-34). */
@Path("/access/obligations")
@Produces(MediaType.APPLICATION_JSON)
public class ObligationsResource {

    @Inject
    private Obligations obligations;
    @Inject
    private Person person;
    @Inject
    private Clock clock;

    @GET
    @Permitted(officials = true)
    public JsonObject open(@QueryParam("limit") @DefaultValue("100") int limit) {
        SignedIn who = person.signedIn();
        Instant now = clock.instant();
        return Listing.of("obligations", obligations.open(who.contour(), Math.max(1, limit)), obligation -> json(obligation, now));
    }

    /** What edited calendars moved, the newest first (ACC-30); a side that no calendar reaches is left out. */
    @GET
    @Permitted(officials = true)
    @Path("/moves")
    public JsonObject moves(@QueryParam("limit") @DefaultValue("100") int limit) {
        SignedIn who = person.signedIn();
        return Listing.of("moves", obligations.moves(who.contour(), limit), ObligationsResource::json);
    }

    private static JsonObjectBuilder json(About about) {
        return Json.createObjectBuilder().add("kind", about.kind().name()).add("id", about.id().toString());
    }

    static JsonObjectBuilder json(MovedObligation move) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("obligation", move.obligation().toString()).add("rule", move.rule().name()).add("owedBy", move.rule().side().name())
                .add("about", json(move.about())).add("participant", move.participant().value().toString()).add("revision", move.revision()).add("movedAt", move.movedAt().toString());
        move.before().ifPresent(due -> out.add("before", due.toString()));
        move.after().ifPresent(due -> out.add("after", due.toString()));
        return out;
    }

    private static JsonObjectBuilder json(ObligationView obligation, Instant now) {
        JsonObjectBuilder out = Json.createObjectBuilder().add("id", obligation.id().toString()).add("rule", obligation.rule().name()).add("owedBy", obligation.rule().side().name())
                .add("about", json(obligation.about()))
                .add("participant", obligation.participant().value().toString()).add("procedure", obligation.procedure()).add("version", obligation.version())
                .add("countedFrom", obligation.countedFrom().toString()).add("workingDays", obligation.workingDays());
        obligation.dueAt().ifPresent(due -> out.add("dueAt", due.toString()).add("secondsLate", obligation.late(now).toSeconds()));
        obligation.missingYear().ifPresent(year -> out.add("calendarMissing", year));
        return out;
    }
}
