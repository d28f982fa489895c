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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.kopuro.access.ConnectionId;
import org.kopuro.access.procedures.DeadlineRule;
import org.kopuro.access.tasks.TaskFilter;
import org.kopuro.access.tasks.TaskKind;
import org.kopuro.access.tasks.TaskPosition;
import org.kopuro.access.tasks.TaskView;
import org.kopuro.access.tasks.Tasks;
import org.kopuro.accounts.Role;
import org.kopuro.exchange.rest.Listing;
import org.kopuro.exchange.rest.Permitted;
import org.kopuro.exchange.rest.Person;
import org.kopuro.kernel.Input;
import org.kopuro.participants.ParticipantId;

/** {@code /api/v1/access/tasks}: everything that is open, in the contour of whoever asks, by time left; a participant sees its own (ACC-O2). */
@Path("/access/tasks")
@Produces(MediaType.APPLICATION_JSON)
public class TasksResource {

    @Inject
    private Tasks tasks;
    @Inject
    private Visible visible;
    @Inject
    private Person person;
    @Inject
    private Clock clock;

    /** {@code next} is {@code after} of the next page. */
    @GET
    @Permitted(value = Role.PARTICIPANT, officials = true)
    public JsonObject open(@QueryParam("participant") UUID participant, @QueryParam("connection") UUID connection, @QueryParam("kind") String kind, @QueryParam("owes") String owes,
            @QueryParam("late") Boolean late, @QueryParam("after") String after, @QueryParam("limit") @DefaultValue("100") int limit) {
        TaskFilter filter = new TaskFilter(person.signedIn().contour(), Optional.ofNullable(participant).map(ParticipantId::new), Optional.ofNullable(connection).map(ConnectionId::new),
                Optional.ofNullable(kind).map(name -> Input.oneOf(TaskKind.class, name, "kind")),
                Optional.ofNullable(owes).map(name -> Input.oneOf(DeadlineRule.Side.class, name, "owes")), Optional.ofNullable(late));
        List<TaskView> page = tasks.open(filter, visible.own(), Optional.ofNullable(after).map(position -> TaskPosition.read(position, "after")), limit);
        Instant now = clock.instant();
        return Listing.of("tasks", page, task -> json(task, now), task -> task.position().text());
    }

    private static JsonObjectBuilder json(TaskView task, Instant now) {
        JsonObjectBuilder about = Json.createObjectBuilder().add("kind", task.aboutKind().name());
        task.about().ifPresent(id -> about.add("id", id.toString()));
        task.subject().ifPresent(subject -> about.add("subject", subject));
        JsonObjectBuilder out = Json.createObjectBuilder().add("kind", task.kind().name()).add("procedure", task.procedure()).add("about", about);
        task.participant().ifPresent(id -> out.add("participant", id.value().toString()));
        task.connection().ifPresent(id -> out.add("connection", id.value().toString()));
        task.owes().ifPresent(side -> out.add("owedBy", side.name()).add("secondsLate", task.lateness(now).toSeconds()));
        task.dueAt().ifPresent(due -> out.add("dueAt", due.toString()));
        task.effectAt().ifPresent(effect -> out.add("effectAt", effect.toString()));
        task.toldAt().ifPresent(told -> out.add("toldAt", told.toString()));
        task.rule().ifPresent(rule -> out.add("rule", rule.name()));
        task.missingYear().ifPresent(year -> out.add("calendarMissing", year));
        return out;
    }
}
